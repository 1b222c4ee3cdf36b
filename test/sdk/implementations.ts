import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { expect } from "chai";
import hre from "hardhat";
import { deployImplementations } from "../../deploy/implementations.js";
import type { ImplementationName } from "../../sdk/implementations.js";
import {
  IMPLEMENTATION_NAMES,
  IMPLEMENTATION_SALT,
  missingImplementations,
} from "../../sdk/implementations.js";
import { BrandDAOFactory__factory } from "../../typechain-types/index.js";
import { emptyWorld, load, preparedWorld, problemOf } from "./support.js";

describe("implementations", () => {
  it("are where they were predicted, once Ignition has deployed them", async () => {
    const { connection, context } = await load(emptyWorld);
    const { implementations, provider } = context;
    expect(await missingImplementations(provider, implementations)).to.deep.equal([...IMPLEMENTATION_NAMES]);
    const deployed = await deployImplementations(hre, connection, implementations);
    expect(deployed).to.deep.equal([...IMPLEMENTATION_NAMES]);
    expect(await missingImplementations(provider, implementations)).to.deep.equal([]);

    const factory = BrandDAOFactory__factory.connect(implementations.BrandDAOFactory, provider);
    expect([...(await factory.implementations())]).to.deep.equal([
      implementations.BrandAccessManager,
      implementations.BrandToken,
      implementations.BrandTimelock,
      implementations.BrandGovernor,
      implementations.ContributionBadge,
      implementations.LoyaltyDrop,
      implementations.ContributionRewards,
      implementations.Handover,
    ]);
    // The badge names its renderer and its verifier, and calls its libraries.
    const code = await provider.getCode(implementations.ContributionBadge);
    for (const name of ["BadgeRenderer", "VoucherVerifier", "BadgeCatalog", "RecoveryBook"] as const) {
      expect(code, name).to.include(implementations[name].slice(2).toLowerCase());
    }
  });

  it("are deployed once", async () => {
    const { connection, context, launcher } = await load(preparedWorld);
    const nonce = await launcher.getNonce();
    expect(await deployImplementations(hre, connection, context.implementations)).to.deep.equal([]);
    expect(await launcher.getNonce()).to.equal(nonce);
  });

  const partial: ImplementationName[][] = [
    ["PassRenderer"],
    ["BadgeCatalog", "VoucherVerifier"],
    ["BrandAccessManager", "BrandToken", "BrandTimelock", "BrandGovernor"],
  ];
  for (const present of partial) {
    it(`are completed where only ${present.join(", ")} got deployed`, async () => {
      const { connection, context, launcher } = await load(emptyWorld);
      const { implementations, provider } = context;
      const first = buildModule("First", (m) =>
        Object.fromEntries(present.map((name) => [name, m.contract(name)])),
      );
      await connection.ignition.deploy(first, {
        strategy: "create2",
        strategyConfig: { salt: IMPLEMENTATION_SALT },
      });
      const missing = IMPLEMENTATION_NAMES.filter((name) => !present.includes(name));
      expect(await missingImplementations(provider, implementations)).to.deep.equal(missing);

      const nonce = await launcher.getNonce();
      expect(await deployImplementations(hre, connection, implementations)).to.deep.equal(missing);
      expect(await launcher.getNonce()).to.equal(nonce + missing.length);
      expect(await missingImplementations(provider, implementations)).to.deep.equal([]);
    });
  }

  it("say what to do where they can't be deployed", async () => {
    const { connection, context, launcher } = await load(emptyWorld);
    await connection.networkHelpers.setBalance(launcher.address, 1n);
    const problem = await problemOf(deployImplementations(hre, connection, context.implementations));
    expect(problem.place).to.equal("chain 31337");
    expect(problem.remedy).to.include("Run the same command again");
  });
});
