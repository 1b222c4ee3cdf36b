import type { TransactionReceipt } from "ethers";
import { INTERFACES } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import type { Intent, SendingSigner } from "../execute/account.js";
import type { LiveDao } from "../live.js";
import type { Limited, Limits } from "../signed/batches.js";
import { cutIntoBatches, gasOfBatch, gasOfCall } from "../signed/batches.js";
import { errorName, sendTogether, UNTOLD, whyRefused } from "../signed/sending.js";
import { boardAddress } from "./board.js";
import type { IdeaSupport } from "./signing.js";

/** What the board needs around each: it encodes its call, and logs where it isn't taken. */
const GAS_AROUND = 15_000n;

/** Signed support that was found valid, and how much gas it may use. */
export interface SupportCandidate extends Limited {
  readonly support: IdeaSupport;
}

/** Support that goes into one transaction. */
export type SupportBatch<Item extends SupportCandidate> = Limits<Item>;

/** Cuts signed support into batches that fit into a transaction; see {@link cutIntoBatches}. */
export function makeSupportBatches<Item extends SupportCandidate>(
  candidates: readonly Item[],
): SupportBatch<Item>[] {
  return cutIntoBatches(candidates, { encode, around: GAS_AROUND });
}

/** Which of a batch would be taken now; and of the others, why not. */
export async function trialOfSupport(
  live: LiveDao,
  { items, gas }: SupportBatch<SupportCandidate>,
): Promise<(string | undefined)[]> {
  const data = encode(items, gas);
  const gasLimit = gasOfBatch(data, items.length, gas, GAS_AROUND);
  const result = await live.provider.call({ to: boardAddress(live), data, gasLimit });
  const [taken] = INTERFACES.board.decodeFunctionResult("relay", result) as unknown as [boolean[]];
  return Promise.all(
    items.map(async ({ support }, i) => (taken[i] === true ? undefined : reasonFor(live, support, gas))),
  );
}

/** That support was taken, or why it was refused. */
export type SupportFate = { readonly weight: bigint } | { readonly refused: string };

/**
 * Sends a batch.
 *
 * @throws KyosoError where the transaction can't be sent or fails as a whole: nothing of it is taken then.
 */
export async function sendSupportBatch(
  live: LiveDao,
  batch: SupportBatch<SupportCandidate>,
  signer: SendingSigner,
): Promise<{ readonly hash: string; readonly outcomes: readonly SupportFate[] }> {
  const count = batch.items.length;
  const receipt = await sendTogether(signer, supportIntent(live, batch), (reason, cause) =>
    KyosoError.of("support.batch-failed", {
      data: { board: boardAddress(live), count, reason },
      place: `board ${boardAddress(live)}`,
      message: `A transaction with signed support of ${count === 1 ? "1 account" : `${count} accounts`} failed: ${reason}`,
      remedy:
        "Nothing of it was taken; what was sent before it stands. Mend the cause and run the same command again.",
      cause,
    }),
  );
  const fates = readFates(live, receipt);
  return { hash: receipt.hash, outcomes: batch.items.map(({ support }) => fates(support) ?? UNTOLD) };
}

/** The transaction that hands a batch in. */
export function supportIntent(live: LiveDao, { items, gas }: SupportBatch<SupportCandidate>): Intent {
  const data = encode(items, gas);
  const purpose = `Hand in signed support of ${items.length === 1 ? "1 account" : `${items.length} accounts`}`;
  // What an estimate finds is less than what a wallet could still use up; but some chains count the cost of another in.
  const leastGas = gasOfBatch(data, items.length, gas, GAS_AROUND);
  return { to: boardAddress(live), data, value: 0n, purpose, leastGas };
}

/** What a receipt says of signed support: each idea is logged by itself, and what is refused by the first that it names. */
function readFates(
  live: LiveDao,
  { logs }: TransactionReceipt,
): (support: IdeaSupport) => SupportFate | undefined {
  const fates = new Map<string, SupportFate>();
  for (const { address, topics, data } of logs) {
    if (address !== boardAddress(live)) continue;
    const event = INTERFACES.board.parseLog({ topics: [...topics], data });
    if (event?.name !== "IdeaSupported" && event?.name !== "SupportRefused") continue;
    const { idea, supporter, weight, reason } = event.args.toObject() as {
      idea: bigint;
      supporter: string;
      weight: bigint;
      reason: string;
    };
    const fate =
      event.name === "IdeaSupported" ? { weight } : { refused: errorName(INTERFACES.board, reason) };
    fates.set(`${supporter} ${idea}`, fate);
  }
  return ({ supporter, ideas }) => fates.get(`${supporter} ${ideas[0] ?? ""}`);
}

/** Why the board doesn't take support: it is asked directly. */
async function reasonFor(
  live: LiveDao,
  { supporter, ideas, signature }: IdeaSupport,
  gas: bigint,
): Promise<string> {
  const data = INTERFACES.board.encodeFunctionData("supportBySig", [supporter, ideas, signature]);
  return whyRefused(live.provider, { to: boardAddress(live), data, gasLimit: gasOfCall(data, gas) });
}

function encode(items: readonly SupportCandidate[], gas: bigint): string {
  const signed = items.map(({ support: { supporter, ideas, signature } }) => ({
    supporter,
    ideas,
    signature,
  }));
  return INTERFACES.board.encodeFunctionData("relay", [signed, gas]);
}
