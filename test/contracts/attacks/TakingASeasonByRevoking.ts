import { expect } from "chai";
import type { Contract } from "ethers";
import { connect, type Connection, DAY, now } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO } from "../../helpers/dao.js";
import { enact, enactLater, travelTo } from "../../helpers/proposal.js";
import {
  award,
  balanceOf,
  claimTimes,
  deployToken,
  enterSeason,
  fundSeason,
  openClaims,
  revoke,
  sendAt,
} from "../../helpers/seasons.js";

const { networkHelpers } = await connect();

const TEN = 1n;

interface Launched extends DAO {
  plain: Contract;
}

/** The accomplice has badge 1, ten points; two others have badges 2 to 10 and 11 to 19. Season 1 has 1,000 to share. */
async function launchWithAccomplice(connection: Connection): Promise<Launched> {
  const dao = await launchDAO(connection, {
    kinds: [kindConfig({ points: 10n })],
    handover: { guardianExpiry: (await now(connection)) + 30n * DAY },
  });
  const plain = await deployToken("PlainToken", [dao.stranger]);
  await award(dao, TEN, dao.stranger);
  await award(dao, TEN, dao.member, 9);
  await award(dao, TEN, dao.other, 9);
  await fundSeason(dao, dao.stranger, 1n, plain, 1_000n);
  return { ...dao, plain };
}

describe("Attack: a steward takes a season's budget by revoking everybody else's badges", function () {
  let dao: Launched;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithAccomplice);
  });

  /** In the name of the Safe, one after the other, and the last one in the second `until`. */
  async function revokeOthers(until: bigint): Promise<void> {
    for (let id = 2n; id <= 18n; id++) await revoke(dao, id);
    const last = await dao.badge.revoke.populateTransaction(19, "by mistake");
    await sendAt(until, () => dao.asSafe(last));
  }

  /** The accomplice, and it alone, is paid its 10 of 190 points; the treasury gets the rest. */
  async function expectNothingGained(): Promise<void> {
    const { badge, rewards, plain, stranger, at } = dao;
    expect(await badge.totalSeasonPoints(1)).to.equal(190);
    expect(await badge.takenSeasonPoints(1)).to.equal(180);
    await openClaims(dao, 1n);
    await rewards.claim(1, plain, stranger);
    expect(await rewards.budgetOf(1, plain)).to.deep.equal([1_000n, 52n]);
    await enterSeason(dao, 3n);
    await rewards.returnUnclaimed(plain);
    expect(await balanceOf(plain, at.timelock)).to.equal(948);
  }

  it("gains nothing in the last second of the dispute window", async function () {
    const { opens } = await claimTimes(dao, 1n);
    await travelTo(opens - 1_000n);
    await revokeOthers(opens - 1n);
    await expectNothingGained();
  });

  it("gains nothing in the last second of the season, when its veto is over", async function () {
    const { badge, governor, connection } = dao;
    const { end } = await badge.seasonBounds(1);
    await travelTo(end - 1_000n);
    expect(await governor.guardianExpiry()).to.be.lessThan(await now(connection));
    await revokeOthers(end - 1n);
    await expectNothingGained();
  });

  it("gains nothing where others give their badges up, or get the same again", async function () {
    const { badge, rewards, plain, member, stranger } = dao;
    for (let id = 2n; id <= 10n; id++) await badge.connect(member).renounce(id);
    await award(dao, TEN, member, 9);
    await openClaims(dao, 1n);
    // As the badges of the same nine contributions were awarded twice, they count twice.
    expect(await rewards.claimable(1, plain, stranger)).to.equal(35);
    expect(await rewards.claimable(1, plain, member)).to.equal(321);
  });

  it("can't leave out what was taken: only a passed proposal can", async function () {
    const { asSafe, badge, safe } = dao;
    await revoke(dao, 2n);
    await expect(asSafe(await badge.excludePoints.populateTransaction(1, 10)))
      .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
      .withArgs(safe.address);
  });

  it("can't stretch what a proposal leaves out by taking more before it is executed", async function () {
    const { badge, governor, rewards, plain, stranger, other } = dao;
    await revoke(dao, 2n);
    const proposal = enactLater(dao, [await badge.excludePoints.populateTransaction(1, 10)]);
    await proposal;
    for (let id = 3n; id <= 10n; id++) await revoke(dao, id);
    await governor.execute(...proposal.args);
    expect(await badge.totalSeasonPoints(1)).to.equal(180);
    await openClaims(dao, 1n);
    expect(await rewards.claimable(1, plain, stranger)).to.equal(55);
    expect(await rewards.claimable(1, plain, other)).to.equal(500);
  });
});

describe("Attack: an issuer's stolen key gives itself a season", function () {
  let dao: Launched;

  const launchWithCeiling = async (connection: Connection): Promise<Launched> => {
    const launched = await launchDAO(connection, {
      kinds: [kindConfig({ points: 10n })],
      members: {
        seasonLength: 90n * DAY,
        disputeWindow: 14n * DAY,
        seasonPointsLimit: 200n,
        recoveryLimit: 1n,
      },
    });
    const plain = await deployToken("PlainToken", [launched.stranger]);
    await award(launched, TEN, launched.member, 10);
    await fundSeason(launched, launched.stranger, 1n, plain, 1_000n);
    return { ...launched, plain };
  };

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithCeiling);
  });

  it("gets no further than the season's limit, and revoking what it gave makes no room for more", async function () {
    const { badge, other } = dao;
    await expect(award(dao, TEN, other, 11))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeSeasonPointsLimited")
      .withArgs(110, 100);
    await award(dao, TEN, other, 10);
    for (let id = 11n; id <= 20n; id++) await revoke(dao, id);
    await expect(award(dao, TEN, other))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeSeasonPointsLimited")
      .withArgs(10, 0);
  });

  it("is undone by a proposal, which gives members back their shares and the season its room", async function () {
    const { badge, rewards, plain, member, other } = dao;
    await award(dao, TEN, other, 10);
    for (let id = 11n; id <= 20n; id++) await revoke(dao, id);
    await enact(dao, [await badge.excludePoints.populateTransaction(1, 100)]);
    await award(dao, TEN, member, 10);
    await expect(award(dao, TEN, member)).to.be.revertedWithCustomError(
      badge,
      "ContributionBadgeSeasonPointsLimited",
    );
    await openClaims(dao, 1n);
    expect(await rewards.claimable(1, plain, member)).to.equal(1_000);
  });
});
