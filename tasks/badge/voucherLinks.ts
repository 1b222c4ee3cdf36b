import path from "node:path";
import { KyosoError } from "../../sdk/errors.js";
import { exposureOf } from "../../sdk/node/secrets.js";
import { redeemable } from "../../sdk/vouchers/held.js";
import { linkOf } from "../../sdk/vouchers/link.js";
import { action } from "../action.js";
import { shortPath, shownPath } from "../commandLine.js";
import { openLive, privateFolder } from "../context.js";
import { done, print, printJson, progress, styled, warn } from "../output.js";
import { plural } from "./format.js";
import { readVouchers, requireAllRedeemable, writeLinks } from "./voucherFiles.js";

interface Arguments {
  files: string[];
  link: string | undefined;
  out: string | undefined;
  dao: string | undefined;
  json: boolean;
}

/** Fails (exit code 1) where a voucher can't be redeemed, after the links of the others were written. */
export default action<Arguments>(async ({ files, link, out, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const found = await readVouchers(files);
  // What can't be a link at all is said before the chain is asked of each.
  for (const { voucher } of found) linkOf(voucher, link);
  const { good, problems } = await redeemable(live, found, { onProgress: progress("Checking the vouchers") });
  if (good.length === 0) throw new KyosoError(problems);
  const vouchers = good.map(({ voucher }) => voucher);
  const name = `links-${vouchers[0]?.nonce ?? ""}.csv`;
  const file = path.resolve(out ?? path.join(privateFolder(hre, live), "vouchers", name));
  await writeLinks(file, vouchers, link);
  const exposed = await exposureOf(file, shortPath(file));
  const warnings = exposed === undefined ? [] : [exposed];
  if (json) {
    printJson({
      dao: live.record.slug,
      file: shortPath(file),
      links: vouchers.length,
      problems,
      warnings,
    });
  } else {
    problems.forEach(warn);
    done(`${plural(vouchers.length, "link")}: ${shownPath(file)}`);
    print(styled("yellow", "  ! They are secret: whoever has one can have the badge."));
    print("  Only you can read the file (mode 0600). It must never be committed to Git.");
    warnings.forEach(warn);
  }
  requireAllRedeemable(found, good, "The links of the others are written.");
});
