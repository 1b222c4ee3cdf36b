import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { campaignId, campaignName, shownName } from "../../sdk/drop/campaign.js";
import type { ShortLink } from "../../sdk/drop/code.js";
import { shortId } from "../../sdk/drop/code.js";
import { findPublished } from "../../sdk/node/drop/proofs.js";
import { DropFolder, findDrops } from "../../sdk/node/drop/folder.js";
import type { Claimable } from "../../sdk/drop/link.js";
import { isShort, looksLikeLink, parseClaim } from "../../sdk/drop/link.js";
import type { PublishedFiles } from "../../sdk/drop/published.js";
import { openPublished } from "../../sdk/drop/published.js";
import { foreignProblem } from "../../sdk/drop/readiness.js";
import { KyosoError } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { privateFolder } from "../context.js";
import { givenLink } from "../given.js";

/** Where the campaigns' folders are: with secrets, so that they stay with the brand. */
export function dropsFolder(hre: HardhatRuntimeEnvironment, live: Pick<LiveDao, "record">): string {
  return path.join(privateFolder(hre, live), "drops");
}

/** What a claim is found by: a link (see givenLink), or an address and a campaign's folder. */
export interface ClaimArguments {
  /** Undefined where it is asked for. */
  readonly claim: string | undefined;
  readonly campaign: string | undefined;
  readonly claims: string | undefined;
  /** Where the proofs of short links are published. */
  readonly proofs: string | undefined;
}

/**
 * What a link of this DAO holds, or a folder has for an address.
 *
 * @throws KyosoError where the link isn't whole or is another DAO's, or no campaign has anything for the address.
 */
export async function findClaimable(
  hre: HardhatRuntimeEnvironment,
  live: LiveDao,
  { claim, campaign, claims, proofs }: ClaimArguments,
): Promise<Claimable> {
  const address = parseClaim(await givenLink(claim, looksLikeLink));
  if (typeof address !== "string") {
    if (!isShort(address)) return requireOwn(live, "link", address);
    const files = await publishedOf(hre, live, address, proofs);
    return requireOwn(live, "link", await openPublished(live, address, files));
  }
  const folders = await foldersOf(hre, live, campaign, claims);
  const found: Claimable[] = [];
  for (const folder of folders) {
    const leaf = await folder.leafOf(address);
    if (leaf !== undefined) found.push(await folder.claimable(leaf.index));
  }
  const [first, ...more] = found;
  const names = folders.map(({ manifest }) => manifest.name).join(", ");
  if (first === undefined) {
    throw KyosoError.of("claim.not-found", {
      data: { account: address, campaigns: folders.map((each) => campaignName(each.manifest.campaign)) },
      place: address,
      message:
        folders.length === 0
          ? "No campaign was made on this computer"
          : `There is nothing for it in ${names}`,
      remedy: "Use the link that was sent to you, or name the campaign's published folder with --claims.",
    });
  }
  if (more.length === 0) return requireOwn(live, claims ?? "claim", first);
  throw KyosoError.of("claim.in-several", {
    data: { account: address, campaigns: found.map((each) => campaignName(each.campaign)) },
    place: address,
    message: "Several campaigns have something for it",
    remedy: `Choose one with --campaign: ${found.map((each) => campaignName(each.campaign)).join(", ")}.`,
  });
}

/** What is published for a short link: where that is said, or in the folder of a campaign that was made here. */
async function publishedOf(
  hre: HardhatRuntimeEnvironment,
  live: LiveDao,
  { id }: ShortLink,
  proofs: string | undefined,
): Promise<PublishedFiles> {
  if (proofs !== undefined) return findPublished(proofs, id);
  for (const folder of (await findDrops(dropsFolder(hre, live))).values()) {
    if (shortId(folder.domain) === id) return findPublished(folder.published, id);
  }
  throw KyosoError.of("proofs.not-given", {
    data: {},
    place: "link",
    message: "It is a short one: its proof is published, and it isn't said where",
    remedy:
      "Name the page that it leads to, beside which the proofs are: --proofs https://…; or a folder with a copy of them.",
  });
}

/** What is another DAO's isn't shown in this one's words, nor claimed of a campaign of the same name. */
export function requireOwn(live: LiveDao, place: string, claimable: Claimable): Claimable {
  const problem = foreignProblem(live, place, claimable);
  if (problem === undefined) return claimable;
  throw new KyosoError(problem);
}

async function foldersOf(
  hre: HardhatRuntimeEnvironment,
  live: LiveDao,
  campaign: string | undefined,
  claims: string | undefined,
): Promise<DropFolder[]> {
  if (claims !== undefined) {
    return [await DropFolder.open(path.resolve(claims), "Name the folder `public` of a campaign's folder.")];
  }
  const all = await findDrops(dropsFolder(hre, live));
  if (campaign === undefined) return [...all.values()];
  const id = campaignId(campaign);
  const found = all.get(id);
  if (found !== undefined) return [found];
  const name = shownName(id);
  throw KyosoError.of("campaign.not-here", {
    data: { campaign: name },
    place: "--campaign",
    message: `No campaign ${name === "" ? "of that name" : `"${name}"`} was made on this computer`,
    remedy: "Use the link that was sent to you, or name the campaign's published folder with --claims.",
  });
}
