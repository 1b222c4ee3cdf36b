import type { Problem } from "../../errors.js";
import { KyosoError } from "../../errors.js";
import type { SendingSigner } from "../../execute/account.js";
import type { LiveDao } from "../../live.js";
import { refreshed } from "../../live.js";
import { readSigned } from "../signed/files.js";
import { NOT_TRIED, Relay } from "../signed/relay.js";
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
  readonly status: "redeemed" | VoucherCheck["status"] | "not known" | "not sent";
  /** Number of the badge, once there is one. */
  readonly badge: number | undefined;
  /** Why it was refused, isn't known or wasn't sent: the first problem. */
  readonly problem: Problem | undefined;
  readonly transaction: string | undefined;
}

/**
 * Carries out signed redemptions, one transaction each. One that is refused keeps no other from being carried out, and
 * what was redeemed before costs nothing: the same files can be relayed again.
 *
 * @param signer Undefined checks only, and sends nothing.
 * @returns What became of each, in the order of the files. What comes after one that isn't known isn't sent.
 */
export async function relayRedemptions(
  live: LiveDao,
  files: readonly string[],
  signer: SendingSigner | undefined,
): Promise<RedemptionOutcome[]> {
  return Relay.run(signer, async (relay) => {
    const outcomes: RedemptionOutcome[] = [];
    const state = { live, changed: false };
    for (const file of files) {
      const nothing = { file, badge: undefined, problem: undefined, transaction: undefined };
      const read = await readSigned(file, REDEMPTION_FILE);
      const redemption = read.value;
      if (redemption === undefined) {
        outcomes.push({ ...nothing, redemption, status: "refused", problem: read.problem });
      } else if (relay.stopped) {
        outcomes.push({ ...nothing, redemption, ...NOT_TRIED });
      } else {
        const one = () => relayOne(relay, state, file, redemption);
        outcomes.push(await relay.orStop(file, one, (failed) => ({ ...nothing, redemption, ...failed })));
      }
    }
    return outcomes;
  });
}

async function relayOne(
  relay: Relay,
  state: { live: LiveDao; changed: boolean },
  file: string,
  redemption: Redemption,
): Promise<RedemptionOutcome> {
  if (state.changed) state.live = await refreshed(state.live);
  state.changed = false;
  const { live } = state;
  const check = await checkVoucher(live, file, redemption, attemptOf(redemption, relay.address), {
    relayed: true,
  });
  const nothing = { file, badge: undefined, problem: undefined, transaction: undefined };
  const outcome: RedemptionOutcome = { ...nothing, redemption, status: check.status };
  if (check.status === "refused") return { ...outcome, problem: check.problems[0] };
  if (check.status === "redeemed before") return { ...outcome, badge: check.badge };
  if (!relay.sends) return outcome;
  const carried = await relay.carryOut("Redeeming", redeemCall(live, redemption, check.kind.name), file);
  if (carried.status !== "done") return { ...nothing, redemption, ...carried };
  const { transaction } = carried;
  state.changed = true;
  // It is redeemed, whether the node says its number or not.
  const badge = await badgeRedeemedBy(live, transaction).catch(() => undefined);
  return { ...outcome, status: "redeemed", badge, transaction };
}
