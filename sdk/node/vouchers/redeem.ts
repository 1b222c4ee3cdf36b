import type { Signer } from "ethers";
import { Wallet } from "ethers";
import type { Call } from "../../calls/plan.js";
import { call } from "../../calls/plan.js";
import { INTERFACES } from "../../calls/known.js";
import { reasonOf, revertDataOf } from "../../calls/revert.js";
import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import { requireIdle } from "../../execute/idle.js";
import { executeAsSigner } from "../../execute/signer.js";
import type { LiveDao } from "../../live.js";
import { refreshed } from "../../live.js";
import { readSigned } from "../signed/files.js";
import { formatAddress } from "../../units.js";
import type { Attempt, VoucherCheck } from "../../vouchers/check.js";
import { checkVoucher, mustSign } from "../../vouchers/check.js";
import { checkHeld } from "../../vouchers/held.js";
import { isLink, parseLink } from "../../vouchers/link.js";
import type { Redemption, Voucher, VoucherBody } from "../../vouchers/voucher.js";
import {
  bodyOf,
  REDEMPTION,
  REDEMPTION_FILE,
  VOUCHER_FILE,
  voucherDomain,
  voucherStruct,
} from "../../vouchers/voucher.js";

/**
 * Reads a voucher from its file or its link.
 *
 * @throws KyosoError where it is neither.
 */
export async function readVoucher(text: string): Promise<Voucher> {
  if (isLink(text)) return parseLink(text);
  const read = await readSigned(text, VOUCHER_FILE);
  if (read.value !== undefined) return read.value;
  throw new KyosoError(read.problem);
}

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
    throw new KyosoError({
      place: "--to",
      message: "It isn't said who gets the badge",
      remedy: "Name the account with --to.",
    });
  }
  const message = { issuer: voucher.issuer, nonce: BigInt(voucher.nonce), account, referrer };
  const claimant = voucher.key === undefined ? signer : new Wallet(voucher.key);
  const signs =
    mustSign(voucher, caller) && claimant !== undefined && (await claimant.getAddress()) === voucher.claimant;
  const claimSignature = signs
    ? await claimant.signTypedData(voucherDomain(live), REDEMPTION, message)
    : "0x";
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

/** What would come of a text: a voucher's file or link, or a redemption's file. */
export interface Looked {
  readonly voucher: VoucherBody;
  readonly redemption: Redemption | undefined;
  /** Whether the claim key is in it. */
  readonly hasKey: boolean;
  readonly check: VoucherCheck;
}

/** Looks at a voucher or a redemption. Nothing is sent or written. */
export async function lookAt(live: LiveDao, text: string): Promise<Looked> {
  const read = isLink(text) ? undefined : await readSigned(text, REDEMPTION_FILE);
  if (read?.value !== undefined) {
    const check = await checkVoucher(live, text, read.value, attemptOf(read.value, undefined));
    return { voucher: read.value, redemption: read.value, hasKey: false, check };
  }
  const voucher = await readVoucher(text);
  const place = isLink(text) ? "link" : text;
  const check = await checkHeld(live, place, voucher);
  return { voucher, redemption: undefined, hasKey: voucher.key !== undefined, check };
}

/** What became of a redemption; "valid" in a dry run. */
export interface RedemptionOutcome {
  readonly file: string;
  /** Undefined where the file can't be read. */
  readonly redemption: Redemption | undefined;
  readonly status: "redeemed" | VoucherCheck["status"];
  /** Number of the badge, once there is one. */
  readonly badge: number | undefined;
  /** Why it was refused: the first problem. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

/**
 * Carries out signed redemptions, one transaction each. One that is refused keeps no other from being carried out, and
 * what was redeemed before costs nothing: the same files can be relayed again.
 *
 * @param signer Undefined checks only, and sends nothing.
 * @returns What became of each, in the order of the files.
 * @throws KyosoError where sending fails for a reason that isn't the redemption's, such as a lack of money for gas.
 */
export async function relayRedemptions(
  live: LiveDao,
  files: readonly string[],
  signer: Signer | undefined,
): Promise<RedemptionOutcome[]> {
  const caller = signer === undefined ? undefined : await signer.getAddress();
  if (caller !== undefined) await requireIdle(caller, live.provider);
  const outcomes: RedemptionOutcome[] = [];
  let current = live;
  for (const file of files) {
    const nothing = { file, badge: undefined, problem: undefined, transaction: undefined };
    const read = await readSigned(file, REDEMPTION_FILE);
    if (read.value === undefined) {
      outcomes.push({ ...nothing, redemption: undefined, status: "refused", problem: read.problem });
      continue;
    }
    const redemption = read.value;
    const check = await checkVoucher(current, file, redemption, attemptOf(redemption, caller));
    const outcome: RedemptionOutcome = { ...nothing, redemption, status: check.status };
    if (check.status === "refused") {
      outcomes.push({ ...outcome, problem: check.problems[0] });
    } else if (check.status === "redeemed before") {
      outcomes.push({ ...outcome, badge: check.badge });
    } else if (signer === undefined) {
      outcomes.push(outcome);
    } else {
      const sent = await carryOut(current, outcome, redeemCall(live, redemption, check.kind.name), signer);
      outcomes.push(sent);
      current = await refreshed(current);
    }
  }
  return outcomes;
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

async function carryOut(
  live: LiveDao,
  outcome: RedemptionOutcome,
  redeem: Call,
  signer: Signer,
): Promise<RedemptionOutcome> {
  try {
    const [receipt] = await executeAsSigner({ title: "Redeeming", calls: [redeem] }, signer);
    const badge = receipt === undefined ? undefined : await badgeRedeemedBy(live, receipt.hash);
    return { ...outcome, status: "redeemed", badge, transaction: receipt?.hash };
  } catch (error) {
    // Between the check and now somebody else may have redeemed it.
    if (revertDataOf(error) === undefined) throw error;
    const remedy = "Run the same command again: it says how the voucher stands by now.";
    return {
      ...outcome,
      status: "refused",
      problem: { place: outcome.file, message: reasonOf(error), remedy },
    };
  }
}
