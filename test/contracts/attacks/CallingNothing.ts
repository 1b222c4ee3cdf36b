import { expect } from "chai";
import type { Contract } from "ethers";
import { IMPLEMENTATION_SLOT } from "../../../sdk/launch/predict.js";
import { type Call, connect, type Connection, tokens } from "../../helpers/chain.js";
import { launchDAO } from "../../helpers/dao.js";
import { enact, enactLater, Proposal, STATE } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

/** What has no code, and never had. */
const NOBODY = "0x00000000000000000000000000000000000c0de5";
const MONEY = tokens(10);

async function launchWithMaker(connection: Connection) {
  const dao = await launchDAO(connection);
  await dao.launcher.sendTransaction({ to: dao.at.timelock, value: MONEY });
  const maker: Contract = await ethers.deployContract("PerishableMaker");
  const perishable = (await maker.getFunction("predict").staticCall()) as string;
  return { ...dao, maker, perishable };
}

describe("Attack: a proposal calls what has no code, or what destroys itself", function () {
  let world: Awaited<ReturnType<typeof launchWithMaker>>;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchWithMaker);
  });

  /** A call that would move the treasury's tokens, were it made to the token. */
  const spending = async (to: string): Promise<Call> => {
    const { token, stranger } = world;
    return { ...(await token.transfer.populateTransaction(stranger, tokens(1))), to };
  };

  const making = async (): Promise<Call> => {
    const { maker } = world;
    return { to: await maker.getAddress(), data: maker.interface.encodeFunctionData("make") };
  };

  it("does nothing where there is no code, and is over: its calls can't be made later, when there is some", async function () {
    const { at, governor, stranger, token } = world;
    const proposal = enactLater(world, [await spending(NOBODY)]);
    await proposal.execute();
    expect(await proposal.state()).to.equal(STATE.Executed);
    expect(await token.balanceOf(stranger)).to.equal(0);
    await networkHelpers.setCode(NOBODY, await ethers.provider.getCode(at.token));
    await expect(governor.execute(...proposal.args))
      .to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState")
      .withArgs(proposal.id, STATE.Executed, ethers.toBeHex(0x20, 32));
  });

  it("calls what is there when it is carried out, as whoever it is: the treasury lends nobody its storage", async function () {
    const { at, timelock, token } = world;
    // While it was voted on, nothing was there: then comes the code of the treasury, of the token, of whatever.
    const upgrade = await timelock.upgradeToAndCall.populateTransaction(at.token, "0x");
    const proposal = enactLater(world, [{ to: NOBODY, data: upgrade.data }, await spending(NOBODY)]);
    await proposal;
    await networkHelpers.setCode(NOBODY, await ethers.provider.getCode(at.timelock));
    const implementation = await ethers.provider.getStorage(at.timelock, IMPLEMENTATION_SLOT);
    await proposal.execute();
    expect(await ethers.provider.getStorage(at.timelock, IMPLEMENTATION_SLOT)).to.equal(implementation);
    expect(await token.balanceOf(at.timelock)).to.equal(tokens(4_000_000));
    expect(await timelock.governor()).to.equal(at.governor);
  });

  for (const name of ["token", "timelock", "governor", "badge", "drop", "rewards"] as const) {
    it(`can't have the ${name} upgraded to what has no code`, async function () {
      const contract = world[name];
      const code = await ethers.provider.getStorage(world.at[name], IMPLEMENTATION_SLOT);
      const upgrade = await contract.upgradeToAndCall.populateTransaction(NOBODY, "0x");
      const proposal = enactLater(world, [upgrade]);
      await proposal;
      await expect(world.governor.execute(...proposal.args)).to.be.revert(ethers);
      expect(await ethers.provider.getStorage(world.at[name], IMPLEMENTATION_SLOT)).to.equal(code);
    });
  }

  it("gets back what a target that destroys itself was paid, and is as it was", async function () {
    const { at, governor, maker, perishable, timelock } = world;
    const make = await making();
    await enact(world, [
      make,
      { to: perishable, data: "0x", value: MONEY },
      { to: perishable, data: "0x00000001" },
    ]);
    expect(await ethers.provider.getBalance(at.timelock)).to.equal(MONEY);
    expect(await ethers.provider.getCode(perishable)).to.equal("0x");
    expect(await ethers.provider.getCode(at.timelock)).to.not.equal("0x");
    expect(await timelock.governor()).to.equal(governor);
    // The address is free again.
    await maker.getFunction("make").send();
    expect(await ethers.provider.getCode(perishable)).to.not.equal("0x");
  });

  it("that calls what was destroyed since it passed does nothing there, and its other calls are made", async function () {
    const { governor, holders, maker, perishable, token } = world;
    const grant = await token.transfer.populateTransaction(holders[1], tokens(7));
    const make = await making();
    const proposal = new Proposal(governor, [
      make,
      { to: perishable, data: "0x00000001" },
      { to: perishable, data: "0x00000002" },
      grant,
    ]);
    await proposal.propose(holders[0]).vote({ for: holders }).pass().queue().ready();
    await expect(governor.execute(...proposal.args)).to.changeTokenBalances(
      ethers,
      token,
      [world.at.timelock, holders[1]],
      [-tokens(7), tokens(7)],
    );
    expect(await ethers.provider.getCode(await maker.getAddress())).to.not.equal("0x");
  });

  it("can't destroy the implementations, which nobody can have call anything by delegatecall", async function () {
    const { factory, perishable, stranger, maker } = world;
    await maker.getFunction("make").send();
    for (const to of await factory.implementations()) {
      const upgrade = world.timelock.interface.encodeFunctionData("upgradeToAndCall", [
        perishable,
        "0x00000001",
      ]);
      await expect(stranger.sendTransaction({ to, data: upgrade })).to.be.revert(ethers);
      expect(await ethers.provider.getCode(to)).to.not.equal("0x");
    }
  });
});
