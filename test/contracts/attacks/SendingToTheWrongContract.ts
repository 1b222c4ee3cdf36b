import { expect } from "chai";
import { connect, type Connection, tokens } from "../../helpers/chain.js";
import { launchWithStewardedModules, makeMembers, MODULE_KIND } from "../../helpers/modules.js";
import { openCampaign } from "../../helpers/drop.js";
import { enact, enactLater } from "../../helpers/proposal.js";
import { deployToken } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

async function launchWithContracts(connection: Connection) {
  const dao = await launchWithStewardedModules(connection);
  const contracts = { ...dao.at, board: await dao.board.getAddress(), pass: await dao.pass.getAddress() };
  const plain = await deployToken("PlainToken", [dao.stranger]);
  await makeMembers(dao, dao.stranger);
  const terms = { kind: MODULE_KIND.CUSTOMER, royaltyBps: 0n, colour: 0n, language: 0n };
  await dao.asSafe(await dao.pass.setTerms.populateTransaction(terms));
  await dao.pass.mint(1);
  return { ...dao, contracts, plain };
}

describe("Attack: what is sent to a contract that isn't meant to have it is lost, or counts for something", function () {
  let world: Awaited<ReturnType<typeof launchWithContracts>>;

  beforeEach(async function () {
    world = await networkHelpers.loadFixture(launchWithContracts);
  });

  describe("money", function () {
    it("is taken by the treasury, and refused by all others", async function () {
      const { contracts, stranger } = world;
      for (const [name, to] of Object.entries(contracts)) {
        const send = stranger.sendTransaction({ to, value: 1 });
        if (name === "timelock") await send;
        else await expect(send, name).to.be.revert(ethers);
        expect(await ethers.provider.getBalance(to), name).to.equal(name === "timelock" ? 1n : 0n);
      }
    });

    it("that comes with a call is refused where the call needs none", async function () {
      const { badge, board, drop, governor, stranger, token } = world;
      const calls = [
        await token.delegate.populateTransaction(stranger),
        await badge.renounce.populateTransaction(1),
        await board.support.populateTransaction([1]),
        await drop.close.populateTransaction(ethers.id("none")),
        await governor.castVote.populateTransaction(1, 1),
      ];
      for (const call of calls) {
        await expect(stranger.sendTransaction({ ...call, value: 1 })).to.be.revert(ethers);
      }
    });
  });

  describe("the DAO's own tokens", function () {
    it("with treasury, drop or rewards don't circulate; with others they do, and nobody can vote with them", async function () {
      const { contracts, governor, holders, token } = world;
      const { drop, rewards, timelock } = contracts;
      const silent: string[] = [timelock, drop, rewards];
      for (const to of Object.values(contracts)) {
        const before = await token.circulatingSupply();
        await token.connect(holders[0]).transfer(to, tokens(10));
        expect(before - (await token.circulatingSupply())).to.equal(silent.includes(to) ? tokens(10) : 0n);
      }
      await networkHelpers.mine();
      const at = (await governor.clock()) - 1n;
      for (const account of silent) expect(await governor.getVotes(account, at)).to.equal(0);
    });

    it("with the governor, a passed proposal gets back", async function () {
      const { at, governor, holders, token } = world;
      const [victim] = holders;
      await token.connect(victim).transfer(at.governor, tokens(10));
      const { data } = await token.transfer.populateTransaction(victim, tokens(10));
      const call = await governor.relay.populateTransaction(at.token, 0, data);
      const proposal = enactLater(world, [call]);
      await proposal;
      await expect(governor.execute(...proposal.args)).to.changeTokenBalances(
        ethers,
        token,
        [at.governor, victim],
        [-tokens(10), tokens(10)],
      );
    });

    it("with the rewards, anybody sends on to the treasury", async function () {
      const { at, holders, rewards, token } = world;
      await token.connect(holders[0]).transfer(rewards, tokens(10));
      await expect(rewards.returnUnclaimed(token)).to.changeTokenBalances(
        ethers,
        token,
        [rewards, at.timelock],
        [-tokens(10), tokens(10)],
      );
    });

    it("with the drop, pay for no campaign's claims", async function () {
      const { drop, holders, member, stranger, token } = world;
      await token.connect(holders[0]).transfer(drop, tokens(10));
      const campaign = await openCampaign(world, [{ claimant: member.address, amount: tokens(5) }]);
      await expect(campaign.claim(stranger, 0))
        .to.be.revertedWithCustomError(drop, "LoyaltyDropUnderfunded")
        .withArgs(campaign.name, tokens(5), 0);
    });
  });

  describe("tokens of others", function () {
    it("with the treasury, a passed proposal sends on", async function () {
      const { at, holders, plain, stranger } = world;
      await plain.connect(stranger).getFunction("transfer").send(at.timelock, 10);
      const data = plain.interface.encodeFunctionData("transfer", [holders[1].address, 10]);
      await enact(world, [{ to: await plain.getAddress(), data }]);
      expect(await plain.getFunction("balanceOf").staticCall(holders[1])).to.equal(10n);
    });

    it("with the rewards, are no season's budget, and go to the treasury", async function () {
      const { at, plain, rewards, stranger } = world;
      await plain.connect(stranger).getFunction("transfer").send(rewards, 10);
      expect(await rewards.budgetOf(1, plain)).to.deep.equal([0n, 0n]);
      await rewards.returnUnclaimed(plain);
      expect(await plain.getFunction("balanceOf").staticCall(at.timelock)).to.equal(10n);
    });
  });

  describe("passes and badges", function () {
    it("a pass goes safely to the treasury, which can send it on, and to none of the other contracts", async function () {
      const { contracts, pass, stranger } = world;
      const ofStranger = pass.connect(stranger);
      const send = "safeTransferFrom(address,address,uint256)";
      for (const [name, to] of Object.entries(contracts)) {
        if (name === "timelock") continue;
        await expect(ofStranger[send](stranger, to, 1), name).to.be.revert(ethers);
      }
      await ofStranger[send](stranger, contracts.timelock, 1);
      const timelock = contracts.timelock;
      await enact(world, [await pass.transferFrom.populateTransaction(timelock, stranger, 1)]);
      expect(await pass.ownerOf(1)).to.equal(stranger);
    });

    it("a badge goes nowhere", async function () {
      const { badge, contracts, stranger } = world;
      for (const to of Object.values(contracts)) {
        await expect(badge.connect(stranger).transferFrom(stranger, to, 1)).to.be.revert(ethers);
      }
      expect(await badge.ownerOf(1)).to.equal(stranger);
    });
  });
});
