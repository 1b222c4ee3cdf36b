import { expect } from "chai";
import {
  BrandAccessManager__factory,
  BrandGovernor__factory,
  BrandTimelock__factory,
  BrandToken__factory,
  ContributionBadge__factory,
  ContributionRewards__factory,
  LoyaltyDrop__factory,
} from "../../../typechain-types/index.js";
import { connect, type Signer } from "../../helpers/chain.js";
import { type DAO, launchDAO } from "../../helpers/dao.js";

const { networkHelpers } = await connect();

type Attempt = () => Promise<unknown>;

/** Every initializer, called by `thief` on the contracts at `at` for its own benefit. */
function attempts(at: Omit<DAO["at"], "handover">, thief: Signer, { config }: DAO): Record<string, Attempt> {
  const manager = BrandAccessManager__factory.connect(at.manager, thief);
  const token = BrandToken__factory.connect(at.token, thief);
  const timelock = BrandTimelock__factory.connect(at.timelock, thief);
  const governor = BrandGovernor__factory.connect(at.governor, thief);
  const badge = ContributionBadge__factory.connect(at.badge, thief);
  const drop = LoyaltyDrop__factory.connect(at.drop, thief);
  const rewards = ContributionRewards__factory.connect(at.rewards, thief);
  return {
    BrandAccessManager: () => manager.initialize(thief),
    BrandToken: () => token.initialize({ ...config.token, authority: thief }),
    BrandTimelock: () =>
      timelock["initialize((uint256,address,string))"]({ minDelay: 60, governor: thief, daoURI: "" }),
    "BrandTimelock, by OpenZeppelin's initializer": () =>
      timelock["initialize(uint256,address[],address[],address)"](0, [thief], [thief], thief),
    BrandGovernor: () =>
      governor.initialize({
        ...config.governance,
        guardian: thief,
        guardianExpiry: config.handover.guardianExpiry,
      }),
    ContributionBadge: () =>
      badge.initialize({
        token: thief,
        drop: thief,
        authority: thief,
        terms: config.members,
        titles: [],
        kinds: [],
      }),
    LoyaltyDrop: () => drop.initialize(),
    ContributionRewards: () => rewards.initialize(),
  };
}

const NAMES = [
  "BrandAccessManager",
  "BrandToken",
  "BrandTimelock",
  "BrandTimelock, by OpenZeppelin's initializer",
  "BrandGovernor",
  "ContributionBadge",
  "LoyaltyDrop",
  "ContributionRewards",
];

describe("Attack: initializing a contract again", function () {
  for (const name of NAMES) {
    it(`is refused by the DAO's ${name}`, async function () {
      const dao = await networkHelpers.loadFixture(launchDAO);
      const attempt = attempts(dao.at, dao.stranger, dao)[name];
      await expect(attempt?.()).to.be.revertedWithCustomError(dao.token, "InvalidInitialization");
    });

    it(`is refused by the implementation of ${name}`, async function () {
      const dao = await networkHelpers.loadFixture(launchDAO);
      const { manager, token, timelock, governor, badge, drop, rewards } =
        await dao.factory.implementations();
      const attempt = attempts(
        { manager, token, timelock, governor, badge, drop, rewards },
        dao.stranger,
        dao,
      )[name];
      await expect(attempt?.()).to.be.revertedWithCustomError(dao.token, "InvalidInitialization");
    });
  }
});
