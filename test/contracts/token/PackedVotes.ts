import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { MaxUint256, ZeroAddress } from "ethers";
import type { BrandToken } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, now, tokens } from "../../helpers/chain.js";
import { type DAO, launchDAO, type Overrides } from "../../helpers/dao.js";
import { STACKS } from "../../helpers/openZeppelins.js";

const { ethers, networkHelpers } = await connect();

const HIGHEST_CAP = 63_382_530_011n;
const PANIC = { outOfBounds: 0x32 };

/** The DAO's token as its badge and its timelock call it. */
async function asContracts({ token, at }: DAO): Promise<{ byBadge: BrandToken; byTimelock: BrandToken }> {
  for (const account of [at.badge, at.timelock]) {
    await networkHelpers.impersonateAccount(account);
    await networkHelpers.setBalance(account, tokens(1));
  }
  return {
    byBadge: token.connect(await ethers.getSigner(at.badge)),
    byTimelock: token.connect(await ethers.getSigner(at.timelock)),
  };
}

/** As many tokens as there can be at most, all to be minted or earned by one. */
function launchWithHighestCap(connection: Connection): Promise<DAO> {
  const limit = { amount: 2n ** 128n - 1n, window: DAY };
  const overrides: Overrides = {
    token: {
      capTokens: HIGHEST_CAP,
      mintLimit: limit,
      contributionLimit: limit,
      contributionShareBps: 2_500n,
    },
    governance: { quorumBps: 2_500n },
  };
  return launchDAO(connection, overrides);
}

for (const [whose, launch] of STACKS) {
  describe(`PackedVotes, ${whose}`, function () {
    let dao: DAO;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launch);
    });

    /** Has all of them done in one block. */
    async function inOneSecond(sent: (() => Promise<ContractTransactionResponse>)[]): Promise<bigint> {
      await ethers.provider.send("evm_setAutomine", [false]);
      try {
        const transactions = [];
        for (const send of sent) transactions.push(await send());
        await networkHelpers.mine();
        for (const transaction of transactions) await transaction.wait();
      } finally {
        await ethers.provider.send("evm_setAutomine", [true]);
      }
      return now(dao.connection);
    }

    const gas = { gasLimit: 1_000_000 };

    describe("what moves no votes", function () {
      it("leaves them, and writes no checkpoint: sending to oneself, nothing, or to who has the same delegate", async function () {
        const { token, holders, stranger } = dao;
        const [alice, bob, carol] = holders;
        await token.connect(alice).delegate(carol);
        await token.connect(bob).delegate(carol);
        const before = await token.numCheckpoints(carol);
        for (const send of [
          () => token.connect(alice).transfer(alice, tokens(10)),
          () => token.connect(alice).transfer(bob, 0),
          () => token.connect(stranger).transfer(alice, 0),
          () => token.connect(alice).transfer(bob, tokens(10)),
          () => token.connect(bob).transfer(carol, tokens(10)),
          () => token.connect(carol).transfer(alice, tokens(10)),
          () => token.connect(carol).transfer(carol, tokens(10)),
        ]) {
          await expect(send()).to.emit(token, "Transfer").and.not.to.emit(token, "DelegateVotesChanged");
        }
        expect(await token.numCheckpoints(carol)).to.equal(before);
        expect(await token.getVotes(carol)).to.equal(tokens(600_000));
        expect(await token.getVotes(alice)).to.equal(0);
        expect(await token.balanceOf(bob)).to.equal(tokens(200_000));
      });

      it("can't send more than there is, also not to oneself", async function () {
        const { token, holders } = dao;
        const [alice] = holders;
        for (const amount of [tokens(300_000) + 1n, 2n ** 96n, MaxUint256]) {
          await expect(token.connect(alice).transfer(alice, amount))
            .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
            .withArgs(alice, tokens(300_000), amount);
        }
      });
    });

    describe("one who delegated", function () {
      it("gives and takes with the delegate's votes, whose own balance stays", async function () {
        const { token, holders, stranger } = dao;
        const [alice, bob] = holders;
        await token.connect(alice).delegate(bob);
        await expect(token.connect(alice).transfer(stranger, tokens(1)))
          .to.emit(token, "DelegateVotesChanged")
          .withArgs(bob, tokens(500_000), tokens(499_999))
          .and.to.emit(token, "DelegateVotesChanged")
          .withArgs(stranger, 0, tokens(1));
        await token.connect(stranger).transfer(alice, tokens(1));
        expect(await token.getVotes(bob)).to.equal(tokens(500_000));
        expect(await token.balanceOf(bob)).to.equal(tokens(200_000));
        await token.connect(alice).burn(tokens(1));
        expect(await token.getVotes(bob)).to.equal(tokens(499_999));
        expect(await token.getVotes(alice)).to.equal(0);
      });

      it("keeps the delegate when it was chosen with nothing to delegate, and when all was sent away", async function () {
        const { token, holders, stranger } = dao;
        const [alice, bob] = holders;
        await expect(token.connect(stranger).delegate(bob)).not.to.emit(token, "DelegateVotesChanged");
        await token.connect(alice).transfer(stranger, tokens(5));
        expect(await token.getVotes(bob)).to.equal(tokens(200_005));
        await token.connect(stranger).transfer(alice, tokens(5));
        await token.connect(alice).transfer(stranger, tokens(6));
        expect(await token.delegates(stranger)).to.equal(bob);
        expect(await token.getVotes(bob)).to.equal(tokens(200_006));
        expect(await token.getVotes(stranger)).to.equal(0);
      });

      it("can go back and forth between others, itself and nobody, and no vote is lost or doubled", async function () {
        const { token, holders, stranger } = dao;
        const [alice, bob, carol] = holders;
        for (const delegatee of [bob, carol, alice, bob, ZeroAddress, carol, alice, ZeroAddress, alice]) {
          await token.connect(alice).delegate(delegatee);
          await token.connect(alice).transfer(stranger, 1);
          await token.connect(stranger).transfer(alice, 1);
          const votes = await Promise.all([alice, bob, carol].map((each) => token.getVotes(each)));
          const chosen = delegatee === ZeroAddress ? alice : delegatee;
          expect(votes).to.deep.equal(
            [tokens(0), tokens(200_000), tokens(100_000)].map((own, i) =>
              holders[i] === chosen ? own + tokens(300_000) : own,
            ),
          );
        }
      });
    });

    describe("within a second", function () {
      it("only what holds at its end is a checkpoint, and the past", async function () {
        const { token, holders, stranger } = dao;
        const [alice] = holders;
        const count = await token.numCheckpoints(alice);
        const second = await inOneSecond([
          () => token.connect(alice).transfer(stranger, tokens(1), gas),
          () => token.connect(alice).delegate(stranger, gas),
          () => token.connect(alice).delegate(alice, gas),
          () => token.connect(alice).transfer(stranger, tokens(2), gas),
        ]);
        await networkHelpers.mine();
        expect(await token.numCheckpoints(alice)).to.equal(count + 1n);
        expect(await token.numCheckpoints(stranger)).to.equal(1);
        expect(await token.getPastVotes(alice, second)).to.equal(tokens(299_997));
        expect(await token.getPastVotes(stranger, second)).to.equal(tokens(3));
        expect(await token.getPastVotes(alice, second - 1n)).to.equal(tokens(300_000));
        expect(await token.getPastVotes(stranger, second - 1n)).to.equal(0);
      });

      it("that isn't over, nothing is said of the past", async function () {
        const { connection, token, holders } = dao;
        const time = await now(connection);
        for (const asked of [time, time + 1n, 2n ** 48n, MaxUint256]) {
          await expect(token.getPastVotes(holders[0], asked))
            .to.be.revertedWithCustomError(token, "ERC5805FutureLookup")
            .withArgs(asked, time);
          await expect(token.getPastTotalSupply(asked)).to.be.revertedWithCustomError(
            token,
            "ERC5805FutureLookup",
          );
        }
      });
    });

    describe("checkpoints", function () {
      it("are found, each of many, and right before and after it", async function () {
        const { connection, token, holders, stranger } = dao;
        const [alice] = holders;
        const launched = await now(connection);
        const known: [time: bigint, votes: bigint][] = [];
        for (let i = 1n; i <= 40n; i++) {
          await networkHelpers.time.increase(2n * i);
          await token.connect(alice).transfer(stranger, i);
          known.push([await now(connection), (i * (i + 1n)) / 2n]);
        }
        await networkHelpers.mine();
        expect(await token.getPastVotes(stranger, launched)).to.equal(0);
        expect(await token.getPastVotes(stranger, 0)).to.equal(0);
        expect(await token.numCheckpoints(stranger)).to.equal(40);
        for (const [i, [time, votes]] of known.entries()) {
          expect(await token.getPastVotes(stranger, time)).to.equal(votes);
          expect(await token.getPastVotes(alice, time)).to.equal(tokens(300_000) - votes);
          expect(await token.getPastVotes(stranger, time - 1n)).to.equal(known[i - 1]?.[1] ?? 0n);
          expect([...(await token.checkpoints(stranger, i))]).to.deep.equal([time, votes]);
        }
      });

      it("that aren't there are refused as by OpenZeppelin", async function () {
        const { token, holders, stranger } = dao;
        await expect(token.checkpoints(stranger, 0)).to.be.revertedWithPanic(PANIC.outOfBounds);
        const count = await token.numCheckpoints(holders[0]);
        for (const index of [count, count + 1n, 2n ** 32n - 1n]) {
          await expect(token.checkpoints(holders[0], index)).to.be.revertedWithPanic(PANIC.outOfBounds);
        }
      });
    });
  });
}

describe("PackedVotes, at the highest cap", function () {
  it("one account can have all tokens and earn all votes that there are, and nothing runs over", async function () {
    const dao = await networkHelpers.loadFixture(launchWithHighestCap);
    const { token, holders, stranger } = dao;
    const [alice, bob, carol] = holders;
    const { byBadge, byTimelock } = await asContracts(dao);
    const cap = tokens(HIGHEST_CAP);
    for (const holder of [bob, carol]) {
      await token.connect(holder).transfer(alice, await token.balanceOf(holder));
    }
    await byTimelock.transfer(alice, tokens(4_000_000));
    await byTimelock.mint(alice, cap - tokens(4_600_000));
    expect(await token.totalSupply()).to.equal(cap);

    const earned = cap / 4n;
    await byBadge.moveContributionVotes(ZeroAddress, alice, earned);
    expect(await token.getVotes(alice)).to.equal(cap + earned);
    for (const attempt of [
      byTimelock.mint.staticCall(alice, 1),
      byTimelock.mint.staticCall(bob, 1),
      byTimelock.mint.staticCall(bob, 2n ** 100n),
    ]) {
      await expect(attempt).to.be.revertedWithCustomError(token, "ERC20ExceededSafeSupply");
    }
    expect(await byBadge.moveContributionVotes.staticCall(ZeroAddress, bob, 1)).to.equal(0);

    await token.connect(alice).delegate(stranger);
    expect(await token.getVotes(stranger)).to.equal(cap + earned);
    await token.connect(alice).transfer(bob, cap);
    expect(await token.getVotes(stranger)).to.equal(earned);
    expect(await token.getVotes(bob)).to.equal(cap);
    await byBadge.moveContributionVotes(alice, ZeroAddress, earned);
    await token.connect(bob).burn(cap);
    const time = await now(dao.connection);
    await networkHelpers.mine();
    expect(await token.getPastTotalSupply(time)).to.equal(0);
    expect(await token.getPastTotalSupply(time - 1n)).to.equal(cap);
    expect(await token.totalSupply()).to.equal(0);
  });
});
