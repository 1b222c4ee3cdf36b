import { inspect } from "node:util";
import { HardhatPluginError } from "hardhat/plugins";
import { KyosoError } from "../sdk/errors.js";
import { carried } from "./commandLine.js";
import { printAside, styled } from "./output.js";

/** What somebody can do about an error that nobody foresaw. */
const UNFORESEEN = [
  "  → Run the same command again: it finds out what was done, and does nothing twice. If it fails once more, report it to Kyoso",
  "    as CONTRIBUTING.md says, with the command and what it prints with --show-stack-traces. Keep keys and customers' data out.",
];

/** Characters of what nobody foresaw that are shown: libraries put all that they were given into their messages. */
const LONGEST = 500;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * Prints why a task failed: what its reader can do something about without a stack trace, and anything else with where to
 * report it.
 *
 * @param used What was said of the command: whether with --show-stack-traces, and on which network and DAO. Commands that the
 * message names are for the same.
 * @returns Whether it was printed; Hardhat's own errors are Hardhat's to print.
 */
export function printFailure(
  error: unknown,
  { traces, ...used }: { traces: boolean; network: string | undefined; dao: string | undefined },
): boolean {
  if (error instanceof Error && error.name === "HardhatError") return false;
  const head = styled(["red", "bold"], "Error:");
  if (error instanceof KyosoError || HardhatPluginError.isHardhatPluginError(error)) {
    printAside(`${head}\n\n${carried(error.message.trim(), used)}`);
  } else {
    const said = error instanceof Error ? error.message : String(error);
    printAside(`${head} something that this program didn't foresee: ${shortened(said)}`);
    printAside(UNFORESEEN.join("\n"));
  }
  if (traces) printAside(`\n${inspect(error)}`);
  return true;
}
