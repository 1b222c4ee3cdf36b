import type { LiveDao } from "../live.js";
import { roleOf } from "./account.js";
import type { Holder } from "./holders.js";
import { readHolders, tokenRead } from "./holders.js";

/** An account, and whose votes it votes with. In the token's smallest unit. */
export interface Delegate {
  readonly account: string;
  /** What it is to the DAO: "treasury", "safe". */
  readonly role: string | undefined;
  /** Whom it trusts in turn with its own votes: itself, unless it chose somebody. */
  readonly delegate: string;
  /** All that it votes with. */
  readonly votes: bigint;
  /** Of these, its own. */
  readonly own: bigint;
  /** Of these, the others', those with the most first. Without those who have nothing. */
  readonly delegators: readonly { readonly account: string; readonly votes: bigint }[];
}

/** Who votes with whose votes. */
export interface Delegates {
  /** Those who vote with votes of others, those with the most votes first. */
  readonly delegates: readonly Delegate[];
  /** How many accounts vote with their own votes, with or without those of others. */
  readonly themselves: number;
}

/** Reads who votes with whose votes. */
export async function readDelegates(live: LiveDao): Promise<Delegates> {
  const { holders } = await readHolders(live);
  const delegators = delegatorsOf(holders);
  const delegates = holders
    .filter(({ account }) => delegators.has(account))
    .map((holder) => delegateOf(holder, delegators))
    .sort((a, b) => (a.votes === b.votes ? 0 : a.votes < b.votes ? 1 : -1));
  const treasury = live.record.contracts.timelock;
  const themselves = holders.filter(
    (holder) => isOwn(holder) && unitsOf(holder) > 0n && holder.account !== treasury,
  );
  return { delegates, themselves: themselves.length };
}

/** Reads whom an account trusts, and who trusts it. */
export async function readDelegate(live: LiveDao, account: string): Promise<Delegate> {
  const { holders } = await readHolders(live);
  const holder = holders.find((each) => each.account === account);
  if (holder !== undefined) return delegateOf(holder, delegatorsOf(holders));
  const [delegate = account] = await live.readMany<string>([tokenRead(live, "delegates", [account])]);
  return { account, role: roleOf(live, account), delegate, votes: 0n, own: 0n, delegators: [] };
}

function delegateOf(holder: Holder, delegators: ReadonlyMap<string, readonly Holder[]>): Delegate {
  const { account, role, delegate, votes } = holder;
  const own = isOwn(holder) ? unitsOf(holder) : 0n;
  const others = (delegators.get(account) ?? []).map((each) => ({
    account: each.account,
    votes: unitsOf(each),
  }));
  return { account, role, delegate, votes, own, delegators: others };
}

/** Of each delegate, those who chose it and have something, in the order of the holders. */
function delegatorsOf(holders: readonly Holder[]): Map<string, Holder[]> {
  const delegators = new Map<string, Holder[]>();
  for (const holder of holders) {
    if (isOwn(holder) || unitsOf(holder) === 0n) continue;
    const ours = delegators.get(holder.delegate) ?? [];
    ours.push(holder);
    delegators.set(holder.delegate, ours);
  }
  return delegators;
}

function isOwn({ account, delegate }: Holder): boolean {
  return account === delegate;
}

function unitsOf({ tokens, earned }: Holder): bigint {
  return tokens + earned;
}
