import type { Signer } from "ethers";
import type { Call } from "../../calls/plan.js";
import { reasonOf, revertDataOf } from "../../calls/revert.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { requireIdle } from "../../execute/idle.js";
import { executeAsSigner } from "../../execute/signer.js";
import type { LiveDao } from "../../live.js";
import { refreshed } from "../../live.js";
import { readSigned } from "../signed/files.js";
import type { VoucherCheck } from "../../vouchers/check.js";
import { checkVoucher } from "../../vouchers/check.js";
import { checkHeld } from "../../vouchers/held.js";
import { isLink, parseLink } from "../../vouchers/link.js";
import type { Redemption, Voucher, VoucherBody } from "../../vouchers/voucher.js";
import { REDEMPTION_FILE, VOUCHER_FILE } from "../../vouchers/voucher.js";
import { attemptOf, badgeRedeemedBy, redeemCall } from "../../vouchers/redemption.js";

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
    const attempt = attemptOf(read.value, undefined);
    const check = await checkVoucher(live, text, read.value, attempt, { relayed: true });
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
    const attempt = attemptOf(redemption, caller);
    const check = await checkVoucher(current, file, redemption, attempt, { relayed: true });
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
      problem: problem("signed.refused", {
        data: { file: outcome.file, reason: reasonOf(error) },
        place: outcome.file,
        message: reasonOf(error),
        remedy,
      }),
    };
  }
}
