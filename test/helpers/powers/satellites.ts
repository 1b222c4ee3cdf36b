import { ZeroAddress, ZeroHash } from "ethers";
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
    call: ({ badge }) => badge.halt.populateTransaction(),
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
];
