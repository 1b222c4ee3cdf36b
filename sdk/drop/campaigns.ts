import { dataSlice, getAddress, toUtf8String, Utf8ErrorFuncs } from "ethers";
import { INTERFACES } from "../calls/known.js";
import { customError, revertDataOf } from "../calls/revert.js";
import { readBigInt, readBytesAt } from "../chain/abi.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { fromLogs, incompleteLogs, logsUntil } from "../chain/whole.js";
import type { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";

/** A campaign as it stands on the chain. Amounts in the token's smallest unit, times as timestamps. */
export interface Campaign {
  /** 32 bytes. */
  readonly id: string;
  readonly root: string;
  readonly deadline: number;
  /** 0 where nobody can be named as referrer. */
  readonly referralKind: number;
  /** What it can still give. */
  readonly tokens: bigint;
  /** The badges' issuer role when it was opened. */
  readonly issuerRole: bigint;
  readonly stopped: boolean;
}

/** The same with what its events tell. */
export interface CampaignHistory extends Campaign {
  /** What it was ever given, by whoever. */
  readonly funded: bigint;
  /** Tokens that were claimed. */
  readonly given: bigint;
  /** Leaves that were claimed. */
  readonly claimed: number;
  /** Why a steward stopped it; null for one that wasn't stopped. */
  readonly stopReason: string | null;
  /** What was sent to the treasury after its end. */
  readonly returned: bigint;
}

/** As `campaignOf` returns it. */
interface RawCampaign {
  readonly terms: {
    readonly root: string;
    readonly deadline: bigint | number;
    readonly referralKind: bigint | number;
  };
  readonly tokens: bigint;
  readonly issuerRole: bigint;
  readonly stopped: boolean;
  readonly claims: bigint | number;
}

/** Claims that the drop counts of a campaign, at most. */
const MOST_COUNTED = 2 ** 24 - 1;

/** Whether a campaign has ended: a steward stopped it, or its deadline has come. */
export function isOver({ stopped, deadline }: Campaign, now: number): boolean {
  return stopped || now >= deadline;
}

/** A campaign; undefined where none of that id was ever opened. */
export async function findCampaign({ contracts }: LiveDao, id: string): Promise<Campaign | undefined> {
  try {
    return toCampaign(id, await contracts.drop.campaignOf(id));
  } catch (error) {
    const reverted = revertDataOf(error);
    const known = reverted === undefined ? undefined : customError(reverted);
    if (known?.name === "LoyaltyDropNonexistentCampaign") return undefined;
    throw error;
  }
}

/** All campaigns of a DAO, in the order in which they were opened. */
export async function readCampaigns(live: LiveDao): Promise<CampaignHistory[]> {
  return fromLogs(live, "drop", (logs) => campaignsIn(live, logs));
}

async function campaignsIn(live: LiveDao, logs: readonly ChainLog[]): Promise<CampaignHistory[]> {
  const drop = INTERFACES.drop;
  const topic = (name: string) => drop.getEvent(name)?.topicHash;
  const [opened, funded, stopped, closed, claimed] = [
    topic("CampaignOpened"),
    topic("CampaignFunded"),
    topic("CampaignStopped"),
    topic("CampaignClosed"),
    topic("Claimed"),
  ];
  const tallies = new Map<
    string,
    Pick<CampaignHistory, "funded" | "given" | "claimed" | "stopReason" | "returned">
  >();
  for (const { topics, data, blockNumber } of logs) {
    if (blockNumber > live.block) break;
    const [event, id = ""] = topics;
    if (event === opened) {
      tallies.set(id, { funded: 0n, given: 0n, claimed: 0, stopReason: null, returned: 0n });
      continue;
    }
    if (event !== funded && event !== claimed && event !== closed && event !== stopped) continue;
    const tally = tallies.get(id);
    if (tally === undefined) throw incomplete(`The one in which campaign ${id} was opened isn't there`);
    const change =
      event === funded
        ? { funded: tally.funded + readBigInt(data, 2) }
        : event === claimed
          ? { given: tally.given + readBigInt(data, 2), claimed: tally.claimed + 1 }
          : event === closed
            ? { returned: tally.returned + readBigInt(data, 2) }
            : { stopReason: reasonIn(data) };
    tallies.set(id, { ...tally, ...change });
  }
  const ids = [...tallies.keys()];
  const address = live.record.contracts.drop;
  const [count, read] = await Promise.all([
    live.contracts.drop.campaignCount({ blockTag: live.block }),
    live.readMany<RawCampaign>(
      ids.map((id) => ({ address, interface: drop, name: "campaignOf", args: [id] })),
    ),
  ]);
  if (count !== BigInt(ids.length)) {
    throw incomplete(`They show ${ids.length} campaigns, and the drop has counted ${count}`);
  }
  return read.flatMap((raw, i) => {
    const id = ids[i] ?? "";
    const tally = tallies.get(id);
    if (tally === undefined) return [];
    const left = tally.funded - tally.given - tally.returned;
    const counted = Math.min(tally.claimed, MOST_COUNTED);
    const isWhole = left === raw.tokens && counted === Number(raw.claims);
    if (!isWhole || raw.stopped !== (tally.stopReason !== null)) {
      throw incomplete(`They don't agree with what the drop says of campaign ${id}`);
    }
    return [{ ...toCampaign(id, raw), ...tally }];
  });
}

function incomplete(detail: string): KyosoError {
  return incompleteLogs("drop", detail);
}

/** Text that isn't UTF-8 must not keep all else from being read. */
function reasonIn(data: string): string {
  return toUtf8String(readBytesAt(data, 2, 2), Utf8ErrorFuncs.replace);
}

/**
 * Who claimed a leaf.
 *
 * @throws KyosoError where somebody did, and no log says who.
 */
export async function claimedBy(live: LiveDao, campaign: string, index: number): Promise<string | undefined> {
  const isClaimed = await live.contracts.drop.isClaimed(campaign, index, { blockTag: live.block });
  if (!isClaimed) return undefined;
  return fromLogs(live, "drop", (logs) => {
    const account = claimsIn(live, logs, campaign).get(index);
    if (account === undefined)
      throw incomplete(`Claim ${index} of campaign ${campaign} was claimed, and they don't say by whom`);
    return account;
  });
}

/**
 * Who claimed each of many leaves, and in which block, with one look through the logs; undefined for those that nobody did.
 *
 * @throws KyosoError where somebody did, and no log says who.
 */
export async function claimersOf(
  live: LiveDao,
  leaves: readonly { readonly campaign: string; readonly index: number }[],
): Promise<({ readonly account: string; readonly block: number } | undefined)[]> {
  const claimed = await areClaimed(live, leaves);
  if (!claimed.includes(true)) return leaves.map(() => undefined);
  const { topicHash } = live.contracts.drop.interface.getEvent("Claimed");
  return fromLogs(live, "drop", (logs) => {
    const wanted = new Map<string, { readonly account: string; readonly block: number } | undefined>();
    for (const { campaign, index } of leaves) wanted.set(`${campaign} ${index}`, undefined);
    for (const { topics, blockNumber: block } of logs) {
      const [event, campaign = "", leaf = "0x0", account = ""] = topics;
      const key = `${campaign} ${Number(leaf)}`;
      if (event === topicHash && wanted.has(key))
        wanted.set(key, { account: getAddress(dataSlice(account, 12)), block });
    }
    return leaves.map(({ campaign, index }, i) => {
      if (claimed[i] !== true) return undefined;
      const found = wanted.get(`${campaign} ${index}`);
      if (found !== undefined) return found;
      throw incomplete(`Claim ${index} of campaign ${campaign} was claimed, and they don't say by whom`);
    });
  });
}

/** Of so many claims each is asked for; of more, so many that are drawn by lot. */
const MOST_ASKED = 100_000;

/** Who claimed of a campaign: accounts by the number of the leaf. */
export async function claimsOf(live: LiveDao, campaign: string): Promise<Map<number, string>> {
  return fromLogs(live, "drop", async (logs) => {
    // That they are whole.
    await campaignsIn(live, logs);
    const claims = claimsIn(live, logsUntil(logs, live.block), campaign);
    const asked = drawn([...claims.keys()], MOST_ASKED);
    const said = await areClaimed(
      live,
      asked.map((index) => ({ campaign, index })),
    );
    const wrong = asked.find((_, i) => said[i] !== true);
    if (wrong === undefined) return claims;
    throw incomplete(
      `They say that claim ${wrong} of campaign ${campaign} was claimed, and the drop doesn't`,
    );
  });
}

/** So many of a list at most: where there are more, those that a lot falls on. */
function drawn(all: readonly number[], most: number): readonly number[] {
  if (all.length <= most) return all;
  const found = new Set<number>();
  while (found.size < most) found.add(all[Math.floor(Math.random() * all.length)] ?? 0);
  return [...found];
}

/** Whether each of many leaves was claimed, as the drop says itself. */
function areClaimed(
  live: LiveDao,
  leaves: readonly { readonly campaign: string; readonly index: number }[],
): Promise<boolean[]> {
  const { drop: address } = live.record.contracts;
  return live.readMany<boolean>(
    leaves.map(({ campaign, index }) => ({
      ...{ address, interface: INTERFACES.drop, name: "isClaimed" },
      args: [campaign, index],
    })),
  );
}

function claimsIn(live: LiveDao, logs: readonly ChainLog[], campaign: string): Map<number, string> {
  const { topicHash } = live.contracts.drop.interface.getEvent("Claimed");
  const claims = new Map<number, string>();
  for (const { topics } of logs) {
    const [event, of, leaf = "0x0", account = ""] = topics;
    if (event === topicHash && of === campaign) claims.set(Number(leaf), getAddress(dataSlice(account, 12)));
  }
  return claims;
}

function toCampaign(id: string, { terms, tokens, issuerRole, stopped }: RawCampaign): Campaign {
  return {
    id,
    root: terms.root,
    deadline: Number(terms.deadline),
    referralKind: Number(terms.referralKind),
    tokens,
    issuerRole,
    stopped,
  };
}
