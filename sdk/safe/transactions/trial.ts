import { dataLength, dataSlice } from "ethers";
import { firstFailing } from "../../calls/bisect.js";
import type { RawCall } from "../../calls/decode.js";
import { encodeMultiSend } from "../../calls/multiSend.js";
import { announcedCall } from "../../calls/nested.js";
import type { ReadCall } from "../../calls/reading.js";
import { namesFor, readCalls } from "../../calls/reading.js";
import type { RevertNames } from "../../calls/revert.js";
import { describeRevert, reasonOf, revertDataOf } from "../../calls/revert.js";
import type { ReviewedCall } from "../../calls/review.js";
import type { Simulation } from "../../calls/simulate.js";
import { simulate } from "../../calls/simulate.js";
import { TRANSACTION_GAS_CAP } from "../../chain/limits.js";
import type { LiveDao } from "../../live.js";
import type { SafeAccount } from "../account.js";
import { formatMoment } from "../../time.js";
import type { Scheduling } from "../schedule.js";
import { schedulingOf } from "../schedule.js";
import { SAFE_CORE } from "./transaction.js";

/** Where a contract says nothing, and where the gas has run out. */
export const NO_REASON = "it reverts and doesn't say why; or it needs more gas than a transaction may have";

/** How what is said of calls after one that fails begins. */
export const NOT_REACHED = "it isn't reached";

/**
 * Decodes the calls of a Safe transaction and tries them together, in order, as the Safe would make them. No signatures
 * are needed: the Safe runs its bundle in a call that takes everything back.
 *
 * @param several Whether they are of several transactions, and may take more gas than one.
 */
export async function reviewAsSafe(
  live: LiveDao,
  account: SafeAccount,
  calls: readonly RawCall[],
  several = false,
): Promise<ReviewedCall[]> {
  const names = await namesFor(live, calls);
  const schedulings = await Promise.all(calls.map((each) => schedulingOf(live, each)));
  const together = schedulings.every(
    (each) => each.kind === "not needed" || (each.kind === "scheduled" && each.due <= live.now),
  );
  const simulations = together
    ? await simulateTogether(account, calls, { names, gasLimit: several ? undefined : TRANSACTION_GAS_CAP })
    : await Promise.all(
        calls.map((each, i) =>
          simulateLater(live, each, { names, scheduling: schedulings[i], follows: i > 0 }),
        ),
      );
  const read = await readCalls(live, calls, names);
  return Promise.all(
    read.map(async (each, i) => {
      const [announced] = announcedCall(each.call) === undefined ? [] : (each.inner ?? []);
      return {
        ...each,
        simulation: simulations[i] ?? { ok: false, reason: "it was not tried" },
        ...(announced === undefined ? {} : { announced: await reviewAnnounced(live, announced, names) }),
      };
    }),
  );
}

/** A call that is only announced for now is tried as the timelock, which may do the same at any time. */
async function reviewAnnounced(live: LiveDao, read: ReadCall, names: RevertNames): Promise<ReviewedCall> {
  return {
    ...read,
    simulation: await simulate(read.call, live.record.contracts.timelock, live.provider, names),
  };
}

/** Tries a call of a transaction that can't be sent yet, as some of it isn't due. */
async function simulateLater(
  live: LiveDao,
  call: RawCall,
  {
    names,
    scheduling,
    follows,
  }: {
    readonly names: RevertNames;
    readonly scheduling: Scheduling | undefined;
    readonly follows: boolean;
  },
): Promise<Simulation> {
  if (scheduling?.kind === "needed") {
    return { ok: false, reason: "it isn't scheduled: it never was, it has expired, or it was done already" };
  }
  const waits = scheduling?.kind === "scheduled" && scheduling.due > live.now;
  const result = await simulate(
    call,
    waits ? live.record.contracts.timelock : live.safe,
    live.provider,
    names,
  );
  if (waits && result.ok) {
    return { ...result, note: `would succeed when it is due: ${formatMoment(scheduling.due, live.now)}` };
  }
  if (!waits && follows && !result.ok) {
    return {
      ok: true,
      result: "0x",
      note: `can't be tried yet (${result.reason}): what comes before it waits`,
    };
  }
  return result;
}

interface TrialOptions {
  /** What is said with of why a call would fail. */
  readonly names: RevertNames;
  /** Undefined for as much as the node gives. */
  readonly gasLimit: bigint | undefined;
}

/** Tries calls one after the other, each with the effects of those before it. */
async function simulateTogether(
  account: SafeAccount,
  calls: readonly RawCall[],
  options: TrialOptions,
): Promise<Simulation[]> {
  const codes = await Promise.all(calls.map(({ to }) => account.provider.getCode(to)));
  const empty = calls.findIndex(({ data }, i) => data !== "0x" && codes[i] === "0x");
  const whole = empty === -1 ? await simulateFirst(account, calls, calls.length, options) : undefined;
  if (whole?.ok === true) return calls.map(() => whole);

  const nothing: Simulation = { ok: false, reason: `there is no contract at ${calls[empty]?.to ?? ""}` };
  const { works, failure } = await firstFailing(
    empty === -1 ? calls.length : empty + 1,
    whole ?? nothing,
    (count) => simulateFirst(account, calls, count, options),
  );
  return calls.map((_, i): Simulation => {
    if (i < works) return { ok: true, result: "0x" };
    return i === works ? failure : { ok: false, reason: `${NOT_REACHED}, as call ${works + 1} fails` };
  });
}

/** Tries the first `count` calls as one bundle of the Safe. */
async function simulateFirst(
  account: SafeAccount,
  calls: readonly RawCall[],
  count: number,
  { names, gasLimit }: TrialOptions,
): Promise<Simulation> {
  const data = SAFE_CORE.encodeFunctionData("simulateAndRevert", [
    account.multiSends[0],
    encodeMultiSend(calls.slice(0, count)),
  ]);
  try {
    const limit = gasLimit === undefined ? {} : { gasLimit };
    await account.provider.call({ from: account.address, to: account.address, data, ...limit });
    return { ok: false, reason: "the Safe didn't answer as a Safe does" };
  } catch (error) {
    const answer = revertDataOf(error);
    // 32 bytes: whether it went well; 32 bytes: how long what follows is.
    if (answer === undefined || dataLength(answer) < 64) return { ok: false, reason: reasonOf(error, names) };
    const ok = BigInt(dataSlice(answer, 0, 32)) === 1n;
    const returned = dataSlice(answer, 64);
    if (ok) return { ok: true, result: returned };
    return {
      ok: false,
      reason: dataLength(returned) < 4 ? NO_REASON : describeRevert(returned, names),
    };
  }
}
