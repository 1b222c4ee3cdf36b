import path from "node:path";
import { action } from "../action.js";
import { shortPath } from "../commandLine.js";
import { openLive, privateFolder } from "../context.js";
import { done, print, printJson, styled } from "../output.js";
import { plural } from "./format.js";
import { readVouchers, writeLinks } from "./voucherFiles.js";

interface Arguments {
  files: string[];
  link: string | undefined;
  out: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ files, link, out, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const vouchers = (await readVouchers(files)).map(({ voucher }) => voucher);
  const name = `links-${vouchers[0]?.nonce ?? ""}.csv`;
  const file = path.resolve(out ?? path.join(privateFolder(hre, live), "vouchers", name));
  await writeLinks(file, vouchers, link);
  if (json) {
    printJson({ dao: live.record.slug, file: shortPath(file), links: vouchers.length });
    return;
  }
  done(`${plural(vouchers.length, "link")}: ${shortPath(file)}`);
  print(styled("yellow", "  ! They are secret: whoever has one can have the badge."));
});
