import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { chmod, mkdir, readdir, readFile, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { withLock } from "../../../sdk/node/lock.js";
import { withFolder } from "../badges/support.js";
import { problemOf } from "../support.js";

/** What a lock says of who has it. */
async function holderOf(lock: string): Promise<string> {
  const [name = ""] = await readdir(lock);
  return readFile(path.join(lock, name), "utf8");
}

/** Leaves a lock as a process does that says so. */
async function leave(lock: string, says: string): Promise<void> {
  await mkdir(lock);
  await writeFile(path.join(lock, "held"), says);
}

describe("withLock", () => {
  it("lets one in at a time, and leaves nothing behind", () =>
    withFolder(async (folder) => {
      const lock = path.join(folder, "sub", "work.lock");
      const result = await withLock(lock, "Work", async () => {
        expect((await holderOf(lock)).split(" ")[0]).to.equal(process.pid.toString());
        const { place, message, remedy } = await problemOf(
          withLock(lock, "Work", () => Promise.resolve(expect.fail("it was let in"))),
        );
        expect(place).to.equal(lock);
        expect(message).to.include("Work is under way");
        expect(remedy).to.include("remove this folder");
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
        (await holderOf(lock)).split(" "),
      );
      const [host, began, numbers] = place.split("/");
      // Its number is nobody's here, or somebody else's.
      const theirs = `99999999 ${start ?? ""} 0 ${host ?? ""}/${began ?? ""}/another-${numbers ?? ""}`;
      await leave(lock, theirs);
      const { place: where } = await problemOf(withLock(lock, "Work", () => Promise.resolve(expect.fail())));
      expect(where).to.equal(lock);
      expect(await holderOf(lock)).to.equal(theirs);
      // The computer was started anew since: nothing is left of it.
      await writeFile(
        path.join(lock, "held"),
        `99999999 ${start ?? ""} 0 ${host ?? ""}/before-${began ?? ""}/${numbers ?? ""}`,
      );
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
        await leave(lock, content ?? `${child.pid ?? ""}`);
        expect(await withLock(lock, "Work", () => Promise.resolve(1))).to.equal(1);
        expect(await readdir(folder)).to.deep.equal([]);
      }));
  }

  it("removes what a process left that was killed while it took it, and not what another one is taking", () =>
    withFolder(async (folder) => {
      const lock = path.join(folder, "work.lock");
      const says = await withLock(lock, "Work", () => holderOf(lock));
      const [, start = "", , place = ""] = says.split(" ");
      const drafts = [
        ["killed-long-ago", `99999999 ${start} 0 ${place}`, 120],
        ["with-nothing-in-it", undefined, 120],
        ["killed-right-now", `99999999 ${start} 0 ${place}`, 0],
        ["alive", undefined, 0],
      ] as const;
      const names: string[] = [];
      for (const [, content, age] of drafts) {
        const name = `work.lock.${randomUUID()}`;
        names.push(name);
        await mkdir(path.join(folder, name));
        if (content !== undefined) await writeFile(path.join(folder, name, "held"), content);
        const then = new Date(Date.now() - age * 1000);
        await utimes(path.join(folder, name), then, then);
      }
      await mkdir(path.join(folder, "work.lock.old"));
      await withLock(lock, "Work", () => Promise.resolve());
      expect(await readdir(folder)).to.have.members([...names.slice(2), "work.lock.old"]);
    }));

  it("has a name in it that none before had: who removes an earlier one's late, removes nothing", () =>
    withFolder(async (folder) => {
      const lock = path.join(folder, "work.lock");
      const nameIn = () => withLock(lock, "Work", async () => (await readdir(lock)).join());
      const names = [await nameIn(), await nameIn(), await nameIn()];
      expect(new Set(names).size).to.equal(3);
    }));

  it("takes one with nothing in it, which is nobody's, and the file that earlier versions left", () =>
    withFolder(async (folder) => {
      const lock = path.join(folder, "work.lock");
      await mkdir(lock);
      expect(await withLock(lock, "Work", () => Promise.resolve(1))).to.equal(1);
      await writeFile(lock, "99999999 - 0");
      expect(await withLock(lock, "Work", () => Promise.resolve(2))).to.equal(2);
      expect(await readdir(folder)).to.deep.equal([]);
    }));

  it("says what the system says where nothing can be written", async function () {
    // Whoever may do everything may write here, too.
    if (process.getuid?.() === 0) this.skip();
    await withFolder(async (folder) => {
      await chmod(folder, 0o500);
      const failing = withLock(path.join(folder, "work.lock"), "Work", () => Promise.resolve());
      await failing.then(
        () => expect.fail("it didn't fail"),
        (error: unknown) => {
          expect(error).to.have.property("code", "EACCES");
        },
      );
      await chmod(folder, 0o700);
    });
  });
});
