import { expect } from "chai";
import { HDNodeWallet, TypedDataEncoder } from "ethers";
import { connect, type Connection, DAY, HOUR, now, type Signer, tokens } from "../../helpers/chain.js";
import {
  boardDomain,
  CHOICE,
  COUNTING,
  endCall,
  ideaId,
  launchWithStewardedModules,
  makeMembers,
  type ModularDAO,
  openCall,
  openSupport,
  signSupport,
  submitIdea,
  SUPPORT,
  winnersOf,
} from "../../helpers/modules.js";
import { signAsSafe } from "../../helpers/safe.js";
import { travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** What a whole token weighs. */
const TOKEN = 10n ** 8n;
const GAS = 300_000n;

async function launchWithMembers(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  await makeMembers(dao, ...dao.holders, dao.member);
  return dao;
}

describe("Support", function () {
  let dao: ModularDAO;
  let call: bigint;
  let alice: Signer;
  let bob: Signer;
  let carol: Signer;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithMembers);
    [alice, bob, carol] = dao.holders;
  });

  /** A call in which support is taken, with twelve ideas. */
  async function openWith(terms: Parameters<typeof openCall>[1] = {}, ideas = 12): Promise<void> {
    call = await openCall(dao, { ideasPerMember: 4n, ...terms });
    for (let index = 0; index < ideas; index++) await submitIdea(dao, call, dao.holders[index % 3] ?? alice);
    await openSupport(dao, call);
  }

  const idea = (index: number) => ideaId(call, index);
  const support = (by: Signer, ...indexes: number[]) => dao.board.connect(by).support(indexes.map(idea));
  const tallyOf = async (index: number) => (await dao.board.ideaOf(idea(index))).tally;

  describe("by weight", function () {
    beforeEach(async function () {
      await openWith();
    });

    it("adds the votes of the snapshot, in hundred-millionths of a token", async function () {
      const { board } = dao;
      await expect(support(alice, 1, 0))
        .to.emit(board, "IdeaSupported")
        .withArgs(idea(1), alice, 300_000n * TOKEN)
        .and.to.emit(board, "IdeaSupported")
        .withArgs(idea(0), alice, 300_000n * TOKEN);
      await support(bob, 1);
      expect(await tallyOf(1)).to.equal(500_000n * TOKEN);
      expect(await board.voiceOf(call, alice)).to.deep.equal([300_000n * TOKEN, 4n, [idea(1), idea(0)]]);
      expect(await board.voiceOf(call, carol)).to.deep.equal([0n, 4n, []]);
      expect(await winnersOf(dao, call)).to.deep.equal([
        [idea(1), 500_000n * TOKEN],
        [idea(0), 300_000n * TOKEN],
      ]);
    });

    it("returns the weight, which can be asked for", async function () {
      const { board, stranger, member } = dao;
      expect(await board.connect(alice).support.staticCall([idea(0)])).to.equal(300_000n * TOKEN);
      expect(await board.weightOf(call, alice)).to.equal(300_000n * TOKEN);
      expect(await board.weightOf(call, stranger)).to.equal(0);
      expect(await board.weightOf(call, member)).to.equal(0);
    });

    it("goes on with what the first support weighed", async function () {
      const { token, stranger } = dao;
      await support(alice, 0);
      await token.connect(alice).transfer(stranger, tokens(300_000));
      await support(alice, 1);
      expect(await tallyOf(1)).to.equal(300_000n * TOKEN);
    });

    it("counts votes that were delegated before, and not the tokens of who delegated", async function () {
      const { token, board } = dao;
      await token.connect(bob).delegate(carol);
      const next = await openCall(dao);
      const mine = await submitIdea(dao, next, alice);
      await openSupport(dao, next);
      await board.connect(carol).support([mine]);
      expect((await board.ideaOf(mine)).tally).to.equal(300_000n * TOKEN);
      await expect(board.connect(bob).support([mine]))
        .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
        .withArgs(next, bob);
    });

    it("rounds down, and takes nothing for what rounds to nothing", async function () {
      const { board, token, stranger, other } = dao;
      await token.connect(alice).transfer(stranger, 10n ** 10n - 1n);
      await token.connect(alice).transfer(other, 2n * 10n ** 10n - 1n);
      const next = await openCall(dao);
      const mine = await submitIdea(dao, next, alice);
      await openSupport(dao, next);
      await expect(board.connect(stranger).support([mine]))
        .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
        .withArgs(next, stranger);
      await board.connect(other).support([mine]);
      expect((await board.ideaOf(mine)).tally).to.equal(1);
    });

    it("needs nobody to be a member", async function () {
      const { board, token, stranger } = dao;
      await token.connect(alice).transfer(stranger, tokens(5));
      const next = await openCall(dao);
      const mine = await submitIdea(dao, next, alice);
      await openSupport(dao, next);
      await board.connect(stranger).support([mine]);
      expect((await board.ideaOf(mine)).tally).to.equal(5n * TOKEN);
    });
  });

  describe("by voice", function () {
    /** Opens a call whose snapshot is so many days and seconds after the first second of the day of a new badge. */
    async function openAfterBadge(account: Signer, memberDays: bigint, seconds: bigint): Promise<void> {
      const { connection } = dao;
      const midnight = ((await now(connection)) / DAY + 1n) * DAY;
      await travelTo(midnight);
      await makeMembers(dao, account);
      const at = midnight + (memberDays + 1n) * DAY + seconds - HOUR;
      await travelTo(at);
      call = await openCall(dao, { counting: COUNTING.voice, memberDays, ideasFor: HOUR });
      expect((await dao.board.callOf(call)).snapshot).to.be.within(at + HOUR, at + HOUR + 2n);
      await submitIdea(dao, call, alice);
      await openSupport(dao, call);
    }

    it("adds one for each member, whatever they hold", async function () {
      const { board, member } = dao;
      await openWith({ counting: COUNTING.voice });
      await expect(support(alice, 0)).to.emit(board, "IdeaSupported").withArgs(idea(0), alice, 1);
      await support(member, 0, 5);
      expect(await winnersOf(dao, call)).to.deep.equal([
        [idea(0), 2n],
        [idea(5), 1n],
      ]);
      expect(await board.weightOf(call, member)).to.equal(1);
    });

    it("isn't for who never had a badge, whatever they hold", async function () {
      const { board, token, stranger } = dao;
      await token.connect(alice).transfer(stranger, tokens(100_000));
      await openWith({ counting: COUNTING.voice });
      await expect(support(stranger, 0))
        .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
        .withArgs(call, stranger);
      expect(await board.weightOf(call, stranger)).to.equal(0);
    });

    it("isn't for who has no badge any more, but goes on for who lost it after the first support", async function () {
      const { badge, board, asSafe, member } = dao;
      await openWith({ counting: COUNTING.voice });
      await support(alice, 0);
      for (const badgeId of [1n, 4n]) {
        await asSafe(await badge.revoke.populateTransaction(badgeId, "by mistake"));
      }
      await support(alice, 1);
      await expect(support(member, 0))
        .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
        .withArgs(call, member);
    });

    for (const memberDays of [0n, 1n, 30n]) {
      it(`is for who has been a member for ${memberDays} whole days at the snapshot`, async function () {
        const { other } = dao;
        await openAfterBadge(other, memberDays, 0n);
        await support(other, 0);
        expect(await tallyOf(0)).to.equal(1);
      });

      it(`isn't for who lacks a moment of ${memberDays} whole days`, async function () {
        const { board, other } = dao;
        await openAfterBadge(other, memberDays, -3n);
        await expect(support(other, 0))
          .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
          .withArgs(call, other);
      });
    }
  });

  describe("is taken", function () {
    it("after the snapshot and before the end", async function () {
      const { board } = dao;
      call = await openCall(dao);
      await submitIdea(dao, call, alice);
      const { snapshot, end } = await board.callOf(call);
      await expect(support(alice, 0))
        .to.be.revertedWithCustomError(board, "IdeaBoardSupportClosed")
        .withArgs(call, snapshot, end);
      expect(await board.weightOf(call, alice)).to.equal(0);
      await networkHelpers.time.setNextBlockTimestamp(snapshot);
      await expect(support(alice, 0)).to.be.revertedWithCustomError(board, "IdeaBoardSupportClosed");
      expect(await board.weightOf(call, alice)).to.equal(0);
      await networkHelpers.time.setNextBlockTimestamp(snapshot + 1n);
      await support(alice, 0);
      await networkHelpers.time.setNextBlockTimestamp(end - 1n);
      await support(bob, 0);
      await networkHelpers.time.setNextBlockTimestamp(end);
      await expect(support(carol, 0))
        .to.be.revertedWithCustomError(board, "IdeaBoardSupportClosed")
        .withArgs(call, snapshot, end);
      expect(await winnersOf(dao, call)).to.deep.equal([[idea(0), 500_000n * TOKEN]]);
    });

    it("for up to ten ideas, at once or one by one", async function () {
      const { board } = dao;
      await openWith();
      await support(alice, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
      await support(bob, 0, 1, 2, 3, 4, 5, 6, 7);
      await support(bob, 8);
      await expect(support(bob, 9, 10))
        .to.be.revertedWithCustomError(board, "IdeaBoardSupportLimited")
        .withArgs(call, bob, 10);
      await support(bob, 10);
      for (const account of [alice, bob]) {
        await expect(support(account, 11)).to.be.revertedWithCustomError(board, "IdeaBoardSupportLimited");
      }
      expect((await board.voiceOf(call, bob)).ideas).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 10].map(idea));
      await expect(support(carol, ...Array.from({ length: 11 }, (_, index) => index)))
        .to.be.revertedWithCustomError(board, "IdeaBoardSupportLimited")
        .withArgs(call, carol, 10);
    });

    it("for one where one is picked", async function () {
      const { board } = dao;
      await openWith({ choice: CHOICE.pickOne });
      await expect(support(alice, 0, 1))
        .to.be.revertedWithCustomError(board, "IdeaBoardSupportLimited")
        .withArgs(call, alice, 1);
      await support(alice, 3);
      await expect(support(alice, 4)).to.be.revertedWithCustomError(board, "IdeaBoardSupportLimited");
    });

    it("once for each idea", async function () {
      const { board } = dao;
      await openWith();
      await support(alice, 3, 0);
      for (const indexes of [[0], [3], [5, 0], [6, 6]]) {
        const again = indexes.at(-1) ?? 0;
        await expect(support(alice, ...indexes))
          .to.be.revertedWithCustomError(board, "IdeaBoardSupportedBefore")
          .withArgs(idea(again), alice);
      }
      expect(await tallyOf(5)).to.equal(0);
    });

    it("for ideas of one call, which exist", async function () {
      const { board } = dao;
      await openWith();
      const next = await openCall(dao);
      await expect(board.connect(alice).support([]))
        .to.be.revertedWithCustomError(board, "IdeaBoardNothingSupported")
        .withArgs();
      await expect(board.connect(alice).support([idea(0), ideaId(next, 1)]))
        .to.be.revertedWithCustomError(board, "IdeaBoardOtherCall")
        .withArgs(call, ideaId(next, 1));
      for (const missing of [12, 65_535]) {
        await expect(support(alice, missing))
          .to.be.revertedWithCustomError(board, "IdeaBoardNonexistentIdea")
          .withArgs(idea(missing));
      }
      await expect(board.connect(alice).support([ideaId(9n, 0)]))
        .to.be.revertedWithCustomError(board, "IdeaBoardNonexistentCall")
        .withArgs(9);
    });
  });

  describe("by signature", function () {
    beforeEach(async function () {
      await openWith();
    });

    it("is handed in by anyone", async function () {
      const { board, stranger } = dao;
      const { supporter, ideas, signature } = await signSupport(board, alice, [idea(2), idea(1)]);
      await expect(board.connect(stranger).supportBySig(supporter, ideas, signature))
        .to.emit(board, "IdeaSupported")
        .withArgs(idea(2), alice, 300_000n * TOKEN);
      expect((await board.voiceOf(call, alice)).ideas).to.deep.equal(ideas);
    });

    it("holds for its signer, its ideas in their order, and its board", async function () {
      const { board, modules } = dao;
      const { supporter, ideas, signature } = await signSupport(board, alice, [idea(2), idea(1)]);
      for (const [who, which] of [
        [bob.address, ideas],
        [supporter, [idea(1), idea(2)]],
        [supporter, [idea(2)]],
        [supporter, [idea(2), idea(1), idea(0)]],
      ] as const) {
        await expect(board.supportBySig(who, [...which], signature))
          .to.be.revertedWithCustomError(board, "IdeaBoardInvalidSignature")
          .withArgs(who);
      }
      // The implementation has the same name, and another address.
      const [implementation] = await modules.implementations();
      const foreign = board.attach(implementation) as typeof board;
      await expect(foreign.supportBySig(supporter, ideas, signature))
        .to.be.revertedWithCustomError(board, "IdeaBoardInvalidSignature")
        .withArgs(supporter);
    });

    it("can't be used twice", async function () {
      const { board } = dao;
      const { supporter, ideas, signature } = await signSupport(board, alice, [idea(2)]);
      await board.supportBySig(supporter, ideas, signature);
      await expect(board.supportBySig(supporter, ideas, signature))
        .to.be.revertedWithCustomError(board, "IdeaBoardSupportedBefore")
        .withArgs(idea(2), alice);
    });

    it("may be a contract wallet's", async function () {
      const { board, safe, token, owners } = dao;
      await token.connect(alice).transfer(safe.address, tokens(7));
      const next = await openCall(dao);
      const mine = await submitIdea(dao, next, alice);
      await openSupport(dao, next);
      const signed = { supporter: safe.address, ideas: [mine] };
      const hash = TypedDataEncoder.hash(await boardDomain(board), SUPPORT, signed);
      await board.supportBySig(safe.address, [mine], await signAsSafe(safe, owners, hash));
      expect((await board.ideaOf(mine)).tally).to.equal(7n * TOKEN);
    });
  });

  describe("relay", function () {
    beforeEach(async function () {
      await openWith();
    });

    it("hands in what many signed, and goes on after what isn't taken", async function () {
      const { board, stranger } = dao;
      const nobody = HDNodeWallet.createRandom();
      const signed = [
        await signSupport(board, alice, [idea(0), idea(4)]),
        { ...(await signSupport(board, bob, [idea(1)])), ideas: [idea(2)] },
        await signSupport(board, nobody, [idea(1)]),
        { supporter: stranger.address, ideas: [], signature: "0x" },
        await signSupport(board, carol, [idea(4)]),
      ];
      expect(await board.relay.staticCall(signed, GAS)).to.deep.equal([true, false, false, false, true]);
      const selector = (error: string) => board.interface.getError(error)?.selector;
      await expect(board.connect(stranger).relay(signed, GAS))
        .to.emit(board, "SupportRefused")
        .withArgs(bob, idea(2), selector("IdeaBoardInvalidSignature"))
        .and.to.emit(board, "SupportRefused")
        .withArgs(nobody, idea(1), selector("IdeaBoardNoVoice"))
        .and.to.emit(board, "SupportRefused")
        .withArgs(stranger, 0, selector("IdeaBoardInvalidSignature"));
      expect(await winnersOf(dao, call)).to.deep.equal([
        [idea(4), 400_000n * TOKEN],
        [idea(0), 300_000n * TOKEN],
      ]);
    });

    it("takes nothing where there is nothing", async function () {
      const { board } = dao;
      expect(await board.relay.staticCall([], GAS)).to.deep.equal([]);
      await expect(board.relay([], GAS)).not.to.emit(board, "SupportRefused");
    });

    it("reverts where one wouldn't have its gas", async function () {
      const { board } = dao;
      const signed = [await signSupport(board, alice, [idea(0)]), await signSupport(board, bob, [idea(0)])];
      await expect(board.relay(signed, GAS, { gasLimit: 340_000n })).to.be.revertedWithCustomError(
        board,
        "IdeaBoardInsufficientGas",
      );
      expect(await tallyOf(0)).to.equal(0);
    });
  });

  it("stays when the call is over", async function () {
    await openWith();
    await support(alice, 7);
    await endCall(dao, call);
    expect(await winnersOf(dao, call)).to.deep.equal([[idea(7), 300_000n * TOKEN]]);
  });
});
