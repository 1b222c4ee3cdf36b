import type { BadgeKind } from "../badges/kinds/kinds.js";
import type { PointsLeft } from "../badges/reads.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf, signerOf } from "../signed/domain.js";
import { checkSignature } from "../signed/wallets.js";
import type { Campaign } from "./campaigns.js";
import type { Claim } from "./claims.js";
import { claimHash } from "./claims.js";
import { claimableProblems } from "./preflight.js";

/** What the badge contract lets through at present. */
export interface BadgeRules {
  readonly halted: boolean;
  /** The issuer role at present. */
  readonly issuerRole: bigint;
  readonly kinds: readonly BadgeKind[];
  /** How many points can be awarded in the running season, and how many of them are left. */
  readonly points: PointsLeft;
}

/**
 * Why a referrer can't be named for a claim; undefined where one can.
 *
 * @param relayed Whether it is signed, and on its way: what came about since then keeps the referral from being recorded,
 * and not the claim from being carried out.
 */
export async function referralProblem(
  live: LiveDao,
  rules: BadgeRules,
  campaign: Campaign,
  account: string,
  referrer: string | null,
  relayed: boolean,
): Promise<Problem | undefined> {
  if (referrer === null) return undefined;
  const { badge } = live.contracts;
  const leaveOut = "Leave the referrer out.";
  if (campaign.referralKind === 0) {
    return problem("referral.not-rewarded", {
      data: {},
      message: "This campaign rewards nobody for bringing others, so nobody can be named",
      remedy: leaveOut,
    });
  }
  if (referrer === account)
    return problem("referral.self", {
      data: { account },
      message: "Nobody can have brought itself",
      remedy: leaveOut,
    });
  const [member, newcomer, before] = await Promise.all([
    badge.memberOf(referrer),
    badge.memberOf(account),
    badge.referrerOf(account),
  ]);
  // A season is kept also of somebody who has no badge any more.
  if (!relayed && (newcomer.badges !== 0n || newcomer.season !== 0n)) {
    return problem("referral.no-newcomer", {
      data: { account },
      message: `${account} has or had a badge already, and so wasn't brought by anybody now`,
      remedy: leaveOut,
    });
  }
  if (!relayed && BigInt(before) !== 0n) {
    return problem("referral.recorded", {
      data: { account, referrer: before },
      message: `${account} was brought by ${before}, which is recorded for ever`,
      remedy: leaveOut,
    });
  }
  if (relayed ? member.season === 0n : member.badges === 0n) {
    return problem("referral.no-member", {
      data: { referrer },
      message: `${referrer} has no badge, and so can't have brought anybody`,
      remedy: "Name a member, or nobody.",
    });
  }
  if (campaign.issuerRole !== rules.issuerRole) return rotated(undefined);
  const kind = rules.kinds.find(({ number }) => number === campaign.referralKind);
  // Its limits leave the member's badge out, and don't keep the newcomer from anything.
  const [found] = kind === undefined || kind.closed ? [] : claimableProblems(kind);
  return found === undefined ? undefined : { ...found, remedy: leaveOut };
}

/** Why a claim isn't its claimant's; undefined where it is. */
export async function signatureProblem(
  live: LiveDao,
  claim: Claim,
  namesReferrer: boolean,
  sender: string,
): Promise<Problem | undefined> {
  const { leaf, account, signature } = claim;
  const again = "Ask for a new one: npx hardhat drop claim --out <file>.";
  if (!leaf.byKey) {
    if (account !== leaf.claimant) {
      return problem("claim.of-other", {
        data: { claimant: leaf.claimant, account },
        message: `It belongs to ${leaf.claimant}, and ${account} can't have it`,
        remedy: again,
      });
    }
    if (!namesReferrer || sender === account) return undefined;
    const hash = claimHash(await domainOf(live, "drop"), claim);
    if ((await checkSignature(live.provider, account, hash, signature)).valid) return undefined;
    return problem("claim.has-to-sign", {
      data: { account },
      message: `It isn't signed by ${account}: as a referrer can be named, it has to sign or to claim itself`,
      remedy: again,
    });
  }
  const hash = claimHash(await domainOf(live, "drop"), claim);
  if (signerOf(hash, signature) === leaf.claimant) return undefined;
  return problem("claim.not-signed", {
    data: {},
    message: "It isn't signed with its claim key, or was changed after that",
    remedy: again,
  });
}

/** That a campaign's badges can't be claimed, as the DAO's issuers were replaced. */
export function rotated(place: string | undefined): Problem {
  return problem("campaign.issuers-replaced", {
    data: {},
    ...(place === undefined ? {} : { place }),
    message: "The DAO's issuers were replaced since it was opened: it gives no badges any more",
    remedy: "Ask whoever made the campaign for another one.",
  });
}
