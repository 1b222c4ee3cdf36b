import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { TypedDataEncoder } from "ethers";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf } from "../signed/domain.js";
import { checkSignature, findSafe, ownersWhoSigned, safeMessageHash, signFor } from "../signed/wallets.js";
import type { Ballot } from "./ballotFile.js";
import type { Support } from "./events.js";
import { SUPPORTS } from "./events.js";
import type { ProposalView } from "./proposals.js";
import { readCircumstances, requireReady, voteReadiness } from "./readiness.js";
import { reasonProblem } from "./reason.js";

export { BALLOT_FILE, type Ballot } from "./ballotFile.js";
export { LONGEST_REASON, reasonProblem } from "./reason.js";

/**
 * What the governor has voters sign: with a reason, more than without one. The number is 0 for every ballot: what stops a
 * second is that the voter has voted.
 */
const BALLOT = [
  { name: "proposalId", type: "uint256" },
  { name: "support", type: "uint8" },
  { name: "voter", type: "address" },
  { name: "nonce", type: "uint256" },
];
const REASONED = [...BALLOT, { name: "reason", type: "string" }, { name: "params", type: "bytes" }];
/** Both, each as it is signed. */
export const BALLOTS: readonly Readonly<Record<string, TypedDataField[]>>[] = [
  { Ballot: BALLOT },
  { ExtendedBallot: REASONED },
];

/** How a ballot is to be marked, and whose it is. */
export interface Marking {
  readonly support: Support;
  readonly reason?: string | undefined;
  /** A contract wallet that the signer signs for; the signer itself without it. */
  readonly voter?: string | undefined;
  /** The same ballot, as other owners of a Safe have signed it. */
  readonly existing?: Ballot | undefined;
  /** Told of the ballot before it is signed; where it throws, nothing is. */
  readonly onSigning?: ((unsigned: Ballot) => Promise<void>) | undefined;
}

/** A ballot, and whether it is signed by as many as it takes. */
export interface SignedBallot {
  readonly ballot: Ballot;
  /** Of a Safe: how many of its owners have signed, and how many have to. 1 and 1 for anybody else. */
  readonly signatures: number;
  readonly threshold: number;
}

/**
 * Signs a ballot that anybody can cast. Sends nothing. It can be signed before voting opens; it counts as soon as somebody
 * relays it.
 *
 * @throws KyosoError where it could never be cast: voting is over, the voter has voted or had no votes at the snapshot,
 * or doesn't accept the signature.
 */
export async function signBallot(
  live: LiveDao,
  signer: Signer,
  proposal: ProposalView,
  { support, reason = "", voter: asked, existing, onSigning }: Marking,
): Promise<SignedBallot> {
  const unfit = reasonProblem(reason);
  if (unfit !== undefined) throw new KyosoError({ place: "--reason", ...unfit });
  const voter = asked ?? (await signer.getAddress());
  await requireVoter(live, proposal, voter);
  const unsigned: Ballot = {
    kind: "ballot",
    version: 1,
    dao: live.record.slug,
    chainId: live.chainId.toString(),
    governor: live.record.contracts.governor,
    proposalId: proposal.id,
    support,
    voter,
    reason,
    signature: "0x",
  };
  const { signature, ...count } = await signFor(live, signer, voter, {
    domain: await domainOf(live, "governor"),
    ...typedBallot(unsigned),
    // Of another ballot nobody's signature counts.
    existing: existing !== undefined && sameBallot(unsigned, existing) ? existing.signature : undefined,
    onSigning: async () => onSigning?.(unsigned),
    notWallet: () =>
      KyosoError.of("ballot.voter-not-wallet", {
        data: { voter },
        place: "--voter",
        message: `${voter} is no contract wallet: only its own key can sign for it`,
        remedy: "Leave --voter out, and sign with that account's key (--from).",
      }),
    instead: "vote",
  });
  return { ballot: { ...unsigned, signature }, ...count };
}

/** The hash that a voter signs. */
export function ballotHash(domain: TypedDataDomain, ballot: Ballot): string {
  const { types, message } = typedBallot(ballot);
  return TypedDataEncoder.hash(domain, types, message);
}

/** Tells apart whose ballot for what it is. */
export function voterKey({ proposalId, voter }: Pick<Ballot, "proposalId" | "voter">): string {
  return `${proposalId} ${voter}`;
}

/** Whether two ballots say the same, whoever has signed them. */
export function sameBallot(one: Ballot, other: Ballot): boolean {
  const keys = ["chainId", "governor", "proposalId", "support", "voter", "reason"] as const;
  return keys.every((key) => one[key] === other[key]);
}

/**
 * The reason that a ballot has which is there already, for others who sign the same one: its voter, or an owner of the Safe
 * that votes, has to have signed it. Anybody may have put it there.
 *
 * @returns Undefined where it is another ballot, or nobody has signed it.
 */
export async function signedReason(
  live: LiveDao,
  existing: Ballot,
  wanted: Pick<Ballot, "proposalId" | "support" | "voter">,
): Promise<string | undefined> {
  const { voter, signature, reason } = existing;
  const same =
    existing.chainId === live.chainId.toString() &&
    existing.governor === live.record.contracts.governor &&
    (["proposalId", "support", "voter"] as const).every((key) => existing[key] === wanted[key]);
  if (!same) return undefined;
  const hash = ballotHash(await domainOf(live, "governor"), existing);
  const safe = await findSafe(live.provider, voter);
  const signed =
    safe === undefined
      ? (await checkSignature(live.provider, voter, hash, signature)).valid
      : ownersWhoSigned(safe, safeMessageHash(live, voter, hash), signature).size > 0;
  return signed ? reason : undefined;
}

function typedBallot({ proposalId, support, voter, reason }: Ballot): {
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
} {
  const message = { proposalId, support: SUPPORTS.indexOf(support), voter, nonce: 0n };
  return reason === ""
    ? { types: { Ballot: BALLOT }, message }
    : { types: { ExtendedBallot: REASONED }, message: { ...message, reason, params: "0x" } };
}

/** @throws KyosoError where a vote of this voter can't count any more, or never could. */
async function requireVoter(live: LiveDao, proposal: ProposalView, voter: string): Promise<void> {
  if (voter === live.record.contracts.timelock) {
    throw KyosoError.of("vote.treasury", {
      data: {},
      place: "--voter",
      message: "The treasury doesn't vote: the governor counts its votes nowhere",
      remedy: "Vote as an account that somebody holds the key of.",
    });
  }
  // Before voting opens nobody knows who will have votes.
  if (proposal.state === "Pending") return;
  const circumstances = await readCircumstances(live, proposal, voter);
  requireReady(voteReadiness(proposal, circumstances), `proposal #${proposal.number}`);
}
