import { expect } from "chai";
import { ZeroHash } from "ethers";
import { type Call, connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";
import { enactLater, Proposal, STATE } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

describe("Attack: a proposal has the governor act on its own timelock", function () {
  let dao: DAO;
  let earlier: Proposal;
  let operation: string;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
    const { governor, timelock, token, holders, stranger } = dao;
    earlier = new Proposal(
      governor,
      [await token.transfer.populateTransaction(stranger, tokens(1_000_000))],
      "# Earlier",
    );
    await earlier.propose(holders[0]).vote({ for: holders }).pass().queue();
    const [targets, values, calldatas, salt] = earlier.args;
    operation = await timelock.hashOperationBatch(targets, values, calldatas, ZeroHash, salt);
    expect(operation).to.equal(ethers.toBeHex(earlier.id, 32));
  });

  function execution(): string {
    const [targets, values, calldatas, salt] = earlier.args;
    return dao.timelock.interface.encodeFunctionData("executeBatch", [
      targets,
      values,
      calldatas,
      ZeroHash,
      salt,
    ]);
  }

  function cancellation(): string {
    return dao.timelock.interface.encodeFunctionData("cancel", [operation]);
  }

  /** Has it decided that the governor calls the timelock with `data`; fails when that is to be carried out. */
  async function expectRefused(data: string): Promise<void> {
    const { governor, at } = dao;
    const relaying = enactLater(dao, [await governor.relay.populateTransaction(at.timelock, 0, data)]);
    await relaying;
    await expect(governor.execute(...relaying.args)).to.be.revertedWithCustomError(
      governor,
      "BrandGovernorRelayToTimelock",
    );
    expect(await relaying.state()).to.equal(STATE.Queued);
  }

  it("can't carry out an expired proposal, although its operation is ready", async function () {
    const { timelock, token, stranger } = dao;
    await earlier.expire();
    expect(await earlier.state()).to.equal(STATE.Expired);
    await expectRefused(execution());
    expect(await timelock.isOperationReady(operation)).to.equal(true);
    expect(await earlier.state()).to.equal(STATE.Expired);
    expect(await token.balanceOf(stranger)).to.equal(0);
  });

  it("can't cancel a queued proposal, which nobody can once it isn't pending", async function () {
    const { token, stranger } = dao;
    await expectRefused(cancellation());
    await earlier.execute();
    expect(await token.balanceOf(stranger)).to.equal(tokens(1_000_000));
  });

  it("can't cancel an expired one either: it is discarded", async function () {
    const { governor } = dao;
    await earlier.expire();
    await expectRefused(cancellation());
    await expect(governor.discard(...earlier.args))
      .to.emit(governor, "ProposalDiscarded")
      .withArgs(earlier.id);
  });

  it("can't schedule anything else, and not even send ETH", async function () {
    const { timelock, stranger } = dao;
    const call = [stranger.address, 0, "0x", ZeroHash, ZeroHash] as const;
    await expectRefused(timelock.interface.encodeFunctionData("schedule", [...call, 2n * DAY]));
    await expectRefused("0x");
  });

  it("can't get around it by relaying twice", async function () {
    const { governor, at } = dao;
    await earlier.expire();
    const inner = governor.interface.encodeFunctionData("relay", [at.timelock, 0, execution()]);
    const outer = governor.interface.encodeFunctionData("relay", [at.governor, 0, inner]);
    for (const [data, error, args] of [
      [inner, "BrandGovernorRelayToTimelock", []],
      [outer, "GovernorOnlyExecutor", [at.governor]],
    ] as const) {
      const call = await governor.relay.populateTransaction(at.governor, 0, data);
      const relaying = enactLater(dao, [call], `# Ends in ${error}`);
      await relaying;
      await expect(governor.execute(...relaying.args))
        .to.be.revertedWithCustomError(governor, error)
        .withArgs(...args);
    }
    expect(await earlier.state()).to.equal(STATE.Expired);
  });
});

async function launchWithStrayTokens(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  const { token, holders, at, launcher } = dao;
  await token.connect(holders[0]).transfer(at.governor, tokens(3));
  await launcher.sendTransaction({ to: at.timelock, value: tokens(1) });
  return dao;
}

describe("BrandGovernor, relay to others than the timelock", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithStrayTokens);
  });

  it("recovers what was sent to the governor", async function () {
    const { governor, token, at } = dao;
    const data = token.interface.encodeFunctionData("transfer", [at.timelock, tokens(3)]);
    const proposal = enactLater(dao, [await governor.relay.populateTransaction(at.token, 0, data)]);
    await proposal;
    await expect(governor.execute(...proposal.args)).to.changeTokenBalances(
      ethers,
      token,
      [at.governor, at.timelock],
      [-tokens(3), tokens(3)],
    );
  });

  it("passes ETH on", async function () {
    const { governor, at, stranger } = dao;
    const call: Call = await governor.relay.populateTransaction(stranger, tokens(1), "0x");
    const proposal = enactLater(dao, [{ ...call, value: tokens(1) }]);
    await proposal;
    await expect(governor.execute(...proposal.args)).to.changeEtherBalances(
      ethers,
      [at.timelock, stranger],
      [-tokens(1), tokens(1)],
    );
  });

  it("lets through what the call reverts with", async function () {
    const { governor, token, at, stranger } = dao;
    const data = token.interface.encodeFunctionData("transfer", [stranger.address, tokens(4)]);
    const proposal = enactLater(dao, [await governor.relay.populateTransaction(at.token, 0, data)]);
    await proposal;
    await expect(governor.execute(...proposal.args))
      .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
      .withArgs(at.governor, tokens(3), tokens(4));
  });

  it("is only for a passed proposal", async function () {
    const { governor, asSafe, token, holders, stranger, safe, at } = dao;
    const data = token.interface.encodeFunctionData("transfer", [stranger.address, tokens(3)]);
    const call = await governor.relay.populateTransaction(at.token, 0, data);
    for (const [account, attempt] of [
      [stranger.address, () => stranger.sendTransaction(call)],
      [holders[0].address, () => holders[0].sendTransaction(call)],
      [safe.address, () => asSafe(call)],
    ] as const) {
      await expect(attempt())
        .to.be.revertedWithCustomError(governor, "GovernorOnlyExecutor")
        .withArgs(account);
    }
  });
});
