import path from "node:path";
import { ZeroAddress } from "ethers";
import { KyosoError } from "../../sdk/errors.js";
import { writeSigned } from "../../sdk/node/signed/files.js";
import type { LiveDao } from "../../sdk/live.js";
import { readUse } from "../../sdk/vouchers/use.js";
import { parseAccount } from "../../sdk/token/account.js";
import { checkVoucher } from "../../sdk/vouchers/check.js";
import { isLink } from "../../sdk/vouchers/link.js";
import { readVoucher } from "../../sdk/node/vouchers/redeem.js";
import {
  attemptOf,
  badgeRedeemedBy,
  makeRedemption,
  redeemCall,
  sameRedemption,
} from "../../sdk/vouchers/redemption.js";
import { REDEMPTION_FILE } from "../../sdk/vouchers/voucher.js";
import { action } from "../action.js";
import { commandLine, shortPath, shownPath } from "../commandLine.js";
import { openLive, outbox, requireAccount, requireSigner } from "../context.js";
import { givenLink } from "../given.js";
import type { Relayed } from "../handIn.js";
import { chosenRelay, handIn } from "../handIn.js";
import { done, print, printJson, warn } from "../output.js";
import { submit } from "../submit.js";
import { printDryRun } from "./format.js";

interface Arguments {
  voucher: string | undefined;
  to: string | undefined;
  referrer: string | undefined;
  out: string | undefined;
  relay: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { dryRun, json } = args;
  const opened = await openLive(hre, args.dao);
  const { live } = opened;
  const relay = await chosenRelay(live, args.relay, "redemption", json);
  const text = await givenLink(args.voucher, isLink);
  const voucher = await readVoucher(text);
  const to = args.to === undefined ? undefined : parseAccount(live, args.to, "--to");
  const kept = path.join(outbox(hre, live), "redemptions", `${voucher.issuer}-${voucher.nonce}.json`);
  const out = args.out ?? (relay === undefined ? undefined : kept);
  // A claim key signs by itself: for others to relay it, nobody else's is needed.
  const alone = out !== undefined && voucher.byKey && to !== undefined;
  const signer = alone ? undefined : await requireSigner(opened, args.from);
  const caller = out === undefined ? signer?.address : undefined;
  if (caller !== undefined) await requireAccount(opened, args.from, { dryRun, json });
  const referrer =
    args.referrer === undefined ? ZeroAddress : parseAccount(live, args.referrer, "--referrer");
  const redemption = await makeRedemption(live, voucher, { to, referrer, caller, signer });
  const place = isLink(text) ? "link" : text;
  const check = await checkVoucher(live, place, redemption, attemptOf(redemption, caller));
  if (check.status === "refused") throw new KyosoError(check.problems);
  const { issuer, nonce, account } = redemption;
  const before = check.status === "redeemed before";
  const warnings = before ? [] : check.warnings;
  if (!json) warnings.forEach(warn);

  let transaction: string | undefined;
  let relayed: Relayed | undefined;
  let relayedBadge: number | undefined;
  const file = out === undefined ? undefined : path.resolve(out);
  if (!before && file !== undefined && !dryRun) {
    await writeSigned(file, redemption, REDEMPTION_FILE, (other) => sameRedemption(redemption, other));
    if (relay !== undefined) {
      const { patience } = hre.globalOptions;
      const isDone = async (now: LiveDao) => {
        const use = await readUse(now, issuer, BigInt(nonce));
        // Of a relay's transaction, which others are in, too.
        if (use?.account === account) relayedBadge = use.badge;
        return use?.account === account;
      };
      relayed = await handIn(live, relay, redemption, { patience, json, isDone });
      transaction = relayed.transaction ?? undefined;
    }
  } else if (!before && file === undefined) {
    const call = redeemCall(live, redemption, check.kind.name);
    const options = { via: "signer", from: args.from, dryRun, json, service: undefined };
    const submitted = await submit(hre, opened, [{ title: "Redeeming a voucher", calls: [call] }], options);
    transaction = submitted.transactions[0];
  }
  const sent = relayed === undefined ? transaction : undefined;
  const given = sent === undefined ? relayedBadge : await badgeRedeemedBy(live, sent);
  const badge = before ? check.badge : given;
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      issuer,
      nonce,
      kind: before ? null : { number: check.kind.number, name: check.kind.name },
      account,
      referrer: referrer === ZeroAddress ? null : referrer,
      badge: badge ?? null,
      before,
      transaction: transaction ?? null,
      file: before || dryRun || file === undefined ? null : shortPath(file),
      relay: relayed ?? null,
      warnings,
    });
  } else if (before) {
    print(`It was redeemed before, by ${check.account} for badge ${check.badge}: there is nothing to do.`);
  } else if (dryRun) printDryRun();
  else if (file === undefined || (relayed !== undefined && relayed.state !== "waiting")) {
    done(`${account} has badge ${badge ?? ""}, "${check.kind.name}".`);
  } else if (relayed === undefined) {
    done(`"${check.kind.name}" for ${account}, once somebody relays this: ${shownPath(file)}`);
    print("  Nothing was sent, and it cost nothing. Pass it on; whoever relays it pays:");
    print(`    ${await commandLine(hre, opened, ["badge", "voucher", "relay"], file)}`);
  }
});
