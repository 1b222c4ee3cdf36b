import { spawn } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import os, { tmpdir } from "node:os";
import path from "node:path";

const require = createRequire(import.meta.url);

/** What a command took. */
export interface Measured {
  readonly seconds: number;
  /** Seconds of the processor, of its process and those that it started and waited for. */
  readonly cpu: number;
  readonly requests: number;
  /** Resident memory at its highest, in bytes. */
  readonly memory: number;
  readonly stdout: string;
}

// Loaded into the command's process, which writes down what it took when it ends.
const REPORTER = `process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const used = { memory: maxRSS * 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 };
  require("node:fs").writeFileSync(process.env.KYOSO_BENCH_FILE, JSON.stringify(used));
});`;

/** How many parts a second has where Linux counts what processes used. */
const TICKS = 100;

/**
 * Seconds of the processor that a process took, and those that it started and waited for, with those that they started in
 * turn. Undefined on systems that don't say.
 */
function cpuOf(process: number | "self"): { readonly own: number; readonly children: number } | undefined {
  const file = `/proc/${process}/stat`;
  if (!existsSync(file)) return undefined;
  const stat = readFileSync(file, "utf8");
  // Its second field is the name of the program in brackets, which may have anything in it; user and system are 14 and 15,
  // and of the children 16 and 17.
  const fields = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const seconds = (at: number) => ((fields[at] ?? NaN) + (fields[at + 1] ?? NaN)) / TICKS;
  return { own: seconds(11), children: seconds(13) };
}

/** Seconds of the processor that the processes took which this one started and waited for. */
export function childrenCpu(): number | undefined {
  return cpuOf("self")?.children;
}

/** Names the file in which processes note what they leave behind. */
export const LEFT = "KYOSO_BENCH_LEFT";

/** Notes what a process took that this one leaves behind when it ends: nobody waits for it, so it would count for nobody. */
export function noteLeft(process: number | undefined, file: string | undefined): void {
  if (process === undefined || file === undefined) return;
  const { own, children } = cpuOf(process) ?? { own: 0, children: 0 };
  appendFileSync(file, `${own + children}\n`);
}

/** Seconds of the processor that were noted. */
export function leftCpu(file: string): number {
  if (!existsSync(file)) return 0;
  return readFileSync(file, "utf8")
    .split("\n")
    .reduce((sum, line) => sum + Number(line), 0);
}

/** The one in the middle. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

/** The line of a page that says what it was measured on. */
export function machine(): string {
  const cpus = os.cpus();
  const model = cpus[0]?.model.trim() ?? "unknown";
  return `Machine: ${cpus.length} × ${model}, Node.js ${process.versions.node}, ${os.platform()}.`;
}

/** Runs commands against a node, and counts what they ask it. */
export class Meter {
  readonly #node: string;
  readonly #folder: string;
  #requests = 0;
  readonly #server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const asked: unknown = JSON.parse(body.toString());
      this.#requests += Array.isArray(asked) ? asked.length : 1;
      fetch(this.#node, { method: "POST", body, headers: { "content-type": "application/json" } })
        .then(async (answer) =>
          response
            .writeHead(answer.status, { "content-type": "application/json" })
            .end(Buffer.from(await answer.arrayBuffer())),
        )
        .catch(() => request.socket.destroy());
    });
  });

  private constructor(node: string, folder: string) {
    this.#node = node;
    this.#folder = folder;
  }

  static async before(node: string): Promise<Meter> {
    const folder = await mkdtemp(path.join(tmpdir(), "kyoso-bench-"));
    await writeFile(path.join(folder, "reporter.cjs"), REPORTER);
    const meter = new Meter(node, folder);
    await new Promise<void>((resolve) => meter.#server.listen(0, "127.0.0.1", resolve));
    return meter;
  }

  /** Runs `npx hardhat <args>` as an account, to its end. One at a time. */
  async run(args: readonly string[], key: string): Promise<Measured> {
    const file = path.join(this.#folder, "used");
    const bin = path.join(path.dirname(require.resolve("hardhat/package.json")), "dist", "src", "cli.js");
    const { port } = this.#server.address() as AddressInfo;
    this.#requests = 0;
    const before = childrenCpu();
    const began = performance.now();
    const child = spawn(process.execPath, [bin, ...args], {
      env: {
        ...process.env,
        NODE_OPTIONS: `--require ${path.join(this.#folder, "reporter.cjs")}`,
        KYOSO_BENCH_FILE: file,
        KYOSO_RPC_URL: `http://127.0.0.1:${port}`,
        KYOSO_PRIVATE_KEY: key,
        NO_COLOR: "1",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    if (code !== 0) throw new Error(`hardhat ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
    const seconds = (performance.now() - began) / 1000;
    const used = JSON.parse(await readFile(file, "utf8")) as { memory: number; cpu: number };
    const after = childrenCpu();
    const cpu = before === undefined || after === undefined ? used.cpu : after - before;
    return { seconds, cpu, requests: this.#requests, memory: used.memory, stdout };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await rm(this.#folder, { recursive: true });
  }
}
