import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { isOf, KyosoError } from "../sdk/errors.js";
import { Unwanted } from "./confirm.js";
import { nodeError } from "./nodeErrors.js";
import { print } from "./output.js";
import { printSent, releaseSent, withSent } from "./sent.js";

/** How often a command looks at the chain anew, as other commands have sent something meanwhile. */
const LOOKS = 5;

/**
 * Wraps an action: a node that can't be reached is an error that its reader can do something about.
 *
 * Where an earlier command was stopped in the middle, or another one sends as the same account, what became of that is found
 * out before anything is sent; then the action begins again, on the chain as it is now.
 */
export function action<Arguments>(
  run: (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>,
): (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void> {
  return (args, hre) => withSent(() => runAnew(run, args, hre));
}

async function runAnew<Arguments>(
  run: (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>,
  args: Arguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const json = (args as { readonly json?: unknown }).json === true;
  for (let look = 1; ; look++) {
    try {
      await run(args, hre);
      await releaseSent();
      return;
    } catch (error) {
      if (error instanceof Unwanted) {
        print(error.message);
        await releaseSent();
        return;
      }
      const problems = error instanceof KyosoError ? error.problems : [];
      const earlier = problems.find((each) => isOf(each, "account.earlier-found"));
      if (earlier !== undefined && look < LOOKS) {
        if (!json) print(`\n${earlier.message}.\nLooking at the chain anew.`);
        continue;
      }
      const told = error instanceof KyosoError ? error : nodeError(error, hre.globalOptions.network);
      if (told === undefined) throw error;
      // What was sent before some other error stays written down: the next run finds it, and doesn't send it twice.
      if (printSent(told, json)) await releaseSent();
      throw told;
    }
  }
}
