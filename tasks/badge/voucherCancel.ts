import { parseVia } from "../../sdk/execute/via.js";
import { planCancelVoucher } from "../../sdk/node/vouchers/cancel.js";
import { isLink } from "../../sdk/vouchers/link.js";
import { action } from "../action.js";
import { openLive, privateFolder } from "../context.js";
import { givenLink } from "../given.js";
import { done, printJson, warn } from "../output.js";
import { submit } from "../submit.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { printDryRun } from "./format.js";

interface Arguments extends ActingArguments {
  nonce: string;
}

export default action<Arguments>(
  async ({ nonce: argument, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const text = await givenLink(argument, isLink);
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const issuer = await actorOf(opened, via, { from, dryRun, json });
    const folder = privateFolder(hre, live);
    const { plan, nonce, voucher, warnings } = await planCancelVoucher(live, issuer, text, folder);
    if (!json) warnings.forEach(warn);
    const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (json) {
      printJson({
        dao: live.record.slug,
        dryRun,
        ...submitted,
        issuer,
        nonce: nonce.toString(),
        kind: voucher?.badgeKind ?? null,
        claimant: voucher?.claimant ?? null,
        warnings,
      });
    } else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) done(`Voucher ${nonce} is worth nothing any more.`);
  },
);
