import { TypedDataEncoder, type TypedDataDomain } from "ethers";
import type { BrandGovernor } from "../../typechain-types/index.js";
import { connect, type Signer } from "./chain.js";
import type { Proposal } from "./proposal.js";
import { type Safe, signAsSafe } from "./safe.js";

/** What a voter signs without a reason. */
export const BALLOT = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};

/** What a voter signs with a reason. */
export const EXTENDED_BALLOT = {
  ExtendedBallot: [...BALLOT.Ballot, { name: "reason", type: "string" }, { name: "params", type: "bytes" }],
};

/** A signed ballot, as the BallotRelay takes it. */
export interface SignedBallot {
  proposalId: bigint;
  support: bigint;
  voter: string;
  reason: string;
  signature: string;
}

/** How a ballot is marked, and what of it is not as usual. */
export interface Marked {
  support: bigint;
  reason?: string;
  nonce?: bigint;
}

export async function ballotDomain(governor: BrandGovernor): Promise<TypedDataDomain> {
  const { ethers } = await connect();
  const { chainId } = await ethers.provider.getNetwork();
  return {
    name: await governor.name(),
    version: "1",
    chainId,
    verifyingContract: await governor.getAddress(),
  };
}

/** A ballot of an account, with the nonce that the governor names unless told otherwise. */
export async function signBallot(
  governor: BrandGovernor,
  voter: Signer,
  proposal: Proposal,
  marked: Marked,
): Promise<SignedBallot> {
  const { types, message, ballot } = await fill(governor, voter.address, proposal, marked);
  return { ...ballot, signature: await voter.signTypedData(await ballotDomain(governor), types, message) };
}

/** A ballot of a Safe, by ERC-1271. */
export async function signBallotAsSafe(
  governor: BrandGovernor,
  safe: Safe,
  owners: Signer[],
  proposal: Proposal,
  marked: Marked,
): Promise<SignedBallot> {
  const { types, message, ballot } = await fill(governor, safe.address, proposal, marked);
  // The Safe's handler signs the ABI encoding of the hash, which for 32 bytes is the hash itself.
  const hash = TypedDataEncoder.hash(await ballotDomain(governor), types, message);
  return { ...ballot, signature: await signAsSafe(safe, owners, hash) };
}

async function fill(governor: BrandGovernor, voter: string, proposal: Proposal, marked: Marked) {
  const { support, reason = "" } = marked;
  const nonce = marked.nonce ?? (await governor.nonces(voter));
  const common = { proposalId: proposal.id, support, voter };
  return {
    types: reason === "" ? BALLOT : EXTENDED_BALLOT,
    message: { ...common, nonce, ...(reason === "" ? {} : { reason, params: "0x" }) },
    ballot: { ...common, reason },
  };
}
