import { topicOf } from "../badges/ledger.js";
import { badgeRead } from "../badges/reads.js";
import { INTERFACES } from "../calls/known.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { VoucherBody } from "./voucher.js";

/** What became of a voucher: who has the badge, or that it was canceled. */
export type VoucherUse =
  | { readonly account: string; readonly badge: number }
  | { readonly account: undefined; readonly badge?: never };

/** By whom a voucher was redeemed, or that it was canceled; undefined where it can still be used. */
export async function readUse(live: LiveDao, issuer: string, nonce: bigint): Promise<VoucherUse | undefined> {
  const [used] = await live.readMany<boolean>([badgeRead(live, "isVoucherUsed", [issuer, nonce])]);
  if (used !== true) return undefined;
  const topic = topicOf("VoucherRedeemed");
  for (const log of await live.logsOf("badge")) {
    if (log.topics[0] !== topic) continue;
    const args = INTERFACES.badge.parseLog(log)?.args;
    if (args?.[0] !== issuer || args[1] !== nonce) continue;
    return { account: String(args[2]), badge: Number(args[3]) };
  }
  return { account: undefined };
}

/** That a voucher can't be used any more, as it was. */
export function usedProblem(place: string, { nonce }: VoucherBody, used: VoucherUse): Problem {
  const remedy = "Ask its issuer for another one.";
  if (used.account === undefined) {
    const message = "Its issuer has canceled it";
    return problem("voucher.canceled", { data: { nonce: BigInt(nonce) }, place, message, remedy });
  }
  const { account, badge } = used;
  const message = `It was redeemed already, by ${account} for badge ${badge}`;
  return problem("voucher.redeemed-already", { data: { account, badge }, place, message, remedy });
}
