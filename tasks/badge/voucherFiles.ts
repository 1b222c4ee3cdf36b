import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KyosoError } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { replaceFile } from "../../sdk/node/files.js";
import { csvText } from "../../sdk/node/tables/cells.js";
import { findFiles, readSigned, writeSigned } from "../../sdk/node/signed/files.js";
import type { VoucherInFile } from "../../sdk/vouchers/held.js";
import { linkOf } from "../../sdk/vouchers/link.js";
import type { Voucher } from "../../sdk/vouchers/voucher.js";
import { VOUCHER_FILE } from "../../sdk/vouchers/voucher.js";
import { outbox, privateFolder } from "../context.js";

/** Where a voucher is kept: one with a claim key is as good as the badge, and for nobody else to read. */
export function voucherFile(hre: HardhatRuntimeEnvironment, live: LiveDao, voucher: Voucher): string {
  const folder = voucher.byKey ? privateFolder(hre, live) : outbox(hre, live);
  return path.join(folder, "vouchers", `${voucher.issuer}-${voucher.nonce}.json`);
}

/** Writes a voucher, over one that says the same. */
export async function writeVoucher(file: string, voucher: Voucher): Promise<void> {
  const same = (existing: Voucher) =>
    existing.issuer === voucher.issuer &&
    existing.nonce === voucher.nonce &&
    existing.claimant === voucher.claimant &&
    existing.badge === voucher.badge;
  await writeSigned(file, voucher, VOUCHER_FILE, same, voucher.key === undefined ? "all" : "owner");
}

/**
 * Reads the vouchers that paths name; folders may hold other files too.
 *
 * @throws KyosoError naming each file that is named and no voucher, and where there is none at all.
 */
export async function readVouchers(paths: readonly string[]): Promise<VoucherInFile[]> {
  const read = await Promise.all(
    (await findFiles(paths)).map(async (file) => ({
      named: paths.includes(file),
      ...(await readSigned(file, VOUCHER_FILE)),
    })),
  );
  const problems = read.flatMap((each) => (each.value === undefined && each.named ? [each.problem] : []));
  if (problems.length > 0) throw new KyosoError(problems);
  const found = read.flatMap(({ file, value }) => (value === undefined ? [] : [{ file, voucher: value }]));
  if (found.length > 0) return found;
  throw KyosoError.of("voucher.none-in-files", {
    data: { files: paths },
    place: paths.join(", "),
    message: "There is no voucher in it",
    remedy: "Name the files that `npx hardhat badge voucher sign` wrote.",
  });
}

/**
 * A task that was asked for what isn't possible of some vouchers fails, though all the rest is done.
 *
 * @param rest What became of the others.
 */
export function requireAllRedeemable(
  found: readonly VoucherInFile[],
  good: readonly VoucherInFile[],
  rest: string,
): void {
  const count = found.length - good.length;
  if (count === 0) return;
  throw KyosoError.of("voucher.some-not-redeemable", {
    data: { count, of: found.length, rest },
    place: "vouchers",
    message: `${count} of ${found.length} can't be redeemed: why is said above, of each`,
    remedy: `${rest} Leave out those that can't be redeemed.`,
  });
}

/** Writes the links of vouchers with claim keys, one a line, for nobody else to read. */
export async function writeLinks(
  file: string,
  vouchers: readonly Voucher[],
  base: string | undefined,
): Promise<void> {
  const rows = vouchers.map((voucher) => [voucher.nonce, linkOf(voucher, base)]);
  await replaceFile(file, csvText(["nonce", "link"], rows), "owner");
}
