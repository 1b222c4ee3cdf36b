import type { Log } from "ethers";
import { INTERFACES } from "../../sdk/calls/known.js";
import { KyosoError } from "../../sdk/errors.js";
import type { Problem } from "../../sdk/errors.js";
import { boardAddress } from "../../sdk/ideas/board.js";
import { WEIGHT_DECIMALS } from "../../sdk/ideas/choices.js";
import type { IdeaSupport } from "../../sdk/ideas/signing.js";
import { SUPPORT_FILE } from "../../sdk/ideas/signing.js";
import type { SupportCandidate } from "../../sdk/ideas/supportBatch.js";
import { makeSupportBatches, supportIntent, trialOfSupport } from "../../sdk/ideas/supportBatch.js";
import type { SupportContext } from "../../sdk/ideas/supportCheck.js";
import {
  areSupported,
  callOfSupport,
  checkSignedSupport,
  checkSupport,
  readSupportContext,
  supporterStandingOf,
} from "../../sdk/ideas/supportCheck.js";
import { earlySupportProblem, earlyVoiceProblem } from "../../sdk/ideas/supportReadiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { domainOf } from "../../sdk/signed/domain.js";
import type { Job } from "../jobs/job.js";
import type { Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { inTurn } from "./turns.js";
import { votesProblem } from "./votes.js";

/** What the board counts votes in, in the token's smallest unit. */
const WEIGHT_UNIT = 10n ** BigInt(18 - WEIGHT_DECIMALS);

/**
 * Support of ideas, which goes through the board's own batch: it gives each a limit of gas.
 *
 * @param least Votes that a supporter has to have where votes count, in the token's smallest unit.
 */
export const supportOf = (least: bigint): Kind<IdeaSupport> => ({
  name: "support",
  file: SUPPORT_FILE,
  identity: ({ chainId, board, supporter, ideas }) => [chainId, board, supporter, ...ideas],
  subject: ({ supporter, ideas }) => `${supporter} ${ideas.join(" ")}`,
  account: ({ supporter }) => supporter,
  campaign: () => null,
  share: ({ ideas: [first = "0"] }) => (BigInt(first) >> 16n).toString(),

  async check(live, values) {
    const without = boardProblem(live);
    if (without !== undefined) return values.map(() => ({ status: "refused", problem: without }));
    const context = await readSupportContext(live, await domainOf(live, live.contracts.board), values);
    return inTurn(values, async (support): Promise<Verdict> => {
      // Accounts without a voice cost nothing to make: for those the node isn't asked whether they signed.
      const silent = voiceProblem(context, support, least);
      if (silent !== undefined) return { status: "refused", problem: { ...silent, place: PLACE } };
      const check = await checkSupport(context, PLACE, support);
      const call = callOfSupport(context, support);
      const until = call?.end;
      if (check.status === "valid") return { status: "valid", until };
      const verdict: Verdict =
        check.status === "supported before" ? { status: "done" } : verdictOn(check.problem, until);
      if (verdict.status === "refused") return verdict;
      // What is done, or comes before support opens, is kept too, and so has to be the supporter's: anybody could make up any number.
      const signed = await checkSignedSupport(context, PLACE, support);
      if (signed.status === "refused") return signed;
      const early = verdict.status === "later" ? earlyProblem(context, support) : undefined;
      return early === undefined ? verdict : { status: "refused", problem: { ...early, place: PLACE } };
    });
  },

  async batches(live, carried) {
    const values = carried.map(({ value }) => value);
    const context = await readSupportContext(live, await domainOf(live, live.contracts.board), values);
    const found = await inTurn(carried, async ({ job, value }): Promise<Candidate | undefined> => {
      const check = await checkSupport(context, PLACE, value);
      return check.status === "valid" ? { job, support: value, gas: check.gas } : undefined;
    });
    const batches = makeSupportBatches(found.flatMap((candidate) => candidate ?? []));
    return {
      batches: batches.map((batch) => ({
        jobs: batch.items.map(({ job }) => job),
        works: async () => (await trialOfSupport(live, batch)).map((reason) => reason === undefined),
        intentFor: (jobs) =>
          supportIntent(live, { ...batch, items: batch.items.filter(({ job }) => jobs.includes(job)) }),
      })),
      unfit: carried.flatMap(({ job }, i) => (found[i] === undefined ? [job] : [])),
    };
  },

  isDone: (live, values) => areSupported(live, values),

  doneIn(live, logs, values) {
    const supported = new Set(logs.flatMap((log) => supportIn(live, log) ?? []));
    return new Set(
      values.flatMap(({ supporter, ideas }, i) =>
        ideas.every((idea) => supported.has(`${supporter} ${idea}`)) ? [i] : [],
      ),
    );
  },
});

interface Candidate extends SupportCandidate {
  readonly job: Job;
}

/** That the DAO has no board. */
function boardProblem(live: LiveDao): Problem | undefined {
  try {
    boardAddress(live);
    return undefined;
  } catch (error) {
    const [found] = error instanceof KyosoError ? error.problems : [];
    if (found === undefined) throw error;
    return { ...found, place: PLACE };
  }
}

/**
 * Why whoever is to have signed has no voice that the relay pays for, now or, where support isn't open yet, then. Undefined where it has
 * one, and where there is no such call.
 */
function voiceProblem(context: SupportContext, support: IdeaSupport, least: bigint): Problem | undefined {
  const { live } = context;
  const [call, standing] = [callOfSupport(context, support), supporterStandingOf(context, support)];
  if (call === undefined || standing === undefined) return undefined;
  const { weight, wouldWeigh, votes } = standing;
  const isEarly = live.now <= call.snapshot;
  if (call.counting === "voice") {
    return isEarly || (weight === 0n && wouldWeigh === 0n)
      ? earlyVoiceProblem(live, call, standing)
      : undefined;
  }
  const counted = (weight === 0n ? wouldWeigh : weight) * WEIGHT_UNIT;
  return votesProblem(live, isEarly ? votes : counted, least);
}

/** Why support that is signed before it is taken may never be. */
function earlyProblem(context: SupportContext, support: IdeaSupport): Problem | undefined {
  const call = callOfSupport(context, support);
  const ideas = support.ideas.flatMap((id) => context.ideas.get(Number(id)) ?? []);
  return call === undefined ? undefined : earlySupportProblem(context.live, call, ideas);
}

/** Whose support of what a log shows. */
function supportIn(live: LiveDao, log: Log): string | undefined {
  if (log.address !== live.record.modules?.board) return undefined;
  const event = INTERFACES.board.parseLog(log);
  if (event?.name !== "IdeaSupported") return undefined;
  const { idea, supporter } = event.args.toObject() as { readonly idea: bigint; readonly supporter: string };
  return `${supporter} ${idea}`;
}
