import { expect } from "chai";
import { id, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { kindConfig, ROLE } from "../../helpers/dao.js";
import {
  BOARD_ROLE,
  type CallTerms,
  callTerms,
  CHOICE,
  COUNTING,
  ideaId,
  launchWithModules,
  launchWithStewardedModules,
  type ModularDAO,
  MODULE_KIND,
  openCall,
  pollTerms,
  STATUS,
} from "../../helpers/modules.js";
import { enact } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const YEAR = 365n * DAY;
const TEN_MINUTES = 600n;
const PACKAGES = ["赤い缶", "青い缶", "A paper bag", "木箱"];

/** A DAO that has more kinds: one for its issuers, one that is closed, one of a role that the board doesn't have. */
async function launchWithKinds(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  const { asSafe, badge } = dao;
  await asSafe(
    await badge.addKind.populateTransaction(kindConfig({ name: "Closed", issuerRole: BOARD_ROLE })),
  );
  await asSafe(await badge.addKind.populateTransaction(kindConfig({ name: "Foreign", issuerRole: 101n })));
  await asSafe(await badge.closeKind.populateTransaction(KIND.closed));
  return dao;
}
const KIND = { closed: 5n, foreign: 6n, missing: 7n };

describe("Calls for ideas", function () {
  let dao: ModularDAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithKinds);
  });

  const opened = async (terms: CallTerms) => dao.asSafe(await dao.board.open.populateTransaction(terms));

  describe("open", function () {
    it("keeps the terms, counts times from then on, and tells all", async function () {
      const { board, connection, safe } = dao;
      const terms = callTerms({
        rulesHash: id("rules"),
        winners: 6n,
        counting: COUNTING.voice,
        choice: CHOICE.pickOne,
        memberDays: 30n,
      });
      const sent = opened(terms);
      await sent;
      const snapshot = (await now(connection)) + terms.ideasFor;
      const end = snapshot + terms.supportFor;
      await expect(sent)
        .to.emit(board, "CallOpened")
        .withArgs(1, safe.address, snapshot, end, Object.values(terms));
      await expect(sent).not.to.emit(board, "IdeaSubmitted");
      expect(await board.callOf(1)).to.deep.equal([
        snapshot,
        end,
        0n,
        3n,
        6n,
        COUNTING.voice,
        CHOICE.pickOne,
        30n,
        MODULE_KIND.CO_CREATOR,
        0n,
        false,
      ]);
      expect(await board.callCount()).to.equal(1);
      expect(await board.winnersOf(1)).to.deep.equal([]);
    });

    it("numbers calls from 1", async function () {
      expect(await dao.board.callCount()).to.equal(0);
      expect(await openCall(dao)).to.equal(1);
      expect(await openCall(dao)).to.equal(2);
    });

    it("has no call that wasn't opened", async function () {
      const { board, stranger } = dao;
      await openCall(dao);
      for (const call of [0n, 2n, 2n ** 240n]) {
        for (const asked of [board.callOf(call), board.winnersOf(call), board.weightOf(call, stranger)]) {
          await expect(asked).to.be.revertedWithCustomError(board, "IdeaBoardNonexistentCall").withArgs(call);
        }
      }
    });

    it("is a steward's and, where nothing is listed, a passed proposal's", async function () {
      const { board, stranger, owners } = dao;
      for (const caller of [stranger, owners[0]]) {
        await expect(board.connect(caller).open(callTerms()))
          .to.be.revertedWithCustomError(board, "AccessManagedUnauthorized")
          .withArgs(caller);
      }
      const unlisted = await networkHelpers.loadFixture(launchWithModules);
      const open = await unlisted.board.open.populateTransaction(callTerms({ badgeKind: 0n }));
      await expect(unlisted.asSafe(open))
        .to.be.revertedWithCustomError(unlisted.board, "AccessManagedUnauthorized")
        .withArgs(unlisted.safe.address);
      await enact(unlisted, [open]);
      expect((await unlisted.board.callOf(1)).byTreasury).to.equal(true);
    });

    const fine: [string, Partial<CallTerms>][] = [
      ["the shortest times", { ideasFor: TEN_MINUTES, supportFor: TEN_MINUTES }],
      ["the longest times", { ideasFor: YEAR, supportFor: YEAR }],
      ["one idea a member and one winner", { ideasPerMember: 1n, winners: 1n }],
      ["ten ideas a member and six winners", { ideasPerMember: 10n, winners: 6n }],
      ["members of ten years", { counting: COUNTING.voice, memberDays: 3_650n }],
      ["nothing to earn", { badgeKind: 0n }],
      ["long texts", { question: "創".repeat(66), rulesURI: "x".repeat(2_000) }],
      ["no rules", { rulesURI: "" }],
    ];
    for (const [what, terms] of fine) {
      it(`takes ${what}`, async function () {
        await expect(opened(callTerms(terms))).to.emit(dao.board, "CallOpened");
      });
    }

    const refused: [string, CallTerms, string, unknown[]][] = [
      ["no question", callTerms({ question: "" }), "InvalidText", [0, 1, 200]],
      ["a question of 201 bytes", callTerms({ question: "x".repeat(201) }), "InvalidText", [201, 1, 200]],
      ["rules of 2,001 bytes", callTerms({ rulesURI: "x".repeat(2_001) }), "InvalidText", [2_001, 0, 2_000]],
      ["too little time for ideas", callTerms({ ideasFor: TEN_MINUTES - 1n }), "InvalidDuration", [599]],
      ["too much time for ideas", callTerms({ ideasFor: YEAR + 1n }), "InvalidDuration", [YEAR + 1n]],
      ["no time for ideas", callTerms({ ideasFor: 0n }), "InvalidDuration", [0]],
      ["too little time for support", callTerms({ supportFor: TEN_MINUTES - 1n }), "InvalidDuration", [599]],
      ["too much time for support", callTerms({ supportFor: YEAR + 1n }), "InvalidDuration", [YEAR + 1n]],
      ["eleven ideas a member", callTerms({ ideasPerMember: 11n }), "InvalidIdeasPerMember", [11]],
      ["no winner", callTerms({ winners: 0n }), "InvalidWinners", [0]],
      ["seven winners", callTerms({ winners: 7n }), "InvalidWinners", [7]],
      ["days of members who have no voice", callTerms({ memberDays: 1n }), "InvalidMemberDays", [1]],
      [
        "more than ten years",
        callTerms({ counting: COUNTING.voice, memberDays: 3_651n }),
        "InvalidMemberDays",
        [3_651],
      ],
      ["ideas beside options", callTerms({ options: PACKAGES }), "InvalidOptions", [4]],
      ["neither ideas nor options", pollTerms([]), "InvalidOptions", [0]],
      ["one option", pollTerms(["only this"]), "InvalidOptions", [1]],
      ["33 options", pollTerms(Array<string>(33).fill("one")), "InvalidOptions", [33]],
      ["an option without a name", pollTerms(["one", ""]), "InvalidText", [0, 1, 200]],
      ["an option of 201 bytes", pollTerms(["one", "x".repeat(201)]), "InvalidText", [201, 1, 200]],
      ["more winners than options", pollTerms(["a", "b"], { winners: 3n }), "InvalidWinners", [3]],
      ["time for ideas in a poll", pollTerms(PACKAGES, { ideasFor: DAY }), "InvalidDuration", [DAY]],
      ["a badge in a poll", pollTerms(PACKAGES, { badgeKind: 3n }), "InvalidKind", [3]],
      ["a kind of the issuers", callTerms({ badgeKind: MODULE_KIND.CUSTOMER }), "InvalidKind", [1]],
      ["a closed kind", callTerms({ badgeKind: KIND.closed }), "InvalidKind", [KIND.closed]],
      ["a kind of another role", callTerms({ badgeKind: KIND.foreign }), "InvalidKind", [KIND.foreign]],
    ];
    for (const [what, terms, error, args] of refused) {
      it(`refuses ${what}`, async function () {
        await expect(opened(terms))
          .to.be.revertedWithCustomError(dao.board, `IdeaBoard${error}`)
          .withArgs(...args);
      });
    }

    it("refuses a kind that there isn't", async function () {
      await expect(opened(callTerms({ badgeKind: KIND.missing })))
        .to.be.revertedWithCustomError(dao.badge, "ContributionBadgeNonexistentKind")
        .withArgs(KIND.missing);
    });

    it("refuses a kind of its role while the board has that with a delay", async function () {
      const { board, manager } = dao;
      await enact(dao, [await manager.grantRole.populateTransaction(BOARD_ROLE, board, 3_600)]);
      await expect(opened(callTerms()))
        .to.be.revertedWithCustomError(board, "IdeaBoardInvalidKind")
        .withArgs(MODULE_KIND.CO_CREATOR);
    });

    it("takes a kind with votes from a passed proposal only", async function () {
      const { board } = dao;
      const terms = callTerms({ badgeKind: MODULE_KIND.VOTING_CO_CREATOR });
      await expect(opened(terms))
        .to.be.revertedWithCustomError(board, "IdeaBoardVotingKind")
        .withArgs(MODULE_KIND.VOTING_CO_CREATOR);
      await enact(dao, [await board.open.populateTransaction(terms)]);
      const { badgeKind, byTreasury } = await board.callOf(1);
      expect([badgeKind, byTreasury]).to.deep.equal([MODULE_KIND.VOTING_CO_CREATOR, true]);
    });

    it("names the AccessManager as opener where it calls for a steward who has to wait", async function () {
      const { board, manager, other } = dao;
      await enact(dao, [await manager.grantRole.populateTransaction(ROLE.STEWARD, other, DAY)]);
      const data = board.interface.encodeFunctionData("open", [callTerms()]);
      await manager.connect(other).schedule(board, data, 0);
      await networkHelpers.time.increase(DAY);
      await expect(manager.connect(other).execute(board, data))
        .to.emit(board, "CallOpened")
        .withArgs(
          1,
          manager,
          (x: bigint) => x > 0n,
          (x: bigint) => x > 0n,
          Object.values(callTerms()),
        );
      // Or the steward calls itself, what it scheduled.
      await manager.connect(other).schedule(board, data, 0);
      await networkHelpers.time.increase(DAY);
      await board.connect(other).open(callTerms());
      expect(await board.callCount()).to.equal(2);
    });
  });

  describe("a poll", function () {
    it("has its options as ideas of nobody, which can be supported at once", async function () {
      const { board, holders, connection } = dao;
      const sent = opened(pollTerms(PACKAGES));
      await sent;
      const opening = await now(connection);
      for (const [index, option] of PACKAGES.entries()) {
        await expect(sent)
          .to.emit(board, "IdeaSubmitted")
          .withArgs(ideaId(1n, index), 1, ZeroAddress, option, "", ZeroHash);
        expect(await board.ideaOf(ideaId(1n, index))).to.deep.equal([
          ZeroAddress,
          0n,
          STATUS.submitted,
          false,
        ]);
      }
      const { snapshot, end, ideas } = await board.callOf(1);
      expect([snapshot, end, ideas]).to.deep.equal([opening, opening + 7n * DAY, 4n]);
      await board.connect(holders[0]).support([ideaId(1n, 2)]);
      expect(await board.winnersOf(1)).to.deep.equal([[ideaId(1n, 2), tokens(300_000) / 10n ** 10n]]);
    });

    it("takes 32 options", async function () {
      await opened(pollTerms(Array<string>(32).fill("one of many"), { winners: 6n }));
      expect((await dao.board.callOf(1)).ideas).to.equal(32);
    });

    it("takes no ideas, and nobody takes an option back", async function () {
      const { board, holders } = dao;
      await opened(pollTerms(PACKAGES));
      const { snapshot } = await board.callOf(1);
      await expect(board.connect(holders[0]).submit(1, "Mine", "", ZeroHash))
        .to.be.revertedWithCustomError(board, "IdeaBoardIdeasClosed")
        .withArgs(1, snapshot);
      await expect(board.connect(holders[0]).withdraw(ideaId(1n, 0)))
        .to.be.revertedWithCustomError(board, "IdeaBoardNotAuthor")
        .withArgs(ideaId(1n, 0), holders[0]);
    });
  });

  describe("the board", function () {
    it("knows its DAO, and follows its badge", async function () {
      const { board, at } = dao;
      expect([
        await board.badge(),
        await board.token(),
        await board.treasury(),
        await board.authority(),
      ]).to.deep.equal([at.badge, at.token, at.timelock, at.manager]);
      await expect(board.setAuthority(at.manager)).to.be.revertedWithCustomError(
        board,
        "BadgeModuleFollowsBadge",
      );
    });
  });
});
