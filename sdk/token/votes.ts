import { KyosoError } from "../errors.js";
import { findProposal } from "../governance/proposals.js";
import type { LiveDao } from "../live.js";
import { formatMoment } from "../time.js";
import type { ChainLog } from "../chain/logCache.js";
import { fromLogs, logsUntil } from "../chain/whole.js";
import { roleOf } from "./account.js";
import { incomplete, shareOf, tokenRead } from "./holders.js";
import { logsTouching, replay } from "./ledger.js";
import { parseMoment } from "./moment.js";

/** What an account holds. Amounts in the token's smallest unit. */
export interface Balance {
  readonly account: string;
  /** What it is to the DAO: "treasury", "safe". */
  readonly role: string | undefined;
  readonly tokens: bigint;
  /** Votes earned by contributing. */
  readonly earned: bigint;
  /** Who votes with both: the account itself, unless it chose somebody. */
  readonly delegate: string;
  readonly circulating: bigint;
  /** Its tokens as a fraction of what circulates; undefined where they don't: the treasury's, and what votes with it. */
  readonly share: number | undefined;
}

/** How many votes an account has, and where they come from. Amounts in the token's smallest unit. */
export interface Votes extends Pick<Balance, "account" | "role" | "tokens" | "earned" | "delegate"> {
  /** A timestamp. */
  readonly at: number;
  /** What it votes with. */
  readonly votes: bigint;
  /** Of its own, what somebody else votes with: all, or nothing. */
  readonly delegatedAway: bigint;
  /** What others delegated to it. */
  readonly received: bigint;
  /** Whether the governor counts its votes. It doesn't count the treasury's. */
  readonly counts: boolean;
}

/** Reads what an account holds at present. */
export async function readBalance(live: LiveDao, account: string): Promise<Balance> {
  const { tokens, earned, delegate, circulating } = await readAccount(live, account);
  const treasury = live.record.contracts.timelock;
  const share = account === treasury || delegate === treasury ? undefined : shareOf(tokens, circulating);
  return { account, role: roleOf(live, account), tokens, earned, delegate, circulating, share };
}

/** Reads an account's votes at present. */
export async function readVotes(live: LiveDao, account: string): Promise<Votes> {
  return votesOf(live, await readAccount(live, account), live.now);
}

/**
 * Reads the votes that an account had. How many, is what the token says; where they came from, what its logs say.
 *
 * @param at A timestamp in the past.
 * @throws KyosoError where it isn't over, and where logs are missing.
 */
export async function readPastVotes(live: LiveDao, account: string, at: number): Promise<Votes> {
  if (at >= live.now) {
    throw KyosoError.of("votes.moment-not-over", {
      data: { at },
      place: "--at",
      message: `${formatMoment(at, live.now)} isn't over`,
      remedy: "Choose a moment in the past, or leave --at out for the votes of now.",
    });
  }
  return fromLogs(live, "token", (logs) => pastVotesIn(live, logs, account, at));
}

async function pastVotesIn(
  live: LiveDao,
  all: readonly ChainLog[],
  account: string,
  at: number,
): Promise<Votes> {
  const logs = logsUntil(logsTouching(all, account), live.block);
  // Logs from which what it has now doesn't follow say nothing of what it had.
  const [now, present] = [await readAccount(live, account), replay(logs)];
  if (
    now.tokens !== (present.tokens.get(account) ?? 0n) ||
    now.earned !== (present.earned.get(account) ?? 0n) ||
    now.delegate !== (present.delegates.get(account) ?? account)
  ) {
    throw incomplete(`They don't agree with what the token says of ${account}`);
  }
  const { tokens, earned, delegates } = replay(await until(live, logs, at));
  const [votes = 0n] = await live.readMany<bigint>([tokenRead(live, "getPastVotes", [account, at])]);
  const past = votesOf(
    live,
    {
      account,
      tokens: tokens.get(account) ?? 0n,
      earned: earned.get(account) ?? 0n,
      delegate: delegates.get(account) ?? account,
      votes,
    },
    at,
  );
  if (past.tokens < 0n || past.earned < 0n || past.received < 0n) {
    throw incomplete(`They don't agree with what the token says of ${account}`);
  }
  return past;
}

/**
 * Reads the moment that a text names: a date in UTC, or the snapshot of a proposal as "#3".
 *
 * @returns A timestamp.
 */
export async function parseAt(live: LiveDao, text: string): Promise<number> {
  if (!text.trim().startsWith("#")) return parseMoment(text, "--at");
  const { number, snapshot } = await findProposal(live, text);
  if (snapshot < live.now) return snapshot;
  throw KyosoError.of("votes.snapshot-ahead", {
    data: { proposal: number, snapshot },
    place: "--at",
    message: `Whose votes count for proposal #${number} is decided at ${formatMoment(snapshot, live.now)}`,
    remedy: "Run the same command after that, or leave --at out for the votes of now.",
  });
}

type Account = Pick<Votes, "account" | "tokens" | "earned" | "delegate" | "votes">;

async function readAccount(live: LiveDao, account: string): Promise<Account & Pick<Balance, "circulating">> {
  const [tokens, earned, delegate, votes, circulating] = (await live.readMany<bigint | string>([
    tokenRead(live, "balanceOf", [account]),
    tokenRead(live, "contributionVotes", [account]),
    tokenRead(live, "delegates", [account]),
    tokenRead(live, "getVotes", [account]),
    tokenRead(live, "circulatingSupply"),
  ])) as [bigint, bigint, string, bigint, bigint];
  return { account, tokens, earned, delegate, votes, circulating };
}

function votesOf(live: LiveDao, { account, tokens, earned, delegate, votes }: Account, at: number): Votes {
  const own = tokens + earned;
  const keeps = delegate === account;
  return {
    account,
    role: roleOf(live, account),
    at,
    votes,
    tokens,
    earned,
    delegate,
    delegatedAway: keeps ? 0n : own,
    received: votes - (keeps ? own : 0n),
    counts: account !== live.record.contracts.timelock,
  };
}

/** Those logs that are not after a moment. Asks for the time of as few blocks as it takes. */
async function until(live: LiveDao, logs: readonly ChainLog[], at: number): Promise<readonly ChainLog[]> {
  let low = 0;
  let high = logs.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const number = logs[middle]?.blockNumber ?? 0;
    const block = await live.provider.getBlock(number);
    if (block === null) throw incomplete(`There is no block ${number}, and there are logs of it`);
    if (block.timestamp <= at) low = middle + 1;
    else high = middle;
  }
  return logs.slice(0, low);
}
