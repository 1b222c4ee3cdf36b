import type { Log } from "ethers";
import { dataSlice, getAddress } from "ethers";
import { INTERFACES } from "../../sdk/calls/known.js";
import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import { campaignName } from "../../sdk/drop/campaign.js";
import type { Campaign } from "../../sdk/drop/campaigns.js";
import { claimersOf, findCampaign } from "../../sdk/drop/campaigns.js";
import type { Claim } from "../../sdk/drop/claims.js";
import { CLAIM_FILE, claimCall } from "../../sdk/drop/claims.js";
import { signatureProblem } from "../../sdk/drop/claimProblems.js";
import {
  checkClaim,
  claimantProblem,
  foreignProblem,
  needsSignature,
  readRules,
  seeLeaves,
} from "../../sdk/drop/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { refreshed } from "../../sdk/live.js";
import type { Deed, Kind, Verdict } from "./kind.js";
import { PLACE, verdictOn } from "./kind.js";
import { Remembered } from "./remembered.js";
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
  account: ({ leaf }) => leaf.claimant,
  campaign: ({ campaign }) => campaign,
  share: ({ campaign }) => campaign,

  async check(live, values, sender, trial) {
    // What a link's key didn't sign asks the node for nothing.
    const unsigned = await inTurn(values, (claim) => unsignedProblem(live, claim, sender));
    const signed = values.filter((_, i) => unsigned[i] === undefined);
    if (signed.length === 0) return refusals(unsigned);
    const [rules, all] = await Promise.all([readRules(live), seeLeaves(live, signed)]);
    const seenOf = new Map(signed.map((claim, i) => [claim, all[i]]));
    const items = values.map((claim, i) => ({ claim, problem: unsigned[i], seen: seenOf.get(claim) }));
    const verdicts = await inTurn(
      items,
      async ({ claim, problem: found, seen }): Promise<Verdict | undefined> => {
        if (found !== undefined) return { status: "refused", problem: found };
        const options = { relayed: true, trial, ...(seen === undefined ? {} : { seen }) };
        const check = await checkClaim(live, rules, claim, PLACE, sender, options);
        const until = seen?.campaign?.deadline;
        if (check.status === "valid") return { status: "valid", until };
        const verdict = check.status === "refused" ? verdictOn(check.problem, until) : undefined;
        if (verdict?.status === "refused") return verdict;
        // What has to wait or is done is kept too, and so has to be the claimant's: anybody could make up any number of others.
        const campaign = seen?.campaign;
        const problem = campaign && (await claimantProblem(live, rules, campaign, claim, sender, true));
        return problem === undefined ? verdict : { status: "refused", problem: { ...problem, place: PLACE } };
      },
    );
    // Looking through all logs is much work, which one link that is used could ask for again and again: it is done once for all.
    const used = values.filter((_, i) => verdicts[i] === undefined);
    const claimers = await usedBy(live, used);
    return verdicts.map((verdict, i) => {
      if (verdict !== undefined) return verdict;
      const claim = values[i];
      const by = claim && claimers.get(claims.subject(claim));
      if (claim === undefined || by === undefined || by === claim.account) return { status: "done" };
      return { status: "refused", problem: usedByOther(claim, by) };
    });
  },

  async deeds(live, values) {
    const ids = [...new Set(values.map(({ campaign }) => campaign))];
    const found = new Map<string, Campaign | undefined>();
    for (const id of ids) found.set(id, await findCampaign(live, id));
    return values.map((claim): Deed => {
      const { leaf, campaign } = claim;
      const signed = needsSignature(leaf, found.get(campaign) ?? { referralKind: 1 });
      // Of a claim key nothing but its signature counts. Any other account can become a contract (EIP-7702), also between a look at
      // it and the moment at which it is asked.
      const asksStranger = signed && !leaf.byKey;
      // What nobody looks at could be any length, and is paid for all the same.
      return { call: claimCall(live, signed ? claim : { ...claim, signature: "0x" }), asksStranger };
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

function refusals(problems: readonly (Problem | undefined)[]): Verdict[] {
  return problems.flatMap((problem) => (problem === undefined ? [] : [{ status: "refused", problem }]));
}

/** Why a claim isn't this DAO's, or its key's: nothing has to be asked for that. */
async function unsignedProblem(live: LiveDao, claim: Claim, sender: string): Promise<Problem | undefined> {
  const { chainId, drop, leaf } = claim;
  const foreign = foreignProblem(live, PLACE, { chainId: BigInt(chainId), drop });
  if (foreign !== undefined || !leaf.byKey) return foreign;
  const found = await signatureProblem(live, claim, true, sender);
  return found === undefined ? undefined : { ...found, place: PLACE };
}

/** Who has claimed what others ask for, as far as that was looked up. */
const remembered = new Remembered<string>();

/** Who claimed leaves that are claimed, by their subjects. */
async function usedBy(live: LiveDao, values: readonly Claim[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const unknown = values.filter((claim) => {
    const key = `${live.record.contracts.drop} ${claims.subject(claim)}`;
    const by = remembered.get(key);
    if (by === undefined) return true;
    found.set(claims.subject(claim), by);
    return false;
  });
  if (unknown.length === 0) return found;
  const leaves = unknown.map(({ campaign, leaf }) => ({ campaign, index: leaf.index }));
  const now = await refreshed(live);
  for (const [i, claimer] of (await claimersOf(now, leaves)).entries()) {
    const claim = unknown[i];
    if (claim === undefined || claimer === undefined) continue;
    const { account: by, block } = claimer;
    found.set(claims.subject(claim), by);
    remembered.keep(`${live.record.contracts.drop} ${claims.subject(claim)}`, by, block, now.block);
  }
  return found;
}

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
