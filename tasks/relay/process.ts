import type { ChildProcess, StdioOptions } from "node:child_process";
import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Builds the relay, and starts it in a process of its own, which ends when this one has ended, however it did. */
export async function startRelayProcess(
  root: string,
  settings: string,
  env: NodeJS.ProcessEnv,
  output: "inherit" | "ignore",
): Promise<ChildProcess> {
  await import(pathToFileURL(path.join(root, "relay", "build.mjs")).href);
  const program = path.join(root, "relay", "dist", "main.js");
  // By the last one the relay sees when this process has ended.
  const stdio: StdioOptions = [output, output, "inherit", "ipc"];
  return spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, settings], {
    env: { ...process.env, ...env },
    stdio,
  });
}
