import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { alone } from "../../../sdk/node/lock.js";

describe("alone", () => {
  let folder: string;
  let file: string;
  const gone = spawnSync(process.execPath, ["-e", ""]).pid;
  const unwanted = () => expect.fail("waited");
  const never = { tell: unwanted, afterMs: 0 };
  const leave = async (says: string) => {
    await mkdir(file, { recursive: true });
    await writeFile(path.join(file, "held"), says);
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-lock-"));
    file = path.join(folder, "cache", "build.lock");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is there while the work is done, and gone after it, and after an error", async () => {
    expect(await alone(file, never, () => Promise.resolve(existsSync(file)))).to.equal(true);
    expect(existsSync(file)).to.equal(false);
    const failing = alone(file, never, () => Promise.reject(new Error("broken")));
    await failing.then(unwanted, (error: unknown) => expect(error).to.have.property("message", "broken"));
    expect(existsSync(file)).to.equal(false);
  });

  it("has the builds of one process follow each other", async () => {
    const log: string[] = [];
    const build = (name: string) => async () => {
      log.push(`${name} starts`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      log.push(`${name} ends`);
    };
    await Promise.all(["a", "b", "c"].map((name) => alone(file, never, build(name))));
    expect(log).to.deep.equal(["a starts", "a ends", "b starts", "b ends", "c starts", "c ends"]);
  });

  it("has others wait while its process lives", async () => {
    await leave(process.ppid.toString());
    const waited: number[] = [];
    const turn = alone(
      file,
      {
        tell: (holder) => {
          waited.push(holder);
          void rm(file, { recursive: true });
        },
        afterMs: 0,
      },
      () => Promise.resolve("done"),
    );
    expect(await turn).to.equal("done");
    expect(waited).to.deep.equal([process.ppid]);
  });

  it("tells nobody of a wait that is short", async () => {
    await leave(process.ppid.toString());
    setTimeout(() => void rm(file, { recursive: true }), 300);
    const turn = alone(file, { tell: unwanted, afterMs: 60_000 }, () => Promise.resolve("done"));
    expect(await turn).to.equal("done");
  });

  for (const [content, what] of [
    [gone.toString(), "of a process that is gone"],
    ...(process.platform === "linux"
      ? [[`${process.ppid} 1`, "of a process whose number another one has"] as const]
      : []),
    ["", "that is empty"],
  ] as const) {
    it(`is taken over where it is one ${what}`, async () => {
      await leave(content);
      expect(await alone(file, never, () => Promise.resolve("done"))).to.equal("done");
    });
  }

  it("is taken over though another was killed while it took it over", async () => {
    // What says who had it is removed, and the folder is left.
    await mkdir(file, { recursive: true });
    expect(await alone(file, never, () => Promise.resolve("done"))).to.equal("done");
    expect(await readdir(path.dirname(file))).to.deep.equal([]);
  });
});
