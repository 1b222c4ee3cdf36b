import { expect } from "chai";
import { type Contract, getBytes, id } from "ethers";
import { BallotRelay__factory } from "../../../typechain-types/index.js";
import { type SignedBallot, signBallot } from "../../helpers/ballots.js";
import { connect, type Connection, tokens, gasOf } from "../../helpers/chain.js";
import { launchDAO } from "../../helpers/dao.js";
import { Proposal, SUPPORT } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** Of the contract Hostile. */
const MOOD = { burnsGas: 2, returnsMuch: 3, revertsWithMuch: 4, takesNearlyAll: 5 } as const;
const INVALID_SIGNATURE = id("GovernorInvalidSignature(address)").slice(0, 10);
const HOSTILE = [
  // What the governor keeps of the gas suffices to refuse.
  ["burns all the gas it gets", MOOD.burnsGas, INVALID_SIGNATURE],
  ["leaves too little to count its vote", MOOD.takesNearlyAll, "0x00000000"],
  ["returns 250,000 bytes", MOOD.returnsMuch, INVALID_SIGNATURE],
  ["reverts with 250,000 bytes", MOOD.revertsWithMuch, INVALID_SIGNATURE],
] as const;

const GAS_PER_BALLOT = 300_000n;
/** What a ballot may cost besides, without its calldata. */
const AROUND = 10_000n;
/** What any transaction costs. */
const BASE = 21_000n;

/** A DAO with a proposal, the ballots of three honest voters, and that of a contract that has no votes. */
async function launchWithHostile(connection: Connection) {
  const dao = await launchDAO(connection);
  const { governor, holders, stranger } = dao;
  const relay = await new BallotRelay__factory(stranger).deploy();
  const hostile: Contract = await ethers.deployContract("Hostile");
  const become = (mood: number) => hostile.getFunction("become").send(mood);
  const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
  await proposal.propose(holders[0]).start();
  const honest: SignedBallot[] = [];
  for (const voter of holders) {
    honest.push(await signBallot(governor, voter, proposal, { support: SUPPORT.for }));
  }
  const bad: SignedBallot = {
    proposalId: proposal.id,
    support: SUPPORT.against,
    voter: await hostile.getAddress(),
    reason: "",
    signature: `0x${"11".repeat(65)}`,
  };
  return { ...dao, relay, hostile, become, proposal, honest, bad };
}

function calldataGas(data: string): bigint {
  return getBytes(data).reduce((gas, byte) => gas + (byte === 0 ? 4n : 16n), 0n);
}

type World = Awaited<ReturnType<typeof launchWithHostile>>;

describe("Attack: a wallet burns the batch that its ballot is in", function () {
  let world: World;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchWithHostile);
  });

  /** Gas that suffices whatever the wallets do, as the interface tells it. */
  async function worstCase(ballots: SignedBallot[]): Promise<bigint> {
    const { relay, governor } = world;
    const { data } = await relay.relay.populateTransaction(governor, ballots, GAS_PER_BALLOT);
    return (
      BASE + calldataGas(data) + BigInt(ballots.length) * (GAS_PER_BALLOT + AROUND) + GAS_PER_BALLOT / 63n
    );
  }

  async function relayed(ballots: SignedBallot[], gasLimit?: bigint) {
    const { relay, governor } = world;
    return relay.relay(governor, ballots, GAS_PER_BALLOT, {
      gasLimit: gasLimit ?? (await worstCase(ballots)),
    });
  }

  async function votes() {
    return [...(await world.governor.proposalVotes(world.proposal.id))];
  }

  for (const [what, mood, reason] of HOSTILE) {
    describe(`and ${what}`, function () {
      beforeEach(async function () {
        await world.become(mood);
      });

      it("is refused, and the ballots around it are cast", async function () {
        const { relay, governor, proposal, hostile, honest, bad } = world;
        const [first, ...others] = honest as [SignedBallot, ...SignedBallot[]];
        // What one was refused for isn't told of the next.
        const forged = { ...first, signature: bad.signature };
        await expect(relayed([first, forged, bad, ...others]))
          .to.emit(relay, "BallotRefused")
          .withArgs(governor, proposal.id, hostile, reason)
          .and.to.emit(relay, "BallotRefused")
          .withArgs(governor, proposal.id, first.voter, INVALID_SIGNATURE);
        expect(await votes()).to.deep.equal([0n, tokens(600_000), 0n]);
      });

      it("costs no more than one ballot may", async function () {
        const { honest, bad } = world;
        const snapshot = await networkHelpers.takeSnapshot();
        const without = await gasOf(relayed(honest));
        await snapshot.restore();
        const burnt = (await gasOf(relayed([bad, ...honest]))) - without;
        expect(burnt > GAS_PER_BALLOT / 2n, "it does burn gas").to.equal(true);
        expect(burnt, "gas").to.be.below(GAS_PER_BALLOT + AROUND);
      });

      it("stops nobody, also where most ballots are such", async function () {
        const { honest, bad } = world;
        const crowd = Array<SignedBallot>(40).fill({ ...bad, reason: "x".repeat(2_000) });
        await relayed([...crowd, ...honest]);
        expect(await votes()).to.deep.equal([0n, tokens(600_000), 0n]);
      });
    });
  }

  it("by turning hostile after the gas was estimated: then all of it can be tried again", async function () {
    const { relay, governor, become, honest, bad } = world;
    const ballots = [bad, ...honest];
    const estimate = await relay.relay.estimateGas(governor, ballots, GAS_PER_BALLOT);
    await become(MOOD.burnsGas);
    await expect(relayed(ballots, estimate)).to.be.revertedWithCustomError(
      relay,
      "BallotRelayInsufficientGas",
    );
    expect(await votes()).to.deep.equal([0n, 0n, 0n]);
    await relayed(ballots);
    expect(await votes()).to.deep.equal([0n, tokens(600_000), 0n]);
  });
});

describe("Attack: a governor burns the gas of whoever relays to it", function () {
  for (const [what, mood] of HOSTILE) {
    it(`as it ${what}: no more than was allowed`, async function () {
      const { relay, hostile, become, bad } = await networkHelpers.loadFixture(launchWithHostile);
      await become(mood);
      const ballots = Array<SignedBallot>(20).fill(bad);
      const receipt = await (await relay.relay(hostile, ballots, GAS_PER_BALLOT)).wait();
      const burns = mood === MOOD.burnsGas || mood === MOOD.takesNearlyAll;
      const allowed = burns ? GAS_PER_BALLOT : 150_000n;
      expect(receipt?.gasUsed).to.be.below(BASE + 20n * (allowed + AROUND));
    });
  }
});
