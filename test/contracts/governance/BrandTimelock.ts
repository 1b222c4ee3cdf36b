import { expect } from "chai";
import { id, Interface, type InterfaceAbi, ZeroAddress, ZeroHash } from "ethers";
import { BrandTimelock__factory, IERC4824__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import { cloneOf, type DAO, launchDAO, prepareLaunch } from "../../helpers/dao.js";
import { decodeJson } from "../../helpers/documents.js";
import { enact, enactLater } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const MINUTE = 60n;

/** The id of an ERC-165 interface: its selectors, combined. */
function interfaceId(abi: InterfaceAbi): string {
  let combined = 0n;
  new Interface(abi).forEachFunction(({ selector }) => (combined ^= BigInt(selector)));
  return ethers.toBeHex(combined, 4);
}

const launchWithDaoURI = (connection: Connection) =>
  launchDAO(connection, { governance: { daoURI: "https://example.org/about-us" } });

const launchWithQuotes = (connection: Connection) =>
  launchDAO(connection, { token: { name: '株式会社 "ケ\\シ"\n\u0001' } });

describe("BrandTimelock", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  describe("initialize", function () {
    it("says where the DAO describes itself", async function () {
      const { launcher, config, connection } = dao;
      const prepared = await prepareLaunch(connection, {
        governance: { daoURI: "https://example.org/about-us" },
      });
      const { timelock } = await prepared.factory.predict(launcher, config.salt, prepared.config.handover);
      await expect(prepared.factory.connect(launcher).launch(prepared.config))
        .to.emit(BrandTimelock__factory.connect(timelock, launcher), "DAOURIUpdate")
        .withArgs(timelock, "https://example.org/about-us");
    });

    for (const timelockDelay of [0n, MINUTE - 1n, 30n * DAY + 1n]) {
      it(`refuses a delay of ${timelockDelay.toString()} seconds`, async function () {
        const { factory, launcher, config } = await prepareLaunch(dao.connection, {
          governance: { timelockDelay },
        });
        await expect(factory.connect(launcher).launch(config))
          .to.be.revertedWithCustomError(dao.timelock, "BrandTimelockInvalidDelay")
          .withArgs(timelockDelay);
      });
    }

    for (const timelockDelay of [MINUTE, 30n * DAY]) {
      it(`takes a delay of ${timelockDelay.toString()} seconds`, async function () {
        const { factory, launcher, config } = await prepareLaunch(dao.connection, {
          governance: { timelockDelay },
        });
        await expect(factory.connect(launcher).launch(config)).to.emit(factory, "DAOLaunched");
      });
    }

    it("refuses to be without a governor", async function () {
      const { factory, deployer } = dao;
      const { timelock: implementation } = await factory.implementations();
      const timelock = BrandTimelock__factory.connect(await cloneOf(implementation, deployer), deployer);
      await expect(
        timelock["initialize((uint256,address,string))"]({
          minDelay: DAY,
          governor: ZeroAddress,
          daoURI: "",
        }),
      ).to.be.revertedWithCustomError(timelock, "BrandTimelockInvalidGovernor");
    });
  });

  describe("updateDelay", function () {
    it("changes the delay of what is queued from then on", async function () {
      const { timelock, config } = dao;
      await enact(dao, [await timelock.updateDelay.populateTransaction(5n * DAY)]);
      expect(await timelock.getMinDelay()).to.equal(5n * DAY);
      expect(config.governance.timelockDelay).to.equal(2n * DAY);
    });

    it("turns others away before it looks at the delay", async function () {
      const { timelock, stranger } = dao;
      await expect(timelock.connect(stranger).updateDelay(0))
        .to.be.revertedWithCustomError(timelock, "TimelockUnauthorizedCaller")
        .withArgs(stranger);
    });

    for (const delay of [MINUTE - 1n, 30n * DAY + 1n]) {
      it(`refuses ${delay.toString()} seconds, also by a passed proposal`, async function () {
        const { timelock, governor } = dao;
        const proposal = enactLater(dao, [await timelock.updateDelay.populateTransaction(delay)]);
        await proposal;
        await expect(governor.execute(...proposal.args))
          .to.be.revertedWithCustomError(timelock, "BrandTimelockInvalidDelay")
          .withArgs(delay);
        expect(await timelock.getMinDelay()).to.equal(2n * DAY);
      });
    }
  });

  describe("daoURI", function () {
    it("is derived from the governor's name where none was given", async function () {
      const { timelock, at } = dao;
      expect(decodeJson(await timelock.daoURI())).to.deep.equal({
        "@context": "https://www.daostar.org/schemas",
        type: "DAO",
        name: "ブランド共創コミュニティ",
        description: "ブランド共創コミュニティ",
        governor: at.governor,
      });
    });

    it("escapes quotes, backslashes and control characters", async function () {
      const { timelock } = await networkHelpers.loadFixture(launchWithQuotes);
      expect(decodeJson(await timelock.daoURI())).to.have.property("name", '株式会社 "ケ\\シ"\n\u0001');
    });

    it("is the one of the launch where one was given", async function () {
      const { timelock } = await networkHelpers.loadFixture(launchWithDaoURI);
      expect(await timelock.daoURI()).to.equal("https://example.org/about-us");
    });

    it("is changed by a passed proposal, also back to the derived one", async function () {
      const { timelock, governor, at } = dao;
      const proposal = enactLater(dao, [
        await timelock.setDaoURI.populateTransaction("https://example.org/dao"),
      ]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.emit(timelock, "DAOURIUpdate")
        .withArgs(at.timelock, "https://example.org/dao");
      expect(await timelock.daoURI()).to.equal("https://example.org/dao");
      await enact(dao, [await timelock.setDaoURI.populateTransaction("")]);
      expect(decodeJson(await timelock.daoURI())).to.have.property("type", "DAO");
    });
  });

  describe("supportsInterface", function () {
    it("knows ERC-165, ERC-4824 and the receivers of tokens", async function () {
      const { timelock } = dao;
      const ids = {
        "ERC-165": "0x01ffc9a7",
        "ERC-4824": interfaceId(IERC4824__factory.abi),
        "ERC-1155 receiver": "0x4e2312e0",
      };
      for (const [name, interfaceIdOf] of Object.entries(ids)) {
        expect(await timelock.supportsInterface(interfaceIdOf), name).to.equal(true);
      }
      expect(await timelock.supportsInterface("0xffffffff")).to.equal(false);
    });
  });

  describe("the treasury", function () {
    it("takes ETH, and pays it out by a passed proposal", async function () {
      const { at, stranger, launcher, governor } = dao;
      await expect(launcher.sendTransaction({ to: at.timelock, value: tokens(3) })).to.changeEtherBalance(
        ethers,
        at.timelock,
        tokens(3),
      );
      const proposal = enactLater(dao, [{ to: stranger.address, value: tokens(2), data: "0x" }]);
      await proposal;
      await expect(governor.execute(...proposal.args)).to.changeEtherBalances(
        ethers,
        [at.timelock, stranger],
        [-tokens(2), tokens(2)],
      );
    });

    it("pays tokens out by a passed proposal", async function () {
      const { at, stranger, token, governor } = dao;
      const proposal = enactLater(dao, [await token.transfer.populateTransaction(stranger, tokens(9))]);
      await proposal;
      await expect(governor.execute(...proposal.args)).to.changeTokenBalances(
        ethers,
        token,
        [at.timelock, stranger],
        [-tokens(9), tokens(9)],
      );
    });

    it("lets a passed proposal give its own roles away: all of it is in the voters' hands", async function () {
      const { timelock, stranger } = dao;
      await enact(dao, [await timelock.grantRole.populateTransaction(id("CANCELLER_ROLE"), stranger)]);
      expect(await timelock.hasRole(id("CANCELLER_ROLE"), stranger)).to.equal(true);
      expect(await timelock.hasRole(ZeroHash, stranger)).to.equal(false);
    });
  });
});
