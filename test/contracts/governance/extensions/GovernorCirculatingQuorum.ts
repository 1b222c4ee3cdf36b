import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection, DAY, now, tokens } from "../../../helpers/chain.js";
import { type DAO, KIND, launchDAO } from "../../../helpers/dao.js";
import { enact, enactLater, Proposal, STATE, SUPPORT, travelTo } from "../../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** A quorum of 4 %, of 600,000 tokens in circulation. */
const launchWithFourPercent = (connection: Connection) =>
  launchDAO(connection, { governance: { quorumBps: 400n }, token: { contributionShareBps: 400n } });

/** One unit more than 600,000 tokens in circulation: 4 % of them is no whole number. */
const launchWithOddSupply = (connection: Connection) =>
  launchDAO(connection, {
    governance: { quorumBps: 400n },
    token: {
      contributionShareBps: 400n,
      allocations: [{ account: "0x00000000000000000000000000000000000000aa", amount: tokens(600_000) + 1n }],
    },
  });

describe("GovernorCirculatingQuorum", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithFourPercent);
  });

  /** The quorum of a proposal with its snapshot in the newest block. */
  async function quorumNow({ governor, connection }: DAO): Promise<bigint> {
    const timepoint = await now(connection);
    await networkHelpers.mine();
    return governor.quorum(timepoint);
  }

  describe("quorum", function () {
    it("is a fraction of all votes but the treasury's", async function () {
      expect(await quorumNow(dao)).to.equal(tokens(24_000));
    });

    it("is never below the floor", async function () {
      const { token, holders, at } = dao;
      await token.connect(holders[0]).transfer(at.timelock, tokens(200_000));
      expect(await quorumNow(dao)).to.equal(tokens(20_000));
      for (const holder of holders) {
        await token.connect(holder).transfer(at.timelock, await token.balanceOf(holder));
      }
      expect(await quorumNow(dao)).to.equal(tokens(20_000));
    });

    it("is rounded up", async function () {
      const odd = await networkHelpers.loadFixture(launchWithOddSupply);
      expect(await quorumNow(odd)).to.equal(tokens(24_000) + 1n);
    });

    it("counts the votes of contributors", async function () {
      const { asSafe, badge, member } = dao;
      await asSafe(await badge.award.populateTransaction(KIND.AMBASSADOR, member, ZeroHash));
      expect(await quorumNow(dao)).to.equal(tokens(24_040));
    });

    it("leaves out what is delegated to the treasury", async function () {
      const { token, holders, at } = dao;
      await token.connect(holders[2]).delegate(at.timelock);
      expect(await quorumNow(dao)).to.equal(tokens(20_000));
      await token.connect(holders[2]).delegate(holders[2]);
      expect(await quorumNow(dao)).to.equal(tokens(24_000));
    });

    it("of the past isn't changed by what happens later", async function () {
      const { connection, governor, token } = dao;
      const past = await now(connection);
      await enact(dao, [
        await governor.updateQuorumNumerator.populateTransaction(4_600),
        await token.transfer.populateTransaction(dao.stranger, tokens(1_000_000)),
      ]);
      expect(await governor.quorum(past)).to.equal(tokens(24_000));
      expect(await quorumNow(dao)).to.equal(tokens(736_000));
    });

    it("is met by votes for and abstaining, not by votes against", async function () {
      const { governor, token, holders, stranger } = dao;
      const [alice, bob] = holders;
      await token.connect(alice).transfer(stranger, tokens(290_000));
      await token.connect(bob).transfer(stranger, tokens(186_000));
      const call = await token.transfer.populateTransaction(stranger, 1);
      const passing = new Proposal(governor, [call], "# 10,000 for and 14,000 abstaining");
      await passing
        .propose(alice)
        .vote({ for: [alice], abstain: [bob] })
        .pass();
      expect(await passing.state()).to.equal(STATE.Succeeded);
      const failing = new Proposal(governor, [call], "# 14,000 for and 10,000 against");
      await failing
        .propose(alice)
        .vote({ for: [bob], against: [alice] })
        .pass();
      expect(await failing.state()).to.equal(STATE.Defeated);
    });

    it("isn't met by one unit less", async function () {
      const { governor, token, holders, stranger } = dao;
      const [alice, bob] = holders;
      await token.connect(bob).transfer(stranger, tokens(176_000) + 1n);
      const call = await token.transfer.populateTransaction(stranger, 1);
      const proposal = new Proposal(governor, [call]);
      await proposal
        .propose(alice)
        .vote({ for: [bob] })
        .pass();
      expect((await governor.proposalVotes(proposal.id)).forVotes).to.equal(tokens(24_000) - 1n);
      expect(await proposal.state()).to.equal(STATE.Defeated);
    });
  });

  describe("the treasury's votes", function () {
    it("are none, also where others delegated to it", async function () {
      const { connection, governor, token, holders, at } = dao;
      await token.connect(holders[0]).delegate(at.timelock);
      const timepoint = await now(connection);
      await networkHelpers.mine();
      expect(await token.getPastVotes(at.timelock, timepoint)).to.equal(tokens(4_300_000));
      expect(await governor.getVotes(at.timelock, timepoint)).to.equal(0);
      expect(await governor.getVotesWithParams(at.timelock, timepoint, "0x")).to.equal(0);
      expect(await governor.getVotes(holders[1], timepoint)).to.equal(tokens(200_000));
    });

    it("can't be cast on one proposal by another", async function () {
      const { governor, token, holders, stranger, at } = dao;
      const [alice] = holders;
      await token.connect(holders[2]).delegate(at.timelock);
      const wanted = new Proposal(
        governor,
        [await token.transfer.populateTransaction(stranger, 1)],
        "# Wanted",
      );
      const ballot = await governor.castVote.populateTransaction(wanted.id, SUPPORT.for);
      const voting = enactLater(dao, [ballot], "# Vote with the treasury");
      await voting;
      await wanted.propose(alice).start();
      await expect(governor.execute(...voting.args))
        .to.emit(governor, "VoteCast")
        .withArgs(at.timelock, wanted.id, SUPPORT.for, 0, "");
      expect((await governor.proposalVotes(wanted.id)).forVotes).to.equal(0);
    });

    it("aren't enough to propose", async function () {
      const { governor, stranger, at, config } = dao;
      const call = await governor.propose.populateTransaction(
        [stranger.address],
        [0],
        ["0x"],
        "# By the treasury",
      );
      const proposal = enactLater(dao, [call]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.be.revertedWithCustomError(governor, "GovernorInsufficientProposerVotes")
        .withArgs(at.timelock, 0, config.governance.proposalThreshold);
    });
  });

  describe("quorumNumerator", function () {
    it("is in basis points, and keeps its history", async function () {
      const { connection, governor } = dao;
      expect(await governor.quorumDenominator()).to.equal(10_000);
      const before = await now(connection);
      await travelTo(before + DAY);
      await enact(dao, [await governor.updateQuorumNumerator.populateTransaction(500)]);
      expect(await governor["quorumNumerator(uint256)"](before)).to.equal(400);
      expect(await governor["quorumNumerator()"]()).to.equal(500);
    });
  });
});
