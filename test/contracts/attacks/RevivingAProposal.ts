import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { enact, Proposal, STATE } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

describe("Attack: reviving an expired proposal", function () {
  let dao: DAO;
  let proposal: Proposal;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
    const { governor, token, stranger, holders } = dao;
    proposal = new Proposal(governor, [
      await token.transfer.populateTransaction(stranger, tokens(1_000_000)),
    ]);
    await proposal.propose(holders[0]).vote({ for: holders }).pass();
  });

  async function expectNothingWorks(): Promise<void> {
    const { governor, holders } = dao;
    const [targets, values, calldatas] = proposal.args;
    expect(await proposal.state()).to.equal(STATE.Expired);
    const attempts = [
      governor.queue(...proposal.args),
      governor.execute(...proposal.args),
      governor.connect(holders[0]).propose(targets, values, calldatas, proposal.description),
    ];
    for (const attempt of attempts) {
      await expect(attempt).to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState");
    }
    expect(await dao.token.balanceOf(dao.stranger)).to.equal(0);
  }

  it("fails where it was never queued", async function () {
    await proposal.expire();
    await expectNothingWorks();
  });

  it("fails where it was queued", async function () {
    await proposal.queue().expire();
    await expectNothingWorks();
  });

  it("fails where it was queued and discarded", async function () {
    await proposal.queue().expire();
    await dao.governor.discard(...proposal.args);
    await expectNothingWorks();
  });

  it("fails past the governor: the timelock executes for nobody else, although the operation is ready", async function () {
    const { timelock, stranger } = dao;
    await proposal.queue().expire();
    const [targets, values, calldatas, salt] = proposal.args;
    const operation = await timelock.hashOperationBatch(targets, values, calldatas, ZeroHash, salt);
    expect(await timelock.isOperationReady(operation)).to.equal(true);
    await expect(timelock.connect(stranger).executeBatch(targets, values, calldatas, ZeroHash, salt))
      .to.be.revertedWithCustomError(timelock, "AccessControlUnauthorizedAccount")
      .withArgs(stranger, ethers.id("EXECUTOR_ROLE"));
  });

  it("isn't done by longer votes and delays, which are for later proposals", async function () {
    const { governor, timelock } = dao;
    await proposal.expire();
    await enact(
      dao,
      [
        await governor.setVotingPeriod.populateTransaction(60n * 86_400n),
        await timelock.updateDelay.populateTransaction(30n * 86_400n),
      ],
      "# Slower",
    );
    await expectNothingWorks();
  });
});
