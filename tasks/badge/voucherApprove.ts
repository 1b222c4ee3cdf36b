import { KyosoError } from "../../sdk/errors.js";
import { redeemable } from "../../sdk/vouchers/held.js";
import { signVoucher } from "../../sdk/node/vouchers/sign.js";
import { action } from "../action.js";
import { shortPath } from "../commandLine.js";
import { openLive, requireSigner } from "../context.js";
import { done, print, printJson, progress, warn } from "../output.js";
import { plural } from "./format.js";
import { readVouchers, requireAllRedeemable, writeVoucher } from "./voucherFiles.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Fails (exit code 1) where a voucher can't be redeemed, after the others were signed. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = await requireSigner(opened, from);
  const found = await readVouchers(files);
  const onProgress = progress("Checking the vouchers");
  const { good, problems } = await redeemable(live, found, { unsigned: true, onProgress });
  if (good.length === 0) throw new KyosoError(problems);
  const vouchers = [];
  for (const { file, voucher: before } of good) {
    const { voucher, signatures, threshold } = await signVoucher(live, signer, before);
    if (!dryRun) await writeVoucher(file, voucher);
    vouchers.push({ file: shortPath(file), nonce: voucher.nonce, signatures, threshold });
  }
  if (json) {
    printJson({ dao: live.record.slug, dryRun, vouchers, problems });
  } else {
    problems.forEach(warn);
    if (dryRun) {
      print(`${plural(good.length, "voucher")} could be signed. This was a dry run: nothing was written.`);
    } else {
      done(`${plural(good.length, "voucher")} signed.`);
      const missing = vouchers.filter(({ signatures, threshold }) => signatures < threshold).length;
      print(missing === 0 ? "  They can be redeemed." : `  ${missing} of them need more owners to sign.`);
    }
  }
  requireAllRedeemable(found, good, dryRun ? "Nothing was written." : "The others are signed.");
});
