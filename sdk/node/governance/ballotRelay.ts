import type { Problem } from "../../errors.js";
import { problem } from "../../errors.js";
import type { Batch, Candidate } from "../../governance/ballotBatch.js";
import { makeBatches, requireRelay, sendBatch, trialOf } from "../../governance/ballotBatch.js";
import type { BallotCheck } from "../../governance/ballotCheck.js";
import { checkBallot, readBallotContext } from "../../governance/ballotCheck.js";
import type { Ballot } from "../../governance/ballots.js";
import { BALLOT_FILE, sameBallot, voterKey } from "../../governance/ballots.js";
import type { LiveDao } from "../../live.js";
import { domainOf } from "../../signed/domain.js";
import type { Batching, BatchOptions, Settle } from "../signed/batches.js";
import { relayInBatches } from "../signed/batches.js";
import { readSigned } from "../signed/files.js";

export type { BatchOptions as RelayOptions } from "../signed/batches.js";

/** What became of a ballot; "valid" in a dry run. */
export interface BallotOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly ballot: Ballot | undefined;
  /** Number of the proposal; undefined where there is no such proposal. */
  readonly proposal: number | undefined;
  readonly status: "cast" | BallotCheck["status"] | "not known" | "not sent";
  /** With how many votes it was or will be cast, in the token's smallest unit. */
  readonly votes: bigint;
  /** Why it was refused, isn't known or wasn't sent. */
  readonly problem: Problem | undefined;
  /** In which transaction it was cast. */
  readonly transaction: string | undefined;
}

/** A ballot on its way, and the file that holds it. */
interface Checked extends Candidate {
  readonly file: string;
  readonly votes: bigint;
}

/**
 * Casts signed ballots, many in one transaction: see {@link relayInBatches}. Of a voter who signed ballots that contradict each
 * other none is cast, as only the voter can say which one holds.
 *
 * @returns What became of each, in the order of the files.
 * @throws KyosoError where the chain has no relay.
 */
export async function relayBallots(
  live: LiveDao,
  files: readonly string[],
  options: BatchOptions,
): Promise<BallotOutcome[]> {
  return relayInBatches(options, async () => {
    const relay = await requireRelay(live);
    const read = await Promise.all(files.map((file) => readSigned(file, BALLOT_FILE)));
    const ballots = read.flatMap(({ value }) => value ?? []);
    const context = await readBallotContext(live, await domainOf(live, "governor"), ballots);
    const refused = (file: string, ballot: Ballot | undefined): BallotOutcome => ({
      file,
      ballot,
      proposal: context.proposals.get(ballot?.proposalId ?? "")?.number,
      status: "refused",
      votes: 0n,
      problem: undefined,
      transaction: undefined,
    });
    const check = async (
      file: string,
      ballot: Ballot,
      settle: Settle<BallotOutcome>,
    ): Promise<Checked | undefined> => {
      const found = await checkBallot(context, file, ballot);
      if (found.status === "valid") return { file, ballot, votes: found.votes, gas: found.gas };
      settle(file, found);
      return undefined;
    };
    const refusal = (file: string, reason: string, inTrial: boolean) =>
      problem("ballot.refused", {
        data: { file, reason },
        place: file,
        message: `The governor ${inTrial ? "doesn't" : "didn't"} take it: ${reason}`,
        remedy: "Run the same command again: it says how the ballot stands by now.",
      });
    const ofBallots: Batching<Ballot, Checked, Batch<Checked>, { votes: bigint }, BallotOutcome> = {
      ...{ files: read, refused, check, refusal, withoutDoubles },
      cut: makeBatches,
      trial: (batch) => trialOf(live, relay, batch),
      send: (batch, account) => sendBatch(live, relay, batch, account),
      valid: ({ votes }) => ({ votes }),
      taken: ({ votes }) => ({ status: "cast", votes }),
    };
    return ofBallots;
  });
}

/**
 * Of several files with the same ballot only the first is cast, and of ballots that contradict each other none.
 *
 * @returns What to cast; and of each further file the one that holds the same.
 */
function withoutDoubles(
  valid: readonly Checked[],
  settle: Settle<BallotOutcome>,
): [candidates: Checked[], copies: Map<string, string>] {
  const byVoter = new Map<string, Checked[]>();
  for (const item of valid) {
    const key = voterKey(item.ballot);
    byVoter.set(key, [...(byVoter.get(key) ?? []), item]);
  }
  const candidates: Checked[] = [];
  const copies = new Map<string, string>();
  for (const [first, ...others] of byVoter.values()) {
    if (first === undefined) continue;
    if (others.every(({ ballot }) => sameBallot(ballot, first.ballot))) {
      candidates.push(first);
      for (const { file } of others) copies.set(file, first.file);
      continue;
    }
    for (const { file, ballot } of [first, ...others]) {
      const contradicting = problem("ballot.contradicting", {
        data: { file, voter: ballot.voter },
        place: file,
        message: `${ballot.voter} has signed ballots that contradict each other, and all of them are here`,
        remedy: "Ask the voter which one holds, and relay only that one.",
      });
      settle(file, { problem: contradicting });
    }
  }
  return [candidates, copies];
}
