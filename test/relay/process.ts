import type { ChildProcess } from "node:child_process";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { Api } from "./support.js";

const ROOT = path.join(import.meta.dirname, "..", "..");

/** What a relay's process is told besides its settings. */
export interface Told {
  readonly url: string;
  readonly key: string;
  readonly factory: string;
  readonly secondUrl?: string;
}

/** A relay in a process of its own. */
export interface RelayProcess {
  readonly api: Api;
  /** Memory at its highest until now, in bytes; undefined on systems that don't say, and of a process that has ended. */
  readonly memory: () => { readonly now: number; readonly highest: number } | undefined;
  /** @returns With what it ended. */
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
  /** All that it wrote. */
  readonly output: () => string;
}

/** Builds what {@link beginRelay} starts. */
export function buildRelay(): void {
  execFileSync(process.execPath, [path.join(ROOT, "relay", "build.mjs")]);
}

/**
 * Starts a relay as `npm run relay` does.
 *
 * @param flags Of Node, besides.
 */
export async function beginRelay(
  settings: string,
  { url, key, factory, secondUrl = "" }: Told,
  flags: readonly string[] = [],
): Promise<RelayProcess> {
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      ...flags,
      path.join(ROOT, "relay", "dist", "main.js"),
      settings,
    ],
    {
      env: {
        ...process.env,
        KYOSO_RPC_URL: url,
        KYOSO_SECOND_RPC_URL: secondUrl,
        KYOSO_RELAY_KEY: key,
        KYOSO_FACTORY: factory,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const port = await portOf(child, () => output);
  return {
    api: new Api(`http://127.0.0.1:${port}`),
    memory: () => memoryOf(child),
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
    output: () => output,
  };
}

function portOf(child: ChildProcess, output: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", () => {
      const started = /"event":"started".*"port":(\d+)/u.exec(output())?.[1];
      if (started !== undefined) resolve(Number(started));
    });
    child.once("exit", (code) => {
      reject(new Error(`it ended with ${String(code)}: ${output()}`));
    });
  });
}

function memoryOf({ pid, exitCode, signalCode }: ChildProcess) {
  const file = `/proc/${String(pid)}/status`;
  if (exitCode !== null || signalCode !== null || !existsSync(file)) return undefined;
  const status = readFileSync(file, "utf8");
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "mu").exec(status)?.[1]);
  return { now: kilobytes("VmRSS") * 1024, highest: kilobytes("VmHWM") * 1024 };
}
