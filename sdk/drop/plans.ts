import { INTERFACES } from "../calls/known.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { formatTime } from "../time.js";
import { formatAmount } from "../units.js";
import type { CampaignHistory } from "./campaigns.js";
import { isOver } from "./campaigns.js";
import { campaignName, shownName } from "./campaign.js";
import type { Manifest } from "./manifest.js";

/** Most seconds that a deadline can be ahead: `FARTHEST_DATE` of contracts/governance. */
export const LONGEST_CAMPAIGN = (4 * 365 + 1) * 86_400;

const dropOf = ({ record }: LiveDao) => ({
  name: "drop",
  address: record.contracts.drop,
  interface: INTERFACES.drop,
});

/** How far a campaign has come towards being open and funded. */
export interface Progress {
  readonly opens: boolean;
  /** Tokens that it still has to be given, in the smallest unit. */
  readonly missing: bigint;
}

/**
 * What is still to be done of a campaign.
 *
 * @param found As it is on the chain; undefined where it isn't.
 * @throws KyosoError where its name was used for another one, or it is over.
 */
export function progressOf(live: LiveDao, manifest: Manifest, found: CampaignHistory | undefined): Progress {
  const tokens = BigInt(manifest.tokens);
  if (found === undefined) return { opens: true, missing: tokens };
  const place = `campaign ${manifest.name}`;
  if (found.root !== manifest.root) {
    throw KyosoError.of("campaign.name-taken", {
      data: { campaign: manifest.name },
      place,
      message: "There is another campaign of this name on the chain, and no name can be used twice",
      remedy: "Choose another one with --campaign.",
    });
  }
  if (isOver(found, live.now)) {
    const remedy = "Make another one, with another name.";
    const campaign = manifest.name;
    if (found.stopped) {
      const message = "It was stopped, and can't go on";
      throw KyosoError.of("campaign.stopped", { data: { campaign }, place, message, remedy });
    }
    const { deadline } = found;
    const message = `It ended at ${formatTime(deadline)}`;
    throw KyosoError.of("campaign.ended", { data: { campaign, deadline }, place, message, remedy });
  }
  return { opens: false, missing: tokens > found.funded ? tokens - found.funded : 0n };
}

/**
 * Plans to open a campaign and to give it the tokens that it hasn't yet.
 *
 * @param allowance What the drop may take from whoever acts already, in the smallest unit.
 * @returns Undefined where there is nothing left to do.
 */
export function planCampaign(
  live: LiveDao,
  { name, campaign, root, leaves, terms }: Manifest,
  { opens, missing }: Progress,
  allowance: bigint,
): Plan | undefined {
  const drop = dropOf(live);
  const token = { name: "token", address: live.record.contracts.token, interface: INTERFACES.token };
  const amount = formatAmount(missing, live.symbol);
  const calls = [];
  if (opens) {
    const { deadline, referralKind } = terms;
    const title = `Open the campaign ${name} with ${leaves.toLocaleString("en")} ${leaves === 1 ? "claim" : "claims"}`;
    calls.push(call(drop, "open", [campaign, { root, deadline, referralKind }], title));
  }
  if (missing > 0n) {
    if (allowance < missing) {
      calls.push(call(token, "approve", [drop.address, missing], `Let the campaign take ${amount}`));
    }
    calls.push(call(drop, "fund", [campaign, missing], `Give the campaign ${amount}`));
  }
  if (calls.length === 0) return undefined;
  const title = opens
    ? `Open the campaign ${name}${missing > 0n ? " and fund it" : ""}`
    : `Fund the campaign ${name}`;
  return { title, calls };
}

/**
 * Plans to end a campaign at once.
 *
 * @param reason Why: everybody can read it, for ever. Not empty.
 */
export function planStop(live: LiveDao, campaign: CampaignHistory, reason: string | undefined): Plan {
  const name = campaignName(campaign.id);
  const text = (reason ?? "").trim();
  if (text === "") {
    throw KyosoError.of("stop.reason-missing", {
      data: {},
      place: "--reason",
      message: "There is no reason, and whoever can't claim any more will ask for it",
      remedy:
        'Say why, for instance --reason "Links went to the wrong list". Everybody can read it, for ever.',
    });
  }
  if (isOver(campaign, live.now)) {
    const place = `campaign ${name}`;
    const remedy =
      "There is nothing to stop. What is left goes to the treasury with `npx hardhat drop close`.";
    if (campaign.stopped) {
      const message = "It was stopped already";
      throw KyosoError.of("campaign.stopped", { data: { campaign: name }, place, message, remedy });
    }
    const { deadline } = campaign;
    const message = `It ended at ${formatTime(deadline)}`;
    throw KyosoError.of("campaign.ended", { data: { campaign: name, deadline }, place, message, remedy });
  }
  const title = `Stop the campaign ${name}`;
  return { title, calls: [call(dropOf(live), "stop", [campaign.id, text], title)] };
}

/** Plans to send what a campaign hasn't given to the treasury: anybody may, once it is over. */
export function planClose(live: LiveDao, campaign: CampaignHistory): Plan {
  const name = campaignName(campaign.id);
  if (!isOver(campaign, live.now)) {
    throw KyosoError.of("campaign.runs", {
      data: { campaign: name, deadline: campaign.deadline },
      place: `campaign ${name}`,
      message: `It runs until ${formatTime(campaign.deadline)}`,
      remedy: "Wait until then. A steward can stop it before: npx hardhat drop stop.",
    });
  }
  if (campaign.tokens === 0n) {
    throw KyosoError.of("campaign.nothing-left", {
      data: { campaign: name },
      place: `campaign ${name}`,
      message: "Nothing is left in it",
      remedy: "There is nothing to do.",
    });
  }
  const title = `Send the ${formatAmount(campaign.tokens, live.symbol)} that the campaign ${name} hasn't given to the treasury`;
  return { title, calls: [call(dropOf(live), "close", [campaign.id], title)] };
}

/** The campaign of an id, with a clear message where there is none. */
export function requireCampaign(campaigns: readonly CampaignHistory[], id: string): CampaignHistory {
  const found = campaigns.find((each) => each.id === id);
  if (found !== undefined) return found;
  const name = shownName(id);
  throw KyosoError.of("campaign.unknown", {
    data: { campaign: name, known: campaigns.map((each) => campaignName(each.id)) },
    place: "campaign",
    message: `There is no campaign ${name === "" ? "of that name" : `"${name}"`} on the chain`,
    remedy:
      campaigns.length === 0
        ? "None was opened yet: npx hardhat drop create <csv>."
        : `There are: ${campaigns.map((each) => campaignName(each.id)).join(", ")}.`,
  });
}
