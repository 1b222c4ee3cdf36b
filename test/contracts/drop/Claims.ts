import { expect } from "chai";
import { id as hash, Wallet, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { type Campaign, leafNode, openCampaign } from "../../helpers/drop.js";
import { enact } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const EVIDENCE = hash("salt, and what it was for");
const OWN_ROLE = 4n;

/** Positions of the leaves. */
const LEAF = {
  BOTH: 0,
  TOKENS: 1,
  BADGE: 2,
  NEITHER: 3,
  KEY: 4,
  KEY_NEITHER: 5,
  MUCH: 6,
  OWN_ROLE: 7,
} as const;

interface Opened extends DAO {
  key: Wallet;
  campaign: Campaign;
}

/** A campaign with leaves for the member and for a claim key. */
async function launchWithCampaign(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection);
  const { asSafe, badge, member } = dao;
  await asSafe(await badge.addKind.populateTransaction(kindConfig({ issuerRole: ROLE.FIRST_CUSTOM })));
  const key = new Wallet(hash("claim key"));
  const claimant = member.address;
  const campaign = await openCampaign(
    dao,
    [
      { claimant, amount: tokens(10), kind: KIND.BUG, evidence: EVIDENCE },
      { claimant, amount: tokens(20) },
      { claimant, kind: KIND.AMBASSADOR },
      { claimant },
      { claimant: key.address, byKey: true, amount: tokens(30), kind: KIND.RECIPE, evidence: EVIDENCE },
      { claimant: key.address, byKey: true },
      { claimant, amount: tokens(1_000) },
      { claimant, kind: OWN_ROLE },
    ],
    { funding: tokens(100) },
  );
  return { ...dao, key, campaign };
}

describe("LoyaltyDrop, claims", function () {
  let dao: Opened;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithCampaign);
  });

  describe("of a leaf for an account", function () {
    it("give tokens and a badge, and say so", async function () {
      const { drop, badge, token, member, campaign } = dao;
      const claiming = campaign.claim(member, LEAF.BOTH);
      await expect(claiming).to.emit(drop, "Claimed").withArgs(campaign.name, LEAF.BOTH, member, tokens(10));
      await expect(claiming).to.emit(badge, "BadgesAwarded").withArgs(drop, KIND.BUG, 1, [EVIDENCE], "");
      await expect(claiming).to.changeTokenBalances(ethers, token, [drop, member], [-tokens(10), tokens(10)]);
      expect(await badge.ownerOf(1)).to.equal(member);
      expect(await badge.pointsOf(member)).to.equal(10);
      const after = await drop.campaignOf(campaign.name);
      expect([after.tokens, after.claims]).to.deep.equal([tokens(90), 1n]);
    });

    it("can be delivered by a stranger, who gets nothing", async function () {
      const { token, badge, member, stranger, campaign } = dao;
      await expect(campaign.claim(stranger, LEAF.BOTH)).to.changeTokenBalances(
        ethers,
        token,
        [member, stranger],
        [tokens(10), 0],
      );
      expect(await badge.balanceOf(stranger)).to.equal(0);
      expect(await badge.balanceOf(member)).to.equal(1);
    });

    it("give tokens alone", async function () {
      const { badge, token, member, campaign } = dao;
      const claiming = campaign.claim(member, LEAF.TOKENS);
      await expect(claiming).to.changeTokenBalance(ethers, token, member, tokens(20));
      await expect(claiming).not.to.emit(badge, "BadgesAwarded");
    });

    it("give a badge alone, with the votes of its kind", async function () {
      const { drop, badge, token, member, campaign } = dao;
      const claiming = campaign.claim(member, LEAF.BADGE);
      await expect(claiming).to.emit(drop, "Claimed").withArgs(campaign.name, LEAF.BADGE, member, 0);
      await expect(claiming)
        .to.emit(badge, "BadgesAwarded")
        .withArgs(drop, KIND.AMBASSADOR, 1, [ZeroHash], "");
      await expect(claiming).not.to.emit(token, "Transfer");
      expect(await token.getVotes(member)).to.equal(tokens(1_000));
      const after = await drop.campaignOf(campaign.name);
      expect([after.tokens, after.claims]).to.deep.equal([tokens(100), 1n]);
    });

    it("give neither, and are made all the same", async function () {
      const { drop, badge, token, member, campaign } = dao;
      const claiming = campaign.claim(member, LEAF.NEITHER);
      await expect(claiming).to.emit(drop, "Claimed").withArgs(campaign.name, LEAF.NEITHER, member, 0);
      await expect(claiming).not.to.emit(badge, "BadgesAwarded");
      await expect(claiming).not.to.emit(token, "Transfer");
      expect(await drop.isClaimed(campaign.name, LEAF.NEITHER)).to.equal(true);
    });

    it("go to nobody but that account", async function () {
      const { drop, member, stranger, campaign } = dao;
      for (const [caller, account] of [
        [stranger, stranger.address],
        [member, stranger.address],
        [member, ZeroAddress],
      ] as const) {
        await expect(campaign.claim(caller, LEAF.BOTH, { account, signer: member }))
          .to.be.revertedWithCustomError(drop, "ClaimantMismatch")
          .withArgs(member, account);
      }
    });
  });

  describe("of a leaf for a claim key", function () {
    it("go where the key's holder signed that they should", async function () {
      const { drop, badge, token, key, other, stranger, campaign } = dao;
      const claiming = campaign.claim(stranger, LEAF.KEY, { account: other, signer: key });
      await expect(claiming).to.emit(drop, "Claimed").withArgs(campaign.name, LEAF.KEY, other, tokens(30));
      await expect(claiming).to.emit(badge, "BadgesAwarded").withArgs(drop, KIND.RECIPE, 1, [EVIDENCE], "");
      await expect(claiming).to.changeTokenBalances(ethers, token, [other, stranger], [tokens(30), 0]);
      expect(await badge.ownerOf(1)).to.equal(other);
    });

    it("can give neither tokens nor a badge", async function () {
      const { drop, key, other, stranger, campaign } = dao;
      await expect(campaign.claim(stranger, LEAF.KEY_NEITHER, { account: other, signer: key }))
        .to.emit(drop, "Claimed")
        .withArgs(campaign.name, LEAF.KEY_NEITHER, other, 0);
    });

    it("can't go to the zero address", async function () {
      const { drop, key, stranger, campaign } = dao;
      await expect(campaign.claim(stranger, LEAF.KEY, { account: ZeroAddress, signer: key }))
        .to.be.revertedWithCustomError(drop, "ClaimantMismatch")
        .withArgs(key.address, ZeroAddress);
    });

    it("need the key's signature, and no other", async function () {
      const { drop, key, other, campaign } = dao;
      const [name, leaf, proof, account, referrer, signature] = await campaign.args(LEAF.KEY, {
        account: other,
        signer: key,
      });
      const [, , , , , others] = await campaign.args(LEAF.KEY, { account: other, signer: other });
      for (const wrong of ["0x", others, ethers.dataSlice(signature, 0, 64), `${signature}00`]) {
        await expect(drop.connect(other).claim(name, leaf, proof, account, referrer, wrong))
          .to.be.revertedWithCustomError(drop, "ClaimantInvalidSignature")
          .withArgs(key.address);
      }
    });
  });

  it("are remembered, each by its index", async function () {
    const { drop, member, campaign } = dao;
    await campaign.claim(member, LEAF.TOKENS);
    for (const { index } of campaign.leaves) {
      expect(await drop.isClaimed(campaign.name, index)).to.equal(index === BigInt(LEAF.TOKENS));
    }
    expect(await drop.isClaimed(ethers.encodeBytes32String("another"), LEAF.TOKENS)).to.equal(false);
  });

  it("have a node in the tree that anybody can compute", async function () {
    const { drop, at, campaign } = dao;
    const { chainId } = await ethers.provider.getNetwork();
    for (const leaf of campaign.leaves) {
      const node = leafNode(chainId, at.drop, campaign.name, leaf);
      expect(await drop.leafHash(campaign.name, leaf)).to.equal(node);
    }
  });

  it("need as many tokens as the leaf gives, and can wait for them", async function () {
    const { drop, token, member, holders, campaign } = dao;
    const [alice] = holders;
    const refused = async () => {
      await expect(campaign.claim(member, LEAF.MUCH))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropUnderfunded")
        .withArgs(campaign.name, tokens(1_000), tokens(80));
    };
    await campaign.claim(member, LEAF.TOKENS);
    await refused();
    // A transfer is no funding.
    await token.connect(alice).transfer(drop, tokens(920));
    await refused();
    await token.connect(alice).approve(drop, tokens(920));
    await drop.connect(alice).fund(campaign.name, tokens(920));
    const claiming = campaign.claim(member, LEAF.MUCH);
    await expect(claiming).to.changeTokenBalance(ethers, token, member, tokens(1_000));
    expect((await drop.campaignOf(campaign.name)).tokens).to.equal(0);
  });

  it("stop while awards are halted, for tokens alone too, and go on afterwards", async function () {
    const { asSafe, badge, drop, handover, owners, member, campaign } = dao;
    await handover.connect(owners[0]).haltAwards();
    for (const leaf of [LEAF.BOTH, LEAF.TOKENS, LEAF.BADGE, LEAF.NEITHER]) {
      await expect(campaign.claim(member, leaf)).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeHalted",
      );
    }
    await asSafe(await badge.resume.populateTransaction());
    await expect(campaign.claim(member, LEAF.BOTH)).to.emit(drop, "Claimed");
  });

  it("give no badge of a kind that has an issuer role of its own", async function () {
    const { badge, member, campaign } = dao;
    await expect(campaign.claim(member, LEAF.OWN_ROLE))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotClaimable")
      .withArgs(OWN_ROLE);
  });

  it("give no badge of a kind that is closed, and the tokens with it neither", async function () {
    const { asSafe, badge, drop, member, campaign } = dao;
    await asSafe(await badge.closeKind.populateTransaction(KIND.BUG));
    await expect(campaign.claim(member, LEAF.BOTH))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeKindClosed")
      .withArgs(KIND.BUG);
    expect(await drop.isClaimed(campaign.name, LEAF.BOTH)).to.equal(false);
  });

  it("are the only way to have the drop award", async function () {
    const { badge, stranger, safe, asSafe } = dao;
    const call = await badge.awardClaim.populateTransaction(3, stranger, ZeroAddress, KIND.BUG, ZeroHash, 0);
    await expect(stranger.sendTransaction(call))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotDrop")
      .withArgs(stranger);
    await expect(asSafe(call))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeNotDrop")
      .withArgs(safe.address);
  });

  describe("after the issuer role was rotated", function () {
    beforeEach(async function () {
      await enact(dao, [await dao.badge.rotateIssuerRole.populateTransaction()]);
    });

    it("give tokens, and no badges", async function () {
      const { badge, drop, token, member, campaign } = dao;
      await expect(campaign.claim(member, LEAF.BADGE))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropIssuerRotated")
        .withArgs(campaign.name);
      expect(await drop.isClaimed(campaign.name, LEAF.BADGE)).to.equal(false);
      for (const leaf of [LEAF.BOTH, LEAF.TOKENS]) {
        const before = await token.balanceOf(member);
        await campaign.claim(member, leaf);
        expect(await token.balanceOf(member)).to.be.greaterThan(before);
      }
      expect(await badge.balanceOf(member)).to.equal(0);
    });

    it("give badges in campaigns that are opened from then on", async function () {
      const { badge, drop, member } = dao;
      const later = await openCampaign(dao, [{ claimant: member.address, kind: KIND.BUG }], { name: "夏" });
      expect((await drop.campaignOf(later.name)).issuerRole).to.equal(ROLE.ISSUER + 2n ** 32n);
      await expect(later.claim(member, 0))
        .to.emit(badge, "BadgesAwarded")
        .withArgs(drop, KIND.BUG, 1, [ZeroHash], "");
    });
  });
});
