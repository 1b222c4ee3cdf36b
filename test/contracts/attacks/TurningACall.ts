import { expect } from "chai";
import { type Contract, ZeroHash } from "ethers";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import {
  callTerms,
  endCall,
  ideaId,
  launchWithStewardedModules,
  makeMembers,
  MODULE_KIND,
  type ModularDAO,
  openCall,
  openSupport,
  type SignedSupport,
  signSupport,
  STATUS,
  submitIdea,
  winnersOf,
} from "../../helpers/modules.js";
import { enact, enactLater } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const TOKEN = 10n ** 8n;
const GAS = 300_000n;

/** Of the contract Hostile. */
const MOOD = { burnsGas: 2, returnsMuch: 3, revertsWithMuch: 4, takesNearlyAll: 5 } as const;

/** A call with three ideas of a member, in which support is taken. */
async function launchWithCall(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  await makeMembers(dao, dao.member, dao.other);
  const call = await openCall(dao, { supportFor: 8n * DAY });
  for (let index = 0; index < 3; index++) await submitIdea(dao, call, dao.member);
  await openSupport(dao, call);
  return dao;
}

const CALL = 1n;
const [FIRST, SECOND, THIRD] = [ideaId(CALL, 0), ideaId(CALL, 1), ideaId(CALL, 2)] as const;

describe("Attack: a call's result is turned", function () {
  let dao: ModularDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithCall);
  });

  describe("with votes", function () {
    it("that were bought or rented after the snapshot", async function () {
      const { board, token, holders, stranger, other } = dao;
      await token.connect(holders[0]).transfer(stranger, tokens(300_000));
      await token.connect(holders[1]).delegate(other);
      for (const who of [stranger, other]) {
        await expect(board.connect(who).support([FIRST]))
          .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
          .withArgs(CALL, who);
      }
      // Those who had them count, and once.
      await board.connect(holders[0]).support([SECOND]);
      expect(await winnersOf(dao, CALL)).to.deep.equal([[SECOND, 300_000n * TOKEN]]);
    });

    it("of the treasury, by a proposal", async function () {
      const { board, at } = dao;
      expect(await board.weightOf(CALL, at.timelock)).to.equal(0);
      const support = await board.support.populateTransaction([FIRST]);
      await expect(enactLater(dao, [support]).execute())
        .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
        .withArgs(CALL, at.timelock);
    });

    it("that are so many that a tally overflows", async function () {
      const rich = await networkHelpers.loadFixture(launchRich);
      const { board, holders, member } = rich;
      const call = await openCall(rich);
      const idea = await submitIdea(rich, call, member);
      await openSupport(rich, call);
      for (const holder of holders) await board.connect(holder).support([idea]);
      expect((await board.ideaOf(idea)).tally).to.equal(CAP * TOKEN);
    });

    const CAP = 63_382_530_011n;

    /** All tokens that there can be, in few hands. */
    async function launchRich(connection: Connection): Promise<ModularDAO> {
      const { people } = await import("../../helpers/dao.js");
      const { holders } = await people(connection);
      const launched = await launchWithStewardedModules(connection, {
        token: {
          capTokens: CAP,
          allocations: holders.map(({ address }, index) => ({
            account: address,
            amount: tokens(index === 0 ? CAP - 2n : 1n),
          })),
        },
      });
      await makeMembers(launched, launched.member);
      return launched;
    }
  });

  describe("by a steward", function () {
    it("who hides what the DAO has voted to adopt", async function () {
      const { board, asSafe } = dao;
      await board.connect(dao.holders[0]).support([FIRST]);
      const proposal = enactLater(dao, [await board.adopt.populateTransaction(FIRST)]);
      await proposal;
      await endCall(dao, CALL);
      await asSafe(await board.hide.populateTransaction(FIRST, "not this one"));
      await proposal.execute();
      expect((await board.ideaOf(FIRST)).status).to.equal(STATUS.adopted);
    });

    it("who adopts it first, and even ships it, so that the proposal would fail", async function () {
      const { board, asSafe, at } = dao;
      const proposal = enactLater(dao, [
        await board.adopt.populateTransaction(FIRST),
        await board.adopt.populateTransaction(SECOND),
      ]);
      await proposal;
      await endCall(dao, CALL);
      await asSafe(await board.adopt.populateTransaction(FIRST));
      await asSafe(await board.ship.populateTransaction(FIRST, ZeroHash, ""));
      await proposal.execute();
      expect((await board.ideaOf(FIRST)).status).to.equal(STATUS.shipped);
      expect((await board.ideaOf(SECOND)).status).to.equal(STATUS.adopted);
      // The record has both.
      const events = await board.queryFilter(board.filters.IdeaAdopted(FIRST));
      expect(events.map(({ args }) => args.adopter)).to.deep.equal([dao.safe.address, at.timelock]);
    });

    it("who hides a rival's winner: it wins all the same, and the record says who hid it, and why", async function () {
      const { board, asSafe, holders, safe } = dao;
      await board.connect(holders[0]).support([SECOND]);
      await asSafe(await board.hide.populateTransaction(SECOND, "off topic"));
      await board.connect(holders[1]).support([SECOND, THIRD]);
      await endCall(dao, CALL);
      expect(await winnersOf(dao, CALL)).to.deep.equal([
        [SECOND, 500_000n * TOKEN],
        [THIRD, 200_000n * TOKEN],
      ]);
      const [event] = await board.queryFilter(board.filters.IdeaHidden(SECOND));
      expect([event?.args.steward, event?.args.reason]).to.deep.equal([safe.address, "off topic"]);
    });

    it("who promises badges with votes to an author of its choice", async function () {
      const { board, asSafe } = dao;
      const terms = callTerms({ badgeKind: MODULE_KIND.VOTING_CO_CREATOR });
      await expect(asSafe(await board.open.populateTransaction(terms)))
        .to.be.revertedWithCustomError(board, "IdeaBoardVotingKind")
        .withArgs(MODULE_KIND.VOTING_CO_CREATOR);
    });

    it("who ships for a badge twice, or one that didn't win", async function () {
      const { board, badge, asSafe, holders } = dao;
      await board.connect(holders[0]).support([FIRST]);
      await endCall(dao, CALL);
      const before = await badge.totalAwarded();
      for (const idea of [FIRST, SECOND]) {
        await asSafe(await board.adopt.populateTransaction(idea));
        await asSafe(await board.ship.populateTransaction(idea, ZeroHash, ""));
        for (const step of [
          await board.adopt.populateTransaction(idea),
          await board.ship.populateTransaction(idea, ZeroHash, ""),
        ]) {
          await expect(asSafe(step)).to.be.revertedWithCustomError(board, "IdeaBoardWrongStatus");
        }
      }
      expect(await badge.totalAwarded()).to.equal(before + 1n);
    });

    it("who keeps promising after the handover", async function () {
      const { board, handover, safe, asSafe } = dao;
      await networkHelpers.time.increaseTo(await handover.communityDate());
      await handover.handOver();
      for (const step of [
        await board.open.populateTransaction(callTerms()),
        await board.adopt.populateTransaction(FIRST),
        await board.ship.populateTransaction(FIRST, ZeroHash, ""),
      ]) {
        await expect(asSafe(step))
          .to.be.revertedWithCustomError(board, "AccessManagedUnauthorized")
          .withArgs(safe.address);
      }
      await expect(asSafe(await board.hide.populateTransaction(FIRST, "why"))).to.be.revertedWithCustomError(
        board,
        "RoleRestrictedUnauthorized",
      );
      await enact(dao, [await board.adopt.populateTransaction(FIRST)]);
    });
  });

  describe("by a member", function () {
    it("who floods it with ideas: there are as many as the call lets each have, and they change nobody's count", async function () {
      const { board, member, other, holders } = dao;
      const call = await openCall(dao, { ideasPerMember: 1n });
      const idea = await submitIdea(dao, call, other);
      await submitIdea(dao, call, member);
      for (let again = 0; again < 3; again++) {
        await expect(board.connect(member).submit(call, "spam", "", ZeroHash))
          .to.be.revertedWithCustomError(board, "IdeaBoardIdeasLimited")
          .withArgs(call, member, 1);
      }
      await openSupport(dao, call);
      await board.connect(holders[0]).support([idea]);
      expect(await winnersOf(dao, call)).to.deep.equal([[idea, 300_000n * TOKEN]]);
    });
  });

  describe("by a wallet that burns the batch that its support is in", function () {
    for (const [what, mood] of Object.entries(MOOD)) {
      it(`as it ${what}: the others are taken, and it costs what one may`, async function () {
        const { board, holders } = dao;
        const hostile: Contract = await ethers.deployContract("Hostile");
        await hostile.getFunction("become").send(mood);
        const bad: SignedSupport = {
          supporter: await hostile.getAddress(),
          ideas: [FIRST],
          signature: `0x${"11".repeat(65)}`,
        };
        const good = await Promise.all(holders.map((holder) => signSupport(board, holder, [FIRST])));
        const [first, ...others] = good as [SignedSupport, ...SignedSupport[]];
        const sent = board.relay([first, bad, ...others], GAS, { gasLimit: 3_000_000n });
        await expect(sent).to.emit(board, "SupportRefused");
        const receipt = await (await sent).wait();
        expect(receipt?.gasUsed).to.be.below(GAS + 320_000n);
        expect(await winnersOf(dao, CALL)).to.deep.equal([[FIRST, 600_000n * TOKEN]]);
      });
    }
  });
});
