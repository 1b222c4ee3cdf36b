import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { withFolder } from "../badges/support.js";

/** How many processes want the lock at once, and how often each of them tries. */
const PROCESSES = 8;
const TURNS = 25;

/**
 * A process that takes the lock again and again. Inside, it makes a file that nobody else may have made, and adds one to a
 * number, in two steps; now and then it dies inside, as a crash would have it, and then begins anew as another process.
 */
const WORKER = `
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
const { alone } = await import(process.env.LOCK_MODULE);
const [file, inside, count, log, turns, deaths] = process.argv.slice(1);
for (let turn = 0; turn < Number(turns); turn++) {
  await alone(file, () => undefined, async () => {
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

describe("a lock that a crowd of processes wants, some of which are killed inside", () => {
  it("is never taken by two at once", () =>
    withFolder(async (folder) => {
      const at = (name: string) => path.join(folder, name);
      await writeFile(at("count"), "0");
      await writeFile(at("log"), "");
      const source = path.join(hre.config.paths.root, "sdk", "node", "lock.ts");
      const start = async (turns: number, death: number) => {
        const args = [at("work.lock"), at("inside"), at("count"), at("log"), turns, death].map(String);
        const child = spawn(
          process.execPath,
          ["--import", "tsx", "--input-type=module", "-e", WORKER, ...args],
          {
            cwd: hre.config.paths.root,
            env: { ...process.env, LOCK_MODULE: source },
            stdio: ["ignore", "ignore", "inherit"],
          },
        );
        const [code] = (await once(child, "exit")) as [number | null];
        return code;
      };
      const codes = await Promise.all(
        Array.from({ length: PROCESSES }, async (_, i) => {
          // Half of them die at some turn, and the rest of their turns is another process's.
          const death = i % 2 === 0 ? 3 + 2 * i : -1;
          const first = await start(TURNS, death);
          if (death < 0) return first;
          expect(first).to.equal(null);
          return start(TURNS - death - 1, -1);
        }),
      );
      expect(codes).to.deep.equal(Array.from({ length: PROCESSES }, () => 0));
      expect(await readFile(at("log"), "utf8")).to.equal("");
      expect(await readFile(at("count"), "utf8")).to.equal((PROCESSES * TURNS).toString());
      expect((await readdir(folder)).filter((name) => name.startsWith("work.lock"))).to.deep.equal([]);
    })).timeout(120_000);
});
