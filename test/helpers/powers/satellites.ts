import { id, ZeroAddress, ZeroHash } from "ethers";
import { KIND, kindConfig, ROLE } from "../dao.js";
import { implementation, type Power, type Refuse } from "./power.js";

const tokenRestricted: Refuse = ({ token }, caller) => ({
  contract: token,
  error: "AccessManagedUnauthorized",
  args: [caller],
});

function tokenWants(role: bigint): Refuse {
  return ({ token }, caller) => ({
    contract: token,
    error: "RoleRestrictedUnauthorized",
    args: [caller, role],
  });
}

const badgeRestricted: Refuse = ({ badge }, caller) => ({
  contract: badge,
  error: "AccessManagedUnauthorized",
  args: [caller],
});

function badgeWants(role: bigint): Refuse {
  return ({ badge }, caller) => ({
    contract: badge,
    error: "RoleRestrictedUnauthorized",
    args: [caller, role],
  });
}

const dropRestricted: Refuse = ({ drop }, caller) => ({
  contract: drop,
  error: "AccessManagedUnauthorized",
  args: [caller],
});

const rewardsRestricted: Refuse = ({ rewards }, caller) => ({
  contract: rewards,
  error: "AccessManagedUnauthorized",
  args: [caller],
});

/** Not even a passed proposal can: the authority is the badge's. */
const followsBadge: Refuse = ({ drop }) => ({
  contract: drop,
  error: "BadgeSatelliteFollowsBadge",
  args: [],
});

export const tokenPowers: Power[] = [
  {
    name: "upgrade the token",
    call: async (dao) =>
      dao.token.upgradeToAndCall.populateTransaction(await implementation(dao, "token"), "0x"),
    refusal: tokenRestricted,
  },
  {
    name: "mint",
    call: ({ token, stranger }) => token.mint.populateTransaction(stranger, 1),
    refusal: tokenWants(ROLE.MINTER),
  },
  {
    name: "grant contribution votes",
    call: ({ token, stranger }) => token.moveContributionVotes.populateTransaction(ZeroAddress, stranger, 1),
    refusal: tokenWants(ROLE.VOTES_GRANTER),
  },
  {
    name: "change the mint limit",
    call: ({ token, config }) => token.setMintLimit.populateTransaction(config.token.mintLimit),
    refusal: tokenRestricted,
  },
  {
    name: "change the limit of contribution votes",
    call: ({ token, config }) =>
      token.setContributionLimit.populateTransaction(1, config.token.contributionLimit),
    refusal: tokenRestricted,
  },
  {
    name: "give the token another authority",
    call: ({ token, at }) => token.setAuthority.populateTransaction(at.handover),
    refusal: tokenRestricted,
  },
];

export const badgePowers: Power[] = [
  {
    name: "upgrade the badge",
    call: async (dao) =>
      dao.badge.upgradeToAndCall.populateTransaction(await implementation(dao, "badge"), "0x"),
    refusal: badgeRestricted,
  },
  {
    name: "add a kind with votes",
    call: ({ badge }) => badge.addVotingKind.populateTransaction(kindConfig({ votes: 1n })),
    refusal: badgeRestricted,
  },
  {
    name: "close a kind with votes",
    call: ({ badge }) => badge.closeVotingKind.populateTransaction(KIND.AMBASSADOR),
    refusal: badgeRestricted,
  },
  {
    name: "revoke a badge with votes",
    call: ({ badge }) => badge.revokeVoting.populateTransaction(1, "no reason"),
    refusal: badgeRestricted,
  },
  {
    name: "rotate the issuer role",
    call: ({ badge }) => badge.rotateIssuerRole.populateTransaction(),
    refusal: badgeWants(ROLE.HANDOVER),
  },
  {
    name: "halt awards on the badge itself",
    call: ({ badge }) => badge.halt.populateTransaction(0),
    refusal: badgeWants(ROLE.SENTINEL),
  },
  {
    name: "give the badge another authority",
    call: ({ badge, at }) => badge.setAuthority.populateTransaction(at.handover),
    refusal: badgeRestricted,
  },
  {
    name: "add a kind without votes",
    call: ({ badge }) => badge.addKind.populateTransaction(kindConfig()),
    refusal: badgeRestricted,
    except: ["the Safe"],
  },
  {
    name: "close a kind without votes",
    call: ({ badge }) => badge.closeKind.populateTransaction(KIND.BUG),
    refusal: badgeRestricted,
    except: ["the Safe"],
  },
  {
    name: "revoke a badge without votes",
    call: ({ badge }) => badge.revoke.populateTransaction(1, "no reason"),
    refusal: badgeRestricted,
    except: ["the Safe"],
  },
  {
    name: "resume awards",
    call: ({ badge }) => badge.resume.populateTransaction(),
    refusal: badgeRestricted,
    except: ["the Safe"],
  },
  {
    name: "award a badge",
    call: ({ badge, stranger }) => badge.award.populateTransaction(KIND.BUG, stranger, ZeroHash),
    refusal: badgeWants(ROLE.ISSUER),
    except: ["the Safe"],
  },
  {
    name: "change the titles",
    call: ({ badge }) => badge.setTitles.populateTransaction([]),
    refusal: badgeRestricted,
    except: ["the Safe"],
  },
  {
    name: "request a recovery",
    call: ({ badge, member, stranger }) => badge.requestRecovery.populateTransaction(member, stranger),
    refusal: badgeRestricted,
    except: ["the Safe"],
  },
  {
    name: "cancel a recovery",
    call: ({ badge, member }) => badge.cancelRecovery.populateTransaction(member),
    refusal: badgeWants(ROLE.STEWARD),
    except: ["the Safe"],
  },
  {
    name: "change the limits of points, referrals and recoveries",
    call: ({ badge }) => badge.setLimits.populateTransaction(1_000_000, 65_535, 255),
    refusal: badgeRestricted,
  },
  {
    name: "have a season shared without points that were taken",
    call: ({ badge }) => badge.excludePoints.populateTransaction(1, 0),
    refusal: badgeRestricted,
  },
  {
    name: "award what was claimed from a campaign",
    call: ({ badge, stranger }) =>
      badge.awardClaim.populateTransaction(ROLE.ISSUER, stranger, ZeroAddress, KIND.BUG, ZeroHash, 0),
    refusal: ({ badge }, caller) => ({ contract: badge, error: "ContributionBadgeNotDrop", args: [caller] }),
  },
];

export const dropPowers: Power[] = [
  {
    name: "upgrade the drop",
    call: async (dao) =>
      dao.drop.upgradeToAndCall.populateTransaction(await implementation(dao, "drop"), "0x"),
    refusal: dropRestricted,
  },
  {
    name: "open a campaign",
    call: ({ drop, config }) =>
      drop.open.populateTransaction(id("campaign"), {
        root: id("root"),
        deadline: config.handover.communityDate,
        referralKind: 0,
      }),
    refusal: dropRestricted,
    except: ["the Safe"],
  },
  {
    name: "stop a campaign",
    call: ({ drop }) => drop.stop.populateTransaction(id("campaign"), "no reason"),
    refusal: ({ drop }, caller) => ({
      contract: drop,
      error: "RoleRestrictedUnauthorized",
      args: [caller, ROLE.STEWARD],
    }),
    except: ["the Safe"],
  },
  {
    name: "give the drop another authority",
    call: ({ drop, at }) => drop.setAuthority.populateTransaction(at.handover),
    refusal: followsBadge,
  },
];

export const rewardsPowers: Power[] = [
  {
    name: "upgrade the rewards",
    call: async (dao) =>
      dao.rewards.upgradeToAndCall.populateTransaction(await implementation(dao, "rewards"), "0x"),
    refusal: rewardsRestricted,
  },
  {
    name: "give the rewards another authority",
    call: ({ rewards, at }) => rewards.setAuthority.populateTransaction(at.handover),
    refusal: followsBadge,
  },
];
