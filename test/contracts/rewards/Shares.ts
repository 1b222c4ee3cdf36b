import { expect } from "chai";
import { dataSlice, getAddress, id as hash } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO } from "../../helpers/dao.js";
import { award, balanceOf, deployToken, fundSeason, openClaims, revoke } from "../../helpers/seasons.js";

const { ethers, networkHelpers } = await connect();

/** Points of the kinds: one, some that divide nothing, and the most there can be. */
const POINTS = [1n, 7n, 97n, 65_537n, 2n ** 24n - 1n];

const BUDGETS = [1n, 2n, 13n, 999_983n, 10n ** 18n + 7n, 2n ** 128n - 1n];

/** Numbers that look random and are the same in every run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; yield state) state = (state * 48_271) % 2_147_483_647;
}

const launchWithKinds = (connection: Connection) =>
  launchDAO(connection, { kinds: POINTS.map((points) => kindConfig({ points })) });

/** Ten accounts with badges of all kinds, as `seed` has it. */
async function populate(dao: DAO, seed: number): Promise<string[]> {
  const random = numbers(seed);
  const next = (below: number) => (random.next().value as number) % below;
  const accounts = Array.from({ length: 10 }, () => getAddress(dataSlice(hash(String(next(2 ** 31))), 12)));
  for (const account of accounts) {
    for (let i = next(3); i >= 0; i--) {
      await award(dao, BigInt(next(POINTS.length) + 1), account, 1 + next(5));
    }
  }
  return accounts;
}

describe("ContributionRewards, shares", function () {
  for (const seed of [1, 20_260_401, 777_777_777]) {
    it(`are rounded down and never more than the budget, with the numbers of ${seed.toString()}`, async function () {
      const dao = await networkHelpers.loadFixture(launchWithKinds);
      const { badge, rewards, stranger } = dao;
      const accounts = await populate(dao, seed);
      const budgets = [];
      for (const budget of BUDGETS) {
        const token = await ethers.deployContract("PlainToken", [[stranger], budget]);
        await fundSeason(dao, stranger, 1n, token, budget);
        budgets.push({ budget, token });
      }
      // One that is taken in time, and one that isn't.
      await revoke(dao, 1n);
      const total = await badge.totalSeasonPoints(1);
      await openClaims(dao, 1n);
      await revoke(dao, 2n);
      const taken = (await badge.totalSeasonPoints(1)) - (await badge.totalPoints());
      expect(taken).to.be.greaterThan(0n);

      for (const { budget, token } of budgets) {
        let paid = 0n;
        for (const account of accounts) {
          const share = (budget * (await badge.seasonPointsOf(account, 1))) / total;
          expect(await rewards.claimable(1, token, account)).to.equal(share);
          if (share !== 0n) await rewards.claim(1, token, account);
          expect(await balanceOf(token, account)).to.equal(share);
          paid += share;
        }
        expect(await rewards.budgetOf(1, token)).to.deep.equal([budget, paid]);
        expect(await balanceOf(token, rewards)).to.equal(budget - paid);
        // What was taken late is missing, and at most one unit for each account besides.
        const missing = budget - paid - (budget * taken) / total;
        expect(missing >= 0n && missing <= BigInt(accounts.length)).to.equal(true, missing.toString());
      }
    });
  }

  it("are exact where they can be, to the last unit", async function () {
    const dao = await networkHelpers.loadFixture(launchWithKinds);
    const { rewards, stranger, member, other } = dao;
    const plain = await deployToken("PlainToken", [stranger]);
    await award(dao, 2n, member, 3);
    await award(dao, 2n, other);
    await fundSeason(dao, stranger, 1n, plain, 1_000_001n);
    await openClaims(dao, 1n);
    await rewards.claim(1, plain, other);
    await rewards.claim(1, plain, member);
    expect(await balanceOf(plain, other)).to.equal(250_000);
    expect(await balanceOf(plain, member)).to.equal(750_000);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000_001n, 1_000_000n]);
  });
});
