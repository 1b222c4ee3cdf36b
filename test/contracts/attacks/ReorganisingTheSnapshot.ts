import { expect } from "chai";
import { signBallot, type SignedBallot } from "../../helpers/ballots.js";
import { connect, type Connection, type Signer, tokens } from "../../helpers/chain.js";
import {
  launchWithStewardedModules,
  makeMembers,
  openCall,
  openSupport,
  signSupport,
  submitIdea,
} from "../../helpers/modules.js";
import { Proposal, STATE, SUPPORT } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const HALF = tokens(300_000);

async function launch(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  await makeMembers(dao, dao.holders[0], dao.holders[1]);
  return { ...dao, seller: dao.holders[0], buyer: dao.stranger };
}

/** What a chain forgets is put into blocks again, in another order and at other times: what was signed before is still known. */
describe("Attack: a reorganisation over the snapshot has votes counted twice, or for something else", function () {
  let world: Awaited<ReturnType<typeof launch>>;
  let proposal: Proposal;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launch);
    const { at, governor } = world;
    proposal = new Proposal(governor, [{ to: at.timelock, data: "0x" }]);
    await proposal.propose(world.holders[1]);
  });

  const sell = async (from: Signer, to: Signer) => world.token.connect(from).transfer(to, HALF);

  const cast = (ballot: SignedBallot) =>
    world.governor.castVoteBySig(ballot.proposalId, ballot.support, ballot.voter, ballot.signature);

  it("counts a sale before the snapshot or after it, and never both of its sides", async function () {
    const { buyer, governor, seller } = world;
    const snapshot = await governor.proposalSnapshot(proposal.id);
    const fork = await networkHelpers.takeSnapshot();

    // One branch: the sale is in the snapshot's second.
    await networkHelpers.time.setNextBlockTimestamp(snapshot);
    await sell(seller, buyer);
    await proposal.start();
    const ballots: SignedBallot[] = [];
    for (const voter of [seller, buyer]) {
      ballots.push(await signBallot(governor, voter, proposal, { support: SUPPORT.for }));
    }
    for (const ballot of ballots) await cast(ballot);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([0n, HALF, 0n]);
    expect(await world.token.getPastVotes(buyer, snapshot)).to.equal(HALF);

    // The other one: it comes a second later, and the ballots are those of before.
    await fork.restore();
    await networkHelpers.time.setNextBlockTimestamp(snapshot + 1n);
    await sell(seller, buyer);
    for (const ballot of ballots.reverse()) await cast(ballot);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([0n, HALF, 0n]);
    expect(await world.token.getPastVotes(buyer, snapshot)).to.equal(0);
    expect(await world.token.getPastVotes(seller, snapshot)).to.equal(HALF);
  });

  it("that moves the snapshot itself takes what is held there, though the ballots were signed before", async function () {
    const { at, buyer, governor, holders, seller } = world;
    const later = new Proposal(governor, [{ to: at.timelock, data: "0x" }], "# Later");
    const fork = await networkHelpers.takeSnapshot();
    await later.propose(holders[1]).start();
    const first = await governor.proposalSnapshot(later.id);
    const ballots: SignedBallot[] = [];
    for (const voter of [seller, buyer]) {
      ballots.push(await signBallot(governor, voter, later, { support: SUPPORT.against }));
    }
    for (const ballot of ballots) await cast(ballot);
    expect(await governor.proposalVotes(later.id)).to.deep.equal([HALF, 0n, 0n]);

    await fork.restore();
    await sell(seller, buyer);
    const again = new Proposal(governor, [{ to: at.timelock, data: "0x" }], "# Later");
    await again.propose(holders[1]).start();
    expect(again.id).to.equal(later.id);
    expect(await governor.proposalSnapshot(again.id)).to.not.equal(first);
    for (const ballot of ballots) await cast(ballot);
    // The same ballots, of which the other one has the weight now.
    expect(await governor.proposalVotes(again.id)).to.deep.equal([HALF, 0n, 0n]);
    expect(await governor.hasVoted(again.id, seller)).to.equal(true);
  });

  it("that forgets a proposal has its ballots count for no other one", async function () {
    const { at, governor, holders, seller } = world;
    const fork = await networkHelpers.takeSnapshot();
    const forgotten = new Proposal(governor, [{ to: at.timelock, data: "0x" }], "# Forgotten");
    await forgotten.propose(holders[1]).start();
    const number = await governor.proposalNumber(forgotten.id);
    const ballot = await signBallot(governor, seller, forgotten, { support: SUPPORT.for });
    await fork.restore();
    // Another one has its number.
    const other = new Proposal(governor, [{ to: at.token, data: "0x" }], "# Another");
    await other.propose(holders[2]).start();
    expect(await governor.proposalNumber(other.id)).to.equal(number);
    await expect(cast(ballot))
      .to.be.revertedWithCustomError(governor, "GovernorNonexistentProposal")
      .withArgs(forgotten.id);
    await expect(
      governor.castVoteBySig(other.id, SUPPORT.for, ballot.voter, ballot.signature),
    ).to.be.revertedWithCustomError(governor, "GovernorInvalidSignature");
    expect(await other.state()).to.equal(STATE.Active);
  });

  it("that swaps two ideas swaps what their numbers were supported for, if that was signed before: known-risks.md", async function () {
    const { board, holders } = world;
    const [first, second, supporter] = [holders[0], holders[1], holders[2]];
    const call = await openCall(world);
    const fork = await networkHelpers.takeSnapshot();
    const meant = await submitIdea(world, call, first, "Meant");
    await submitIdea(world, call, second, "Not meant");
    const signed = await signSupport(board, supporter, [meant]);

    await fork.restore();
    await submitIdea(world, call, second, "Not meant");
    await submitIdea(world, call, first, "Meant");
    await openSupport(world, call);
    await board.supportBySig(signed.supporter, signed.ideas, signed.signature);
    const { author, tally } = await board.ideaOf(meant);
    expect([author, tally > 0n]).to.deep.equal([second.address, true]);
    // No more than one voice, whatever it is for.
    await expect(
      board.supportBySig(signed.supporter, signed.ideas, signed.signature),
    ).to.be.revertedWithCustomError(board, "IdeaBoardSupportedBefore");
  });
});
