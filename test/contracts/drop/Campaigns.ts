import { expect } from "chai";
import { encodeBytes32String, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO, ROLE } from "../../helpers/dao.js";
import {
  type Campaign,
  type CampaignOptions,
  draftCampaign,
  fundCampaign,
  openCampaign,
  termsOf,
} from "../../helpers/drop.js";
import { enact, travelTo } from "../../helpers/proposal.js";
import { sendAt } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

const UNKNOWN = encodeBytes32String("unknown");
const FOUR_YEARS = 1_461n * DAY;
const STEWARD_DELAY = 2n * DAY;

const leavesOf = ({ member }: DAO) => [{ claimant: member.address, amount: tokens(10) }];

interface Opened extends DAO {
  campaign: Campaign;
}

async function launchWithCampaign(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection);
  return { ...dao, campaign: await openCampaign(dao, leavesOf(dao)) };
}

async function launchWithDelay(connection: Connection): Promise<Opened> {
  const dao = await launchDAO(connection, { handover: { stewardDelay: STEWARD_DELAY } });
  return { ...dao, campaign: await draftCampaign(dao, leavesOf(dao)) };
}

describe("LoyaltyDrop, campaigns", function () {
  describe("open", function () {
    let dao: DAO;
    let draft: Campaign;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchDAO);
      draft = await draftCampaign(dao, leavesOf(dao));
    });

    async function open(options: CampaignOptions & { root?: string } = {}, name = draft.name) {
      const terms = await termsOf(dao, draft, options);
      const opening = { ...terms, root: options.root ?? terms.root };
      return dao.asSafe(await dao.drop.open.populateTransaction(name, opening));
    }

    it("writes the terms down, and who the issuers were", async function () {
      const { drop, connection } = dao;
      const deadline = (await now(connection)) + DAY;
      const terms = [draft.tree.root, deadline, KIND.BUG];
      await expect(open({ deadline, referralKind: KIND.BUG }))
        .to.emit(drop, "CampaignOpened")
        .withArgs(draft.name, terms);
      expect(await drop.campaignOf(draft.name)).to.deep.equal([terms, 0n, ROLE.ISSUER, false, 0n]);
      expect(await drop.campaignCount()).to.equal(1);
    });

    it("is for the Safe and for passed proposals", async function () {
      const { drop, stranger, owners } = dao;
      const terms = await termsOf(dao, draft);
      for (const caller of [stranger, owners[0]]) {
        await expect(drop.connect(caller).open(draft.name, terms))
          .to.be.revertedWithCustomError(drop, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
      await enact(dao, [await drop.open.populateTransaction(draft.name, terms)]);
      expect((await drop.campaignOf(draft.name)).terms).to.deep.equal(Object.values(terms));
    });

    it("needs a name that isn't zero and wasn't used before, whatever became of it", async function () {
      const { asSafe, drop } = dao;
      const refused = async (name: string) => {
        await expect(open({}, name))
          .to.be.revertedWithCustomError(drop, "LoyaltyDropInvalidCampaign")
          .withArgs(name);
      };
      await refused(ZeroHash);
      await open();
      await refused(draft.name);
      await asSafe(await drop.stop.populateTransaction(draft.name, "over"));
      await drop.close(draft.name);
      await refused(draft.name);
    });

    it("needs a root", async function () {
      await expect(open({ root: ZeroHash })).to.be.revertedWithCustomError(
        dao.drop,
        "LoyaltyDropInvalidRoot",
      );
    });

    for (const [what, ahead, fine] of [
      ["this very second", 0n, false],
      ["the next second", 1n, true],
      ["four years ahead", FOUR_YEARS, true],
      ["a second later than that", FOUR_YEARS + 1n, false],
    ] as const) {
      it(`${fine ? "takes" : "refuses"} a deadline ${what}`, async function () {
        const { drop, connection } = dao;
        const at = (await now(connection)) + 60n;
        const deadline = at + ahead;
        const opening = sendAt(at, () => open({ deadline }));
        if (fine) {
          await expect(opening).to.emit(drop, "CampaignOpened");
        } else {
          await expect(opening)
            .to.be.revertedWithCustomError(drop, "LoyaltyDropInvalidDeadline")
            .withArgs(deadline);
        }
      });
    }

    it("rewards referrals with a kind that there is, and that has no votes", async function () {
      const { drop, badge } = dao;
      await expect(open({ referralKind: KIND.AMBASSADOR }))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropVotingReferral")
        .withArgs(KIND.AMBASSADOR);
      await expect(open({ referralKind: 4n }))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNonexistentKind")
        .withArgs(4);
    });
  });

  describe("with a delay for the steward", function () {
    it("are opened after it was scheduled, and stopped at once", async function () {
      const dao = await networkHelpers.loadFixture(launchWithDelay);
      const { asSafe, drop, manager, at, safe, campaign } = dao;
      const terms = await termsOf(dao, campaign);
      const opening = await drop.open.populateTransaction(campaign.name, terms);
      const operation = await manager.hashOperation(safe.address, at.drop, opening.data);
      await expect(asSafe(opening))
        .to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled")
        .withArgs(operation);
      await asSafe(await manager.schedule.populateTransaction(at.drop, opening.data, 0));
      await travelTo(await manager.getSchedule(operation));
      await expect(asSafe(await manager.execute.populateTransaction(at.drop, opening.data)))
        .to.emit(drop, "CampaignOpened")
        .withArgs(campaign.name, Object.values(terms));

      await expect(asSafe(await drop.stop.populateTransaction(campaign.name, "wrong list")))
        .to.emit(drop, "CampaignStopped")
        .withArgs(campaign.name, "wrong list");
    });
  });

  describe("an open one", function () {
    let dao: Opened;
    let campaign: Campaign;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithCampaign);
      ({ campaign } = dao);
    });

    const stop = async (reason = "a mistake in the list") =>
      dao.asSafe(await dao.drop.stop.populateTransaction(campaign.name, reason));

    const deadline = async () => (await dao.drop.campaignOf(campaign.name)).terms.deadline;

    async function expectOver(attempt: Promise<unknown>): Promise<void> {
      await expect(attempt)
        .to.be.revertedWithCustomError(dao.drop, "LoyaltyDropCampaignOver")
        .withArgs(campaign.name);
    }

    it("isn't there under another name", async function () {
      const { asSafe, drop, stranger, member } = dao;
      const [, leaf, proof] = await campaign.args(0);
      const stopping = await drop.stop.populateTransaction(UNKNOWN, "");
      for (const attempt of [
        () => drop.campaignOf(UNKNOWN),
        () => drop.connect(stranger).fund(UNKNOWN, 1),
        () => drop.connect(stranger).close(UNKNOWN),
        () => drop.connect(member).claim(UNKNOWN, leaf, proof, member, ZeroAddress, "0x"),
        () => asSafe(stopping),
      ]) {
        await expect(attempt())
          .to.be.revertedWithCustomError(drop, "LoyaltyDropNonexistentCampaign")
          .withArgs(UNKNOWN);
      }
    });

    it("is funded by anyone, and more than once", async function () {
      const { drop, token, holders } = dao;
      const [alice, bob] = holders;
      const funding = fundCampaign(dao, campaign, tokens(60));
      await expect(funding).to.emit(drop, "CampaignFunded").withArgs(campaign.name, alice, tokens(60));
      await expect(funding).to.changeTokenBalances(ethers, token, [alice, drop], [-tokens(60), tokens(60)]);
      await token.connect(bob).approve(drop, tokens(5));
      await drop.connect(bob).fund(campaign.name, tokens(5));
      expect((await drop.campaignOf(campaign.name)).tokens).to.equal(tokens(65));
    });

    it("isn't funded with nothing, with more than it can keep, or without an allowance", async function () {
      const { drop, token, holders } = dao;
      const [alice] = holders;
      await fundCampaign(dao, campaign, 1n);
      await token.connect(alice).approve(drop, ethers.MaxUint256);
      for (const amount of [0n, 2n ** 128n - 1n, ethers.MaxUint256]) {
        await expect(drop.connect(alice).fund(campaign.name, amount))
          .to.be.revertedWithCustomError(drop, "LoyaltyDropInvalidAmount")
          .withArgs(amount);
      }
      await token.connect(alice).approve(drop, 9);
      await expect(drop.connect(alice).fund(campaign.name, 10))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(drop, 9, 10);
      expect((await drop.campaignOf(campaign.name)).tokens).to.equal(1);
    });

    it("is stopped by the Safe, by a passed proposal, and by nobody else", async function () {
      const { drop, stranger } = dao;
      await expect(drop.connect(stranger).stop(campaign.name, "for fun"))
        .to.be.revertedWithCustomError(drop, "RoleRestrictedUnauthorized")
        .withArgs(stranger, ROLE.STEWARD);
      const second = await openCampaign(dao, leavesOf(dao), { name: "夏" });
      await expect(stop()).to.emit(drop, "CampaignStopped").withArgs(campaign.name, "a mistake in the list");
      expect((await drop.campaignOf(campaign.name)).stopped).to.equal(true);
      await enact(dao, [await drop.stop.populateTransaction(second.name, "voted")]);
      expect((await drop.campaignOf(second.name)).stopped).to.equal(true);
    });

    it("once stopped, takes no claims, no tokens, and isn't stopped again", async function () {
      await fundCampaign(dao, campaign, tokens(20));
      await stop();
      await expectOver(campaign.claim(dao.member, 0));
      await expectOver(fundCampaign(dao, campaign, 1n));
      await expectOver(stop());
    });

    it("takes claims and tokens until the last second before its deadline, and not in it", async function () {
      const { drop, token, member, holders } = dao;
      const [alice] = holders;
      await fundCampaign(dao, campaign, tokens(20));
      await token.connect(alice).approve(drop, 2);
      const end = await deadline();
      const before = await networkHelpers.takeSnapshot();
      const steps = {
        Claimed: () => campaign.claim(member, 0),
        CampaignFunded: () => drop.connect(alice).fund(campaign.name, 1),
        CampaignStopped: () => stop(),
      };
      for (const [event, step] of Object.entries(steps)) {
        await expectOver(sendAt(end, step));
        await before.restore();
        await expect(sendAt(end - 1n, step)).to.emit(drop, event);
        await before.restore();
      }
    });

    it("gives the treasury what is left, once it is over", async function () {
      const { drop, token, at, member, stranger } = dao;
      await fundCampaign(dao, campaign, tokens(25));
      await campaign.claim(member, 0);
      const end = await deadline();
      await expect(sendAt(end - 1n, () => drop.connect(stranger).close(campaign.name)))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropCampaignRunning")
        .withArgs(campaign.name);
      await travelTo(end);
      expect(await drop.connect(stranger).close.staticCall(campaign.name)).to.equal(tokens(15));
      const closing = drop.connect(stranger).close(campaign.name);
      await expect(closing).to.emit(drop, "CampaignClosed").withArgs(campaign.name, tokens(15));
      await expect(closing).to.changeTokenBalances(
        ethers,
        token,
        [drop, at.timelock, stranger],
        [-tokens(15), tokens(15), 0],
      );
      expect((await drop.campaignOf(campaign.name)).tokens).to.equal(0);
    });

    it("gives it back at once when it was stopped", async function () {
      const { drop, token, at } = dao;
      await fundCampaign(dao, campaign, tokens(25));
      await stop();
      await expect(drop.close(campaign.name)).to.changeTokenBalance(ethers, token, at.timelock, tokens(25));
    });
  });
});
