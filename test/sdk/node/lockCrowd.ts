import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { build } from "esbuild";
import hre from "hardhat";
import { withFolder } from "../badges/support.js";

/** How many processes want the lock at once, and how often each of them tries. */
const PROCESSES = 8;
const TURNS = 25;
/** How many are killed wherever they are: while they take it, have it, give it back, or look whose it is. */
const KILLED = 15;
/** How many locks of processes that are gone all find at the same time. */
const ROUNDS = 60;

/**
 * A process that takes the lock again and again. Inside, it makes a file that nobody else may have made, and adds one to a
 * number, in two steps; now and then it dies inside, as a crash would have it, and then begins anew as another process.
 */
const WORKER = `
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
const { alone } = await import(process.env.LOCK_MODULE);
const [file, inside, count, log, turns, deaths] = process.argv.slice(1);
process.stdout.write("begins");
for (let turn = 0; turn < Number(turns); turn++) {
  await alone(file, { tell: () => undefined, afterMs: 0 }, async () => {
    const there = existsSync(inside) ? Number(readFileSync(inside, "utf8")) : 0;
    const alive = (pid) => { try { return process.kill(pid, 0); } catch { return false; } };
    if (there > 0 && alive(there)) writeFileSync(log, "two at once\\n", { flag: "a" });
    writeFileSync(inside, String(process.pid));
    const number = Number(readFileSync(count, "utf8"));
    await new Promise((resolve) => setTimeout(resolve, 1));
    writeFileSync(count, String(number + 1));
    if (turn === Number(deaths)) process.kill(process.pid, "SIGKILL");
    rmSync(inside, { force: true });
  });
}
`;

/** A process that, when a moment comes, goes for what a killed one left behind, as all others do in that moment. Round after round. */
const HEIR = `
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
const { withLock } = await import(process.env.LOCK_MODULE);
const [folder, log, rounds, start, every] = process.argv.slice(1);
for (let round = 0; round < Number(rounds); round++) {
  await sleep(Math.max(0, Number(start) + round * Number(every) - Date.now() - 2));
  while (Date.now() < Number(start) + round * Number(every));
  const inside = folder + "/inside-" + round;
  await withLock(folder + "/lock-" + round, "It", async () => {
    try { writeFileSync(inside, "", { flag: "wx" }); } catch { writeFileSync(log, "two at once\\n", { flag: "a" }); }
    await sleep(2);
    writeFileSync(log, "taken\\n", { flag: "a" });
    rmSync(inside, { force: true });
  }).catch((error) => { if (!String(error.message).includes("under way")) throw error; });
}
`;

describe("a lock that a crowd of processes wants, some of which are killed", () => {
  /** A folder with all that a crowd needs, and a way to begin one of it. */
  const withCrowd = (
    use: (world: {
      readonly at: (name: string) => string;
      readonly start: (turns: number, death: number) => ReturnType<typeof spawn>;
      readonly run: (program: string, ...args: readonly (number | string)[]) => ReturnType<typeof spawn>;
    }) => Promise<void>,
  ) =>
    withFolder(async (folder) => {
      const at = (name: string) => path.join(folder, name);
      await writeFile(at("count"), "0");
      await writeFile(at("log"), "");
      const { root } = hre.config.paths;
      const [source, module] = [path.join(root, "sdk", "node", "lock.ts"), at("lock.mjs")];
      await build({ entryPoints: [source], outfile: module, bundle: true, format: "esm", platform: "node" });
      const run = (program: string, ...args: readonly (number | string)[]) =>
        spawn(process.execPath, ["--input-type=module", "-e", program, ...args.map(String)], {
          env: { ...process.env, LOCK_MODULE: module },
          stdio: ["ignore", "pipe", "inherit"],
        });
      await use({
        at,
        start: (turns, death) =>
          run(WORKER, at("work.lock"), at("inside"), at("count"), at("log"), turns, death),
        run,
      });
    });

  it("is never taken by two at once, nor left by none", () =>
    withCrowd(async ({ at, start }) => {
      const codeOf = async (child: ReturnType<typeof start>) =>
        ((await once(child, "exit")) as [number | null])[0];
      const codes = await Promise.all(
        Array.from({ length: PROCESSES }, async (_, i) => {
          // Half of them die at some turn, and the rest of their turns is another process's.
          const death = i % 2 === 0 ? 3 + 2 * i : -1;
          const first = await codeOf(start(TURNS, death));
          if (death < 0) return first;
          expect(first).to.equal(null);
          return codeOf(start(TURNS - death - 1, -1));
        }),
      );
      expect(codes).to.deep.equal(Array.from({ length: PROCESSES }, () => 0));
      expect(await readFile(at("log"), "utf8")).to.equal("");
      expect(await readFile(at("count"), "utf8")).to.equal((PROCESSES * TURNS).toString());
      expect((await readdir(at("."))).filter((name) => name.startsWith("work.lock"))).to.deep.equal([]);
    })).timeout(120_000);

  it("can be taken again, wherever one is killed", () =>
    withCrowd(async ({ at, start }) => {
      let left = KILLED;
      const worker = async (i: number) => {
        while (left-- > 0) {
          const child = start(1_000_000, -1);
          if (child.stdout !== null) await once(child.stdout, "data");
          // From when it takes it first to when it has had it several times.
          await sleep((left * 7 + i * 3) % 40);
          child.kill("SIGKILL");
          await once(child, "exit");
        }
      };
      await Promise.all([0, 1, 2].map(worker));
      const [last] = (await once(start(3, -1), "exit")) as [number | null];
      expect(last).to.equal(0);
      expect(await readFile(at("log"), "utf8")).to.equal("");
      expect(Number(await readFile(at("count"), "utf8"))).to.be.above(3);
      // What one was making that was killed is no lock.
      expect(await readdir(at("."))).not.to.include("work.lock");
    })).timeout(120_000);

  it("is taken over by one, where many find at once that who had it is gone", () =>
    withCrowd(async ({ at, run }) => {
      const gone = spawn(process.execPath, ["--version"], { stdio: "ignore" });
      await once(gone, "exit");
      for (let round = 0; round < ROUNDS; round++) {
        const lock = at(`lock-${round}`);
        await mkdir(lock);
        await writeFile(path.join(lock, "held"), `${gone.pid ?? ""}`);
      }
      const start = Date.now() + 3_000;
      const heirs = Array.from({ length: PROCESSES }, () => run(HEIR, at("."), at("log"), ROUNDS, start, 25));
      const codes = await Promise.all(
        heirs.map(async (heir) => ((await once(heir, "exit")) as [number | null])[0]),
      );
      expect(codes).to.deep.equal(heirs.map(() => 0));
      const log = (await readFile(at("log"), "utf8")).trim().split("\n");
      expect(log.filter((line) => line !== "taken")).to.deep.equal([]);
      // Each of them by one at least: who came later found it free again.
      expect(log).to.have.length.of.at.least(ROUNDS);
    })).timeout(120_000);
});
