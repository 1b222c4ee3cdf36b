import { encodeBytes32String, type TransactionResponse, ZeroAddress, ZeroHash } from "ethers";
import { DAY, now, type Signer } from "./chain.js";
import type { DAO } from "./dao.js";
import { travelTo } from "./proposal.js";

/** Where an account stands in a recovery: the old one is Requested, Moving, Moved, the new one one of the others. */
export const RECOVERY = {
  None: 0n,
  Requested: 1n,
  Moving: 2n,
  Moved: 3n,
  Awaiting: 4n,
  Receiving: 5n,
  Received: 6n,
} as const;

/** Seconds from a request to the moment when it can be carried out, from the settings of governance. */
export async function timeToRecover({ governor, timelock }: DAO): Promise<bigint> {
  const times = await Promise.all([
    governor.votingDelay(),
    governor.votingPeriod(),
    governor.lateQuorumVoteExtension(),
    timelock.getMinDelay(),
  ]);
  return times.reduce((sum, time) => sum + time, 3n * DAY);
}

/** Awards one badge as the Safe. */
export async function award(dao: DAO, kind: bigint, account: Signer): Promise<TransactionResponse> {
  return dao.asSafe(await dao.badge.award.populateTransaction(kind, account, ZeroHash));
}

export async function request(dao: DAO, from: Signer, to: Signer): Promise<TransactionResponse> {
  return dao.asSafe(await dao.badge.requestRecovery.populateTransaction(from, to));
}

/** Requests a recovery, and moves on to the moment when it can be carried out. */
export async function requestAndWait(dao: DAO, from: Signer, to: Signer): Promise<void> {
  await request(dao, from, to);
  await travelTo((await dao.badge.recoveryOf(from)).eta);
}

/** As {@link requestAndWait}, so late that the season ends, and claims open, while it can be carried out. */
export async function requestLate(dao: DAO, from: Signer, to: Signer): Promise<void> {
  const { end } = await dao.badge.seasonBounds(await dao.badge.currentSeason());
  await travelTo(end - 20n * DAY);
  await requestAndWait(dao, from, to);
}

/** A whole recovery of these badges. */
export async function recoverAll(dao: DAO, from: Signer, to: Signer, ids: bigint[]): Promise<void> {
  await requestAndWait(dao, from, to);
  await dao.badge.connect(dao.stranger).recover(from, ids);
}

/** Moves on to the first second of a season. */
export async function enterSeason({ badge }: DAO, season: bigint): Promise<void> {
  await travelTo((await badge.seasonBounds(season)).start);
}

/** Moves on to the first second in which the reward of a season can be claimed. */
export async function openClaims({ badge }: DAO, season: bigint): Promise<void> {
  await travelTo((await badge.seasonBounds(season)).end + (await badge.disputeWindow()));
}

let campaigns = 0;

/** Has `account` claim a badge from a campaign of its own, naming who brought it. */
export async function joinWith(
  dao: DAO,
  account: Signer,
  kind: bigint,
  referralKind: bigint,
  referrer: Signer | null,
): Promise<TransactionResponse> {
  const { asSafe, connection, drop } = dao;
  const campaign = encodeBytes32String(`friends ${String((campaigns += 1))}`);
  const leaf = {
    index: 0n,
    claimant: account.address,
    byKey: false,
    amount: 0n,
    kind,
    evidence: ZeroHash,
  };
  // The tree of a single leaf is that leaf.
  const root = await drop.leafHash(campaign, leaf);
  const deadline = (await now(connection)) + DAY;
  await asSafe(await drop.open.populateTransaction(campaign, { root, deadline, referralKind }));
  return drop.connect(account).claim(campaign, leaf, [], account, referrer?.address ?? ZeroAddress, "0x");
}
