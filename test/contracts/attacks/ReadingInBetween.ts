import { expect } from "chai";
import { AbiCoder, type Contract, type Interface } from "ethers";
import { type Call, connect, type Connection, tokens } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO } from "../../helpers/dao.js";
import { Proposal, STATE } from "../../helpers/proposal.js";
import { award, deployToken, fundSeason, openClaims } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

/** What OpenZeppelin's timelock says of an operation. */
const OPERATION = { ready: 2n, done: 3n } as const;

describe("Attack: others are misled by what contracts say in the middle of a transaction", function () {
  describe("of a proposal that is being carried out, to whom it pays", function () {
    const PAID = tokens(3);

    async function launchWithReader(connection: Connection) {
      const dao = await launchDAO(connection);
      await dao.launcher.sendTransaction({ to: dao.at.timelock, value: tokens(10) });
      const reader: Contract = await ethers.deployContract("Reentrant");
      const payment = { to: await reader.getAddress(), data: "0x", value: PAID };
      const proposal = new Proposal(dao.governor, [payment, { ...payment, to: dao.stranger.address }]);
      await proposal.propose(dao.holders[0]).vote({ for: dao.holders }).pass().queue().ready();
      return { ...dao, reader, proposal };
    }

    let world: Awaited<ReturnType<typeof launchWithReader>>;

    beforeEach(async function () {
      world = await networkHelpers.loadFixture(launchWithReader);
    });

    /** What a call answers to the receiver while it is paid. */
    async function answerInBetween({ to, data }: Call): Promise<string> {
      const { governor, proposal, reader } = world;
      await reader.getFunction("arm").send(to, data);
      await governor.execute(...proposal.args);
      expect(await proposal.state()).to.equal(STATE.Executed);
      return (await reader.getFunction("answer").staticCall()) as string;
    }

    it("says that it is executed, so that nothing can be done with it any more", async function () {
      const { governor, proposal } = world;
      const answer = await answerInBetween(await governor.state.populateTransaction(proposal.id));
      expect(BigInt(answer)).to.equal(STATE.Executed);
    });

    it("is ready still in the timelock, whose word nobody acts upon: the governor cancels nothing", async function () {
      const { at, governor, proposal, timelock } = world;
      const operation = await timelock.hashOperationBatch(
        proposal.args[0],
        proposal.args[1],
        proposal.args[2],
        ethers.ZeroHash,
        proposal.args[3],
      );
      const data = timelock.interface.encodeFunctionData("getOperationState", [operation]);
      expect(BigInt(await answerInBetween({ to: at.timelock, data }))).to.equal(OPERATION.ready);
      expect(await timelock.getOperationState(operation)).to.equal(OPERATION.done);
      expect(await governor.state(proposal.id)).to.equal(STATE.Executed);
    });

    for (const step of ["cancel", "discard", "queue"] as const) {
      it(`can't be changed by ${step} from within`, async function () {
        const { governor, proposal } = world;
        const abi: Interface = governor.interface;
        const data = abi.encodeFunctionData(step, proposal.args);
        const answer = await answerInBetween({ to: world.at.governor, data });
        expect(governor.interface.parseError(answer)?.name).to.be.oneOf([
          "GovernorUnexpectedProposalState",
          "GovernorUnableToCancel",
        ]);
      });
    }

    it("has left the treasury with what isn't paid yet, and nothing else", async function () {
      const { governor, proposal, stranger } = world;
      await expect(governor.execute(...proposal.args)).to.changeEtherBalances(
        ethers,
        [world.at.timelock, await world.reader.getAddress(), stranger],
        [-2n * PAID, PAID, PAID],
      );
    });
  });

  describe("of a season's rewards, to a token that is about to be moved", function () {
    async function launchWithPoints(connection: Connection) {
      const dao = await launchDAO(connection, { kinds: [kindConfig({ points: 10n })] });
      await award(dao, KIND.BUG, dao.member);
      await award(dao, KIND.BUG, dao.other);
      const evil = await deployToken("ReentrantToken", [dao.stranger]);
      await fundSeason(dao, dao.stranger, 1n, evil, 1_000n);
      return { ...dao, evil };
    }

    let world: DAO & { evil: Contract };

    beforeEach(async function () {
      world = await networkHelpers.loadFixture(launchWithPoints);
    });

    async function arm(data: string): Promise<void> {
      await world.evil.getFunction("arm").send(world.rewards, data, 0);
    }

    async function answer(): Promise<string> {
      expect(await world.evil.getFunction("succeeded").staticCall()).to.equal(true);
      return (await world.evil.getFunction("answer").staticCall()) as string;
    }

    const budgetIn = (data: string) => AbiCoder.defaultAbiCoder().decode(["uint128", "uint128"], data);

    it("nothing is due any more to whom is being paid, and to others what was", async function () {
      const { evil, member, other, rewards } = world;
      await openClaims(world, 1n);
      for (const [reader, due] of [
        [member, 0n],
        [other, 500n],
      ] as const) {
        const snapshot = await networkHelpers.takeSnapshot();
        await arm(rewards.interface.encodeFunctionData("claimable", [1, evil.target, reader.address]));
        await rewards.claim(1, evil, member);
        expect(BigInt(await answer())).to.equal(due);
        await snapshot.restore();
      }
    });

    it("what is being paid is written down as paid", async function () {
      const { evil, member, rewards } = world;
      await openClaims(world, 1n);
      await arm(rewards.interface.encodeFunctionData("budgetOf", [1, evil.target]));
      await rewards.claim(1, evil, member);
      expect(budgetIn(await answer())).to.deep.equal([1_000n, 500n]);
    });

    it("what is being given isn't promised before it has come", async function () {
      const { evil, rewards, stranger } = world;
      await arm(rewards.interface.encodeFunctionData("budgetOf", [1, evil.target]));
      await fundSeason(world, stranger, 1n, evil, 70n);
      expect(budgetIn(await answer())).to.deep.equal([1_000n, 0n]);
      expect(await rewards.budgetOf(1, evil)).to.deep.equal([1_070n, 0n]);
    });
  });

  it("isn't asked anything by an award, a claim or a pass: who receives them isn't called", async function () {
    const dao = await networkHelpers.loadFixture(launchDAO);
    const reader: Contract = await ethers.deployContract("Reentrant");
    await award(dao, KIND.AMBASSADOR, reader);
    await dao.token.connect(dao.holders[0]).transfer(reader, 1);
    expect(await dao.badge.balanceOf(reader)).to.equal(1);
    expect(await reader.getFunction("calls").staticCall()).to.equal(0);
  });
});
