import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Opened } from "./context.js";

/** A command for people to copy: with the network and, where there are several, the DAO that this one works on. */
export async function commandLine(
  hre: HardhatRuntimeEnvironment,
  { store, chainId, live }: Opened,
  task: readonly string[],
  ...args: readonly string[]
): Promise<string> {
  const several = ((await store?.list(chainId)) ?? []).length > 1;
  return [
    "npx hardhat",
    ...task,
    ...args.map((arg) => (/^--[a-z-]+$/u.test(arg) ? arg : quoted(shortPath(arg)))),
    ...(several ? ["--dao", quoted(live.record.slug)] : []),
    ...networkOption(hre.globalOptions.network),
  ].join(" ");
}

/** What comes next takes a key, which not every network has. */
function networkOption(network: string | undefined): string[] {
  return network === undefined ? [] : ["--network", network === "readonly" ? "live" : network];
}

/** A path as it is typed: from the folder that the command was started in, where that is shorter. */
export function shortPath(file: string): string {
  if (!path.isAbsolute(file)) return file;
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith("..") ? file : relative;
}

/** As a shell takes it for one word, and for nothing else: in single quotes nothing means anything to it. */
export function quoted(text: string): string {
  return /^[\w./\\:@%+,=-]+$/u.test(text) && !text.startsWith("-")
    ? text
    : `'${text.replaceAll("'", `'\\''`)}'`;
}
