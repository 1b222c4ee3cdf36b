import { campaignId, campaignName } from "../../sdk/drop/campaign.js";
import { readCampaigns } from "../../sdk/drop/campaigns.js";
import { planStop, requireCampaign } from "../../sdk/drop/plans.js";
import { requireSteward } from "../../sdk/drop/preflight.js";
import { parseVia } from "../../sdk/execute/via.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";

interface Arguments extends ActingArguments {
  campaign: string;
  reason: string | undefined;
}

export default action<Arguments>(
  async ({ campaign: text, reason, dao, via: asked, from, dryRun, json, service }, hre) => {
    const via = parseVia(asked);
    const id = campaignId(text, "campaign");
    const opened = await openLive(hre, dao);
    const { live } = opened;
    const campaign = requireCampaign(await readCampaigns(live), id);
    const plan = planStop(live, campaign, reason);
    await requireSteward(live, await actorOf(opened, via, { from, dryRun, json }), "stop");
    const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
    if (json) {
      printJson({
        dao: live.record.slug,
        dryRun,
        ...submitted,
        campaign: campaignName(id),
        reason: reason?.trim(),
        left: campaign.tokens,
      });
    } else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) {
      done("Nothing more can be claimed. What is left goes to the treasury with `npx hardhat drop close`.");
    }
  },
);
