import { expect } from "chai";
import { MaxUint256, ZeroAddress } from "ethers";
import { type BallotRelay, BallotRelay__factory } from "../../../typechain-types/index.js";
import { type Marked, type SignedBallot, signBallot, signBallotAsSafe } from "../../helpers/ballots.js";
import { connect, type Connection, type Signer, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { Proposal, SUPPORT } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** More than any ballot here needs. */
const GAS = 500_000n;
/** The most that a transaction may have (EIP-7825). */
const TRANSACTION_GAS = 16_777_216n;
const NO_REASON = "0x00000000";
/** A mood of the contract Hostile: it agrees after 600,000 gas. */
const TAKES_ITS_TIME = 1;
const REASON = "新しい味を試したい";

/** A DAO whose Safe has votes, with two proposals to vote on. */
async function launchWithRelay(connection: Connection) {
  const dao = await launchDAO(connection);
  const { governor, token, safe, holders, stranger } = dao;
  await token.connect(holders[0]).transfer(safe.address, tokens(50_000));
  const relay = await new BallotRelay__factory(stranger).deploy();
  const call = { to: stranger.address, data: "0x" };
  const first = new Proposal(governor, [call], "# First");
  const second = new Proposal(governor, [call], "# Second");
  await first.propose(holders[0]);
  await second.propose(holders[0]).start();
  return { ...dao, relay, first, second };
}

describe("BallotRelay", function () {
  let dao: DAO;
  let relay: BallotRelay;
  let first: Proposal;
  let second: Proposal;
  let alice: Signer;
  let bob: Signer;
  let carol: Signer;

  beforeEach(async function () {
    ({ relay, first, second, ...dao } = await networkHelpers.loadFixture(launchWithRelay));
    [alice, bob, carol] = dao.holders;
  });

  const sign = (voter: Signer, marked: Partial<Marked> = {}, proposal = first) =>
    signBallot(dao.governor, voter, proposal, { support: SUPPORT.for, ...marked });

  const signAsSafe = (marked: Partial<Marked> = {}, safe = dao.safe) =>
    signBallotAsSafe(dao.governor, safe, dao.owners, first, { support: SUPPORT.for, ...marked });

  /** What relaying returns, within `gasLimit`. */
  const ask = (ballots: SignedBallot[], gasPerBallot: bigint, gasLimit = TRANSACTION_GAS) =>
    relay.relay.staticCall(dao.governor, ballots, gasPerBallot, { gasLimit });

  async function votesFor({ id }: Proposal): Promise<bigint> {
    return (await dao.governor.proposalVotes(id)).forVotes;
  }

  describe("casts", function () {
    it("ballots without a reason and with one, whoever sends them", async function () {
      const { governor, stranger } = dao;
      const ballots = [
        await sign(alice),
        await sign(bob, { reason: REASON }),
        await sign(carol, { support: SUPPORT.against, reason: "No" }),
      ];
      expect(await ask(ballots, GAS)).to.deep.equal([true, true, true]);
      await expect(relay.connect(stranger).relay(governor, ballots, GAS))
        .to.emit(governor, "VoteCast")
        .withArgs(alice, first.id, SUPPORT.for, tokens(250_000), "")
        .and.to.emit(governor, "VoteCast")
        .withArgs(bob, first.id, SUPPORT.for, tokens(200_000), REASON)
        .and.to.emit(governor, "VoteCast")
        .withArgs(carol, first.id, SUPPORT.against, tokens(100_000), "No")
        .and.not.to.emit(relay, "BallotRefused");
      expect([...(await governor.proposalVotes(first.id))]).to.deep.equal([
        tokens(100_000),
        tokens(450_000),
        0n,
      ]);
    });

    for (const order of ["in the order of signing", "in the other order"]) {
      it(`two ballots of one voter for two proposals, ${order}`, async function () {
        const ballots = [await sign(alice), await sign(alice, { reason: REASON }, second)];
        if (order !== "in the order of signing") ballots.reverse();
        await expect(relay.relay(dao.governor, ballots, GAS)).not.to.emit(relay, "BallotRefused");
        expect([await votesFor(first), await votesFor(second)]).to.deep.equal([
          tokens(250_000),
          tokens(250_000),
        ]);
      });
    }

    for (const reason of ["", REASON]) {
      it(`the ballot of a Safe, ${reason === "" ? "without a reason" : "with one"}`, async function () {
        const { governor, safe } = dao;
        const ballots = [await signAsSafe({ reason }), await sign(bob)];
        await expect(relay.relay(governor, ballots, GAS))
          .to.emit(governor, "VoteCast")
          .withArgs(safe.address, first.id, SUPPORT.for, tokens(50_000), reason)
          .and.not.to.emit(relay, "BallotRefused");
        expect(await votesFor(first)).to.equal(tokens(250_000));
      });
    }

    it("nothing where there are no ballots", async function () {
      expect(await ask([], GAS)).to.deep.equal([]);
      await expect(relay.relay(dao.governor, [], GAS)).not.to.emit(relay, "BallotRefused");
    });
  });

  describe("goes on after a ballot", function () {
    /** Relays `bad` between two good ballots: they are cast, and it is refused with that error. */
    async function expectRefused(bad: SignedBallot, error: string, proposal = first): Promise<void> {
      const { governor } = dao;
      const good = [await sign(bob, {}, proposal), await sign(carol, { reason: REASON }, proposal)] as const;
      const ballots = [good[0], bad, good[1]];
      expect(await ask(ballots, GAS)).to.deep.equal([true, false, true]);
      const votes = await votesFor(proposal);
      await expect(relay.relay(governor, ballots, GAS))
        .to.emit(relay, "BallotRefused")
        .withArgs(governor, bad.proposalId, bad.voter, governor.interface.getError(error)?.selector);
      expect(await votesFor(proposal)).to.equal(votes + tokens(300_000));
    }

    it("that somebody else signed", async function () {
      const forged = { ...(await sign(dao.stranger)), voter: alice.address };
      await expectRefused(forged, "GovernorInvalidSignature");
    });

    it("that was marked otherwise", async function () {
      const ballot = await sign(alice, { support: SUPPORT.against });
      await expectRefused({ ...ballot, support: SUPPORT.for }, "GovernorInvalidSignature");
    });

    it("that has another reason, or lost it", async function () {
      const ballot = await sign(alice, { reason: REASON });
      expect(await ask([{ ...ballot, reason: "" }], GAS)).to.deep.equal([false]);
      await expectRefused({ ...ballot, reason: "No reason" }, "GovernorInvalidSignature");
    });

    it("that was signed with a nonce", async function () {
      await expectRefused(await sign(alice, { nonce: 1n }), "GovernorInvalidSignature");
    });

    it("that is no signature", async function () {
      await expectRefused({ ...(await sign(alice)), signature: "0x" }, "GovernorInvalidSignature");
    });

    it("of a Safe that too few owners signed", async function () {
      const ballot = await signAsSafe({}, { ...dao.safe, threshold: 1 });
      await expectRefused(ballot, "GovernorInvalidSignature");
    });

    it("that was cast before", async function () {
      const ballot = await sign(alice);
      await relay.relay(dao.governor, [ballot], GAS);
      await expectRefused(ballot, "GovernorAlreadyCastVote");
    });

    it("of a voter who has voted meanwhile", async function () {
      const ballot = await sign(alice);
      await first.vote({ against: [alice] });
      await expectRefused(ballot, "GovernorAlreadyCastVote");
    });

    it("that is marked with what there isn't", async function () {
      await expectRefused(await sign(alice, { support: 3n }), "GovernorInvalidVoteType");
    });

    it("for a proposal that there isn't", async function () {
      const { governor, stranger } = dao;
      const never = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# Never");
      await expectRefused(await sign(alice, {}, never), "GovernorNonexistentProposal");
    });

    it("for a proposal that isn't voted on yet, or any more", async function () {
      const { governor, stranger } = dao;
      const later = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# Later");
      await later.propose(alice);
      await expectRefused(await sign(alice, {}, later), "GovernorUnexpectedProposalState");
      await first.pass();
      await expectRefused(await sign(alice), "GovernorUnexpectedProposalState", later.start());
    });

    it("and casts it the first time only, where it is there twice", async function () {
      const { governor } = dao;
      const ballot = await sign(alice);
      await expect(relay.relay(governor, [ballot, ballot], GAS))
        .to.emit(governor, "VoteCast")
        .withArgs(alice, first.id, SUPPORT.for, tokens(250_000), "")
        .and.to.emit(relay, "BallotRefused")
        .withArgs(
          governor,
          first.id,
          alice,
          governor.interface.getError("GovernorAlreadyCastVote")?.selector,
        );
      expect(await votesFor(first)).to.equal(tokens(250_000));
    });
  });

  describe("a governor", function () {
    it("needs code", async function () {
      const ballots = [await sign(alice)];
      for (const nobody of [dao.stranger.address, ZeroAddress]) {
        await expect(relay.relay(nobody, ballots, GAS))
          .to.be.revertedWithCustomError(relay, "BallotRelayNoGovernor")
          .withArgs(nobody);
      }
    });

    it("that doesn't say with how many votes has taken nothing", async function () {
      const reentrant = await ethers.deployContract("Reentrant");
      await expect(relay.relay(reentrant, [await sign(alice)], GAS))
        .to.emit(relay, "BallotRefused")
        .withArgs(reentrant, first.id, alice, NO_REASON);
    });

    it("may call back, and gains nothing", async function () {
      const { governor } = dao;
      const reentrant = await ethers.deployContract("Reentrant");
      const inner = [await sign(alice), await sign(bob)];
      const data = relay.interface.encodeFunctionData("relay", [await governor.getAddress(), inner, GAS]);
      await reentrant.getFunction("arm").send(relay, data);
      await expect(relay.relay(reentrant, [await sign(carol)], 4n * GAS))
        .to.emit(relay, "BallotRefused")
        .withArgs(reentrant, first.id, carol, NO_REASON);
      expect(await votesFor(first)).to.equal(tokens(450_000));
    });
  });

  describe("gas", function () {
    /** The smallest number from 0 to `high` for which `holds` does; it does for all above. */
    async function smallest(high: bigint, holds: (value: bigint) => Promise<boolean>): Promise<bigint> {
      let low = -1n;
      while (high - low > 1n) {
        const middle = (low + high) / 2n;
        if (await holds(middle)) high = middle;
        else low = middle;
      }
      return high;
    }

    /** The least gas limit with which the relay doesn't revert. */
    const enough = (ballots: SignedBallot[], gasPerBallot: bigint) =>
      smallest(TRANSACTION_GAS, (gasLimit) =>
        ask(ballots, gasPerBallot, gasLimit).then(
          () => true,
          () => false,
        ),
      );

    it("that is too little for a ballot leaves it as it was, for the next time", async function () {
      const { governor } = dao;
      const ballot = await sign(alice);
      await expect(relay.relay(governor, [ballot], 50_000n))
        .to.emit(relay, "BallotRefused")
        .withArgs(governor, first.id, alice, NO_REASON);
      await expect(relay.relay(governor, [ballot], GAS))
        .to.emit(governor, "VoteCast")
        .withArgs(alice, first.id, SUPPORT.for, tokens(250_000), "");
    });

    /** Expects that `ballot` is cast with any gas limit with which the relay doesn't revert. */
    async function expectPromise(ballot: SignedBallot): Promise<void> {
      const needed = await smallest(2n * GAS, async (gas) => (await ask([ballot], gas))[0] ?? false);
      expect(await ask([ballot], needed - 1n)).to.deep.equal([false]);
      const limit = await enough([ballot], needed);
      expect(await ask([ballot], needed, limit)).to.deep.equal([true]);
      await expect(ask([ballot], needed, limit - 1n))
        .to.be.revertedWithCustomError(relay, "BallotRelayInsufficientGas")
        .withArgs(0n, needed - 1n);
    }

    it("is what was promised: no gas limit makes a valid ballot look refused", async function () {
      await expectPromise(await sign(alice, { reason: REASON }));
    });

    it("is also that for the ballot of a wallet that takes much of it", async function () {
      const wallet = await ethers.deployContract("Hostile");
      await wallet.getFunction("become").send(TAKES_ITS_TIME);
      await expectPromise({ ...(await sign(alice)), voter: await wallet.getAddress() });
    });

    it("suffices to tell that a ballot was refused", async function () {
      const ballots = [await sign(alice)];
      const little = 1_000n;
      const limit = await enough(ballots, little);
      expect(await ask(ballots, little, limit)).to.deep.equal([false]);
      await expect(ask(ballots, little, limit - 1n))
        .to.be.revertedWithCustomError(relay, "BallotRelayInsufficientGas")
        .withArgs(0n, little - 1n);
    });

    it("that runs out at a later ballot undoes those before it", async function () {
      const { governor, launcher } = dao;
      const ballots = [await sign(alice), await sign(bob), await sign(carol)];
      const gasLimit = (await enough(ballots, GAS)) - 1n;
      await expect(relay.connect(launcher).relay(governor, ballots, GAS, { gasLimit }))
        .to.be.revertedWithCustomError(relay, "BallotRelayInsufficientGas")
        .withArgs(2n, GAS - 1n);
      expect(await votesFor(first)).to.equal(0n);
    });

    it("as estimated is enough for all", async function () {
      const { governor } = dao;
      const ballots = [await sign(alice), await signAsSafe(), await sign(carol, { reason: REASON })];
      const gasLimit = await relay.relay.estimateGas(governor, ballots, GAS);
      await expect(relay.relay(governor, ballots, GAS, { gasLimit })).not.to.emit(relay, "BallotRefused");
      expect(await votesFor(first)).to.equal(tokens(400_000));
    });

    it("can't be promised without end", async function () {
      await expect(ask([await sign(alice)], MaxUint256))
        .to.be.revertedWithCustomError(relay, "BallotRelayInsufficientGas")
        .withArgs(0n, (available: bigint) => available > 16_000_000n && available < TRANSACTION_GAS);
    });
  });
});
