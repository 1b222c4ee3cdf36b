import { KyosoError } from "../../sdk/errors.js";
import { checkVoucher } from "../../sdk/vouchers/check.js";
import { signVoucher } from "../../sdk/vouchers/sign.js";
import { action } from "../action.js";
import { shortPath } from "../commandLine.js";
import { openLive, requireSigner } from "../context.js";
import { done, print, printJson } from "../output.js";
import { plural } from "./format.js";
import { readVouchers, writeVoucher } from "./voucherFiles.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = await requireSigner(opened, from);
  const found = await readVouchers(files);
  for (const { file, voucher } of found) {
    if (voucher.badge === live.record.contracts.badge && voucher.chainId === live.chainId.toString())
      continue;
    const check = await checkVoucher(live, file, voucher, undefined);
    if (check.status === "refused") throw new KyosoError(check.problems);
  }
  const vouchers = [];
  for (const { file, voucher: before } of found) {
    const { voucher, signatures, threshold } = await signVoucher(live, signer, before);
    if (!dryRun) await writeVoucher(file, voucher);
    vouchers.push({ file: shortPath(file), nonce: voucher.nonce, signatures, threshold });
  }
  if (json) {
    printJson({ dao: live.record.slug, dryRun, vouchers });
    return;
  }
  if (dryRun) {
    print(`${plural(found.length, "voucher")} could be signed. This was a dry run: nothing was written.`);
    return;
  }
  done(`${plural(found.length, "voucher")} signed.`);
  const missing = vouchers.filter(({ signatures, threshold }) => signatures < threshold).length;
  print(missing === 0 ? "  They can be redeemed." : `  ${missing} of them need more owners to sign.`);
});
