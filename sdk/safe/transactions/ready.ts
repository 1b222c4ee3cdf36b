import { decodeCall } from "../../calls/decode.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { formatMoment } from "../../time.js";
import type { SafeAccount } from "../account.js";
import type { CheckedTransaction } from "./check.js";
import type { SharedTransaction } from "../sharing/shared.js";
import { schedulingOf } from "../schedule.js";
import { turnOf, turnProblem } from "./turn.js";

/**
 * Refuses a transaction whose number isn't the next one, which too few owners have signed, or which isn't due yet.
 *
 * @param pending What else waits: where an earlier one is among them, it is named.
 * @throws KyosoError with what stands in the way.
 */
export async function requireReady(
  live: LiveDao,
  account: SafeAccount,
  checked: CheckedTransaction,
  pending: readonly SharedTransaction[],
): Promise<void> {
  const { hash, place } = checked;
  const { nonce } = checked.transaction;
  const earlier = pending.find(({ file }) => file.transaction.nonce === account.nonce)?.place;
  const turn = await turnOf(live, account, { nonce, hash });
  const notItsTurn = turnProblem(turn, { nonce, place, ...(earlier === undefined ? {} : { earlier }) });
  if (notItsTurn !== undefined) throw new KyosoError(notItsTurn);

  const problems = [...lackOfSignatures(account, checked), ...(await earliness(live, checked))];
  if (problems.length > 0) throw new KyosoError(problems);
}

/** That owners still have to sign. */
export function lackOfSignatures(
  { threshold }: Pick<SafeAccount, "threshold">,
  { place, signatures, missing }: CheckedTransaction,
): Problem[] {
  const lacking = threshold - signatures.length;
  if (lacking <= 0) return [];
  return [
    problem("safe.signatures-missing", {
      data: { count: signatures.length, threshold, missing },
      place,
      message: `${signatures.length} of the ${threshold} signatures that are needed`,
      remedy: `Have ${lacking} more of these owners sign it: ${missing.join(", ")}.`,
    }),
  ];
}

/** What of a transaction was announced and isn't due yet. */
async function earliness(live: LiveDao, { calls, place }: CheckedTransaction): Promise<Problem[]> {
  const schedulings = await Promise.all(calls.map((each) => schedulingOf(live, each)));
  const lasts = Number(await live.contracts.manager.expiration());
  return calls.flatMap((call, i) => {
    const scheduling = schedulings[i];
    if (scheduling?.kind !== "scheduled" || scheduling.due <= live.now) return [];
    const { contract, name } = decodeCall(call, live);
    return [
      problem("safe.too-early", {
        data: { contract, function: name, due: scheduling.due, until: scheduling.due + lasts },
        place,
        message: `It is too early for ${contract}.${name}: it is due ${formatMoment(scheduling.due, live.now)}`,
        remedy: `Run the same command then, and not after ${formatMoment(scheduling.due + lasts, live.now)}.`,
      }),
    ];
  });
}
