import { expect } from "chai";
import { type Contract, ZeroHash } from "ethers";
import { type Call, connect, type Connection, tokens } from "../../helpers/chain.js";
import {
  COUNTING,
  launchWithStewardedModules,
  makeMembers,
  openCall,
  openSupport,
  submitIdea,
} from "../../helpers/modules.js";
import { Proposal, STATE, SUPPORT, travelTo } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** Half of what circulates, and more than any quorum: what the first holder lends to anybody for the time of a transaction. */
const LENT = tokens(300_000);

async function launchWithLender(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  const borrower: Contract = await ethers.deployContract("FlashBorrower");
  await dao.token.connect(dao.holders[0]).approve(borrower, LENT * 100n);
  return { ...dao, borrower, lender: dao.holders[0] };
}

describe("Attack: somebody decides with votes that are borrowed for one transaction", function () {
  let world: Awaited<ReturnType<typeof launchWithLender>>;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchWithLender);
  });

  /** Has the borrower make calls while it has what the lender lends. */
  function borrow(calls: Call[]) {
    const { borrower, lender, token, stranger } = world;
    const steps = calls.map(({ to, data }) => ({ target: to, data }));
    return borrower.connect(stranger).getFunction("borrow").send(token, lender, LENT, steps);
  }

  const harmful = async () => {
    const { token, at, stranger } = world;
    return { ...(await token.transfer.populateTransaction(stranger, tokens(4_000_000))), to: at.token };
  };

  it("can't propose", async function () {
    const { borrower, config, governor } = world;
    const call = await harmful();
    const proposing = await governor.propose.populateTransaction([call.to], [0], [call.data], "# Mine");
    await expect(borrow([proposing]))
      .to.be.revertedWithCustomError(governor, "GovernorInsufficientProposerVotes")
      .withArgs(borrower, 0, config.governance.proposalThreshold);
  });

  it("can't vote with them while a vote is open", async function () {
    const { borrower, governor, holders } = world;
    const proposal = new Proposal(governor, [await harmful()]);
    await proposal.propose(holders[1]).start();
    await borrow([await governor.castVote.populateTransaction(proposal.id, SUPPORT.for)]);
    expect(await governor.hasVoted(proposal.id, borrower)).to.equal(true);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([0n, 0n, 0n]);
    await proposal.pass();
    expect(await proposal.state()).to.equal(STATE.Defeated);
  });

  it("can't have them counted at the snapshot, by borrowing in that very second", async function () {
    const { borrower, governor, holders, lender, token } = world;
    const proposal = new Proposal(governor, [await harmful()]);
    await proposal.propose(holders[1]);
    const snapshot = await governor.proposalSnapshot(proposal.id);
    await networkHelpers.time.setNextBlockTimestamp(snapshot);
    await borrow([]);
    await proposal.start();
    expect(await token.getPastVotes(borrower, snapshot)).to.equal(0);
    expect(await token.getPastVotes(lender, snapshot)).to.equal(LENT);
    await borrow([await governor.castVote.populateTransaction(proposal.id, SUPPORT.for)]);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([0n, 0n, 0n]);
    // The lender's own votes are where they were.
    await governor.connect(lender).castVote(proposal.id, SUPPORT.against);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([LENT, 0n, 0n]);
  });

  it("can't have them voted with by a delegate, in that second or in one of the vote", async function () {
    const { governor, holders, stranger, token } = world;
    const proposal = new Proposal(governor, [await harmful()]);
    await proposal.propose(holders[1]);
    const delegating = await token.delegate.populateTransaction(stranger);
    await networkHelpers.time.setNextBlockTimestamp(await governor.proposalSnapshot(proposal.id));
    await borrow([delegating]);
    await proposal.start();
    await borrow([delegating]);
    await governor.connect(stranger).castVote(proposal.id, SUPPORT.for);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([0n, 0n, 0n]);
    expect(await token.getVotes(stranger)).to.equal(0);
  });

  it("can't lower a quorum by parking them with the treasury in the second of the snapshot", async function () {
    const { at, governor, holders, token } = world;
    const proposal = new Proposal(governor, [await harmful()]);
    await proposal.propose(holders[1]);
    const snapshot = await governor.proposalSnapshot(proposal.id);
    await travelTo(snapshot - 1n);
    const before = await governor.quorum(snapshot - 2n);
    await networkHelpers.time.setNextBlockTimestamp(snapshot);
    await borrow([await token.delegate.populateTransaction(at.timelock)]);
    await proposal.start();
    expect(await governor.quorum(snapshot)).to.equal(before);
  });

  it("can't support an idea with them, at the snapshot of its call or later", async function () {
    const { board, borrower, holders } = world;
    await makeMembers(world, holders[1]);
    const call = await openCall(world, { counting: COUNTING.weight });
    const idea = await submitIdea(world, call, holders[1]);
    await networkHelpers.time.increaseTo((await board.callOf(call)).snapshot - 1n);
    await borrow([]);
    await openSupport(world, call);
    await expect(borrow([await board.support.populateTransaction([idea])]))
      .to.be.revertedWithCustomError(board, "IdeaBoardNoVoice")
      .withArgs(call, borrower);
    expect((await board.ideaOf(idea)).tally).to.equal(0);
  });

  it("gains no room for earned votes that lasts longer than the transaction", async function () {
    const { token } = world;
    const before = await token.contributionLimit();
    await borrow([await token.delegate.populateTransaction(world.at.timelock)]);
    expect(await token.contributionLimit()).to.deep.equal(before);
  });

  it("meets votes where they are really held, as before", async function () {
    const { governor, holders, stranger } = world;
    const proposal = new Proposal(governor, [{ to: stranger.address, data: ZeroHash }]);
    await proposal.propose(holders[1]).vote({ for: holders }).pass();
    expect(await proposal.state()).to.equal(STATE.Succeeded);
  });
});
