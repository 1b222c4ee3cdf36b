import type { Log } from "ethers";
import { dataSlice, getAddress } from "ethers";
import { INTERFACES } from "../../sdk/calls/known.js";
import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import { campaignName } from "../../sdk/drop/campaign.js";
import type { Campaign } from "../../sdk/drop/campaigns.js";
import { claimedBy, findCampaign } from "../../sdk/drop/campaigns.js";
import type { Claim } from "../../sdk/drop/claims.js";
import { CLAIM_FILE, claimCall } from "../../sdk/drop/claims.js";
import { checkClaim, readRules } from "../../sdk/drop/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { refreshed } from "../../sdk/live.js";
import type { Deed, Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { inTurn } from "./turns.js";

const CLAIMED = INTERFACES.drop.getEvent("Claimed")?.topicHash;

/** Claims of campaigns: a valid link that wasn't used is its own ticket. */
export const claims: Kind<Claim> = {
  name: "claim",
  file: CLAIM_FILE,
  identity: ({ chainId, drop, campaign, leaf, account, referrer }) => [
    chainId,
    drop,
    campaign,
    leaf.index.toString(),
    account,
    referrer ?? "",
  ],
  subject: ({ campaign, leaf }) => `${campaign} ${leaf.index}`,
  account: ({ account }) => account,
  campaign: ({ campaign }) => campaign,

  async check(live, values, sender) {
    const rules = await readRules(live);
    return inTurn(values, async (claim): Promise<Verdict> => {
      const check = await checkClaim(live, rules, claim, PLACE, sender, true);
      if (check.status === "valid") return { status: "valid" };
      if (check.status === "refused") return verdictOn(check.problem);
      // It may have been claimed since the block of `live`.
      const by = await claimedBy(await refreshed(live), claim.campaign, claim.leaf.index);
      if (by === undefined || by === claim.account) return { status: "done" };
      return { status: "refused", problem: usedByOther(claim, by) };
    });
  },

  async deeds(live, values) {
    const ids = [...new Set(values.map(({ campaign }) => campaign))];
    const found = new Map<string, Campaign | undefined>();
    for (const id of ids) found.set(id, await findCampaign(live, id));
    return inTurn(values, async (claim): Promise<Deed> => {
      const { leaf, account, campaign } = claim;
      // A claim key signs as an account does. Whom a leaf is for is asked where it has to sign.
      const signs = !leaf.byKey && found.get(campaign)?.referralKind !== 0;
      const asksStranger = signs && (await live.provider.getCode(account)) !== "0x";
      return { call: claimCall(live, claim), asksStranger };
    });
  },

  isDone: (live, values) =>
    live.readMany<boolean>(
      values.map(({ campaign, leaf }) => ({
        address: live.record.contracts.drop,
        interface: INTERFACES.drop,
        name: "isClaimed",
        args: [campaign, leaf.index],
      })),
    ),

  doneIn(live, logs, values) {
    const claimed = new Set(logs.flatMap((log) => claimIn(live, log) ?? []));
    return new Set(
      values.flatMap(({ campaign, leaf, account }, i) =>
        claimed.has(`${campaign} ${leaf.index} ${account}`) ? [i] : [],
      ),
    );
  },
};

/** Which leaf a log shows as claimed, and for whom. */
function claimIn(live: LiveDao, { address, topics }: Log): string | undefined {
  const [event, campaign = "", index = "0x0", account = ""] = topics;
  if (event !== CLAIMED || address !== live.record.contracts.drop) return undefined;
  return `${campaign} ${Number(index)} ${getAddress(dataSlice(account, 12))}`;
}

function usedByOther({ campaign, leaf, account }: Claim, by: string): Problem {
  return problem("claim.used-by-other", {
    data: { campaign: campaignName(campaign), index: leaf.index, account, by },
    place: PLACE,
    message: `Its link was used by somebody else: ${by} has what ${account} was to get`,
    remedy: "A link can be used once. Ask whoever sent it to you.",
  });
}
