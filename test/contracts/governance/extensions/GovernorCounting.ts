import { expect } from "chai";
import { AbiCoder, type BytesLike, keccak256, toBeHex } from "ethers";
import { BrandGovernor__factory } from "../../../../typechain-types/index.js";
import { connect, DAY, HOUR, type Signer, tokens } from "../../../helpers/chain.js";
import { type DAO, launchDAO, proxyOf } from "../../../helpers/dao.js";
import { STACKS } from "../../../helpers/openZeppelins.js";
import { Proposal, STATE, SUPPORT, travelTo } from "../../../helpers/proposal.js";

const { networkHelpers } = await connect();

for (const [whose, launch] of STACKS) {
  describe(`GovernorCounting, ${whose}`, function () {
    let dao: DAO;
    let alice: Signer;
    let bob: Signer;
    let carol: Signer;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
      [alice, bob, carol] = dao.holders;
    });

    function make(title: string): Proposal {
      return new Proposal(dao.governor, [{ to: dao.stranger.address, data: "0x" }], title);
    }

    // OpenZeppelin's have none.
    if (launch === launchDAO)
      describe("numbers", function () {
        it("count proposals from 1 on, and lead to their ids", async function () {
          const { governor } = dao;
          const none = make("# Never");
          expect(await governor.proposalCount()).to.equal(0);
          for (const [i, title] of ["# First", "# Second", "# Third"].entries()) {
            const proposal = make(title);
            await proposal.propose(alice);
            expect(await governor.proposalCount()).to.equal(i + 1);
            expect(await governor.proposalNumber(proposal.id)).to.equal(i + 1);
            expect(await governor.proposalIdAt(i + 1)).to.equal(proposal.id);
          }
          expect(await governor.proposalNumber(none.id)).to.equal(0);
          expect(await governor.proposalIdAt(0)).to.equal(0);
          expect(await governor.proposalIdAt(4)).to.equal(0);
        });

        it("aren't used up by what is refused, and stay with what was canceled", async function () {
          const { governor } = dao;
          const first = make("# First");
          await first.propose(alice);
          await governor.connect(alice).cancel(...first.args);
          await expect(first.propose(alice)).to.be.revertedWithCustomError(
            governor,
            "GovernorUnexpectedProposalState",
          );
          const second = make("# Second");
          await second.propose(bob);
          expect(await governor.proposalNumber(first.id)).to.equal(1);
          expect(await governor.proposalNumber(second.id)).to.equal(2);
          expect(await governor.proposalCount()).to.equal(2);
        });
      });

    describe("hasVoted", function () {
      it("tells each voter and each proposal apart, also of 300 proposals", async function () {
        const { governor } = dao;
        const proposals = Array.from({ length: 300 }, (_, i) => make(`# Proposal ${i}`));
        for (const proposal of proposals) await proposal.propose(alice);
        await proposals.at(-1)?.start();
        // On both sides of where a word ends, and those that have the same bit of another word.
        const voted = [0, 1, 253, 254, 255, 256, 299].flatMap((i) => proposals[i] ?? []);
        for (const proposal of voted) await governor.connect(alice).castVote(proposal.id, SUPPORT.for);
        for (const proposal of proposals) {
          expect(await governor.hasVoted(proposal.id, alice)).to.equal(voted.includes(proposal));
          expect(await governor.hasVoted(proposal.id, bob)).to.equal(false);
        }
        for (const proposal of voted) {
          await expect(governor.connect(alice).castVote(proposal.id, SUPPORT.against))
            .to.be.revertedWithCustomError(governor, "GovernorAlreadyCastVote")
            .withArgs(alice);
        }
      });

      it("is false of what isn't a proposal", async function () {
        expect(await dao.governor.hasVoted(make("# Never").id, alice)).to.equal(false);
      });
    });

    describe("the quorum", function () {
      it("is reached by exactly as many votes for and abstaining, and not by one less", async function () {
        const { governor, token, stranger } = dao;
        const wanted = tokens(120_000);
        await token.connect(alice).transfer(stranger, wanted - 1n);
        await token.connect(bob).transfer(dao.member, 1n);
        const short = make("# One short");
        const exact = make("# Exact");
        for (const proposal of [short, exact]) await proposal.propose(alice);
        await exact.start();
        const quorum = await governor.quorum(await governor.proposalSnapshot(exact.id));
        expect(quorum).to.equal(wanted);
        await short.vote({ for: [stranger] });
        await exact.vote({ for: [stranger], abstain: [dao.member] });
        await exact.pass();
        expect(await short.state()).to.equal(STATE.Defeated);
        expect(await exact.state()).to.equal(STATE.Succeeded);
      });

      it("is that of the snapshot, whatever circulates when somebody votes", async function () {
        const { token, stranger, member, at } = dao;
        const wanted = tokens(120_000);
        await token.connect(alice).transfer(stranger, wanted - 1n);
        await token.connect(bob).transfer(member, wanted);
        await networkHelpers.impersonateAccount(at.timelock);
        await networkHelpers.setBalance(at.timelock, tokens(1));
        const treasury = await dao.connection.ethers.getSigner(at.timelock);
        const short = make("# One short");
        const exact = make("# Exact");
        for (const proposal of [short, exact]) await proposal.propose(alice);
        await exact.start();
        const before = await networkHelpers.takeSnapshot();
        // More circulates, and then less: a quorum of then would be reached by neither, or by both.
        for (const change of [
          () => token.connect(treasury).transfer(carol, tokens(1_000_000)),
          () => token.connect(alice).transfer(at.timelock, tokens(180_000)),
        ]) {
          await change();
          await networkHelpers.mine();
          await short.vote({ for: [stranger] });
          await exact.vote({ for: [member] });
          await exact.pass();
          expect(await short.state()).to.equal(STATE.Defeated);
          expect(await exact.state()).to.equal(STATE.Succeeded);
          await before.restore();
        }
      });

      it("isn't helped by votes against, and isn't reached by nobody", async function () {
        const against = make("# Against");
        const nobody = make("# Nobody");
        for (const proposal of [against, nobody]) await proposal.propose(alice);
        await against.vote({ against: [alice, bob, carol] });
        await against.pass();
        await nobody.pass();
        expect(await against.state()).to.equal(STATE.Defeated);
        expect(await nobody.state()).to.equal(STATE.Defeated);
        expect(await dao.governor.proposalVotes(against.id)).to.deep.equal([tokens(600_000), 0n, 0n]);
      });
    });

    describe("a quorum that is reached late", function () {
      it("prolongs the vote once, and tells it after the vote that did", async function () {
        const { governor, config } = dao;
        const proposal = make("# Late");
        await proposal.propose(alice).start();
        const deadline = await governor.proposalDeadline(proposal.id);
        const at = deadline - HOUR;
        await travelTo(at - 1n);
        await networkHelpers.time.setNextBlockTimestamp(at);
        const extended = at + config.governance.lateQuorumExtension;
        const receipt = await (await governor.connect(alice).castVote(proposal.id, SUPPORT.for)).wait();
        expect(receipt?.logs.map((log) => governor.interface.parseLog(log)?.name)).to.deep.equal([
          "VoteCast",
          "ProposalExtended",
        ]);
        const told = receipt?.logs[1] && governor.interface.parseLog(receipt.logs[1]);
        expect(told?.args.toArray()).to.deep.equal([proposal.id, extended]);
        expect(await governor.proposalDeadline(proposal.id)).to.equal(extended);
        await networkHelpers.time.increase(HOUR);
        await expect(governor.connect(bob).castVote(proposal.id, SUPPORT.for)).not.to.emit(
          governor,
          "ProposalExtended",
        );
        await expect(governor.connect(carol).castVote(proposal.id, SUPPORT.abstain)).not.to.emit(
          governor,
          "ProposalExtended",
        );
        expect(await governor.proposalDeadline(proposal.id)).to.equal(extended);
      });

      it("doesn't where it was reached early, whoever votes later", async function () {
        const { governor } = dao;
        const proposal = make("# Early");
        await proposal.propose(alice).vote({ for: [alice] });
        const deadline = await governor.proposalDeadline(proposal.id);
        await travelTo(deadline - DAY / 24n);
        await expect(governor.connect(bob).castVote(proposal.id, SUPPORT.for)).not.to.emit(
          governor,
          "ProposalExtended",
        );
        expect(await governor.proposalDeadline(proposal.id)).to.equal(deadline);
      });

      it("isn't prolonged by a vote against", async function () {
        const { governor } = dao;
        const proposal = make("# Against");
        await proposal.propose(alice).start();
        const deadline = await governor.proposalDeadline(proposal.id);
        await travelTo(deadline - HOUR);
        await proposal.vote({ against: [alice, bob] });
        expect(await governor.proposalDeadline(proposal.id)).to.equal(deadline);
      });
    });
  });
}

describe("GovernorCounting", function () {
  /** Where ERC-7201 has its storage, that of the governor's terms, and that of the token's cap. */
  const COUNTING = 0x8bcb154f6b9f40747d60b825c4b676ae7732909a5ca68095bf7efb4d16b6fc00n;
  const TERMS = 0xd17afa75ffef997262d3ffcf57df4efa4cb798656ebc3af746a916bad0b4ea00n;
  const CONTRIBUTION_VOTES = 0x797c3c175a11e892d483dd768d571954b52114cd6e999e8f32d138fad74e6400n;

  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  it("refuses a token of which more votes may be cast than it can count, earned ones included", async function () {
    const { governor, token, factory, launcher, at, config } = dao;
    const implementation = (await factory.implementations()).governor;
    const init = { ...config.governance, guardian: launcher, guardianExpiry: 0n };
    const withCap = async (capTokens: bigint) => {
      await networkHelpers.setStorageAt(at.token, CONTRIBUTION_VOTES, (capTokens << 16n) | 2_000n);
      expect(await token.cap()).to.equal(tokens(capTokens));
      const proxy = await proxyOf(implementation, [at.token, at.timelock], launcher);
      return BrandGovernor__factory.connect(proxy, launcher).initialize(init);
    };
    const highest = 63_382_530_011n;
    await expect(withCap(highest + 1n))
      .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
      .withArgs(
        token.interface.getFunction("cap").selector,
        (tokens(highest + 1n) * 5n) / 4n,
        0,
        2n ** 96n - 1n,
      );
    await withCap(highest);
  });

  it("keeps ids and who has voted where a later version has to find them: no layout says which bit is whose", async function () {
    const { governor, at, holders, stranger } = dao;
    const [alice, bob] = holders;
    const slot = (key: BytesLike, of: BytesLike) =>
      keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], [key, of]));
    const word = (value: bigint | string) => toBeHex(value, 32);
    const read = async (place: BytesLike) =>
      BigInt(await networkHelpers.getStorageAt(at.governor, BigInt(place as string)));

    // As if 256 had been made before.
    await networkHelpers.setStorageAt(at.governor, TERMS, (await read(word(TERMS))) | (256n << 224n));
    const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# The 257th");
    await proposal.propose(alice).vote({ for: [alice] });
    expect(await governor.proposalNumber(proposal.id)).to.equal(257);
    expect(await read(slot(word(257n), word(COUNTING + 2n)))).to.equal(proposal.id);
    const voted = (voter: Signer, number: bigint) =>
      read(slot(word(number / 256n), slot(word(voter.address), word(COUNTING + 3n))));
    expect(await voted(alice, 257n)).to.equal(1n << 1n);
    expect(await voted(alice, 1n)).to.equal(0);
    expect(await voted(bob, 257n)).to.equal(0);
  });
});
