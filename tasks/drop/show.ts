import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { campaignName } from "../../sdk/drop/campaign.js";
import { claimedBy } from "../../sdk/drop/campaigns.js";
import type { Claimable } from "../../sdk/drop/link.js";
import { formatLink } from "../../sdk/drop/link.js";
import { checkClaimable, readRules } from "../../sdk/drop/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, formatMoment, heading, print, printJson, table, warn } from "../output.js";
import type { ClaimArguments } from "./folders.js";
import { findClaimable } from "./folders.js";

interface Arguments extends ClaimArguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json, ...which }, hre) => {
  const { live } = await openLive(hre, dao);
  const claimable = await findClaimable(hre, live, which);
  const { campaign: id, leaf, proof } = claimable;
  const place = `claim ${leaf.index} of ${campaignName(id)}`;
  const check = await checkClaimable(live, await readRules(live), claimable, place);
  const { campaign } = check;
  const problem = check.status === "refused" ? check.problem : undefined;
  const account = check.status === "claimed before" ? await claimedBy(live, id, leaf.index) : undefined;
  if (json) {
    printJson({
      dao: live.record.slug,
      campaign: campaignName(id),
      id,
      leaf,
      proof,
      deadline: campaign?.deadline ?? null,
      status: check.status,
      claimed: account ?? null,
      problem: problem ?? null,
      // Nobody has to be shown a key again that is in the link.
      link: leaf.byKey ? null : formatLink(claimable, ""),
    });
    return;
  }
  await printClaimable(live, claimable);
  if (campaign !== undefined) table([["Until", formatMoment(campaign.deadline, live.now)]]);
  print();
  if (problem !== undefined) warn(problem);
  else if (check.status === "valid") done("It can be claimed: npx hardhat drop claim.");
  else done(account === undefined ? "It was claimed." : `It was claimed by ${account}.`);
});

/** Shows what a claim gives, and to whom. */
export async function printClaimable(live: LiveDao, { campaign, leaf }: Claimable): Promise<void> {
  const kind = (await readKinds(live)).find(({ number }) => number === leaf.kind);
  heading(`Claim ${leaf.index} of the campaign ${campaignName(campaign)}`);
  table([
    ["For", leaf.byKey ? "whoever has the link" : leaf.claimant],
    ["Tokens", leaf.amount === 0n ? "none" : formatAmount(leaf.amount, live.symbol)],
    ["Badge", leaf.kind === 0 ? "none" : (kind?.name ?? `kind ${leaf.kind}`)],
  ]);
}
