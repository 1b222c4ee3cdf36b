import { ZeroAddress } from "ethers";
import { oneLine } from "../../sdk/text.js";
import { lookAt } from "../../sdk/node/vouchers/redeem.js";
import { isLink } from "../../sdk/vouchers/link.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { givenLink } from "../given.js";
import { done, formatMoment, heading, print, printJson, table, warn } from "../output.js";
import { number } from "./format.js";

interface Arguments {
  voucher: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ voucher: argument, dao, json }, hre) => {
  const text = await givenLink(argument, isLink);
  const { live } = await openLive(hre, dao);
  const { voucher, redemption, hasKey, check } = await lookAt(live, text);
  const { issuer, nonce, claimant, byKey, badgeKind, referralKind, expiry } = voucher;
  const account = redemption?.account ?? null;
  const named = redemption?.referrer ?? ZeroAddress;
  const referrer = named === ZeroAddress ? null : named;
  if (json) {
    printJson({
      dao: live.record.slug,
      issuer,
      nonce,
      claimant,
      byKey,
      hasKey,
      account,
      referrer,
      kind: badgeKind,
      referralKind,
      expiry,
      status: check.status,
      badge: check.status === "redeemed before" ? check.badge : null,
      problems: check.status === "refused" ? check.problems : [],
      warnings: check.status === "valid" ? check.warnings : [],
    });
    return;
  }
  heading(redemption === undefined ? "Voucher" : "Redemption");
  const kind =
    check.status === "valid"
      ? `${oneLine(check.kind.name)}, ${number(check.kind.points)} points`
      : `kind ${badgeKind}`;
  table([
    ["Badge", kind],
    ["Issuer", live.book.show(issuer)],
    ["Number", nonce],
    ["For", account ?? (byKey ? "whoever has the link" : claimant)],
    ["Brought by", referrer ?? (referralKind === 0 ? "nobody can be named" : "a member can be named")],
    ["Until", formatMoment(expiry, live.now)],
  ]);
  print();
  if (check.status === "valid") {
    check.warnings.forEach(warn);
    done("It can be redeemed.");
  } else if (check.status === "redeemed before") {
    print(`It was redeemed before, by ${check.account} for badge ${check.badge}.`);
  } else {
    print("It can't be redeemed:");
    check.problems.forEach(warn);
  }
});
