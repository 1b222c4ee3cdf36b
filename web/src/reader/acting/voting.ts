import type { Ballot, LiveDao, ProposalView as Found } from "@kyoso/sdk";
import {
  cancelReadiness,
  executeReadiness,
  findProposal,
  INTERFACES,
  planSteps,
  planVote,
  queueReadiness,
  readCircumstances,
  signBallot,
  SUPPORTS,
  voteReadiness,
} from "@kyoso/sdk";
import type { Act, PreparedCall, Sign, Step, VoterView } from "../acts.js";
import type { VoteView } from "../answers.js";
import { answerOf } from "../reads/common.js";
import { prepare, refusedBy } from "./calls.js";
import { receiptOf } from "./receipts.js";
import { AskingSigner } from "./signer.js";

type Of<Name extends Act["act"]> = Extract<Act, { readonly act: Name }>;

/** What votes an account has for a proposal, and how it voted. */
export async function readVoter(live: LiveDao, { number, account }: Of<"voter">): Promise<VoterView> {
  const proposal = await proposalOf(live, number);
  const circumstances = await readCircumstances(live, proposal, account);
  const cast = proposal.votes.find(({ voter }) => voter === account);
  const { votes = 0n, delegate = account } = circumstances.actor ?? {};
  return {
    ...answerOf(live),
    votes: cast?.weight ?? votes,
    delegate,
    cast:
      cast === undefined
        ? null
        : { voter: account, support: cast.support, weight: cast.weight, reason: cast.reason },
    refused: refusedBy(voteReadiness(proposal, circumstances)),
  };
}

/** A ballot, signed as the governor takes it from anybody; with its reason, where there is one. */
export async function makeBallot(
  live: LiveDao,
  { number, account, support, reason }: Of<"ballot">,
  sign: Sign,
): Promise<Ballot> {
  const proposal = await proposalOf(live, number);
  const signer = new AskingSigner(account, sign);
  return (await signBallot(live, signer, proposal, { support, reason })).ballot;
}

/** A vote as a transaction of the voter's own. */
export async function prepareVote(
  live: LiveDao,
  { number, account, support, reason }: Of<"vote">,
): Promise<PreparedCall> {
  const proposal = await proposalOf(live, number);
  const circumstances = await readCircumstances(live, proposal, account);
  const [call] = planVote(live.record, proposal.id, support, reason).calls;
  return prepareOnly(live, call, account, refusedBy(voteReadiness(proposal, circumstances)));
}

const READINESS = { queue: queueReadiness, execute: executeReadiness, cancel: cancelReadiness } as const;

/** A step that moves a proposal on, as anybody's transaction, or its proposer's. */
export async function prepareStep(
  live: LiveDao,
  { number, step, account }: { readonly number: number; readonly step: Step; readonly account: string },
): Promise<PreparedCall> {
  const proposal = await proposalOf(live, number);
  const circumstances = await readCircumstances(live, proposal, account);
  const [call] = planSteps(live.record, proposal)[step].calls;
  return prepareOnly(live, call, account, refusedBy(READINESS[step](proposal, circumstances)));
}

/** A vote as its transaction's receipt has it: known before any search for logs finds it. */
export async function readCast(
  live: LiveDao,
  { number, hash, account }: Of<"cast">,
): Promise<VoteView | null> {
  const receipt = await receiptOf(live, hash);
  if (receipt === undefined) return null;
  const { id } = await proposalOf(live, number);
  for (const log of receipt.logs) {
    if (log.address.toLowerCase() !== live.record.contracts.governor.toLowerCase()) continue;
    const event = INTERFACES.governor.parseLog(log);
    if (event?.name.startsWith("VoteCast") !== true) continue;
    const { voter, proposalId, support, weight, reason } = event.args.toObject() as {
      readonly voter: string;
      readonly proposalId: bigint;
      readonly support: bigint;
      readonly weight: bigint;
      readonly reason: string;
    };
    const way = SUPPORTS[Number(support)];
    if (voter !== account || proposalId.toString() !== id || way === undefined) continue;
    return { voter, support: way, weight, reason };
  }
  return null;
}

function proposalOf(live: LiveDao, number: number): Promise<Found> {
  return findProposal(live, number.toString());
}

function prepareOnly(
  live: LiveDao,
  call: Parameters<typeof prepare>[1] | undefined,
  account: string,
  refused: PreparedCall["refused"],
): Promise<PreparedCall> {
  if (call === undefined) throw new RangeError("There is nothing to send");
  return prepare(live, call, account, refused);
}
