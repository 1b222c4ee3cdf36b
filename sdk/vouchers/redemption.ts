import type { Signer } from "ethers";
import { Wallet } from "ethers";
import type { Call } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { INTERFACES } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { formatAddress } from "../units.js";
import type { Attempt } from "./attempt.js";
import { mustSign } from "./attempt.js";
import type { Redemption, Voucher } from "./voucher.js";
import { bodyOf, REDEMPTION, voucherDomain, voucherStruct } from "./voucher.js";
import { signTyped } from "../signed/ecdsa.js";

/** How a voucher is to be redeemed. */
export interface RedeemOptions {
  /** Who gets the badge; the claimant, or else the signer, without it. */
  readonly to: string | undefined;
  /** Who brought it; the zero address for nobody. */
  readonly referrer: string;
  /** Who sends it; undefined where others will. */
  readonly caller: string | undefined;
  /** Signs for an account that it is; a claim key signs by itself. */
  readonly signer: Signer | undefined;
}

/**
 * Makes the redemption of a voucher, signed by its claimant where that has to be. Sends nothing, and checks nothing.
 *
 * @throws KyosoError where it isn't said who gets the badge.
 */
export async function makeRedemption(
  live: LiveDao,
  voucher: Voucher,
  { to, referrer, caller, signer }: RedeemOptions,
): Promise<Redemption> {
  const own = signer === undefined ? undefined : await signer.getAddress();
  const account = to ?? (voucher.byKey ? own : voucher.claimant);
  if (account === undefined) {
    throw KyosoError.of("voucher.account-missing", {
      data: {},
      place: "--to",
      message: "It isn't said who gets the badge",
      remedy: "Name the account with --to.",
    });
  }
  const message = { issuer: voucher.issuer, nonce: BigInt(voucher.nonce), account, referrer };
  const claimant = voucher.key === undefined ? signer : new Wallet(voucher.key);
  const signs =
    mustSign(voucher, caller) && claimant !== undefined && (await claimant.getAddress()) === voucher.claimant;
  const claimSignature = signs ? await signTyped(claimant, voucherDomain(live), REDEMPTION, message) : "0x";
  return { kind: "redemption", ...bodyOf(voucher), account, referrer, claimSignature };
}

/** The call that redeems a voucher. */
export function redeemCall(live: LiveDao, redemption: Redemption, name: string): Call {
  const { account, referrer, signature, claimSignature } = redemption;
  const badge = { name: "badge", address: live.record.contracts.badge, interface: INTERFACES.badge };
  const purpose = `Redeem a voucher for "${name}" for ${formatAddress(account)}`;
  const args = [voucherStruct(redemption), signature, account, referrer, claimSignature];
  return call(badge, "redeem", args, purpose);
}

/** Whether two redemptions do the same. */
export function sameRedemption(one: Redemption, other: Redemption): boolean {
  const keys = ["chainId", "badge", "issuer", "nonce", "account", "referrer"] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** The attempt that a redemption is. */
export function attemptOf(redemption: Redemption, caller: string | undefined): Attempt {
  const { account, referrer, claimSignature } = redemption;
  return { caller, account, referrer, claimSignature };
}

/** The badge that a transaction gave for a voucher; undefined where it did none. */
export async function badgeRedeemedBy(live: LiveDao, hash: string): Promise<number | undefined> {
  const receipt = await live.provider.getTransactionReceipt(hash);
  for (const log of receipt?.logs ?? []) {
    if (log.address !== live.record.contracts.badge) continue;
    const event = INTERFACES.badge.parseLog(log);
    if (event?.name === "VoucherRedeemed") return Number(event.args[3]);
  }
  return undefined;
}
