import { expect } from "chai";
import { id, toBeHex, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, type Signer } from "../../helpers/chain.js";
import { ROLE } from "../../helpers/dao.js";
import {
  endCall,
  ideaId,
  IPFS_URI,
  launchWithStewardedModules,
  makeMembers,
  type ModularDAO,
  openCall,
  openSupport,
  STATUS,
  submitIdea,
} from "../../helpers/modules.js";
import { enact, travelTo } from "../../helpers/proposal.js";

const { ethers, networkHelpers, provider } = await connect();

const TITLE = "ほうじ茶と柚子";

async function launchWithMembers(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  await makeMembers(dao, dao.member, dao.other);
  return dao;
}

describe("Ideas", function () {
  let dao: ModularDAO;
  let call: bigint;
  let member: Signer;
  let other: Signer;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithMembers);
    ({ member, other } = dao);
    call = await openCall(dao);
  });

  describe("submit", function () {
    it("keeps the author, and tells the text", async function () {
      const { board } = dao;
      await expect(board.connect(member).submit(call, TITLE, IPFS_URI, id("text")))
        .to.emit(board, "IdeaSubmitted")
        .withArgs(ideaId(call, 0), call, member, TITLE, IPFS_URI, id("text"));
      await expect(board.connect(other).submit(call, TITLE, "", ZeroHash))
        .to.emit(board, "IdeaSubmitted")
        .withArgs(ideaId(call, 1), call, other, TITLE, "", ZeroHash);
      expect(await board.ideaOf(ideaId(call, 0))).to.deep.equal([
        member.address,
        0n,
        STATUS.submitted,
        false,
      ]);
      expect(await board.ideaOf(ideaId(call, 2))).to.deep.equal([ZeroAddress, 0n, STATUS.none, false]);
      expect((await board.callOf(call)).ideas).to.equal(2);
      expect(await board.voiceOf(call, member)).to.deep.equal([0n, 1n, []]);
    });

    it("is for who has a badge at that moment", async function () {
      const { badge, board, stranger } = dao;
      await badge.connect(member).renounce(1);
      for (const account of [stranger, member]) {
        await expect(board.connect(account).submit(call, TITLE, "", ZeroHash))
          .to.be.revertedWithCustomError(board, "IdeaBoardNotMember")
          .withArgs(account);
      }
    });

    it("takes as many as the call says, those taken back included, and as many in the next call", async function () {
      const { board } = dao;
      const first = await submitIdea(dao, call, member);
      await board.connect(member).withdraw(first);
      await submitIdea(dao, call, member);
      await submitIdea(dao, call, member);
      await expect(board.connect(member).submit(call, TITLE, "", ZeroHash))
        .to.be.revertedWithCustomError(board, "IdeaBoardIdeasLimited")
        .withArgs(call, member, 3);
      await submitIdea(dao, call, other);
      await submitIdea(dao, await openCall(dao), member);
    });

    it("takes them until the snapshot", async function () {
      const { board } = dao;
      const { snapshot } = await board.callOf(call);
      await networkHelpers.time.setNextBlockTimestamp(snapshot - 1n);
      await board.connect(member).submit(call, TITLE, "", ZeroHash);
      await networkHelpers.time.setNextBlockTimestamp(snapshot);
      await expect(board.connect(member).submit(call, TITLE, "", ZeroHash))
        .to.be.revertedWithCustomError(board, "IdeaBoardIdeasClosed")
        .withArgs(call, snapshot);
    });

    for (const [what, title, uri, args] of [
      ["no title", "", "", [0, 1, 200]],
      ["a title of 201 bytes", "x".repeat(201), "", [201, 1, 200]],
      ["a URI of 2,001 bytes", TITLE, "x".repeat(2_001), [2_001, 0, 2_000]],
    ] as const) {
      it(`refuses ${what}`, async function () {
        await expect(dao.board.connect(member).submit(call, title, uri, ZeroHash))
          .to.be.revertedWithCustomError(dao.board, "IdeaBoardInvalidText")
          .withArgs(...args);
      });
    }

    it("refuses one of a call that there isn't", async function () {
      await expect(dao.board.connect(member).submit(2, TITLE, "", ZeroHash))
        .to.be.revertedWithCustomError(dao.board, "IdeaBoardNonexistentCall")
        .withArgs(2);
    });

    it("takes 65,535 ideas in a call, and not one more", async function () {
      const { board } = dao;
      // Nobody submits so many here: the count, 16 bits above two times of 40, is set to the last but one.
      const slot = await slotOfCall(call);
      const word = await storageAt(slot);
      await networkHelpers.setStorageAt(await board.getAddress(), slot, toBeHex(word | (65_534n << 80n), 32));
      expect((await board.callOf(call)).ideas).to.equal(65_534);
      await expect(board.connect(member).submit(call, TITLE, "", ZeroHash))
        .to.emit(board, "IdeaSubmitted")
        .withArgs(ideaId(call, 65_534), call, member, TITLE, "", ZeroHash);
      await expect(board.connect(member).submit(call, TITLE, "", ZeroHash))
        .to.be.revertedWithCustomError(board, "IdeaBoardIdeasLimited")
        .withArgs(call, member, 65_535);
    });

    async function storageAt(slot: string): Promise<bigint> {
      const params = [await dao.board.getAddress(), slot, "latest"];
      return BigInt((await provider.request({ method: "eth_getStorageAt", params })) as string);
    }

    /** Where the board keeps a call: the word that begins with its times. */
    async function slotOfCall(number: bigint): Promise<string> {
      const { snapshot, end } = await dao.board.callOf(number);
      for (let base = 0n; base < 20n; base += 1n) {
        const slot = ethers.solidityPackedKeccak256(["uint256", "uint256"], [number, base]);
        if ((await storageAt(slot)) % 2n ** 80n === ((end << 40n) | snapshot)) return slot;
      }
      throw new Error("the call was not found");
    }
  });

  describe("withdraw", function () {
    it("takes an idea back, for ever", async function () {
      const { board, holders } = dao;
      const idea = await submitIdea(dao, call, member);
      await expect(board.connect(member).withdraw(idea)).to.emit(board, "IdeaWithdrawn").withArgs(idea);
      expect((await board.ideaOf(idea)).status).to.equal(STATUS.withdrawn);
      await expect(board.connect(member).withdraw(idea))
        .to.be.revertedWithCustomError(board, "IdeaBoardNonexistentIdea")
        .withArgs(idea);
      await openSupport(dao, call);
      await expect(board.connect(holders[0]).support([idea]))
        .to.be.revertedWithCustomError(board, "IdeaBoardNonexistentIdea")
        .withArgs(idea);
      await endCall(dao, call);
      await expect(dao.asSafe(await board.adopt.populateTransaction(idea)))
        .to.be.revertedWithCustomError(board, "IdeaBoardNonexistentIdea")
        .withArgs(idea);
    });

    it("is the author's alone", async function () {
      const { board } = dao;
      const idea = await submitIdea(dao, call, member);
      await expect(board.connect(other).withdraw(idea))
        .to.be.revertedWithCustomError(board, "IdeaBoardNotAuthor")
        .withArgs(idea, other);
    });

    it("is over at the snapshot", async function () {
      const { board } = dao;
      const first = await submitIdea(dao, call, member);
      const second = await submitIdea(dao, call, member);
      const { snapshot } = await board.callOf(call);
      await networkHelpers.time.setNextBlockTimestamp(snapshot - 1n);
      await board.connect(member).withdraw(first);
      await networkHelpers.time.setNextBlockTimestamp(snapshot);
      await expect(board.connect(member).withdraw(second))
        .to.be.revertedWithCustomError(board, "IdeaBoardIdeasClosed")
        .withArgs(call, snapshot);
    });
  });

  describe("hide and show", function () {
    it("say a reason, and change nothing else", async function () {
      const { board, safe, asSafe, holders } = dao;
      const idea = await submitIdea(dao, call, member);
      await openSupport(dao, call);
      await expect(asSafe(await board.hide.populateTransaction(idea, "an insult")))
        .to.emit(board, "IdeaHidden")
        .withArgs(idea, safe.address, "an insult");
      await board.connect(holders[0]).support([idea]);
      const { tally, hidden, status } = await board.ideaOf(idea);
      expect([tally > 0n, hidden, status]).to.deep.equal([true, true, STATUS.submitted]);
      expect(await board.winnersOf(call)).to.deep.equal([[idea, tally]]);
      await expect(asSafe(await board.show.populateTransaction(idea, "it wasn't")))
        .to.emit(board, "IdeaShown")
        .withArgs(idea, safe.address, "it wasn't");
      expect((await board.ideaOf(idea)).hidden).to.equal(false);
    });

    it("need a reason, and something to change", async function () {
      const { board, asSafe } = dao;
      const idea = await submitIdea(dao, call, member);
      for (const step of ["hide", "show"] as const) {
        await expect(asSafe(await board[step].populateTransaction(idea, ""))).to.be.revertedWithCustomError(
          board,
          "IdeaBoardNoReason",
        );
      }
      await expect(asSafe(await board.show.populateTransaction(idea, "why")))
        .to.be.revertedWithCustomError(board, "IdeaBoardUnchanged")
        .withArgs(idea);
      await asSafe(await board.hide.populateTransaction(idea, "why"));
      await expect(asSafe(await board.hide.populateTransaction(idea, "why")))
        .to.be.revertedWithCustomError(board, "IdeaBoardUnchanged")
        .withArgs(idea);
      await expect(asSafe(await board.hide.populateTransaction(idea + 1n, "why")))
        .to.be.revertedWithCustomError(board, "IdeaBoardNonexistentIdea")
        .withArgs(idea + 1n);
    });

    it("are a steward's, at once where it would have to wait for other things", async function () {
      const { board, manager, stranger } = dao;
      const idea = await submitIdea(dao, call, member);
      for (const sent of [
        board.connect(stranger).hide(idea, "why"),
        board.connect(stranger).show(idea, "why"),
      ]) {
        await expect(sent)
          .to.be.revertedWithCustomError(board, "RoleRestrictedUnauthorized")
          .withArgs(stranger, ROLE.STEWARD);
      }
      await enact(dao, [await manager.grantRole.populateTransaction(ROLE.STEWARD, other, 3_600)]);
      await expect(board.connect(other).hide(idea, "why")).to.emit(board, "IdeaHidden");
      await enact(dao, [await board.show.populateTransaction(idea, "we want to read it")]);
      expect((await board.ideaOf(idea)).hidden).to.equal(false);
    });
  });

  it("go on as long as the call is on, and end with it", async function () {
    await travelTo((await dao.board.callOf(call)).end);
    await expect(dao.board.connect(member).submit(call, TITLE, "", ZeroHash)).to.be.revertedWithCustomError(
      dao.board,
      "IdeaBoardIdeasClosed",
    );
  });
});
