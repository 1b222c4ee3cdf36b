import { INTERFACES } from "../../calls/known.js";
import type { ChainLog } from "../../chain/packedLogs.js";
import { fromLogs } from "../../chain/whole.js";
import type { LiveDao } from "../../live.js";
import type { BadgeLedger } from "../ledger.js";
import { incomplete, topicOf } from "../ledger.js";
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
  const at = { blockTag: live.block };
  const [referrer, { rewarded, limit }] = await Promise.all([
    live.contracts.badge.referrerOf(account, at),
    live.contracts.badge.referralsOf(account, at),
  ]);
  const none = BigInt(referrer) === 0n;
  const brought = await fromLogs(live, "badge", (logs) => {
    const { brought: found, named } = broughtBy(live, logs, account, ledger, recoveries);
    if (found.size < Number(rewarded) || (!none && !named)) {
      throw incomplete(
        `They don't agree with what the badges say of whom ${account} brought, and who brought it`,
      );
    }
    return found;
  });
  return {
    referrer: none ? null : referrer,
    brought: [...brought],
    rewarded: Number(rewarded),
    limit: Number(limit),
  };
}

/** Whom an account brought, and whether any log says who brought it. */
function broughtBy(
  live: LiveDao,
  logs: readonly ChainLog[],
  account: string,
  ledger: BadgeLedger,
  recoveries: readonly Recovery[],
): { readonly brought: Set<string>; readonly named: boolean } {
  const own = new Set([account, ...ledger.predecessorsOf(account)]);
  const topic = topicOf("ReferralRecorded");
  const brought = new Set<string>();
  let named = false;
  for (const log of logs) {
    if (log.blockNumber > live.block || log.topics[0] !== topic) continue;
    const event = INTERFACES.badge.parseLog(log);
    if (event === null) continue;
    named ||= own.has(String(event.args[0]));
    if (own.has(String(event.args[1]))) brought.add(presentAccount(String(event.args[0]), recoveries));
  }
  return { brought, named };
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
