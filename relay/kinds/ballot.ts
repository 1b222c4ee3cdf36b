import type { Log } from "ethers";
import { dataSlice, getAddress } from "ethers";
import { INTERFACES } from "../../sdk/calls/known.js";
import { problem } from "../../sdk/errors.js";
import type { Candidate } from "../../sdk/governance/ballotBatch.js";
import { batchIntent, makeBatches, requireRelay, trialOf } from "../../sdk/governance/ballotBatch.js";
import type { BallotContext } from "../../sdk/governance/ballotCheck.js";
import { checkBallot, checkSignedBallot, readBallotContext } from "../../sdk/governance/ballotCheck.js";
import type { Ballot } from "../../sdk/governance/ballots.js";
import { BALLOT_FILE, ballotHash, voterKey } from "../../sdk/governance/ballots.js";
import { SUPPORTS } from "../../sdk/governance/events.js";
import { governorRead } from "../../sdk/governance/proposals.js";
import type { LiveDao } from "../../sdk/live.js";
import { domainOf } from "../../sdk/signed/domain.js";
import { checkSignature } from "../../sdk/signed/wallets.js";
import type { Job } from "../jobs/job.js";
import type { Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { inTurn } from "./turns.js";
import { votesProblem } from "./votes.js";

const CAST = ["VoteCast", "VoteCastWithParams"].map((name) => INTERFACES.governor.getEvent(name)?.topicHash);

/**
 * Ballots, which go through the contract BallotRelay: it gives each a limit of gas of its own.
 *
 * @param least Votes that a voter has to have, in the token's smallest unit.
 */
export const ballotsOf = (least: bigint): Kind<Ballot> => ({
  name: "ballot",
  file: BALLOT_FILE,
  identity: ({ chainId, governor, proposalId, voter, support, reason }) => [
    chainId,
    governor,
    proposalId,
    voter,
    support,
    reason,
  ],
  subject: (ballot) => voterKey(ballot),
  account: ({ voter }) => voter,
  campaign: () => null,
  share: ({ proposalId }) => proposalId,

  async check(live, values) {
    const context = await readBallotContext(live, await domainOf(live, "governor"), values);
    return inTurn(values, async (ballot): Promise<Verdict> => {
      // Accounts without votes cost nothing to make: for those the node isn't asked whether they signed.
      const votes = context.voters.get(voterKey(ballot))?.votes;
      const few = votes === undefined ? undefined : votesProblem(live, votes, least);
      if (few !== undefined) return { status: "refused", problem: few };
      const check = await checkBallot(context, PLACE, ballot);
      if (check.status === "cast before") return (await unsigned(context, ballot)) ?? { status: "done" };
      const deadline = context.proposals.get(ballot.proposalId)?.deadline;
      const until = deadline === undefined ? undefined : deadline + 1;
      const verdict: Verdict =
        check.status === "refused" ? verdictOn(check.problem, until) : { status: "valid", until };
      if (verdict.status === "refused") return verdict;
      // What comes before the vote opens is kept until then, and so has to be the voter's too.
      const signed = check.status === "valid" ? check : await checkSignedBallot(context, PLACE, ballot);
      return signed.status === "refused" ? signed : verdict;
    });
  },

  async batches(live, carried) {
    const relay = await requireRelay(live);
    const values = carried.map(({ value }) => value);
    const context = await readBallotContext(live, await domainOf(live, "governor"), values);
    const found = await inTurn(carried, async ({ job, value }): Promise<CarriedBallot | undefined> => {
      const check = await checkBallot(context, PLACE, value);
      return check.status === "valid" ? { job, ballot: value, gas: check.gas } : undefined;
    });
    const batches = makeBatches(found.flatMap((candidate) => candidate ?? []));
    return {
      batches: batches.map((batch) => ({
        jobs: batch.items.map(({ job }) => job),
        works: async () => (await trialOf(live, relay, batch)).map((reason) => reason === undefined),
        intentFor: (jobs) =>
          batchIntent(live, relay, { ...batch, items: batch.items.filter(({ job }) => jobs.includes(job)) }),
      })),
      unfit: carried.flatMap(({ job }, i) => (found[i] === undefined ? [job] : [])),
    };
  },

  isDone: (live, values) =>
    live.readMany<boolean>(
      values.map(({ proposalId, voter }) => governorRead(live, "hasVoted", [BigInt(proposalId), voter])),
    ),

  doneIn(live, logs, values) {
    const cast = new Set(logs.flatMap((log) => voteIn(live, log) ?? []));
    return new Set(
      values.flatMap((ballot, i) => (cast.has(`${voterKey(ballot)} ${ballot.support}`) ? [i] : [])),
    );
  },
});

/** That a ballot which was cast isn't the voter's: anybody could make up any number of the same, which would be kept. */
async function unsigned({ live, domain }: BallotContext, ballot: Ballot): Promise<Verdict | undefined> {
  const { voter, signature } = ballot;
  if ((await checkSignature(live.provider, voter, ballotHash(domain, ballot), signature)).valid)
    return undefined;
  const found = problem("signed.not-signed", {
    data: { file: PLACE, signer: voter },
    place: PLACE,
    message: `It isn't signed by ${voter}, or was changed after that`,
    remedy: "It was cast before: nothing is to be done.",
  });
  return { status: "refused", problem: found };
}

interface CarriedBallot extends Candidate {
  readonly job: Job;
}

/** Whose vote on what a log shows. */
function voteIn(live: LiveDao, { address, topics, data }: Log): string | undefined {
  const [event, voter = ""] = topics;
  if (address !== live.record.contracts.governor || !CAST.includes(event)) return undefined;
  const support = SUPPORTS[Number(dataSlice(data, 32, 64))];
  const proposalId = BigInt(dataSlice(data, 0, 32)).toString();
  return `${voterKey({ proposalId, voter: getAddress(dataSlice(voter, 12)) })} ${support ?? ""}`;
}
