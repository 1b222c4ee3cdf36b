import { ZeroAddress } from "ethers";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { VoucherCheck, VoucherCheckOptions } from "./check.js";
import { checkVoucher } from "./check.js";
import type { Voucher } from "./voucher.js";

/** A voucher, and the file that it is in. */
export interface VoucherInFile {
  readonly file: string;
  readonly voucher: Voucher;
}

/** Checks a voucher for whom it is: whoever holds its claim key, or the account, which can always redeem it by itself. */
export function checkHeld(
  live: LiveDao,
  place: string,
  voucher: Voucher,
  options?: VoucherCheckOptions,
): Promise<VoucherCheck> {
  const { byKey, claimant } = voucher;
  const attempt = byKey
    ? undefined
    : { caller: claimant, account: claimant, referrer: ZeroAddress, claimSignature: "0x" };
  return checkVoucher(live, place, voucher, attempt, options);
}

export interface RedeemableOptions extends VoucherCheckOptions {
  /** Called with how many are checked. */
  readonly onProgress?: (part: number, whole: number) => void;
}

/**
 * Tells vouchers that can be redeemed from those that can't, before anybody is given them.
 *
 * @returns Those that can, and of the others why not: each problem says whose file it is.
 */
export async function redeemable(
  live: LiveDao,
  found: readonly VoucherInFile[],
  { onProgress = () => undefined, ...options }: RedeemableOptions = {},
): Promise<{ readonly good: VoucherInFile[]; readonly problems: Problem[] }> {
  const good: VoucherInFile[] = [];
  const problems: Problem[] = [];
  for (const [i, each] of found.entries()) {
    const check = await checkHeld(live, each.file, each.voucher, options);
    if (check.status === "valid") good.push(each);
    else problems.push(...problemsOf(each, check));
    onProgress(i + 1, found.length);
  }
  return { good, problems };
}

function problemsOf(
  { file, voucher: { nonce } }: VoucherInFile,
  check: Exclude<VoucherCheck, { readonly status: "valid" }>,
): Problem[] {
  const place = `${file} (voucher ${nonce})`;
  if (check.status === "redeemed before") {
    const message = `It was redeemed already, by ${check.account} for badge ${check.badge}`;
    return [
      problem("voucher.redeemed-already", {
        data: { account: check.account, badge: check.badge },
        place,
        message,
        remedy: "Leave it out; or sign another one: npx hardhat badge voucher sign.",
      }),
    ];
  }
  return check.problems.map((problem) => ({
    ...problem,
    place,
    // What isn't the voucher's own says what it is about: a kind, its issuer, all awards.
    message:
      problem.place === undefined || problem.place === file
        ? problem.message
        : `${problem.place}: ${problem.message}`,
  }));
}
