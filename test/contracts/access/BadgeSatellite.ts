import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { ContributionRewards__factory, LoyaltyDrop__factory } from "../../../typechain-types/index.js";
import { connect, tokens } from "../../helpers/chain.js";
import { cloneOf, type DAO, deployImplementations, launchDAO, proxyOf } from "../../helpers/dao.js";
import { enact } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** Where an ERC-1967 proxy keeps its implementation. */
const IMPLEMENTATION = 0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbcn;

for (const name of ["drop", "rewards"] as const) {
  const Satellite = name === "drop" ? LoyaltyDrop__factory : ContributionRewards__factory;

  describe(`BadgeSatellite, as ${name}`, function () {
    let dao: DAO;

    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchDAO);
    });

    it("follows the badge of the launch, and lets the treasury have its votes", async function () {
      const { token, at, holders } = dao;
      expect(await dao[name].badge()).to.equal(at.badge);
      expect(await dao[name].authority()).to.equal(at.manager);
      expect(await token.delegates(at[name])).to.equal(at.timelock);
      const before = await token.getVotes(at.timelock);
      await token.connect(holders[0]).transfer(at[name], tokens(7));
      expect(await token.getVotes(at[name])).to.equal(0);
      expect((await token.getVotes(at.timelock)) - before).to.equal(tokens(7));
      expect(await token.circulatingSupply()).to.equal(tokens(599_993));
    });

    it("needs a badge that has code, and its token", async function () {
      const { factory, launcher, stranger, at } = dao;
      const implementation = (await factory.implementations())[name];
      const linked = async (links: string[]) =>
        Satellite.connect(await proxyOf(implementation, links, launcher), launcher);
      for (const [badge, token] of [
        [stranger.address, at.token],
        [ZeroAddress, at.token],
        [at.badge, at.timelock],
      ] as const) {
        const satellite = await linked([badge, token]);
        await expect(satellite.initialize())
          .to.be.revertedWithCustomError(satellite, "BadgeSatelliteInvalidBadge")
          .withArgs(badge);
      }
      const clone = Satellite.connect(await cloneOf(implementation, launcher), launcher);
      await expect(clone.initialize())
        .to.be.revertedWithCustomError(clone, "BadgeSatelliteInvalidBadge")
        .withArgs(ZeroAddress);

      const satellite = await linked([at.badge, at.token]);
      await expect(satellite.initialize()).to.emit(satellite, "AuthorityUpdated").withArgs(at.manager);
      expect(await satellite.authority()).to.equal(at.manager);
      await expect(satellite.initialize()).to.be.revertedWithCustomError(satellite, "InvalidInitialization");
    });

    it("takes no other AccessManager, whoever asks", async function () {
      const { stranger, asSafe, manager } = dao;
      const satellite = dao[name];
      const call = await satellite.setAuthority.populateTransaction(stranger);
      const byManager = await manager.updateAuthority.populateTransaction(satellite, stranger);
      for (const attempt of [
        () => stranger.sendTransaction(call),
        () => asSafe(call),
        async () => {
          await enact(dao, [call]);
        },
        async () => {
          await enact(dao, [byManager]);
        },
      ]) {
        await expect(attempt()).to.be.revertedWithCustomError(satellite, "BadgeSatelliteFollowsBadge");
      }
    });

    it("is upgraded by a passed proposal only", async function () {
      const { asSafe, stranger, safe, connection } = dao;
      const satellite = dao[name];
      const fresh = (await deployImplementations(connection))[name];
      const call = await satellite.upgradeToAndCall.populateTransaction(fresh, "0x");
      await expect(stranger.sendTransaction(call))
        .to.be.revertedWithCustomError(satellite, "AccessManagedUnauthorized")
        .withArgs(stranger);
      await expect(asSafe(call))
        .to.be.revertedWithCustomError(satellite, "AccessManagedUnauthorized")
        .withArgs(safe.address);
      await enact(dao, [call]);
      expect(await networkHelpers.getStorageAt(dao.at[name], IMPLEMENTATION)).to.equal(
        `0x${fresh.slice(2).toLowerCase().padStart(64, "0")}`,
      );
      expect(await satellite.badge()).to.equal(dao.at.badge);
    });
  });
}
