import { expect } from "chai";
import { dataSlice, getAddress } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, launchDAO, prepareLaunch } from "../../helpers/dao.js";
import { enact, enactLater } from "../../helpers/proposal.js";
import { createSafe } from "../../helpers/safe.js";

const { ethers, networkHelpers } = await connect();

interface Fixture extends DAO {
  everybodyIsOwner: string;
  nobodyIsOwner: string;
  /** Code that stops at once: it takes every call, and answers none. */
  silent: string;
  /** What the Safe is a proxy of. */
  singleton: string;
}

async function launchBesideImpostors(connection: Connection): Promise<Fixture> {
  const dao = await launchDAO(connection);
  const everybodyIsOwner = await ethers.deployContract("EverybodyIsOwner");
  const nobodyIsOwner = await ethers.deployContract("NobodyIsOwner");
  // PUSH1 1, PUSH1 0, RETURN: one byte of code, which is 0x00, STOP.
  const transaction = await dao.deployer.sendTransaction({ data: "0x60016000f3" });
  const receipt = await transaction.wait();
  return {
    ...dao,
    everybodyIsOwner: await everybodyIsOwner.getAddress(),
    nobodyIsOwner: await nobodyIsOwner.getAddress(),
    silent: receipt?.contractAddress ?? "",
    singleton: getAddress(dataSlice(await ethers.provider.getStorage(dao.safe.address, 0), 12)),
  };
}

/** What isn't a Safe, and says so by having no such function, or by an answer that no Safe gives. */
const IMPOSTORS: { what: string; address: (dao: Fixture) => string }[] = [
  { what: "an account without code", address: ({ stranger }) => stranger.address },
  { what: "the token", address: ({ at }) => at.token },
  { what: "the timelock", address: ({ at }) => at.timelock },
  { what: "the governor", address: ({ at }) => at.governor },
  { what: "a contract for which everybody is an owner", address: (dao) => dao.everybodyIsOwner },
  { what: "a contract that lists no owners", address: (dao) => dao.nobodyIsOwner },
  { what: "a contract that takes every call and answers none", address: (dao) => dao.silent },
  { what: "the code of a Safe that was never set up", address: (dao) => dao.singleton },
];

describe("The brand's Safe", function () {
  let dao: Fixture;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchBesideImpostors);
  });

  describe("at the launch", function () {
    async function launchWith(safe: string) {
      const { factory, launcher, config } = await prepareLaunch(dao.connection, { handover: { safe } });
      return factory.connect(launcher).launch(config);
    }

    for (const { what, address } of IMPOSTORS) {
      it(`can't be ${what}`, async function () {
        await expect(launchWith(address(dao)))
          .to.be.revertedWithCustomError(dao.handover, "HandoverInvalidSafe")
          .withArgs(address(dao));
      });
    }

    it("can't be a contract of the DAO itself, which isn't there yet", async function () {
      const { factory, launcher, config } = await prepareLaunch(dao.connection);
      const { timelock } = await factory.predict(launcher, config.salt, config.handover);
      const launch = factory
        .connect(launcher)
        .launch({ ...config, handover: { ...config.handover, safe: timelock } });
      await expect(launch)
        .to.be.revertedWithCustomError(dao.handover, "HandoverInvalidSafe")
        .withArgs(timelock);
    });

    it("can be one of a single owner", async function () {
      const { connection, deployer, stranger } = dao;
      const safe = await createSafe(connection, deployer, [stranger], 1, 7n);
      const transaction = await launchWith(safe.address);
      expect((await transaction.wait())?.status).to.equal(1);
    });
  });

  describe("by setSafe", function () {
    for (const { what, address } of IMPOSTORS) {
      it(`can't become ${what}`, async function () {
        const { handover, governor, safe } = dao;
        const proposal = enactLater(dao, [await handover.setSafe.populateTransaction(address(dao))]);
        await proposal;
        await expect(governor.execute(...proposal.args))
          .to.be.revertedWithCustomError(handover, "HandoverInvalidSafe")
          .withArgs(address(dao));
        expect(await handover.safe()).to.equal(safe.address);
      });
    }

    it("can't become the Safe that it is already", async function () {
      const { handover, governor, safe } = dao;
      const proposal = enactLater(dao, [await handover.setSafe.populateTransaction(safe.address)]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.be.revertedWithCustomError(handover, "HandoverInvalidSafe")
        .withArgs(safe.address);
    });

    it("can become another Safe, and the first one again", async function () {
      const { handover, connection, deployer, stranger, safe } = dao;
      const another = await createSafe(connection, deployer, [stranger], 1, 7n);
      for (const { address } of [another, safe]) {
        await enact(dao, [await handover.setSafe.populateTransaction(address)], `# Safe ${address}`);
        expect(await handover.safe()).to.equal(address);
      }
    });

    it("is only for the timelock", async function () {
      const { handover, holders, asSafe, safe } = dao;
      const call = await handover.setSafe.populateTransaction(dao.everybodyIsOwner);
      for (const [account, attempt] of [
        [holders[0].address, () => holders[0].sendTransaction(call)],
        [safe.address, () => asSafe(call)],
      ] as const) {
        await expect(attempt())
          .to.be.revertedWithCustomError(handover, "HandoverUnauthorized")
          .withArgs(account);
      }
    });
  });
});
