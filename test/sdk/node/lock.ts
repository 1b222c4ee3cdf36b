import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { withLock } from "../../../sdk/node/lock.js";
import { withFolder } from "../badges/support.js";
import { problemOf } from "../support.js";

describe("withLock", () => {
  it("lets one in at a time, and leaves nothing behind", () =>
    withFolder(async (folder) => {
      const lock = path.join(folder, "sub", "work.lock");
      const result = await withLock(lock, "Work", async () => {
        expect((await readFile(lock, "utf8")).split(" ")[0]).to.equal(process.pid.toString());
        const { place, message, remedy } = await problemOf(
          withLock(lock, "Work", () => Promise.resolve(expect.fail("it was let in"))),
        );
        expect(place).to.equal(lock);
        expect(message).to.include("Work is under way");
        expect(remedy).to.include("remove this file");
        return 5;
      });
      expect(result).to.equal(5);
      expect(await readdir(path.dirname(lock))).to.deep.equal([]);
    }));

  it("is over where what it was for fails", () =>
    withFolder(async (folder) => {
      const lock = path.join(folder, "work.lock");
      const failing = withLock(lock, "Work", () => Promise.reject(new Error("it failed")));
      await failing.then(
        () => expect.fail("it didn't fail"),
        (error: unknown) => {
          expect(String(error)).to.include("it failed");
        },
      );
      expect(await readdir(folder)).to.deep.equal([]);
    }));

  it("leaves alone what a process has that can't be asked, as of another container that shares the folder", () =>
    withFolder(async (folder) => {
      const lock = path.join(folder, "work.lock");
      const [, start, , place = ""] = await withLock(lock, "Work", async () =>
        (await readFile(lock, "utf8")).split(" "),
      );
      const [host, began, numbers] = place.split("/");
      // Its number is nobody's here, or somebody else's.
      const theirs = `99999999 ${start ?? ""} 0 ${host ?? ""}/${began ?? ""}/another-${numbers ?? ""}`;
      await writeFile(lock, theirs);
      const { place: where } = await problemOf(withLock(lock, "Work", () => Promise.resolve(expect.fail())));
      expect(where).to.equal(lock);
      expect(await readFile(lock, "utf8")).to.equal(theirs);
      // The computer was started anew since: nothing is left of it.
      await writeFile(lock, `99999999 ${start ?? ""} 0 ${host ?? ""}/before-${began ?? ""}/${numbers ?? ""}`);
      expect(await withLock(lock, "Work", () => Promise.resolve(1))).to.equal(1);
    }));

  for (const [what, content] of [
    ["of a process that is gone", undefined],
    ["that says nothing", ""],
  ] as const) {
    it(`takes over a lock ${what}`, () =>
      withFolder(async (folder) => {
        const child = spawn(process.execPath, ["--version"]);
        await once(child, "exit");
        const lock = path.join(folder, "work.lock");
        await writeFile(lock, content ?? `${child.pid ?? ""}`);
        expect(await withLock(lock, "Work", () => Promise.resolve(1))).to.equal(1);
        expect(await readdir(folder)).to.deep.equal([]);
      }));
  }
});
