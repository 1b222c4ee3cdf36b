import {
  type AddressLike,
  encodeBytes32String,
  type TransactionResponse,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import { DAY, now, type Signer } from "./chain.js";
import type { DAO } from "./dao.js";
import { travelTo } from "./proposal.js";
import { badgeDomain } from "./vouchers.js";

/** Seconds in which a recovery can be carried out. */
export const TIME_TO_MOVE = 30n * DAY;

/** What a member signs to refuse a recovery. */
export const REFUSAL = {
  RecoveryRefusal: [
    { name: "recovery", type: "uint256" },
    { name: "oldAccount", type: "address" },
    { name: "newAccount", type: "address" },
  ],
};

/** How far the last recovery of an account is, as its times say. */
export async function phaseOf(
  { badge, connection }: DAO,
  account: AddressLike,
): Promise<"none" | "requested" | "moving" | "over"> {
  const { requestedIn, movedIn, end } = await badge.recoveryOf(account);
  if (requestedIn === 0n) return "none";
  if (end <= (await now(connection))) return "over";
  return movedIn === 0n ? "requested" : "moving";
}

/** The refusal of the recovery that an account takes part in at this moment. */
export async function refusalOf({ badge }: DAO, account: AddressLike) {
  const { id, oldAccount, newAccount } = await badge.recoveryOf(account);
  return { recovery: id, oldAccount, newAccount };
}

/** Signs a refusal, by default of the recovery that the signer takes part in at this moment. */
export async function signRefusal(
  dao: DAO,
  signer: Signer,
  refusal?: Awaited<ReturnType<typeof refusalOf>>,
): Promise<string> {
  return signer.signTypedData(
    await badgeDomain(dao.badge),
    REFUSAL,
    refusal ?? (await refusalOf(dao, signer)),
  );
}

/** Has an account refuse its recovery by itself. */
export async function refuse({ badge }: DAO, account: Signer): Promise<TransactionResponse> {
  return badge.connect(account).refuseRecovery(account, "0x");
}

/** Points of a season that a recovery brought to an account since it ended, while claims of its reward are open. */
export async function movedPoints({ badge }: DAO, account: AddressLike, season: bigint): Promise<bigint> {
  return (await badge.rewardStanding(season, account)).predecessorPoints;
}

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
export async function award(dao: DAO, kind: bigint, account: AddressLike): Promise<TransactionResponse> {
  return dao.asSafe(await dao.badge.award.populateTransaction(kind, account, ZeroHash));
}

export async function request(dao: DAO, from: AddressLike, to: AddressLike): Promise<TransactionResponse> {
  return dao.asSafe(await dao.badge.requestRecovery.populateTransaction(from, to));
}

/** Requests a recovery, and moves on to the moment when it can be carried out. */
export async function requestAndWait(dao: DAO, from: AddressLike, to: AddressLike): Promise<void> {
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

/** Has `account` claim a badge from a campaign of its own, naming who brought it; in the second `at`, if that is given. */
export async function joinWith(
  dao: DAO,
  account: Signer,
  kind: bigint,
  referralKind: bigint,
  referrer: Signer | null,
  at?: bigint,
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
  if (at !== undefined) await connection.networkHelpers.time.setNextBlockTimestamp(at);
  return drop.connect(account).claim(campaign, leaf, [], account, referrer?.address ?? ZeroAddress, "0x");
}
