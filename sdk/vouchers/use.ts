import { incomplete, topicOf } from "../badges/ledger.js";
import { badgeRead } from "../badges/reads.js";
import { INTERFACES } from "../calls/known.js";
import { addressIn, readNumber } from "../chain/abi.js";
import { topicIn } from "../chain/packedLogs.js";
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
  const [found] = await readUses(live, [{ issuer, nonce: nonce.toString() }]);
  return found?.use;
}

/**
 * What became of each of many vouchers, and in which block, with one look through the logs; undefined for those that can still be
 * used.
 *
 * @throws KyosoError where one was used, and no log says what for.
 */
export async function readUses(
  live: LiveDao,
  vouchers: readonly Pick<VoucherBody, "issuer" | "nonce">[],
): Promise<({ readonly use: VoucherUse; readonly block: number } | undefined)[]> {
  const used = await live.readMany<boolean>(
    vouchers.map(({ issuer, nonce }) => badgeRead(live, "isVoucherUsed", [issuer, BigInt(nonce)])),
  );
  if (!used.includes(true)) return vouchers.map(() => undefined);
  const [redeemed, canceled, moved] = ["VoucherRedeemed", "VoucherCanceled", "Transfer"].map(topicOf);
  const wanted = new Set(vouchers.filter((_, i) => used[i] === true).map(keyOf));
  return fromLogs(live, "badge", (logs) => {
    const found = new Map<string, { readonly use: VoucherUse; readonly block: number }>();
    /** Who got each badge first. */
    const awarded = new Map<number, string>();
    for (const log of logs) {
      if (log.topics[0] === moved && !awarded.has(readNumber(topicIn(log, 3), 0)))
        awarded.set(readNumber(topicIn(log, 3), 0), addressIn(topicIn(log, 2)));
      if (log.topics[0] !== redeemed && log.topics[0] !== canceled) continue;
      const args = INTERFACES.badge.parseLog(log)?.args;
      const key = `${String(args?.[0])} ${String(args?.[1])}`;
      if (args === undefined || !wanted.has(key)) continue;
      const use =
        log.topics[0] === canceled
          ? { account: undefined }
          : { account: String(args[2]), badge: Number(args[3]) };
      found.set(key, { use, block: log.blockNumber });
    }
    return vouchers.map((voucher, i) => {
      if (used[i] !== true) return undefined;
      const { issuer, nonce } = voucher;
      const told = found.get(keyOf(voucher));
      const { account, badge = 0 } = told?.use ?? { account: undefined };
      if (account !== undefined && awarded.get(badge) !== account)
        throw incomplete(
          `Voucher ${nonce} of ${issuer} was used for badge ${badge}, which ${account} never got`,
        );
      if (told !== undefined) return told;
      throw incomplete(`Voucher ${nonce} of ${issuer} was used, and they don't say what for`);
    });
  });
}

function keyOf({ issuer, nonce }: Pick<VoucherBody, "issuer" | "nonce">): string {
  return `${issuer} ${BigInt(nonce)}`;
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
