import { campaignId, campaignName } from "../../sdk/drop/campaign.js";
import { readCampaigns } from "../../sdk/drop/campaigns.js";
import { planClose, requireCampaign } from "../../sdk/drop/plans.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";

interface Arguments extends ActingArguments {
  campaign: string;
}

export default action<Arguments>(async ({ campaign: text, dao, via, from, dryRun, json, service }, hre) => {
  const id = campaignId(text, "campaign");
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const campaign = requireCampaign(await readCampaigns(live), id);
  const plan = planClose(live, campaign);
  // Anybody may: nobody has to be asked for it.
  const submitted = await submit(hre, opened, [plan], { via: via ?? "signer", from, dryRun, json, service });
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      ...submitted,
      campaign: campaignName(id),
      amount: campaign.tokens,
    });
  } else if (dryRun) printDryRun();
  else if (submitted.transactions.length > 0) {
    done(`${formatAmount(campaign.tokens, live.symbol)} went to the treasury.`);
  }
});
