import { expect } from "chai";
import { connect, type Connection, HOUR, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { Proposal, STATE, travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const OUTAGE = 12n * HOUR;

/** A proposal of the second holder, which the first one, who has a half of all votes, is against; the others are for it. */
async function launchWithDispute(connection: Connection) {
  const dao = await launchDAO(connection);
  const { governor, stranger, token } = dao;
  const harm = await token.transfer.populateTransaction(stranger, tokens(4_000_000));
  const proposal = new Proposal(governor, [harm], "# All of it");
  await proposal.propose(dao.holders[1]).start();
  return { ...dao, proposal };
}

/** On such a chain no block is made for hours, and the next one has the time of then: what follows is the worst hour for it. */
describe("Attack: a rollup's sequencer stops over the end of a vote", function () {
  let world: DAO & { proposal: Proposal };
  let deadline: bigint;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchWithDispute);
    deadline = await world.governor.proposalDeadline(world.proposal.id);
  });

  /** The next block's time is after the outage, in the middle of which `moment` lies. */
  const stopOver = (moment: bigint) => travelTo(moment + OUTAGE / 2n);

  it("has nobody vote any more, so that what hasn't got a quorum fails, and can be put to a vote again", async function () {
    const { governor, holders, proposal } = world;
    await governor.connect(holders[2]).castVote(proposal.id, 1);
    await stopOver(deadline);
    await expect(governor.connect(holders[0]).castVote(proposal.id, 0)).to.be.revertedWithCustomError(
      governor,
      "GovernorUnexpectedProposalState",
    );
    expect(await proposal.state()).to.equal(STATE.Defeated);
    const [targets, values, calldatas] = proposal.args;
    await governor.connect(holders[1]).propose(targets, values, calldatas, "# All of it, once more");
    expect(await governor.proposalCount()).to.equal(2);
  });

  it("prolongs what reached its quorum less than the extension before: the others still have their say", async function () {
    const { config, governor, holders, proposal } = world;
    await travelTo(deadline - OUTAGE / 2n);
    await governor.connect(holders[1]).castVote(proposal.id, 1);
    const prolonged = await governor.proposalDeadline(proposal.id);
    expect(prolonged).to.be.greaterThan(deadline + config.governance.lateQuorumExtension - OUTAGE);
    await stopOver(deadline);
    expect(await proposal.state()).to.equal(STATE.Active);
    await governor.connect(holders[0]).castVote(proposal.id, 0);
    await proposal.pass();
    expect(await proposal.state()).to.equal(STATE.Defeated);
  });

  it("passes what had its quorum long before, while those against it waited too long; the veto and the delay are left", async function () {
    const { asSafe, config, governor, holders, proposal, connection } = world;
    await governor.connect(holders[1]).castVote(proposal.id, 1);
    await stopOver(deadline);
    expect(await proposal.state()).to.equal(STATE.Succeeded);
    await proposal.queue();
    const eta = await governor.proposalEta(proposal.id);
    // The whole delay is counted from when somebody queued it: an outage before takes nothing of it.
    const { time } = connection.networkHelpers;
    expect(eta - BigInt(await time.latest())).to.equal(config.governance.timelockDelay);
    await asSafe(await governor.veto.populateTransaction(...proposal.args, "Nobody could vote"));
    expect(await proposal.state()).to.equal(STATE.Canceled);
  });

  it("over the end of the delay leaves the veto no time but that of the next blocks, in the order in which they take it", async function () {
    const { asSafe, governor, holders, proposal } = world;
    await governor.connect(holders[1]).castVote(proposal.id, 1);
    await proposal.pass().queue();
    await stopOver(await governor.proposalEta(proposal.id));
    const snapshot = await networkHelpers.takeSnapshot();
    await asSafe(await governor.veto.populateTransaction(...proposal.args, "In time"));
    await expect(governor.execute(...proposal.args)).to.be.revertedWithCustomError(
      governor,
      "GovernorUnexpectedProposalState",
    );
    await snapshot.restore();
    await proposal.execute();
    expect(await proposal.state()).to.equal(STATE.Executed);
  });

  it("doesn't expire what passed, unless it lasts for the whole time of grace", async function () {
    const { config, governor, holders, proposal } = world;
    await governor.connect(holders[1]).castVote(proposal.id, 1);
    const { gracePeriod } = config.governance;
    await travelTo(deadline + gracePeriod);
    expect(await proposal.state()).to.equal(STATE.Succeeded);
    await travelTo(deadline + gracePeriod + 1n);
    expect(await proposal.state()).to.equal(STATE.Expired);
  });

  it("over the snapshot changes nothing: it is a moment, and whoever held then votes", async function () {
    const { governor, holders, stranger, token } = world;
    const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }], "# Another");
    await proposal.propose(holders[1]);
    const snapshot = await governor.proposalSnapshot(proposal.id);
    await travelTo(snapshot + OUTAGE / 2n);
    await token.connect(holders[0]).transfer(stranger, tokens(300_000));
    await governor.connect(holders[0]).castVote(proposal.id, 0);
    await governor.connect(stranger).castVote(proposal.id, 1);
    expect(await governor.proposalVotes(proposal.id)).to.deep.equal([tokens(300_000), 0n, 0n]);
  });

  it("is made up for with blocks of the past on other chains: there, all votes that waited count as if nothing had been", async function () {
    const { governor, holders, proposal } = world;
    const { time } = networkHelpers;
    for (const [support, voter] of [
      [1, holders[1]],
      [0, holders[0]],
    ] as const) {
      await time.setNextBlockTimestamp(support === 1 ? deadline - 1n : deadline);
      await governor.connect(voter).castVote(proposal.id, support);
    }
    await proposal.pass();
    expect(await proposal.state()).to.equal(STATE.Defeated);
  });
});
