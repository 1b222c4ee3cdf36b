import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { KyosoError } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import type { VoucherInFile } from "../../sdk/vouchers/held.js";
import { redeemable } from "../../sdk/vouchers/held.js";
import { signVoucher } from "../../sdk/node/vouchers/sign.js";
import { action } from "../action.js";
import { shortPath } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, requireSigner } from "../context.js";
import { done, formatMoment, print, printJson, progress, warn } from "../output.js";
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
  // Before it is signed: the files are somebody else's.
  if (!json) await printVouchers(live, good);
  if (!dryRun) {
    const question = `Sign ${good.length === 1 ? "it" : `these ${good.length}`} as ${signer.address}?`;
    await requireYes(question, json, "Nothing was signed.");
  }
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

/** Shows what vouchers give: those that give the same in one line, with the accounts that they are for. */
async function printVouchers(live: LiveDao, good: readonly VoucherInFile[]): Promise<void> {
  const names = new Map((await readKinds(live)).map((kind) => [kind.number, kind.name]));
  const kindOf = (kind: number) => `"${names.get(kind) ?? ""}" (kind ${kind})`;
  const groups = new Map<string, string[]>();
  for (const { voucher } of good) {
    const { badgeKind, referralKind, expiry, issuer, byKey, claimant } = voucher;
    const brings = referralKind === 0 ? "" : `, and ${kindOf(referralKind)} for who brings a newcomer`;
    const until = formatMoment(expiry, live.now);
    const what = `${kindOf(badgeKind)}${brings}, of ${issuer}, until ${until}, ${byKey ? "for who has the claim key" : "for"}`;
    groups.set(what, [...(groups.get(what) ?? []), ...(byKey ? [""] : [claimant])]);
  }
  for (const [what, accounts] of groups) {
    const shown = accounts.filter((account) => account !== "");
    print(
      `  ${plural(accounts.length, "voucher")}: ${what}${shown.map((account) => `\n    ${account}`).join("")}`,
    );
  }
}
