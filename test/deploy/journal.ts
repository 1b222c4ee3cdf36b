import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { withJournal } from "../../deploy/journal.js";

describe("withJournal", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-journal-"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const make = (...names: string[]) => Promise.all(names.map((name) => mkdir(path.join(folder, name))));

  it("gives each process an id of its own, and removes its folder whatever happens", async () => {
    const own = `kyoso-31337-${process.pid}`;
    const broken = withJournal(folder, 31337n, async (id) => {
      expect(id).to.equal(own);
      await make(id);
      throw new Error("the connection broke");
    });
    const message = await broken.catch((error: unknown) => (error as Error).message);
    expect(message).to.equal("the connection broke");
    expect(await readdir(folder)).to.deep.equal([]);
    expect(await withJournal(path.join(folder, "nowhere"), 1n, (id) => Promise.resolve(id))).to.equal(
      `kyoso-1-${process.pid}`,
    );
  });

  it("removes what killed processes left, and nothing of those that run, nor of others", async () => {
    const { pid: over } = spawnSync(process.execPath, ["--version"]);
    const [left, old, running] = [`kyoso-1-${over}`, "kyoso-31337", `kyoso-1-${process.ppid}`];
    await make(left, old, running, "somebody-else");
    await withJournal(folder, 31337n, () => {
      expect(existsSync(path.join(folder, left))).to.equal(false);
      return Promise.resolve();
    });
    expect((await readdir(folder)).sort()).to.deep.equal([running, "somebody-else"]);
  });
});
