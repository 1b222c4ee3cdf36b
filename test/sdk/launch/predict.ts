import { expect } from "chai";
import { BrandDAOFactory__factory } from "../../../typechain-types/index.js";
import { launchConfig, launchSalt } from "../../../sdk/launch/config.js";
import { predictDeployment } from "../../../sdk/launch/predict.js";
import { DAO_CONTRACTS } from "../../../sdk/daoRecord.js";
import { launchedWorld, load, preparedWorld } from "../support.js";

describe("predictDeployment", () => {
  it("says what the factory says, for any launcher, slug, Safe and date", async () => {
    const { context, launcher, stranger, owners, holders } = await load(preparedWorld);
    const { brand, implementations, provider } = context;
    const factory = BrandDAOFactory__factory.connect(implementations.BrandDAOFactory, provider);
    const seen = new Set<string>();
    for (const [who, slug, safe, communityDate] of [
      [launcher, "blue", owners[0], 1_900_000_000],
      [stranger, "blue", owners[0], 1_900_000_000],
      [launcher, "red", owners[0], 1_900_000_000],
      [launcher, "green", holders[0], 2_000_000_000],
    ] as const) {
      const salt = launchSalt(slug);
      const terms = { guardianExpiry: 0, communityDate };
      const { handover } = launchConfig(brand, safe.address, terms);
      const [manager, token, timelock, governor, badge, drop, rewards, handoverAddress] =
        await factory.predict(who.address, salt, handover);
      const predicted = predictDeployment({
        factory: implementations.BrandDAOFactory,
        implementations,
        launcher: who.address,
        salt,
        safe: safe.address,
        communityDate,
      });
      expect(predicted).to.deep.equal({
        manager,
        token,
        timelock,
        governor,
        badge,
        drop,
        rewards,
        handover: handoverAddress,
      });
      seen.add(Object.values(predicted).join());
    }
    expect(seen.size).to.equal(4);
  });

  it("says where the contracts of a launch are", async () => {
    const { context, plan, record } = await load(launchedWorld);
    const factory = BrandDAOFactory__factory.connect(record.factory, context.provider);
    const [event] = await factory.queryFilter(factory.filters.DAOLaunched());
    expect([...(event?.args.deployment ?? [])]).to.deep.equal(
      DAO_CONTRACTS.map((name) => plan.contracts[name]),
    );
    for (const name of DAO_CONTRACTS) {
      expect(await context.provider.getCode(plan.contracts[name]), name).not.to.equal("0x");
    }
  });
});
