import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import { MOST_SUPPORTED } from "../../ideas/choices.js";
import { ideaName } from "../../ideas/names.js";
import { sameSupport, SUPPORT_FILE, type IdeaSupport } from "../../ideas/signing.js";
import type { SupportBatch, SupportCandidate } from "../../ideas/supportBatch.js";
import { makeSupportBatches, sendSupportBatch, trialOfSupport } from "../../ideas/supportBatch.js";
import type { SupportCheck, SupportContext } from "../../ideas/supportCheck.js";
import { callOfSupport, checkSupport, readSupportContext } from "../../ideas/supportCheck.js";
import { readVoice } from "../../ideas/voices.js";
import type { LiveDao } from "../../live.js";
import { domainOf } from "../../signed/domain.js";
import type { Batching, BatchOptions, Settle } from "../signed/batches.js";
import { relayInBatches } from "../signed/batches.js";
import { readSigned } from "../signed/files.js";

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

/** Signed support on its way, and the file that holds it. */
interface Checked extends SupportCandidate {
  readonly file: string;
  readonly weight: bigint;
}

/**
 * Hands in signed support, much in one transaction: see {@link relayInBatches}. Where somebody signed for more ideas than it can
 * support, none of it is handed in, as only its signer can say which.
 *
 * @returns What became of each, in the order of the files.
 */
export async function relaySupport(
  live: LiveDao,
  files: readonly string[],
  options: BatchOptions,
): Promise<SupportOutcome[]> {
  return relayInBatches(options, async () => {
    const read = await Promise.all(files.map((file) => readSigned(file, SUPPORT_FILE)));
    const all = read.flatMap(({ value }) => value ?? []);
    const context = await readSupportContext(live, await domainOf(live, live.contracts.board), all);
    const refused = (file: string, support: IdeaSupport | undefined): SupportOutcome => ({
      file,
      support,
      call: support === undefined ? undefined : callOfSupport(context, support)?.number,
      status: "refused",
      weight: 0n,
      problem: undefined,
      transaction: undefined,
    });
    const check = async (
      file: string,
      support: IdeaSupport,
      settle: Settle<SupportOutcome>,
    ): Promise<Checked | undefined> => {
      const found = await checkSupport(context, file, support);
      if (found.status === "valid") return { file, support, weight: found.weight, gas: found.gas };
      settle(file, found);
      return undefined;
    };
    const refusal = (file: string, reason: string, inTrial: boolean) =>
      problem("support.refused", {
        data: { file, reason },
        place: file,
        message: `The board ${inTrial ? "doesn't" : "didn't"} take it: ${reason}`,
        remedy: "Run the same command again: it says how it stands by now.",
      });
    const ofSupport: Batching<
      IdeaSupport,
      Checked,
      SupportBatch<Checked>,
      { weight: bigint },
      SupportOutcome
    > = {
      ...{ files: read, refused, check, refusal },
      withoutDoubles: (valid, settle) => withoutDoubles(context, valid, settle),
      cut: makeSupportBatches,
      trial: (batch) => trialOfSupport(live, batch),
      send: (batch, account) => sendSupportBatch(live, batch, account),
      valid: ({ weight }) => ({ weight }),
      taken: ({ weight }) => ({ status: "taken", weight }),
    };
    return ofSupport;
  });
}

/**
 * Of several files that say the same only the first is handed in, and of what is more than somebody can support nothing.
 *
 * @returns What to hand in; and of each further file the one that holds the same.
 */
async function withoutDoubles(
  context: SupportContext,
  valid: readonly Checked[],
  settle: Settle<SupportOutcome>,
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
        settle(file, { problem: told });
      } else if (twice !== undefined) {
        const idea = ideaName(BigInt(twice));
        const told = problem("support.overlapping", {
          data: { file, supporter, idea },
          place: file,
          message: `${supporter} has signed for ${idea} in another file too, and what is signed is taken as a whole or not at all`,
          remedy: "Ask for the other ideas alone.",
        });
        settle(file, { problem: told });
      } else candidates.push(item);
    }
  }
  return [candidates, copies];
}
