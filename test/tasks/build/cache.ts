import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import {
  finish,
  keepTime,
  lastTime,
  lockOf,
  settle,
  unfinished,
  wasStopped,
} from "../../../tasks/build/cache.js";

describe("build: the cache", () => {
  let folder: string;
  let root: string;
  let cache: string;
  const never = { tell: () => expect.fail("waited"), afterMs: 0 };
  const hardhats = (of = cache) => path.join(of, "compile-cache.json");
  const entry = (of: string) => ({
    [path.join(of, "contracts", "A.sol")]: {
      jobHash: "solc-1",
      artifactPaths: [path.join(of, "artifacts", "A.json")],
      artifactsDirectory: path.join(of, "artifacts"),
      emitsTypeDeclarations: true,
    },
  });

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-cache-"));
    root = path.join(folder, "here");
    cache = path.join(root, "cache");
    await mkdir(cache, { recursive: true });
    await settle(root, cache);
    await writeFile(hardhats(), JSON.stringify(entry(root)));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = async (of = cache) => JSON.parse(await readFile(hardhats(of), "utf8")) as unknown;

  it("stays as it is where it was", async () => {
    await settle(root, cache);
    expect(await read()).to.deep.equal(entry(root));
  });

  it("follows its folder, when it is copied and copied again", async () => {
    let last = root;
    for (const name of ["here too", "herewith"]) {
      const next = path.join(folder, name);
      await cp(last, next, { recursive: true });
      await settle(next, path.join(next, "cache"));
      expect(await read(path.join(next, "cache"))).to.deep.equal(entry(next));
      last = next;
    }
    expect(await read()).to.deep.equal(entry(root));
  });

  it("changes nothing that only begins like its folder", async () => {
    const other = { ...entry(root), ...entry(`${root}after`) };
    await writeFile(hardhats(), JSON.stringify(other));
    const next = path.join(folder, "next");
    await settle(next, cache);
    expect(await read()).to.deep.equal({ ...entry(next), ...entry(`${root}after`) });
  });

  it("isn't believed after a build that was stopped while it wrote", async () => {
    expect(await wasStopped(cache, never)).to.equal(false);
    unfinished(cache);
    expect(await wasStopped(cache, never)).to.equal(true);
    await settle(root, cache);
    expect(existsSync(hardhats())).to.equal(false);
    expect(await wasStopped(cache, never)).to.equal(false);
  });

  it("is believed after a build that has written all", async () => {
    unfinished(cache);
    await finish(cache);
    await settle(root, cache);
    expect(await read()).to.deep.equal(entry(root));
  });

  it("is whole once another process has built, and isn't built once more for that", async () => {
    await writeFile(lockOf(cache), process.ppid.toString());
    const waited: number[] = [];
    const ended = {
      tell: (holder: number) => {
        waited.push(holder);
        void rm(lockOf(cache));
      },
      afterMs: 0,
    };
    expect(await wasStopped(cache, ended)).to.equal(false);
    expect(waited).to.deep.equal([process.ppid]);
  });

  it("isn't whole where the process that built was killed", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    await writeFile(lockOf(cache), pid.toString());
    expect(await wasStopped(cache, never)).to.equal(true);
  });

  it("keeps how long the compiler took for most of the sources", async () => {
    expect(lastTime(cache, "viaIR")).to.equal(undefined);
    keepTime(cache, "viaIR", { size: 1_000, seconds: 60 });
    keepTime(cache, "viaIR", { size: 100, seconds: 9 });
    keepTime(cache, "legacy", { size: 50, seconds: 5 });
    expect(lastTime(cache, "viaIR")).to.deep.equal({ size: 1_000, seconds: 60 });
    keepTime(cache, "viaIR", { size: 900, seconds: 70 });
    expect(lastTime(cache, "viaIR")).to.deep.equal({ size: 900, seconds: 70 });
    expect(lastTime(cache, "legacy")).to.deep.equal({ size: 50, seconds: 5 });
    // And goes on without, where the file was broken off.
    await writeFile(path.join(cache, "build.json"), '{"root');
    expect(lastTime(cache, "legacy")).to.equal(undefined);
    await settle(root, cache);
    expect(await read()).to.deep.equal(entry(root));
  });
});
