import type { RawCall } from "../../calls/decode.js";
import { decodeCall } from "../../calls/decode.js";
import { describeCall } from "../../calls/nested.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import type { SafeAccount } from "../account.js";
import { oneLine, unbroken } from "../../text.js";
import type { FollowUp, SafeFile } from "../sharing/file.js";
import { hashProblem } from "../sharing/shared.js";
import { operationId, scheduledBy } from "../schedule.js";
import type { CheckedSignature } from "./signatures.js";
import { approvalsOf, checkSignatures } from "./signatures.js";
import type { SafeTransactionData } from "./transaction.js";
import { callsOf } from "./unpack.js";

/** A Safe transaction of which everything was checked: it is this Safe's, and does what `calls` say. */
export interface CheckedTransaction {
  /** Where it was read from. */
  readonly place: string;
  /** As the file says it: to be shown as that. */
  readonly title: string;
  readonly transaction: SafeTransactionData;
  readonly hash: string;
  /** Read from the transaction's own data. */
  readonly calls: readonly RawCall[];
  /** Each by another owner. */
  readonly signatures: readonly CheckedSignature[];
  /** Owners who haven't signed. */
  readonly missing: readonly string[];
  readonly followUp?: FollowUp;
}

/**
 * Checks a file that came from somewhere else. Nothing in it is taken for granted: the hash and the calls come from the
 * transaction itself, for this chain and this Safe, and each signature is checked against the Safe's owners.
 *
 * @throws KyosoError with everything that is wrong with it.
 */
export async function checkSafeFile(
  live: LiveDao,
  account: SafeAccount,
  file: SafeFile,
  place: string,
): Promise<CheckedTransaction> {
  checkEnvelope(live, account, file, place);
  const { transaction } = file;
  const changed = hashProblem(file, place);
  if (changed !== undefined) throw new KyosoError(changed);
  const { hash } = file;
  const calls = callsOf(account, transaction, place);
  checkTexts(live, file, calls, place);
  const followUp = checkFollowUp(live, file, calls, place);
  const [{ valid, problems }, approvals] = await Promise.all([
    checkSignatures(account, transaction, file.signatures, place),
    approvalsOf(account, hash),
  ]);
  if (problems.length > 0) throw new KyosoError(problems);
  const signed = new Set(valid.map(({ signer }) => signer));
  const signatures = [...valid, ...approvals.filter(({ signer }) => !signed.has(signer))];
  return {
    place,
    title: file.title,
    transaction,
    hash,
    calls,
    signatures,
    missing: account.owners.filter((owner) => !signatures.some(({ signer }) => signer === owner)),
    ...(followUp === undefined ? {} : { followUp }),
  };
}

/**
 * Copies of one transaction as one, with the signatures of all of them.
 *
 * @throws KyosoError if one is another transaction.
 */
export function mergeCopies(
  account: SafeAccount,
  copies: readonly [CheckedTransaction, ...CheckedTransaction[]],
): CheckedTransaction {
  const [first, ...others] = copies;
  const signatures = new Map(first.signatures.map((signature) => [signature.signer, signature]));
  for (const other of others) {
    if (other.hash !== first.hash) {
      throw KyosoError.of("safe.other-transaction", {
        data: { file: other.place, hash: other.hash, first: first.place, firstHash: first.hash },
        place: other.place,
        message: `It is another transaction (${other.hash}) than ${unbroken(first.place)} (${first.hash})`,
        remedy: "Name copies of one transaction, or execute one after the other.",
      });
    }
    for (const signature of other.signatures) {
      if (!signatures.has(signature.signer)) signatures.set(signature.signer, signature);
    }
  }
  const followUp = copies.find((copy) => copy.followUp !== undefined)?.followUp;
  return {
    ...first,
    signatures: [...signatures.values()],
    missing: account.owners.filter((owner) => !signatures.has(owner)),
    ...(followUp === undefined ? {} : { followUp }),
  };
}

/** What a file says of calls, for people who look into it. */
export function textsOf(live: LiveDao, calls: readonly RawCall[]): string[] {
  return calls.map((raw) => describeCall(decodeCall(raw, live)));
}

function checkEnvelope(live: LiveDao, account: SafeAccount, file: SafeFile, place: string): void {
  if (BigInt(file.chainId) !== live.chainId) {
    throw KyosoError.of("signed.other-chain", {
      data: { file: place, chainId: file.chainId, here: live.chainId },
      place,
      message: `It is for chain ${file.chainId}, and this is chain ${live.chainId}`,
      remedy: "Choose the DAO's network with --network.",
    });
  }
  if (file.dao !== live.record.slug) {
    throw KyosoError.of("safe.other-dao", {
      data: { file: place, dao: file.dao, here: live.record.slug },
      place,
      message: `It is of the DAO "${file.dao}", and this is "${live.record.slug}"`,
      remedy: `Choose the other one with --dao ${file.dao}.`,
    });
  }
  if (file.safe !== account.address) {
    throw KyosoError.of("safe.other-safe", {
      data: { file: place, safe: file.safe, here: account.address, slug: live.record.slug },
      place,
      message: `It is for another Safe, ${file.safe}: the Safe of "${live.record.slug}" is ${account.address}`,
      remedy:
        "If the DAO has changed its Safe, make the transaction anew with the command that made this one.",
    });
  }
}

/** What a file says in words has to be what it does: somebody may have read only that. */
function checkTexts(
  live: LiveDao,
  { calls: said }: SafeFile,
  calls: readonly RawCall[],
  place: string,
): void {
  if (said === undefined) return;
  const texts = textsOf(live, calls);
  const problems = Array.from({ length: Math.max(texts.length, said.length) }, (_, i) => i)
    .filter((i) => texts[i] !== said[i])
    .map((i) =>
      problem("safe.calls-misstated", {
        data: { file: place, index: i, said: said[i], found: texts[i] },
        place: `${place}, calls[${i}]`,
        message: `It says "${oneLine(said[i] ?? "nothing")}", but what it does is: ${oneLine(texts[i] ?? "nothing")}`,
        remedy:
          "Find out who wrote that. If what it does is right nevertheless, take the key calls out of the file.",
      }),
    );
  if (problems.length > 0) throw new KyosoError(problems);
}

/**
 * What follows has to do what is announced, all of it and in that order. What it does beyond is checked when its turn
 * comes: it is a transaction of its own, that owners read and sign.
 */
function checkFollowUp(
  live: LiveDao,
  file: SafeFile,
  calls: readonly RawCall[],
  place: string,
): FollowUp | undefined {
  const announced = scheduledBy(live, calls);
  if (file.followUp === undefined) {
    // One that was made elsewhere: what it announces can be told from its data.
    return announced.length === 0 ? undefined : { title: file.title, calls: announced };
  }
  const id = (each: RawCall) => operationId(live.safe, each);
  const wanted = announced.map(id);
  const found = file.followUp.calls.map(id).filter((each) => wanted.includes(each));
  if (wanted.length > 0 && wanted.join() === found.join()) return file.followUp;
  throw KyosoError.of("safe.follow-up-changed", {
    data: { file: place },
    place: `${place}, followUp`,
    message: "What is to follow isn't what the transaction schedules",
    remedy: "Find out who changed it. Ask whoever made it for the file as it was.",
  });
}
