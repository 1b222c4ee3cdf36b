import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { BadgeKind } from "../../sdk/badges/kinds/kinds.js";
import { readKinds, requireKind } from "../../sdk/badges/kinds/kinds.js";
import { inPlace, KyosoError } from "../../sdk/errors.js";
import { withLock } from "../../sdk/node/lock.js";
import { oneLine } from "../../sdk/text.js";
import { parseAccount } from "../../sdk/token/account.js";
import { parseFuture } from "../../sdk/token/moment.js";
import { quote } from "../../sdk/units.js";
import { linkOf } from "../../sdk/vouchers/link.js";
import type { SignedVoucher } from "../../sdk/node/vouchers/sign.js";
import { MOST_VOUCHERS, prepareVouchers, signVouchers } from "../../sdk/node/vouchers/sign.js";
import { action } from "../action.js";
import { commandLine, shortPath, shownPath } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import type { Opened } from "../context.js";
import { openLive, outbox, privateFolder, requireSigner } from "../context.js";
import { done, formatMoment, print, printJson, styled } from "../output.js";
import { plural } from "./format.js";
import { voucherFile, writeLinks, writeVoucher } from "./voucherFiles.js";

const YEAR = 365 * 86_400;

interface Arguments {
  kind: string;
  accounts: string[];
  keys: string | undefined;
  evidence: string | undefined;
  expires: string | undefined;
  referralKind: string | undefined;
  issuer: string | undefined;
  link: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const opened = await openLive(hre, args.dao);
  const folder = privateFolder(hre, opened.live);
  const run = () => sign(hre, opened, args, folder);
  // Two commands at the same time would give the same numbers.
  return args.dryRun ? run() : withLock(path.join(folder, "voucher.lock"), "The signing of vouchers", run);
});

async function sign(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  args: Arguments,
  folder: string,
): Promise<void> {
  const { dryRun, json } = args;
  const { live } = opened;
  const signer = await requireSigner(opened, args.from);
  const kinds = await readKinds(live);
  const kind = requireKind(args.kind, kinds);
  const referralKind =
    args.referralKind === undefined ? undefined : requireReferralKind(args.referralKind, kinds);
  const expiry = parseFuture(args.expires ?? "30 days", live.now, YEAR, "--expires");
  const issuer = args.issuer === undefined ? signer.address : parseAccount(live, args.issuer, "--issuer");
  const prepared = await prepareVouchers(live, {
    kind,
    accounts: args.accounts.map((text) => parseAccount(live, text)),
    keys: parseKeys(args.keys),
    text: (args.evidence ?? "").trim(),
    referralKind,
    expiry,
    issuer,
    folder,
    outbox: outbox(hre, live),
  });
  const keyed = prepared.vouchers.filter(({ byKey }) => byKey);
  // A page that can't be is said before anything is signed.
  for (const voucher of keyed.slice(0, 1)) linkOf(voucher, args.link);
  const what = `${plural(prepared.vouchers.length, "voucher")} for "${oneLine(kind.name)}" (kind ${kind.number})`;
  if (!json && !dryRun) {
    const brings =
      referralKind === undefined
        ? ""
        : `, and "${oneLine(referralKind.name)}" (kind ${referralKind.number}) for who brings a newcomer`;
    print(`\n  ${what}${brings}, of ${issuer}, until ${formatMoment(expiry, live.now)}:`);
    for (const { byKey, claimant } of prepared.vouchers) if (!byKey) print(`    ${claimant}`);
    if (keyed.length > 0) print(`    ${plural(keyed.length, "new claim key")}: for whoever has it`);
    await requireYes(`Sign this as ${signer.address}?`, json, "Nothing was signed.");
    print();
  }
  const signed = dryRun ? [] : await signVouchers(live, signer, prepared);
  const files = prepared.vouchers.map((voucher) => voucherFile(hre, live, voucher));
  for (const [i, { voucher }] of signed.entries()) await writeVoucher(files[i] ?? "", voucher);
  const { signatures = 0, threshold = 1 } = signed[0] ?? {};
  const complete = signatures >= threshold;
  const links = await writeTheirLinks(folder, complete ? signed : [], args.link);
  const evidence = shortPath(prepared.evidence.file);
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      issuer,
      kind: { number: kind.number, name: kind.name },
      referralKind:
        referralKind === undefined ? null : { number: referralKind.number, name: referralKind.name },
      expiry,
      signatures,
      threshold,
      vouchers: prepared.vouchers.map(({ nonce, claimant, byKey }, i) => ({
        nonce,
        claimant,
        byKey,
        file: dryRun ? null : shortPath(files[i] ?? ""),
      })),
      links: links === null ? null : shortPath(links),
      evidence,
    });
    return;
  }
  if (dryRun) {
    print(`${what} could be signed. This was a dry run: nothing was signed or written.`);
    return;
  }
  done(`${what}, which can be redeemed until ${formatMoment(expiry, live.now)}:`);
  for (const folderOfSome of new Set(files.map((file) => path.dirname(file)))) {
    print(`  ${shownPath(folderOfSome)}`);
  }
  if (keyed.length > 0) {
    print(styled("yellow", "  ! Those with claim keys are secret: whoever has one can have the badge."));
    print("    Only you can read them (mode 0600), and Git ignores them. Show them to nobody else.");
  }
  if (links !== null) print(`  Their links, for e-mails and QR codes: ${shownPath(links)}`);
  if (!complete) {
    print(`  ${signatures} of the ${threshold} owners of the Safe who have to sign have signed. The others:`);
    const [file = ""] = files;
    print(`    ${await commandLine(hre, opened, ["badge", "voucher", "approve"], path.dirname(file))}`);
  }
  print(styled("dim", `  What they are for, and the salts that prove it, are in ${evidence} alone.`));
}

async function writeTheirLinks(
  folder: string,
  signed: readonly SignedVoucher[],
  base: string | undefined,
): Promise<string | null> {
  const keyed = signed.flatMap(({ voucher }) => (voucher.byKey ? [voucher] : []));
  const [first] = keyed;
  if (first === undefined) return null;
  const file = path.join(folder, "vouchers", `links-${first.nonce}.csv`);
  await writeLinks(file, keyed, base);
  return file;
}

function requireReferralKind(text: string, kinds: readonly BadgeKind[]): BadgeKind {
  return inPlace("--referral-kind", () => requireKind(text, kinds));
}

function parseKeys(text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^[1-9]\d{0,5}$/u.test(text.trim())) return Number(text);
  throw KyosoError.of("voucher.count", {
    data: { text, most: MOST_VOUCHERS },
    place: "--keys",
    message: `${quote(text)} isn't a number of vouchers`,
    remedy: `Write how many, from 1 to ${MOST_VOUCHERS}.`,
  });
}
