import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Problem } from "../sdk/errors.js";
import { isOf, KyosoError, problem } from "../sdk/errors.js";
import { formatTime } from "../sdk/time.js";
import { Unwanted } from "./confirm.js";
import { connectedInThisRun, requireAccount, withConnection } from "./context.js";
import { PACE } from "../sdk/execute/pace.js";
import { nodeError } from "./nodeErrors.js";
import { print } from "./output.js";
import { isNotConfirmed, printSent, releaseSent, sentInThisRun, withSent } from "./sent.js";
import type { SubmitOptions } from "./submitOptions.js";

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
  return (args, hre) => withSent(() => withConnection(() => runAnew(run, args, hre)));
}

async function runAnew<Arguments>(
  run: (args: Arguments, hre: HardhatRuntimeEnvironment) => Promise<void>,
  args: Arguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const json = (args as { readonly json?: unknown }).json === true;
  const done: Problem[] = [];
  for (let look = 1; ; look++) {
    try {
      await run(args, hre);
      // Confirmed by both nodes: no other command, however alike, is to take it for what it was to do itself.
      await releaseSent();
      // What was shown, and nothing was signed after.
      await connectedInThisRun()?.second?.confirm();
      return;
    } catch (error) {
      if (error instanceof Unwanted) {
        print(error.message);
        await releaseSent();
        return;
      }
      const before = earlierIn(error) ?? (await earlierOf(args as Partial<SubmitOptions>, json));
      const earlier = before !== undefined && isOf(before, "account.earlier-found") ? before : undefined;
      if (earlier !== undefined && look < LOOKS) {
        const found = doneBefore(earlier);
        done.push(...found.map(({ told }) => told));
        if (found.some(({ isOld }) => isOld)) {
          // Nobody thinks of it any more: whoever does the same again may mean it.
          await releaseSent();
          throw new KyosoError(done);
        }
        if (!json) print(`\n${earlier.message}.\nLooking at the chain anew.`);
        continue;
      }
      const plain = error instanceof KyosoError ? error : nodeError(error, hre.globalOptions.network);
      if (plain === undefined) throw error;
      // What an earlier run has done may be why this one can't: then there is nothing left to do.
      // And so may be what isn't known yet of one: nothing is sent before it is.
      const besides = before === undefined || before === earlier ? done : [...done, before];
      const told =
        besides.length === 0 || isNotConfirmed(plain)
          ? plain
          : new KyosoError([...plain.problems, ...besides]);
      // What was sent before some other error stays written down: the next run finds it, and doesn't send it twice.
      if (printSent(told, json)) await releaseSent();
      throw told;
    }
  }
}

function earlierIn(error: unknown): Problem<"account.earlier-found"> | undefined {
  return problemsIn(error).find((each) => isOf(each, "account.earlier-found"));
}

function problemsIn(error: unknown): readonly Problem[] {
  return error instanceof KyosoError ? error.problems : [];
}

/**
 * What an earlier run has sent, where this one failed before it asked for the account that sends: that it was done already, or is
 * under way, may be why it can't be planned any more.
 */
async function earlierOf(args: Partial<SubmitOptions>, json: boolean) {
  const { dryRun, via, from } = args;
  const connected = connectedInThisRun();
  // Where somebody else acts by default, as the Safe does, nobody's account is looked at.
  const acts = !("via" in args) || via === "signer";
  if (dryRun !== false || !acts || connected === undefined) return undefined;
  if (sentInThisRun().accounts.size > 0) return undefined;
  try {
    await requireAccount(connected, from, { dryRun, json });
    return undefined;
  } catch (error) {
    return earlierIn(error) ?? problemsIn(error).find((each) => isOf(each, "transaction.not-known"));
  }
}

/** What earlier runs have done, and whether so long ago that doing it again may be meant. */
function doneBefore({ data: { account, found } }: Problem<"account.earlier-found">) {
  return found
    .filter(({ state }) => state === "confirmed")
    .map(({ purpose, hash: transaction, at }) => {
      const isOld = Date.now() - at > PACE.fresh;
      return {
        isOld,
        told: problem("account.earlier-done", {
          data: { account, purpose, transaction, at },
          place: `account ${account}`,
          message: `"${purpose}" was carried out, which an earlier command had sent on ${formatTime(Math.floor(at / 1000))}: ${transaction ?? "its transaction isn't known"}`,
          remedy: isOld
            ? "Nothing else was sent. If that is what you want, it is done; if you want it once more, run the same command again."
            : "If that is what you want, it is done. Nothing else was sent: if you want it once more, look at what it did first.",
        }),
      };
    });
}
