import { INTERFACES } from "../../calls/known.js";
import type { LiveDao } from "../../live.js";
import type { BadgeLedger } from "../ledger.js";
import { topicOf } from "../ledger.js";
import type { Recovery } from "../recovery/recoveries.js";

/** Who brought a member, whom it brought, and what that still can earn. */
export interface Referrals {
  /** Null for nobody. */
  readonly referrer: string | null;
  /** Whom it brought, also as an account that was recovered into it; each by its account at present. */
  readonly brought: readonly string[];
  /** For how many referrals of this season it has earned a badge, and for how many it can. */
  readonly rewarded: number;
  readonly limit: number;
}

/** Reads who brought an account and whom it brought. */
export async function readReferrals(
  live: LiveDao,
  account: string,
  ledger: BadgeLedger,
  recoveries: readonly Recovery[],
): Promise<Referrals> {
  const own = new Set([account, ...ledger.predecessorsOf(account)]);
  const topic = topicOf("ReferralRecorded");
  const brought = new Set<string>();
  for (const log of await live.logsOf("badge")) {
    if (log.blockNumber > live.block || log.topics[0] !== topic) continue;
    const event = INTERFACES.badge.parseLog(log);
    if (event !== null && own.has(String(event.args[1]))) {
      brought.add(presentAccount(String(event.args[0]), recoveries));
    }
  }
  const at = { blockTag: live.block };
  const [referrer, { rewarded, limit }] = await Promise.all([
    live.contracts.badge.referrerOf(account, at),
    live.contracts.badge.referralsOf(account, at),
  ]);
  return {
    referrer: BigInt(referrer) === 0n ? null : referrer,
    brought: [...brought],
    rewarded: Number(rewarded),
    limit: Number(limit),
  };
}

/** Where what an account earned is by now. */
function presentAccount(account: string, recoveries: readonly Recovery[]): string {
  let present = account;
  // In their order, as an account may be recovered again later.
  for (const { oldAccount, newAccount, state } of recoveries) {
    if (state === "done" && oldAccount === present) present = newAccount;
  }
  return present;
}
