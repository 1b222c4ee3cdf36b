import type { Problem } from "../../errors.js";
import { isOf, problem } from "../../errors.js";
import type { Account, SendingSigner } from "../../execute/account.js";
import { accountOf } from "../../execute/account.js";
import type { LiveDao } from "../../live.js";
import { domainOf } from "../../signed/domain.js";
import type { SignedFile } from "../../signed/form.js";
import { readSigned } from "../signed/files.js";
import { problemOfFailure } from "../signed/relay.js";
import type { Candidate } from "../../governance/ballotBatch.js";
import { makeBatches, requireRelay, sendBatch, trialOf } from "../../governance/ballotBatch.js";
import type { BallotCheck, BallotContext } from "../../governance/ballotCheck.js";
import { checkBallot, readBallotContext } from "../../governance/ballotCheck.js";
import type { Ballot } from "../../governance/ballots.js";
import { BALLOT_FILE, sameBallot, voterKey } from "../../governance/ballots.js";

/** How many ballots are checked at once: some take requests of their own. */
const CHECKS_AT_ONCE = 20;

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

export interface RelayOptions {
  /** Undefined checks only, and sends nothing. */
  readonly signer: SendingSigner | undefined;
  /** Called when a transaction was confirmed, with its hash and how many ballots were in it. */
  readonly onBatch?: (hash: string, ballots: number) => void;
}

/** Writes down what became of a file. */
type Settle = (file: string, ballot: Ballot | undefined, outcome: Partial<BallotOutcome>) => void;

/** A ballot on its way, and the files that hold it. */
interface Checked extends Candidate {
  readonly file: string;
  readonly votes: bigint;
}

/**
 * Casts signed ballots, many in one transaction. One that is refused keeps no other from being cast, and what was cast
 * before costs nothing: the same files can be relayed again. Of a voter who signed ballots that contradict each other none
 * is cast, as only the voter can say which one holds.
 *
 * @returns What became of each, in the order of the files.
 * A batch that fails keeps no other from being sent; what comes after one that isn't known isn't sent.
 * @throws KyosoError where the chain has no relay.
 */
export async function relayBallots(
  live: LiveDao,
  files: readonly string[],
  { signer, onBatch = () => undefined }: RelayOptions,
): Promise<BallotOutcome[]> {
  if (signer === undefined) return relayAll(live, files, undefined, onBatch);
  const account = await accountOf(signer);
  return account.hold(() => relayAll(live, files, account, onBatch));
}

async function relayAll(
  live: LiveDao,
  files: readonly string[],
  signer: Account | undefined,
  onBatch: (hash: string, ballots: number) => void,
): Promise<BallotOutcome[]> {
  const relay = await requireRelay(live);
  const read = await Promise.all(files.map((file) => readSigned(file, BALLOT_FILE)));
  const ballots = read.flatMap(({ value }) => value ?? []);
  const context = await readBallotContext(live, await domainOf(live, "governor"), ballots);

  const outcomes = new Map<string, BallotOutcome>();
  const settle: Settle = (file, ballot, outcome) => {
    const proposal = context.proposals.get(ballot?.proposalId ?? "")?.number;
    const nothing = { votes: 0n, problem: undefined, transaction: undefined };
    outcomes.set(file, { file, ballot, proposal, status: "refused", ...nothing, ...outcome });
  };
  for (const { file, ...result } of read) {
    if (result.value === undefined) settle(file, undefined, { problem: result.problem });
  }
  const valid = await checkAll(context, read, settle);
  const [candidates, copies] = withoutDoubles(valid, settle);
  const refuse = ({ file, ballot }: Checked, message: string, reason: string) => {
    const remedy = "Run the same command again: it says how the ballot stands by now.";
    const refused = problem("ballot.refused", { data: { file, reason }, place: file, message, remedy });
    settle(file, ballot, { problem: refused });
  };
  let stopped = false;
  for (const batch of makeBatches(candidates)) {
    if (stopped) {
      for (const { file, ballot } of batch.items) settle(file, ballot, { status: "not sent" });
      continue;
    }
    let items = batch.items;
    try {
      const trial = await trialOf(live, relay, batch);
      items = batch.items.filter((item, i) => {
        const reason = trial[i];
        if (reason !== undefined) refuse(item, `The governor doesn't take it: ${reason}`, reason);
        return reason === undefined;
      });
      if (items.length === 0) continue;
      if (signer === undefined) {
        for (const { file, ballot, votes } of items) settle(file, ballot, { status: "valid", votes });
        continue;
      }
      const { hash, outcomes: fates } = await sendBatch(live, relay, { ...batch, items }, signer);
      for (const [i, item] of items.entries()) {
        const fate = fates[i];
        if (fate === undefined || "refused" in fate) {
          const reason = fate?.refused ?? "";
          refuse(item, `The governor didn't take it: ${reason}`, reason);
        } else {
          settle(item.file, item.ballot, { status: "cast", votes: fate.votes, transaction: hash });
        }
      }
      onBatch(hash, items.length);
    } catch (error) {
      // In a dry run nothing depends on it: what went wrong is the answer.
      if (signer === undefined) throw error;
      for (const { file, ballot } of items) {
        const why = problemOfFailure(error, file);
        stopped = isOf(why, "transaction.not-known");
        const transaction = isOf(why, "transaction.not-known") ? why.data.hash : undefined;
        settle(file, ballot, { status: stopped ? "not known" : "not sent", problem: why, transaction });
      }
    }
  }
  for (const [file, original] of copies) {
    const outcome = outcomes.get(original);
    if (outcome !== undefined) outcomes.set(file, { ...outcome, file });
  }
  return files.flatMap((file) => outcomes.get(file) ?? []);
}

/** Checks ballots, a few at once, and returns those that can be cast. */
async function checkAll(
  context: BallotContext,
  files: readonly SignedFile<Ballot>[],
  settle: Settle,
): Promise<Checked[]> {
  const valid: Checked[] = [];
  for (let at = 0; at < files.length; at += CHECKS_AT_ONCE) {
    const checked = await Promise.all(
      files.slice(at, at + CHECKS_AT_ONCE).map(async ({ file, value: ballot }) => {
        if (ballot === undefined) return [];
        const check = await checkBallot(context, file, ballot);
        if (check.status === "valid") return { file, ballot, votes: check.votes, gas: check.gas };
        settle(file, ballot, check);
        return [];
      }),
    );
    valid.push(...checked.flat());
  }
  return valid;
}

/**
 * Of several files with the same ballot only the first is cast, and of ballots that contradict each other none.
 *
 * @returns What to cast; and of each further file the one that holds the same.
 */
function withoutDoubles(
  valid: readonly Checked[],
  settle: Settle,
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
      settle(file, ballot, { problem: contradicting });
    }
  }
  return [candidates, copies];
}
