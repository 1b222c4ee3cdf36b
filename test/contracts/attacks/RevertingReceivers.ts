import { expect } from "chai";
import { type Contract, ZeroHash } from "ethers";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { openCampaign } from "../../helpers/drop.js";
import { launchWithStewardedModules, MODULE_KIND } from "../../helpers/modules.js";
import { Proposal, STATE } from "../../helpers/proposal.js";
import { deployToken, fundSeason, openClaims } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

/** Of the contract Hostile. */
const REVERTS_WITH_MUCH = 4;

/** A contract that reverts, whatever it is called with, is a customer beside honest ones. */
async function launchWithReverting(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  const reverting: Contract = await ethers.deployContract("Hostile");
  await reverting.getFunction("become").send(REVERTS_WITH_MUCH);
  await dao.launcher.sendTransaction({ to: dao.at.timelock, value: tokens(10) });
  return { ...dao, reverting };
}

describe("Attack: a receiver reverts, so that nobody else receives anything", function () {
  let world: Awaited<ReturnType<typeof launchWithReverting>>;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchWithReverting);
  });

  /** One badge each, in one batch. */
  async function awardAll(kind: bigint): Promise<void> {
    const { asSafe, badge, member, other, reverting } = world;
    const accounts = [member.address, await reverting.getAddress(), other.address];
    await asSafe(
      await badge.awardBatch.populateTransaction(
        kind,
        accounts,
        accounts.map(() => ZeroHash),
        "",
      ),
    );
  }

  it("of a batch of badges, with votes or without, which all receive", async function () {
    const { badge, member, other, reverting, token } = world;
    for (const kind of [MODULE_KIND.CUSTOMER, MODULE_KIND.VOTER]) await awardAll(kind);
    for (const account of [member, reverting, other]) {
      expect(await badge.balanceOf(account)).to.equal(2);
      expect(await token.getVotes(account)).to.equal(tokens(1_000));
    }
  });

  it("of passes, which all receive", async function () {
    const { asSafe, member, other, pass, reverting } = world;
    await awardAll(MODULE_KIND.CUSTOMER);
    const terms = { kind: MODULE_KIND.CUSTOMER, royaltyBps: 0n, colour: 0n, language: 0n };
    await asSafe(await pass.setTerms.populateTransaction(terms));
    for (const id of [1, 2, 3]) await pass.mint(id);
    for (const account of [member, reverting, other]) expect(await pass.balanceOf(account)).to.equal(1);
  });

  it("of a campaign, from which all receive", async function () {
    const { member, reverting, stranger, token } = world;
    const kind = MODULE_KIND.CUSTOMER;
    const leaves = [await reverting.getAddress(), member.address].map((claimant) => ({
      claimant,
      kind,
      amount: tokens(5),
    }));
    const campaign = await openCampaign(world, leaves, { funding: tokens(10) });
    for (const position of [0, 1]) await campaign.claim(stranger, position);
    for (const account of [reverting, member]) {
      expect(await token.balanceOf(account)).to.equal(tokens(5));
      expect(await world.badge.balanceOf(account)).to.equal(1);
    }
  });

  it("of a season's rewards, of which all receive their share", async function () {
    const { member, other, reverting, rewards, stranger } = world;
    await awardAll(MODULE_KIND.CUSTOMER);
    const plain = await deployToken("PlainToken", [stranger]);
    await fundSeason(world, stranger, 1n, plain, 900n);
    await openClaims(world, 1n);
    for (const account of [reverting, member, other]) {
      await rewards.claim(1, plain, account);
      expect(await plain.getFunction("balanceOf").staticCall(account)).to.equal(300n);
    }
  });

  it("of money that a proposal pays to several: none is paid, and others pay whom they name", async function () {
    const { at, governor, holders, member, reverting } = world;
    const pay = async (...receivers: { getAddress: () => Promise<string> }[]) =>
      Promise.all(
        receivers.map(async (one) => ({ to: await one.getAddress(), data: "0x", value: tokens(1) })),
      );
    const both = new Proposal(governor, await pay(member, reverting), "# Both");
    const honest = new Proposal(governor, await pay(member), "# The honest one");
    for (const proposal of [both, honest]) await proposal.propose(holders[0]);
    for (const proposal of [both, honest]) await proposal.vote({ for: holders });
    for (const proposal of [both, honest]) await proposal.pass().queue();
    for (const proposal of [both, honest]) await proposal.ready();
    await expect(governor.execute(...both.args)).to.be.revert(ethers);
    expect(await both.state()).to.equal(STATE.Queued);
    await expect(governor.execute(...honest.args)).to.changeEtherBalances(
      ethers,
      [at.timelock, member, reverting],
      [-tokens(1), tokens(1), 0],
    );
    // What can't be carried out expires.
    await both.expire();
    expect(await both.state()).to.equal(STATE.Expired);
    await governor.discard(...both.args);
  });
});
