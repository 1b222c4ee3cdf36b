import { getAddress, ZeroAddress } from "ethers";
import { INTERFACES } from "../calls/known.js";
import { addressWord, readBigInt } from "../chain/abi.js";
import type { ChainLog } from "../chain/logCache.js";

/** What accounts have, and whom they trust, as the token's logs tell it. In its smallest unit. */
export interface Ledger {
  readonly tokens: ReadonlyMap<string, bigint>;
  /** Votes earned by contributing. */
  readonly earned: ReadonlyMap<string, bigint>;
  /** Of those who ever chose somebody; everybody else votes for itself. */
  readonly delegates: ReadonlyMap<string, string>;
}

const TRANSFER = topicOf("Transfer");
const EARNED = topicOf("ContributionVotesMoved");
const DELEGATED = topicOf("DelegateChanged");
const EVENTS: readonly (string | undefined)[] = [TRANSFER, EARNED, DELEGATED];

/** Replays the token's logs. Of those of one account alone, what comes out holds for this account alone. */
export function replay(logs: readonly ChainLog[]): Ledger {
  const tokens = new Map<string, bigint>();
  const earned = new Map<string, bigint>();
  const delegates = new Map<string, string>();
  // Topics come in one spelling, and are far quicker to compare than checksummed addresses to make.
  for (const { topics, data } of logs) {
    const [event, first = "", , third = ""] = topics;
    if (event === TRANSFER) move(tokens, topics, data);
    else if (event === EARNED) move(earned, topics, data);
    else if (event === DELEGATED) delegates.set(first, third);
  }
  return {
    tokens: named(tokens),
    earned: named(earned),
    delegates: new Map([...delegates].map(([from, to]) => [addressIn(from), addressIn(to)])),
  };
}

/** Those of the token's logs that say something of an account's tokens, earned votes or delegate. */
export function logsTouching(logs: readonly ChainLog[], account: string): ChainLog[] {
  const topic = `0x${addressWord(account)}`;
  return logs.filter(({ topics }) => EVENTS.includes(topics[0]) && topics.indexOf(topic, 1) > 0);
}

function move(balances: Map<string, bigint>, [, from = "", to = ""]: readonly string[], data: string): void {
  const amount = readBigInt(data, 2);
  balances.set(from, (balances.get(from) ?? 0n) - amount);
  balances.set(to, (balances.get(to) ?? 0n) + amount);
}

/** By checksummed address; without those who have nothing, and without nobody, from whom everything comes. */
function named(balances: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const result = new Map<string, bigint>();
  for (const [topic, balance] of balances) {
    const address = balance === 0n ? ZeroAddress : addressIn(topic);
    if (address !== ZeroAddress) result.set(address, balance);
  }
  return result;
}

function addressIn(topic: string): string {
  return getAddress(`0x${topic.slice(-40)}`);
}

function topicOf(event: string): string {
  const fragment = INTERFACES.token.getEvent(event);
  if (fragment === null) throw new TypeError(`The token has no event ${event}`);
  return fragment.topicHash;
}
