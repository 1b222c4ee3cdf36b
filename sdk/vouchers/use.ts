import { incomplete, topicOf } from "../badges/ledger.js";
import { badgeRead } from "../badges/reads.js";
import { INTERFACES } from "../calls/known.js";
import { fromLogs } from "../chain/whole.js";
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
  const [redeemed, canceled] = [topicOf("VoucherRedeemed"), topicOf("VoucherCanceled")];
  return fromLogs(live, "badge", (logs) => {
    for (const log of logs) {
      if (log.topics[0] !== redeemed && log.topics[0] !== canceled) continue;
      const args = INTERFACES.badge.parseLog(log)?.args;
      if (args?.[0] !== issuer || args[1] !== nonce) continue;
      if (log.topics[0] === canceled) return { account: undefined };
      return { account: String(args[2]), badge: Number(args[3]) };
    }
    throw incomplete(`Voucher ${nonce} of ${issuer} was used, and they don't say what for`);
  });
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
