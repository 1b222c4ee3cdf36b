import { expect } from "chai";
import {
  AbiCoder,
  id,
  Interface,
  type InterfaceAbi,
  keccak256,
  toBeHex,
  ZeroAddress,
  ZeroHash,
} from "ethers";
import { BrandTimelock__factory, IERC4824__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import { cloneOf, type DAO, launchDAO, prepareLaunch } from "../../helpers/dao.js";
import { decodeJson } from "../../helpers/documents.js";
import { enact, enactLater, Proposal, STATE } from "../../helpers/proposal.js";

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
  });

  describe("roles", function () {
    const [PROPOSER, EXECUTOR, CANCELLER] = ["PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"].map(id) as [
      string,
      string,
      string,
    ];

    it("are told of at the launch, as OpenZeppelin's timelock does", async function () {
      const { at, factory, timelock } = dao;
      const granted = await timelock.queryFilter(timelock.filters.RoleGranted());
      const sender = await factory.getAddress();
      expect(granted.map(({ args }) => [...args])).to.deep.equal([
        [ZeroHash, at.timelock, sender],
        [PROPOSER, at.governor, sender],
        [CANCELLER, at.governor, sender],
        [EXECUTOR, at.governor, sender],
      ]);
      const [delay] = await timelock.queryFilter(timelock.filters.MinDelayChange());
      expect([...(delay?.args ?? [])]).to.deep.equal([0n, 2n * DAY]);
    });

    it("are the governor's, and the timelock's own", async function () {
      const { at, timelock, safe, stranger, launcher, factory } = dao;
      for (const role of [PROPOSER, EXECUTOR, CANCELLER]) {
        expect(await timelock.hasRole(role, at.governor)).to.equal(true);
        expect(await timelock.getRoleAdmin(role)).to.equal(ZeroHash);
      }
      expect(await timelock.hasRole(ZeroHash, at.timelock)).to.equal(true);
      expect(await timelock.hasRole(ZeroHash, at.governor)).to.equal(false);
      const others = [at.timelock, safe.address, stranger.address, launcher.address, ZeroAddress];
      for (const account of [...others, await factory.getAddress()]) {
        for (const role of [PROPOSER, EXECUTOR, CANCELLER]) {
          expect(await timelock.hasRole(role, account), `${role} of ${account}`).to.equal(false);
        }
      }
    });

    it("are nobody's in the implementation, also not the zero address's, which would be everybody", async function () {
      const { factory, launcher } = dao;
      const bare = BrandTimelock__factory.connect((await factory.implementations()).timelock, launcher);
      for (const role of [PROPOSER, EXECUTOR, CANCELLER]) {
        expect(await bare.hasRole(role, ZeroAddress)).to.equal(false);
      }
      await expect(bare.execute(launcher, 0, "0x", ZeroHash, ZeroHash))
        .to.be.revertedWithCustomError(bare, "AccessControlUnauthorizedAccount")
        .withArgs(launcher, EXECUTOR);
    });

    for (const [role, name] of [
      [PROPOSER, "proposer"],
      [EXECUTOR, "executor"],
    ] as const) {
      it(`have no second ${name}, also not by a passed proposal`, async function () {
        const { timelock, governor, stranger } = dao;
        for (const account of [stranger.address, ZeroAddress]) {
          const proposal = enactLater(
            dao,
            [await timelock.grantRole.populateTransaction(role, account)],
            `# ${account}`,
          );
          await proposal;
          await expect(governor.execute(...proposal.args))
            .to.be.revertedWithCustomError(timelock, "BrandTimelockRoleIsFixed")
            .withArgs(role);
          expect(await timelock.hasRole(role, account)).to.equal(false);
        }
      });
    }

    it("can't be taken from whom the launch gave them", async function () {
      const { timelock, governor, at } = dao;
      for (const [role, account] of [
        [PROPOSER, at.governor],
        [EXECUTOR, at.governor],
        [CANCELLER, at.governor],
        [ZeroHash, at.timelock],
      ] as const) {
        const call = await timelock.revokeRole.populateTransaction(role, account);
        const proposal = enactLater(dao, [call], `# Without ${role}`);
        await proposal;
        await expect(governor.execute(...proposal.args))
          .to.be.revertedWithCustomError(timelock, "BrandTimelockRoleIsFixed")
          .withArgs(role);
        expect(await timelock.hasRole(role, account)).to.equal(true);
      }
    });

    it("that are granted once more stay as they are, without an event", async function () {
      const { timelock, governor, at } = dao;
      const proposal = enactLater(dao, [
        await timelock.grantRole.populateTransaction(PROPOSER, at.governor),
        await timelock.grantRole.populateTransaction(CANCELLER, at.governor),
      ]);
      await proposal;
      await expect(governor.execute(...proposal.args)).not.to.emit(timelock, "RoleGranted");
    });

    it("lets a passed proposal name another canceller, and take it back: all of it is in the voters' hands", async function () {
      const { timelock, stranger, governor, token, holders } = dao;
      await enact(dao, [await timelock.grantRole.populateTransaction(CANCELLER, stranger)]);
      expect(await timelock.hasRole(CANCELLER, stranger)).to.equal(true);
      expect(await timelock.hasRole(ZeroHash, stranger)).to.equal(false);

      const canceled = new Proposal(
        governor,
        [await token.transfer.populateTransaction(stranger, 1)],
        "# Canceled",
      );
      await canceled.propose(holders[0]).vote({ for: holders }).pass().queue();
      await timelock.connect(stranger).cancel(toBeHex(canceled.id, 32));
      expect(await canceled.state()).to.equal(STATE.Canceled);
      for (const attempt of [
        governor.execute(...canceled.args),
        governor.queue(...canceled.args),
        governor.discard(...canceled.args),
      ]) {
        await expect(attempt).to.be.revertedWithCustomError(governor, "GovernorUnexpectedProposalState");
      }
      await networkHelpers.time.increase(100n * DAY);
      expect(await canceled.state()).to.equal(STATE.Canceled);

      await enact(dao, [await timelock.revokeRole.populateTransaction(CANCELLER, stranger)], "# Without");
      expect(await timelock.hasRole(CANCELLER, stranger)).to.equal(false);
    });
  });

  describe("hashOperationBatch", function () {
    const coder = AbiCoder.defaultAbiCoder();
    const calls = [[ZeroAddress], [1n], ["0x1234"]] as [string[], bigint[], string[]];
    const types = ["address[]", "uint256[]", "bytes[]"];

    it("is the proposal's id where nothing comes before, for any description", async function () {
      const { timelock, governor } = dao;
      for (const salt of [ZeroHash, id("# A description")]) {
        const operation = await timelock.hashOperationBatch(...calls, ZeroHash, salt);
        expect(operation).to.equal(keccak256(coder.encode([...types, "bytes32"], [...calls, salt])));
        expect(BigInt(operation)).to.equal(await governor.hashProposal(...calls, salt));
      }
    });

    it("is OpenZeppelin's with a predecessor", async function () {
      const [predecessor, salt] = [id("before"), id("salt")];
      expect(await dao.timelock.hashOperationBatch(...calls, predecessor, salt)).to.equal(
        keccak256(coder.encode([...types, "bytes32", "bytes32"], [...calls, predecessor, salt])),
      );
    });

    it("is that under which a proposal is queued, told of and done", async function () {
      const { timelock, governor, token, stranger, holders, at } = dao;
      const payment = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 5)]);
      await payment.propose(holders[0]).vote({ for: holders }).pass();
      const [targets, values, calldatas, descriptionHash] = payment.args;
      const operation = toBeHex(payment.id, 32);
      await expect(governor.queue(...payment.args))
        .to.emit(timelock, "CallScheduled")
        .withArgs(operation, 0, targets[0], values[0], calldatas[0], ZeroHash, 2n * DAY)
        .and.to.emit(timelock, "CallSalt")
        .withArgs(operation, descriptionHash);
      expect(await timelock.getTimestamp(operation)).to.equal(await governor.proposalEta(payment.id));
      expect(await timelock.isOperationPending(operation)).to.equal(true);
      await payment.ready();
      await expect(governor.execute(...payment.args))
        .to.emit(timelock, "CallExecuted")
        .withArgs(operation, 0, at.token, 0, calldatas[0]);
      expect(await timelock.isOperationDone(operation)).to.equal(true);
    });

    it("is executed where the timelock says so, though the governor wasn't there: a later timelock may let others", async function () {
      const { timelock, governor, token, stranger, holders, at } = dao;
      const payment = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 5)]);
      await payment.propose(holders[0]).vote({ for: holders }).pass().queue();
      const operation = toBeHex(payment.id, 32);
      // TimelockController's mapping of timestamps is the first of its storage (ERC-7201); 1 says done.
      const storage = "0x9a37c2aa9d186a0969ff8a8267bf4e07e864c2f2768f5040949e28a624fb3600";
      const slot = keccak256(coder.encode(["bytes32", "bytes32"], [operation, storage]));
      expect(await ethers.provider.getStorage(at.timelock, slot)).to.equal(
        toBeHex(await governor.proposalEta(payment.id), 32),
      );
      await networkHelpers.setStorageAt(at.timelock, slot, 1n);
      expect(await timelock.isOperationDone(operation)).to.equal(true);
      expect(await payment.state()).to.equal(STATE.Executed);
      await payment.ready();
      await expect(governor.execute(...payment.args)).to.be.revertedWithCustomError(
        governor,
        "GovernorUnexpectedProposalState",
      );
    });
  });
});
