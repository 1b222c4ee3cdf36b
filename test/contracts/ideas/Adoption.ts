import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { connect, type Connection, DAY } from "../../helpers/chain.js";
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
  pollTerms,
  STATUS,
  submitIdea,
} from "../../helpers/modules.js";
import { enact, travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const WINNER = ideaId(1n, 0);
const ALSO = ideaId(1n, 1);
const LOSER = ideaId(1n, 2);
const UNSUPPORTED = ideaId(1n, 3);
const BADGE = 6n;
const URI = "https://example.org/blend";

/** A call that `member` won, with two winners; its four ideas were submitted by `member`, and supported but for one. */
async function launchWithResult(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  const { board, holders, member, other } = dao;
  await makeMembers(dao, ...holders, member, other);
  const call = await openCall(dao, { winners: 2n, ideasPerMember: 4n });
  for (let index = 0; index < 4; index++) await submitIdea(dao, call, member);
  await openSupport(dao, call);
  await board.connect(holders[0]).support([WINNER, ALSO]);
  await board.connect(holders[1]).support([WINNER]);
  await board.connect(holders[2]).support([LOSER]);
  return dao;
}

describe("Adopting and shipping", function () {
  let dao: ModularDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithResult);
  });

  const adopt = async (idea: bigint) => dao.asSafe(await dao.board.adopt.populateTransaction(idea));
  const ship = async (idea: bigint, uri = URI) =>
    dao.asSafe(await dao.board.ship.populateTransaction(idea, id("evidence"), uri));
  const statusOf = async (idea: bigint) => (await dao.board.ideaOf(idea)).status;

  describe("adopt", function () {
    it("waits for the end of the call, whoever calls", async function () {
      const { board } = dao;
      const { end } = await board.callOf(1);
      await networkHelpers.time.increaseTo(end - 3n);
      await expect(adopt(WINNER)).to.be.revertedWithCustomError(board, "IdeaBoardNotFinal").withArgs(1, end);
      await travelTo(end);
      await expect(adopt(WINNER)).to.emit(board, "IdeaAdopted").withArgs(WINNER, dao.safe.address);
      expect(await statusOf(WINNER)).to.equal(STATUS.adopted);
    });

    it("is for any idea, once, where a steward calls", async function () {
      const { board } = dao;
      await endCall(dao, 1n);
      await adopt(LOSER);
      await expect(adopt(LOSER))
        .to.be.revertedWithCustomError(board, "IdeaBoardWrongStatus")
        .withArgs(LOSER, STATUS.adopted);
      await expect(adopt(ideaId(1n, 4)))
        .to.be.revertedWithCustomError(board, "IdeaBoardNonexistentIdea")
        .withArgs(ideaId(1n, 4));
    });

    it("isn't a steward's where the idea is hidden", async function () {
      const { board, asSafe } = dao;
      await endCall(dao, 1n);
      await asSafe(await board.hide.populateTransaction(WINNER, "why"));
      await expect(adopt(WINNER)).to.be.revertedWithCustomError(board, "IdeaBoardHidden").withArgs(WINNER);
      await asSafe(await board.show.populateTransaction(WINNER, "why"));
      await adopt(WINNER);
    });

    it("works for a passed proposal, and an option of a poll", async function () {
      const { board, at, asSafe, holders } = dao;
      await asSafe(await board.open.populateTransaction(pollTerms(["one", "two"])));
      const option = ideaId(2n, 1);
      await networkHelpers.mine();
      await board.connect(holders[0]).support([option]);
      await endCall(dao, 2n);
      await enact(dao, [await board.adopt.populateTransaction(option)]);
      expect(await statusOf(option)).to.equal(STATUS.adopted);
      const [event] = await board.queryFilter(board.filters.IdeaAdopted(option));
      expect(event?.args.adopter).to.equal(at.timelock);
      // Nobody submitted it, and so nobody is awarded for it.
      await expect(ship(option)).to.emit(board, "IdeaShipped").withArgs(option, dao.safe.address, 0, URI);
    });

    it("is nobody else's", async function () {
      const { board, member } = dao;
      await endCall(dao, 1n);
      for (const sent of [
        board.connect(member).adopt(WINNER),
        board.connect(member).ship(WINNER, ZeroHash, ""),
      ]) {
        await expect(sent).to.be.revertedWithCustomError(board, "AccessManagedUnauthorized").withArgs(member);
      }
    });
  });

  describe("ship", function () {
    beforeEach(async function () {
      await endCall(dao, 1n);
    });

    it("awards the author of a winner, once", async function () {
      const { board, badge, member, safe } = dao;
      await adopt(WINNER);
      const sent = ship(WINNER);
      await expect(sent).to.emit(board, "IdeaShipped").withArgs(WINNER, safe.address, BADGE, URI);
      await expect(sent)
        .to.emit(badge, "BadgesAwarded")
        .withArgs(board, MODULE_KIND.CO_CREATOR, BADGE, [id("evidence")], "");
      expect(await badge.ownerOf(BADGE)).to.equal(member);
      expect(await statusOf(WINNER)).to.equal(STATUS.shipped);
      await expect(ship(WINNER))
        .to.be.revertedWithCustomError(board, "IdeaBoardWrongStatus")
        .withArgs(WINNER, STATUS.shipped);
      await expect(adopt(WINNER))
        .to.be.revertedWithCustomError(board, "IdeaBoardWrongStatus")
        .withArgs(WINNER, STATUS.shipped);
    });

    it("awards each winner's author, and nothing for an idea that didn't win", async function () {
      const { badge, board } = dao;
      for (const idea of [LOSER, UNSUPPORTED, ALSO]) {
        await adopt(idea);
        await expect(ship(idea))
          .to.emit(board, "IdeaShipped")
          .withArgs(idea, dao.safe.address, idea === ALSO ? BADGE : 0n, URI);
      }
      expect(await badge.totalAwarded()).to.equal(BADGE);
    });

    it("awards nothing where the call promised nothing", async function () {
      const { board, badge, holders, member } = dao;
      const call = await openCall(dao, { badgeKind: 0n });
      const idea = await submitIdea(dao, call, member);
      await openSupport(dao, call);
      await board.connect(holders[0]).support([idea]);
      await endCall(dao, call);
      await adopt(idea);
      await ship(idea, "");
      expect([await badge.totalAwarded(), await statusOf(idea)]).to.deep.equal([BADGE - 1n, STATUS.shipped]);
    });

    it("needs the idea to be adopted, and a URI of at most 2,000 bytes", async function () {
      const { board } = dao;
      await expect(ship(WINNER))
        .to.be.revertedWithCustomError(board, "IdeaBoardWrongStatus")
        .withArgs(WINNER, STATUS.submitted);
      await adopt(WINNER);
      await expect(ship(WINNER, "x".repeat(2_001)))
        .to.be.revertedWithCustomError(board, "IdeaBoardInvalidText")
        .withArgs(2_001, 0, 2_000);
      await ship(WINNER, "x".repeat(2_000));
    });

    it("waits while awards are halted, and is tried again", async function () {
      const { board, badge, handover, owners, asSafe } = dao;
      await adopt(WINNER);
      await handover.connect(owners[0]).haltAwards();
      await expect(ship(WINNER)).to.be.revertedWithCustomError(badge, "ContributionBadgeHalted");
      expect(await statusOf(WINNER)).to.equal(STATUS.adopted);
      await asSafe(await badge.resume.populateTransaction());
      await expect(ship(WINNER)).to.emit(board, "IdeaShipped");
    });

    it("awards nothing any more for a call of the Safe when the issuers were replaced", async function () {
      const { board, badge, handover } = dao;
      await travelTo(await handover.communityDate());
      await handover.handOver();
      await enact(dao, [
        await board.adopt.populateTransaction(WINNER),
        await board.ship.populateTransaction(WINNER, ZeroHash, ""),
      ]);
      expect([await badge.totalAwarded(), await statusOf(WINNER)]).to.deep.equal([
        BADGE - 1n,
        STATUS.shipped,
      ]);
    });

    it("awards what a passed proposal promised, with votes too, whoever issues by then", async function () {
      const { board, badge, handover, holders, member, token } = dao;
      const terms = callTerms({ badgeKind: MODULE_KIND.VOTING_CO_CREATOR, ideasFor: 365n * DAY });
      await enact(dao, [await board.open.populateTransaction(terms)]);
      const idea = await submitIdea(dao, 2n, member);
      await openSupport(dao, 2n);
      await board.connect(holders[0]).support([idea]);
      await endCall(dao, 2n);
      await handover.handOver();
      const before = await token.contributionVotes(member);
      await enact(dao, [
        await board.adopt.populateTransaction(idea),
        await board.ship.populateTransaction(idea, ZeroHash, ""),
      ]);
      expect(await badge.ownerOf(BADGE)).to.equal(member);
      expect(await token.contributionVotes(member)).to.be.above(before);
    });

    it("awards the account that submitted the idea, whoever recovered it", async function () {
      const { badge, member, stranger } = dao;
      await dao.asSafe(await badge.requestRecovery.populateTransaction(member, stranger));
      await travelTo((await badge.recoveryOf(member)).eta);
      await badge.recover(member, [4]);
      await adopt(WINNER);
      await ship(WINNER);
      expect(await badge.ownerOf(BADGE)).to.equal(member);
    });
  });
});
