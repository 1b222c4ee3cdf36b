import { badgeRead } from "../badges/members.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { INTERFACES } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { readVoucher } from "./redeem.js";

/**
 * Plans to make a voucher of `issuer` worth nothing.
 *
 * @param text Its number, or its file.
 * @throws KyosoError where it is somebody else's, or was redeemed or canceled.
 */
export async function planCancelVoucher(
  live: LiveDao,
  issuer: string,
  text: string,
): Promise<{ readonly plan: Plan; readonly nonce: bigint }> {
  const voucher = /^\d{1,78}$/u.test(text.trim()) ? undefined : await readVoucher(text);
  if (voucher !== undefined && voucher.issuer !== issuer) {
    throw new KyosoError({
      place: text,
      message: `It is a voucher of ${voucher.issuer}, and only its issuer can cancel it, not ${issuer}`,
      remedy: "Act as the issuer: --via signer with --from, or --via safe.",
    });
  }
  const nonce = BigInt(voucher?.nonce ?? text.trim());
  const [used] = await live.readMany<boolean>([badgeRead(live, "isVoucherUsed", [issuer, nonce])]);
  if (used === true) {
    throw new KyosoError({
      place: `voucher ${nonce}`,
      message: `${issuer} has no such voucher that could be redeemed: it was, or was canceled`,
      remedy:
        "There is nothing to do. A badge that was redeemed can be taken back: npx hardhat badge revoke.",
    });
  }
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  const title = `Cancel voucher ${nonce}`;
  return { nonce, plan: { title, calls: [call(badge, "cancelVoucher", [nonce], title)] } };
}
