import type { TypedDataDomain } from "ethers";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { foreignTo } from "../signed/foreign.js";
import { notSignedProblem } from "../signed/notSigned.js";
import { checkSignature } from "../signed/wallets.js";
import { tokenRead } from "../token/holders.js";
import { formatAmount } from "../units.js";
import type { Ballot } from "./ballots.js";
import { ballotHash, voterKey } from "./ballots.js";
import type { ProposalView } from "./proposals.js";
import { governorRead, readProposals } from "./proposals.js";
import type { Circumstances } from "./readiness.js";
import { readCircumstances, voteReadiness } from "./readiness.js";

/**
 * Gas for a ballot. The dearest of an account, with the longest reason, first of its vote, and prolonging it, needs some
 * 140,000 (docs/gas.md), and more where its votes changed since the snapshot: they are looked up, in some 110,000 at most, which takes a
 * change in each second of the longest vote. What isn't used isn't paid.
 */
export const GAS_PER_BALLOT = 250_000n;

/**
 * The first that counts towards the quorum computes it: it looks up all votes and the treasury's, which anybody can have change as often.
 * With less, whoever does that would keep every ballot out until somebody votes without a relay.
 */
export const GAS_FOR_THE_QUORUM = 250_000n;

/** What a ballot is worth at this moment. */
export type BallotCheck =
  | { readonly status: "refused"; readonly problem: Problem }
  /** The voter has voted, and as the ballot says. */
  | { readonly status: "cast before"; readonly votes: bigint; readonly transaction: string }
  /** It can be cast, with so much gas at most. */
  | { readonly status: "valid"; readonly votes: bigint; readonly gas: bigint };

/** What the chain says that ballots are checked against. */
export interface BallotContext {
  readonly live: LiveDao;
  readonly domain: TypedDataDomain;
  readonly proposals: ReadonlyMap<string, ProposalView>;
  readonly circumstances: ReadonlyMap<string, Circumstances>;
  readonly voters: ReadonlyMap<string, VoterState>;
}

interface VoterState {
  /** What counts for the proposal. */
  readonly votes: bigint;
  /** Who votes with the voter's votes at present. */
  readonly delegate: string;
}

/** Reads all that ballots are checked against, as of the block at which the DAO was opened. Few requests. */
export async function readBallotContext(
  live: LiveDao,
  domain: TypedDataDomain,
  ballots: readonly Ballot[],
): Promise<BallotContext> {
  const proposals = new Map((await readProposals(live)).map((proposal) => [proposal.id, proposal]));
  const ours = ballots.filter((ballot) => foreignBallot(live, "", ballot) === undefined);
  const circumstances = new Map<string, Circumstances>();
  for (const id of new Set(ours.map(({ proposalId }) => proposalId))) {
    const proposal = proposals.get(id);
    if (proposal !== undefined) circumstances.set(id, await readCircumstances(live, proposal));
  }
  const keys = new Map(ours.map((ballot) => [voterKey(ballot), ballot]));
  const known = [...keys].filter(([, { proposalId }]) => proposals.has(proposalId));
  const read = await live.readMany<bigint | string>(
    known.flatMap(([, { proposalId, voter }]) => {
      const snapshot = proposals.get(proposalId)?.snapshot ?? 0;
      return [
        // The newest moment whose votes are settled is the second before now.
        governorRead(live, "getVotes", [voter, Math.min(snapshot, live.now - 1)]),
        tokenRead(live, "delegates", [voter]),
      ];
    }),
  );
  const voters = new Map(
    known.map(([key], i) => {
      const [votes, delegate] = read.slice(2 * i, 2 * i + 2) as [bigint, string];
      return [key, { votes, delegate }];
    }),
  );
  return { live, domain, proposals, circumstances, voters };
}

/** Checks a ballot as the governor would, and that it is this DAO's. */
export async function checkBallot(
  context: BallotContext,
  file: string,
  ballot: Ballot,
): Promise<BallotCheck> {
  const found = findFor(context, file, ballot);
  if ("refused" in found) return { status: "refused", problem: found.refused };
  const { proposal, terms, state } = found;
  const cast = proposal.votes.find(({ voter }) => voter === ballot.voter);
  if (cast?.support === ballot.support) {
    return { status: "cast before", votes: cast.weight, transaction: cast.transactionHash };
  }
  const actor = { address: ballot.voter, votes: state.votes, delegate: state.delegate };
  const readiness = voteReadiness(proposal, { ...terms, actor });
  if (!readiness.ready) return { status: "refused", problem: { ...readiness.problem, place: file } };
  return checkSignedBallot(context, file, ballot);
}

/**
 * Whether a ballot is cast as of the block at which the DAO was opened: that its voter has voted, and as it says.
 *
 * @throws KyosoError "vote.cast-already" where the voter has voted otherwise, so that it can't be cast any more.
 */
export async function isCast(live: LiveDao, { proposalId, voter, support }: Ballot): Promise<boolean> {
  const [voted] = await live.readMany<boolean>([governorRead(live, "hasVoted", [BigInt(proposalId), voter])]);
  if (voted !== true) return false;
  const proposal = (await readProposals(live)).find(({ id }) => id === proposalId);
  const vote = proposal?.votes.find((each) => each.voter === voter);
  if (vote === undefined || vote.support === support) return vote !== undefined;
  throw KyosoError.of("vote.cast-already", {
    data: { voter, support: vote.support, votes: vote.weight },
    place: voter,
    message: `It voted “${vote.support}” before, with ${formatAmount(vote.weight)} votes, and not “${support}”`,
    remedy: "A vote that was cast stands: it can't be changed. What was signed now can't be cast.",
  });
}

/**
 * Checks that a ballot is signed by its voter for a proposal of this DAO, and not used. Nothing is asked of whether it can be cast
 * now: it may come before the vote opens.
 */
export async function checkSignedBallot(
  context: BallotContext,
  file: string,
  ballot: Ballot,
): Promise<Exclude<BallotCheck, { readonly status: "cast before" }>> {
  const found = findFor(context, file, ballot);
  if ("refused" in found) return { status: "refused", problem: found.refused };
  const { proposal, state } = found;
  const { live } = context;
  const { voter: signer, signature, support } = ballot;
  const hash = ballotHash(context.domain, ballot);
  const { valid, contract, gas: ofWallet } = await checkSignature(live.provider, signer, hash, signature);
  if (valid) {
    const computed = proposal.votes.some((vote) => vote.support !== "against");
    const gas = GAS_PER_BALLOT + (computed ? 0n : GAS_FOR_THE_QUORUM) + ofWallet;
    return { status: "valid", votes: state.votes, gas };
  }
  const command = `npx hardhat proposal sign ${proposal.number} ${support}`;
  const signed = { signer, hash, signature, contract };
  const told = await notSignedProblem(live, file, signed, { command, option: "--voter" });
  return { status: "refused", problem: told };
}

/** What a ballot is checked against, or why there is nothing. */
function findFor(
  { live, proposals, circumstances, voters }: BallotContext,
  file: string,
  ballot: Ballot,
):
  | { readonly proposal: ProposalView; readonly terms: Circumstances; readonly state: VoterState }
  | { readonly refused: Problem } {
  const foreign = foreignBallot(live, file, ballot);
  if (foreign !== undefined) return { refused: foreign };
  const proposal = proposals.get(ballot.proposalId);
  const terms = circumstances.get(ballot.proposalId);
  const state = voters.get(voterKey(ballot));
  if (proposal !== undefined && terms !== undefined && state !== undefined) return { proposal, terms, state };
  return {
    refused: problem("ballot.proposal-unknown", {
      data: { file, proposal: ballot.proposalId },
      place: file,
      message: `It is for proposal ${ballot.proposalId}, which there isn't`,
      remedy: "Check that the node is up to date.",
    }),
  };
}

/** Why a ballot is another DAO's; undefined if it is this one's. */
function foreignBallot(live: LiveDao, file: string, { chainId, governor, dao }: Ballot): Problem | undefined {
  return foreignTo(live, file, { chainId, contract: "governor", address: governor, dao });
}
