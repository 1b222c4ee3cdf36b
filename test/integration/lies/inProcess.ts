import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { Result } from "hardhat/types/utils";
import config from "../../../hardhat.config.js";
import { ROOT } from "../commandLine.js";

/** What a task did in this process. */
export interface Done {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export type TaskArguments = Record<string, string | boolean | string[] | undefined>;

/**
 * Runs a task's own code in this process, on the network "live", with nothing remembered of those before it but modules: where
 * a task is run some hundred times.
 */
export async function runHere(
  id: readonly string[],
  args: TaskArguments,
  { url, key }: { readonly url: string; readonly key: string },
): Promise<Done> {
  const { log, error } = console;
  const variables = { KYOSO_RPC_URL: url, KYOSO_PRIVATE_KEY: key };
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const said = { stdout: "", stderr: "" };
  Object.assign(process.env, variables);
  console.log = (text = "") => (said.stdout += `${String(text)}\n`);
  console.error = (text = "") => (said.stderr += `${String(text)}\n`);
  try {
    // Where CI runs them, commands show where they failed, too.
    const options = { network: "live", patience: "1", showStackTraces: false };
    const hre = await createHardhatRuntimeEnvironment(config, options, ROOT);
    const result = (await hre.tasks.getTask([...id]).run(args)) as Result<unknown, unknown>;
    return { ok: result.success, ...said };
  } finally {
    Object.assign(console, { log, error });
    for (const [name, value] of before) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  }
}
