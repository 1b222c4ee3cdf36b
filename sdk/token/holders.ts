import { INTERFACES } from "../calls/known.js";
import type { Read } from "../chain/reads.js";
import type { ChainLog } from "../chain/packedLogs.js";
import { fromLogs, incompleteLogs, logsUntil } from "../chain/whole.js";
import type { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { roleOf } from "./account.js";
import { replay } from "./ledger.js";

/** An account that has tokens or votes. Amounts in the token's smallest unit. */
export interface Holder {
  readonly account: string;
  /** What it is to the DAO: "treasury", "safe". */
  readonly role: string | undefined;
  readonly tokens: bigint;
  /** Votes earned by contributing. */
  readonly earned: bigint;
  /** Who votes with its tokens and earned votes: itself, unless it chose somebody. */
  readonly delegate: string;
  /** What it votes with: its own, unless it delegated them, and what others delegated to it. */
  readonly votes: bigint;
  /** Its tokens as a fraction of what circulates; undefined where they don't: the treasury's, and what votes with it. */
  readonly share: number | undefined;
}

/** All who hold the token or have votes, those with the most first. */
export interface Holders {
  readonly holders: readonly Holder[];
  readonly supply: bigint;
  readonly circulating: bigint;
  /** Earned votes of all accounts together. */
  readonly earned: bigint;
}

/**
 * Reads who has what. The logs say who; how much is what the contract says, and both have to agree: public nodes are
 * known to leave logs out.
 *
 * @throws KyosoError where logs are missing.
 */
export async function readHolders(live: LiveDao): Promise<Holders> {
  return fromLogs(live, "token", (logs) => holdersIn(live, logs));
}

async function holdersIn(live: LiveDao, logs: readonly ChainLog[]): Promise<Holders> {
  // The search may have come to a newer block than what is read of the contract.
  const ledger = replay(logsUntil(logs, live.block));
  const delegateOf = (account: string) => ledger.delegates.get(account) ?? account;
  const ours = new Set([...ledger.tokens.keys(), ...ledger.earned.keys()]);
  const votes = new Map<string, bigint>();
  for (const account of ours) {
    const units = (ledger.tokens.get(account) ?? 0n) + (ledger.earned.get(account) ?? 0n);
    const delegate = delegateOf(account);
    votes.set(delegate, (votes.get(delegate) ?? 0n) + units);
  }

  const accounts = [...new Set([...ours, ...votes.keys()])];
  const [supply = 0n, circulating = 0n, earned = 0n, ...read] = await live.readMany<bigint>([
    tokenRead(live, "totalSupply"),
    tokenRead(live, "circulatingSupply"),
    tokenRead(live, "totalContributionVotes"),
    ...accounts.flatMap((account) => [
      tokenRead(live, "balanceOf", [account]),
      tokenRead(live, "getVotes", [account]),
    ]),
  ]);
  const treasury = live.record.contracts.timelock;
  const holders = accounts.map((account, i): Holder => {
    const tokens = read[2 * i] ?? 0n;
    const delegate = delegateOf(account);
    const circulates = account !== treasury && delegate !== treasury;
    const holder = {
      account,
      role: roleOf(live, account),
      tokens,
      earned: ledger.earned.get(account) ?? 0n,
      delegate,
      votes: read[2 * i + 1] ?? 0n,
      share: circulates ? shareOf(tokens, circulating) : undefined,
    };
    if (holder.tokens !== (ledger.tokens.get(account) ?? 0n) || holder.votes !== (votes.get(account) ?? 0n)) {
      throw incomplete(`They don't agree with what the token says of ${account}`);
    }
    return holder;
  });
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
  if (sum(holders.map(({ tokens }) => tokens)) !== supply || sum([...ledger.earned.values()]) !== earned) {
    throw incomplete("They don't add up to the supply");
  }
  return { holders: holders.sort(byUnits), supply, circulating, earned };
}

/** A view function of the token. */
export function tokenRead(live: LiveDao, name: string, args: readonly unknown[] = []): Read {
  return { address: live.record.contracts.token, interface: INTERFACES.token, name, args };
}

/** `part` of `whole` as a fraction, to six decimals. 0 where there is nothing. */
export function shareOf(part: bigint, whole: bigint): number {
  const scale = 1_000_000n;
  return whole === 0n ? 0 : Number((part * scale) / whole) / Number(scale);
}

/** What logs say that has to be wrong, as some of them are missing. */
export function incomplete(detail: string): KyosoError {
  return incompleteLogs("token", detail);
}

function byUnits(a: Holder, b: Holder): number {
  const difference = b.tokens + b.earned - a.tokens - a.earned;
  if (difference !== 0n) return difference > 0n ? 1 : -1;
  return a.account < b.account ? -1 : 1;
}
