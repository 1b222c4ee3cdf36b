import { AsyncLocalStorage } from "node:async_hooks";
import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { LiveDao } from "../sdk/live.js";
import type { RecordStore } from "../sdk/node/record.js";
import { unbroken } from "../sdk/text.js";

/** Where a DAO was found. */
interface Found {
  readonly store: RecordStore | undefined;
  readonly chainId: bigint;
  readonly live: LiveDao;
}

/** A command for people to copy: with the network and, where there are several, the DAO that this one works on. */
export async function commandLine(
  hre: HardhatRuntimeEnvironment,
  { store, chainId, live }: Found,
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

/** {@link shortPath}, to be shown: names of files are anybody's, and may have line breaks in them. */
export function shownPath(file: string): string {
  return unbroken(shortPath(file));
}

/** A word of a command as a shell takes it, whatever is in it: a file's name may be somebody else's. */
export function quoted(text: string): string {
  const word = text.startsWith("-") ? `./${text}` : text;
  if (/^[\w./\\:@%+,=-]+$/u.test(word)) return word;
  // What both kinds of shells take, where nothing in it is more than a character to one of them.
  if (!/["$`!\\%^\n]/u.test(word)) return `"${word}"`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** Tasks that know neither a DAO nor a network. */
const ELSEWHERE = ["node", "keystore", "build", "help", "relay"];

/** What was said of a command: on which network and DAO. */
export interface Used {
  readonly network: string | undefined;
  readonly dao: string | undefined;
}

const commands = new AsyncLocalStorage<Used>();

/** Runs a command; what it says names commands for the same network and DAO: see {@link carriedHere}. */
export function usedFor<Result>(used: Used, run: () => Result): Result {
  return commands.run(used, run);
}

/** {@link carried}, for the command that runs. */
export function carriedHere(text: string): string {
  const used = text.includes("`npx hardhat ") ? commands.getStore() : undefined;
  return used === undefined ? text : carried(text, used);
}

/**
 * Commands that a message names, for this network and this DAO: those that were said of the last command.
 *
 * @param text Commands are in backticks: `npx hardhat season list`.
 */
export function carried(text: string, { network, dao }: Used): string {
  return text.replaceAll(/`(npx hardhat ([a-z]+)[^`\n]*)`/gu, (whole, command: string, task: string) => {
    if (ELSEWHERE.includes(task)) return whole;
    const of =
      dao === undefined || command.includes(" --dao ") || task === "launch" ? [] : ["--dao", quoted(dao)];
    const on = command.includes(" --network ") ? [] : networkOption(network);
    return `\`${[command, ...of, ...on].join(" ")}\``;
  });
}
