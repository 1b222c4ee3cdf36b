// What builds and tests take, in a fresh copy of this folder: npm run bench:build.
// The seconds of the processor depend on the machine; a whole run writes them to docs/bench-build.md. KYOSO_BENCH_SMALL=1
// leaves out the tests, which take longest.

import { execFileSync, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable } from "../tasks/dev/facts.js";
import { childrenCpu, LEFT, leftCpu, machine } from "./meter.js";

const SMALL = process.env.KYOSO_BENCH_SMALL === "1";
const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What is measured. */
interface Work {
  readonly name: string;
  /** A line as in package.json's scripts. */
  readonly command: string;
  /** Seconds of the processor that it takes at most. */
  readonly limit: number;
  /** Whether it begins with nothing but the sources; else with what the one before it left. */
  readonly fresh: boolean;
}

interface Found extends Work {
  readonly cpu: number;
  readonly seconds: number;
}

/** What a script does first: the build, of one that builds. */
async function firstOf(script: string): Promise<string> {
  const { scripts } = JSON.parse(await readFile(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: Readonly<Record<string, string>>;
  };
  const [first = ""] = scripts[script]?.split("&&") ?? [];
  if (!first.includes("build")) throw new Error(`npm run ${script} doesn't begin with a build`);
  return first.trim();
}

/** A copy of all that git knows or would add, with the packages of this folder. */
async function copy(): Promise<string> {
  // A new one each time: nothing in it was built before.
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "kyoso-build-")));
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"];
  const files = execFileSync("git", args, { cwd: ROOT, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  for (const file of files.split("\0")) {
    if (file === "") continue;
    await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
    // One that git knows may have been removed since.
    await cp(path.join(ROOT, file), path.join(folder, file), { force: true }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    });
  }
  await symlink(await realpath(path.join(ROOT, "node_modules")), path.join(folder, "node_modules"));
  return folder;
}

/** Runs a line of a shell to its end, as npm would. */
async function run(command: string, folder: string): Promise<{ cpu: number; seconds: number }> {
  const bin = path.join(folder, "node_modules", ".bin");
  // The copy's own packages come first, and nothing that this process was told.
  const left = `${folder}.left`;
  const env = {
    ...process.env,
    PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}`,
    NODE_OPTIONS: "",
    [LEFT]: left,
  };
  const before = childrenCpu();
  const began = performance.now();
  const child = spawn(command, { cwd: folder, env, shell: true, stdio: ["ignore", "inherit", "inherit"] });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code !== 0) throw new Error(`${command} failed in ${folder}`);
  const after = childrenCpu();
  if (before === undefined || after === undefined) {
    throw new Error("This system doesn't say what processes took of the processor: run it on Linux");
  }
  const cpu = after - before + leftCpu(left);
  await rm(left, { force: true });
  return { cpu, seconds: (performance.now() - began) / 1000 };
}

async function measure(works: readonly Work[]): Promise<Found[]> {
  const found: Found[] = [];
  let folder: string | undefined;
  const remove = async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const work of works) {
      if (work.fresh || folder === undefined) {
        await remove();
        folder = await copy();
      }
      const result = { ...work, ...(await run(work.command, folder)) };
      console.log(cellsOf(result).join("  "));
      found.push(result);
    }
  } finally {
    await remove();
  }
  return found;
}

function cellsOf({ name, command, cpu, seconds, limit }: Found): string[] {
  return [`${name}: \`${command}\``, cpu.toFixed(0), limit.toFixed(0), seconds.toFixed(0)];
}

function page(found: readonly Found[]): string {
  return `${[
    "# What builds and tests take",
    "",
    "Measured by `npm run bench:build`, which writes this page, in a fresh copy of the sources: seconds of the processor, of",
    "all processes together, and seconds until it was done. Above the limit, it fails.",
    "",
    machine(),
    "",
    ...markdownTable(["", "of the processor, s", "at most", "seconds"], found.map(cellsOf), [1, 2, 3]),
  ].join("\n")}\n`;
}

async function bench(): Promise<void> {
  const demo = { name: "Build for the demo", command: await firstOf("demo"), limit: 65, fresh: true };
  const build = { name: "Build from nothing", command: await firstOf("build"), limit: 90, fresh: true };
  const test = { name: "Tests, from that build", command: "npm test", limit: 420, fresh: false };
  const found = await measure(SMALL ? [demo, build] : [demo, build, test]);
  for (const { name, cpu, limit } of found) {
    if (cpu <= limit) continue;
    console.error(`${name}: ${cpu.toFixed(0)} s of the processor is more than ${limit}`);
    process.exitCode = 1;
  }
  if (!SMALL) await writeFile(path.join(ROOT, "docs", "bench-build.md"), page(found));
}

await bench();
