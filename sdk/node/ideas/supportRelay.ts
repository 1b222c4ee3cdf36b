import type { Problem } from "../../errors.js";
import { isOf, problem } from "../../errors.js";
import type { Account, SendingSigner } from "../../execute/account.js";
import { accountOf } from "../../execute/account.js";
import { MOST_SUPPORTED } from "../../ideas/choices.js";
import { ideaName } from "../../ideas/names.js";
import { sameSupport, SUPPORT_FILE, type IdeaSupport } from "../../ideas/signing.js";
import type { SupportCandidate } from "../../ideas/supportBatch.js";
import { makeSupportBatches, sendSupportBatch, trialOfSupport } from "../../ideas/supportBatch.js";
import type { SupportCheck, SupportContext } from "../../ideas/supportCheck.js";
import { callOfSupport, checkSupport, readSupportContext } from "../../ideas/supportCheck.js";
import { readVoice } from "../../ideas/voices.js";
import type { LiveDao } from "../../live.js";
import { domainOf } from "../../signed/domain.js";
import type { SignedFile } from "../../signed/form.js";
import { readSigned } from "../signed/files.js";
import { problemOfFailure } from "../signed/relay.js";

/** How many files are checked at once: some take requests of their own. */
const CHECKS_AT_ONCE = 20;

/** What became of signed support; "valid" in a dry run. */
export interface SupportOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly support: IdeaSupport | undefined;
  /** Number of the call; undefined where there is no such call. */
  readonly call: number | undefined;
  readonly status: "taken" | SupportCheck["status"] | "not known" | "not sent";
  /** What each of its ideas has more. */
  readonly weight: bigint;
  /** Why it was refused, isn't known or wasn't sent. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

export interface SupportRelayOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: SendingSigner | undefined;
  /** Called when a transaction was confirmed, with its hash and how many were in it. */
  readonly onBatch?: (hash: string, count: number) => void;
}

/** Writes down what became of a file. */
type Settle = (file: string, support: IdeaSupport | undefined, outcome: Partial<SupportOutcome>) => void;

interface Checked extends SupportCandidate {
  readonly file: string;
  readonly weight: bigint;
}

/**
 * Hands in signed support, much in one transaction. What is refused keeps no other from being taken, and what was taken before
 * costs nothing: the same files can be relayed again. Where somebody signed for more ideas than it can support, none of
 * it is handed in, as only its signer can say which.
 *
 * @returns What became of each, in the order of the files.
 */
export async function relaySupport(
  live: LiveDao,
  files: readonly string[],
  { signer, onBatch = () => undefined }: SupportRelayOptions,
): Promise<SupportOutcome[]> {
  if (signer === undefined) return relayAll(live, files, undefined, onBatch);
  const account = await accountOf(signer);
  return account.hold(() => relayAll(live, files, account, onBatch));
}

async function relayAll(
  live: LiveDao,
  files: readonly string[],
  signer: Account | undefined,
  onBatch: (hash: string, count: number) => void,
): Promise<SupportOutcome[]> {
  const read = await Promise.all(files.map((file) => readSigned(file, SUPPORT_FILE)));
  const all = read.flatMap(({ value }) => value ?? []);
  const context = await readSupportContext(live, await domainOf(live, live.contracts.board), all);
  const outcomes = new Map<string, SupportOutcome>();
  const settle: Settle = (file, support, outcome) => {
    const call = support === undefined ? undefined : callOfSupport(context, support)?.number;
    const nothing = { weight: 0n, problem: undefined, transaction: undefined };
    outcomes.set(file, { file, support, call, status: "refused", ...nothing, ...outcome });
  };
  for (const { file, ...result } of read) {
    if (result.value === undefined) settle(file, undefined, { problem: result.problem });
  }
  const [candidates, copies] = await withoutDoubles(context, await checkAll(context, read, settle), settle);
  const refuse = ({ file, support }: Checked, message: string, reason: string) => {
    const remedy = "Run the same command again: it says how it stands by now.";
    const refused = problem("support.refused", { data: { file, reason }, place: file, message, remedy });
    settle(file, support, { problem: refused });
  };
  let stopped = false;
  for (const batch of makeSupportBatches(candidates)) {
    if (stopped) {
      for (const { file, support } of batch.items) settle(file, support, { status: "not sent" });
      continue;
    }
    let items = batch.items;
    try {
      const trial = await trialOfSupport(live, batch);
      items = batch.items.filter((item, i) => {
        const reason = trial[i];
        if (reason !== undefined) refuse(item, `The board doesn't take it: ${reason}`, reason);
        return reason === undefined;
      });
      if (items.length === 0) continue;
      if (signer === undefined) {
        for (const { file, support, weight } of items) settle(file, support, { status: "valid", weight });
        continue;
      }
      const { hash, outcomes: fates } = await sendSupportBatch(live, { ...batch, items }, signer);
      for (const [i, item] of items.entries()) {
        const fate = fates[i];
        if (fate === undefined || "refused" in fate) {
          const reason = fate?.refused ?? "";
          refuse(item, `The board didn't take it: ${reason}`, reason);
        } else {
          settle(item.file, item.support, { status: "taken", weight: fate.weight, transaction: hash });
        }
      }
      onBatch(hash, items.length);
    } catch (error) {
      // In a dry run nothing depends on it: what went wrong is the answer.
      if (signer === undefined) throw error;
      for (const { file, support } of items) {
        const why = problemOfFailure(error, file);
        stopped = isOf(why, "transaction.not-known");
        const transaction = isOf(why, "transaction.not-known") ? why.data.hash : undefined;
        settle(file, support, { status: stopped ? "not known" : "not sent", problem: why, transaction });
      }
    }
  }
  for (const [file, original] of copies) {
    const outcome = outcomes.get(original);
    if (outcome !== undefined) outcomes.set(file, { ...outcome, file });
  }
  return files.flatMap((file) => outcomes.get(file) ?? []);
}

/** Checks signed support, a few at once, and returns what can be handed in. */
async function checkAll(
  context: SupportContext,
  files: readonly SignedFile<IdeaSupport>[],
  settle: Settle,
): Promise<Checked[]> {
  const valid: Checked[] = [];
  for (let at = 0; at < files.length; at += CHECKS_AT_ONCE) {
    const checked = await Promise.all(
      files.slice(at, at + CHECKS_AT_ONCE).map(async ({ file, value: support }) => {
        if (support === undefined) return [];
        const check = await checkSupport(context, file, support);
        if (check.status === "valid") return { file, support, weight: check.weight, gas: check.gas };
        settle(file, support, check);
        return [];
      }),
    );
    valid.push(...checked.flat());
  }
  return valid;
}

/**
 * Of several files that say the same only the first is handed in, and of what is more than somebody can support nothing.
 *
 * @returns What to hand in; and of each further file the one that holds the same.
 */
async function withoutDoubles(
  context: SupportContext,
  valid: readonly Checked[],
  settle: Settle,
): Promise<[candidates: Checked[], copies: Map<string, string>]> {
  const bySupporter = new Map<string, Checked[]>();
  const copies = new Map<string, string>();
  for (const item of valid) {
    const key = `${callOfSupport(context, item.support)?.number ?? ""} ${item.support.supporter}`;
    const known = bySupporter.get(key) ?? [];
    const same = known.find(({ support }) => sameSupport(support, item.support));
    if (same === undefined) bySupporter.set(key, [...known, item]);
    else copies.set(item.file, same.file);
  }
  const candidates: Checked[] = [];
  for (const items of bySupporter.values()) {
    const [first] = items;
    const call = first === undefined ? undefined : callOfSupport(context, first.support);
    if (first === undefined || call === undefined) continue;
    const { live } = context;
    const { ideas } = await readVoice(live, call.number, first.support.supporter);
    const wanted = new Set([...ideas.map(String), ...items.flatMap(({ support }) => support.ideas)]);
    const most = call.choice === "pick one" ? 1 : MOST_SUPPORTED;
    const named = new Set<string>();
    for (const item of items) {
      const { file, support } = item;
      const { supporter } = support;
      const twice = support.ideas.find((idea) => named.has(idea));
      for (const idea of support.ideas) named.add(idea);
      if (wanted.size > most) {
        const told = problem("support.contradicting", {
          data: { file, supporter, most },
          place: file,
          message: `${supporter} has signed for ${wanted.size} ideas of call ${call.number} in all, and can support ${most}`,
          remedy: "Ask which hold, and relay only those.",
        });
        settle(file, support, { problem: told });
      } else if (twice !== undefined) {
        const idea = ideaName(BigInt(twice));
        const told = problem("support.overlapping", {
          data: { file, supporter, idea },
          place: file,
          message: `${supporter} has signed for ${idea} in another file too, and what is signed is taken as a whole or not at all`,
          remedy: "Ask for the other ideas alone.",
        });
        settle(file, support, { problem: told });
      } else candidates.push(item);
    }
  }
  return [candidates, copies];
}
