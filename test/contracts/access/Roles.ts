import { expect } from "chai";
import { type BaseContract, ZeroHash } from "ethers";
import { type Call, connect, now, tokens } from "../../helpers/chain.js";
import { type DAO, deployImplementations, KIND, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { type Actor, ACTORS, POWERS } from "../../helpers/powers/index.js";
import { enact, enactLater, travelTo } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const EVERYBODY = 2n ** 64n - 1n;

function addressOf({ safe, launcher, factory, owners, stranger }: DAO, actor: Actor): string {
  const addresses: Record<Actor, string> = {
    "the Safe": safe.address,
    "the launcher": launcher.address,
    "the factory": factory.target as string,
    "an owner of the Safe": owners[0].address,
    "a stranger": stranger.address,
  };
  return addresses[actor];
}

async function send(dao: DAO, actor: Actor, call: Call) {
  if (actor === "the Safe") return dao.asSafe(call);
  const address = addressOf(dao, actor);
  // The factory has no way to send anything but launches, so it is helped along.
  if (actor === "the factory") await networkHelpers.setBalance(address, tokens(1));
  const signer = await ethers.getImpersonatedSigner(address);
  return signer.sendTransaction(call);
}

describe("Roles", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  for (const [contract, powers] of Object.entries(POWERS)) {
    describe(`nobody but its holder has the powers of the ${contract}`, function () {
      for (const { name, call, refusal, except } of powers) {
        for (const actor of ACTORS.filter((each) => !except?.includes(each))) {
          it(`${actor} can't ${name}`, async function () {
            const expected = refusal(dao, addressOf(dao, actor));
            await expect(send(dao, actor, await call(dao)))
              .to.be.revertedWithCustomError(expected.contract, expected.error)
              .withArgs(...expected.args);
          });
        }
      }
    });
  }

  describe("holders after the launch", function () {
    const table: Record<keyof typeof ROLE, string[]> = {
      ADMIN: ["timelock"],
      MINTER: ["timelock"],
      STEWARD: ["timelock", "safe"],
      ISSUER: ["safe"],
      SENTINEL: ["handover"],
      HANDOVER: ["timelock", "handover"],
      VOTES_GRANTER: ["badge"],
      FIRST_CUSTOM: [],
      BOARD: [],
    };

    for (const [role, holders] of Object.entries(table)) {
      it(`${role}: ${holders.join(" and ") || "nobody"}, at once`, async function () {
        const candidates = {
          ...dao.at,
          safe: dao.safe.address,
          factory: await dao.factory.getAddress(),
          launcher: dao.launcher.address,
          deployer: dao.deployer.address,
          owner: dao.owners[0].address,
        };
        for (const [name, address] of Object.entries(candidates)) {
          const id = ROLE[role as keyof typeof ROLE];
          expect(await dao.manager.hasRole(id, address), name).to.deep.equal([holders.includes(name), 0n]);
        }
      });
    }

    it("names the admins of the roles", async function () {
      const admins = {
        ADMIN: 0n,
        MINTER: 0n,
        STEWARD: 5n,
        ISSUER: 2n,
        SENTINEL: 0n,
        HANDOVER: 0n,
        VOTES_GRANTER: 0n,
      };
      for (const [role, admin] of Object.entries(admins)) {
        expect(await dao.manager.getRoleAdmin(ROLE[role as keyof typeof ROLE]), role).to.equal(admin);
      }
      expect(await dao.manager.getRoleAdmin(ROLE.FIRST_CUSTOM)).to.equal(ROLE.ADMIN);
    });

    it("gives a steward seven functions, and leaves all others to ADMIN", async function () {
      const { badge, token, drop, rewards, manager, at } = dao;
      const ofBadge = ["addKind", "closeKind", "revoke", "resume", "setTitles", "requestRecovery"];
      const table: [string, BaseContract, string[]][] = [
        [at.badge, badge, ofBadge],
        [at.drop, drop, ["open"]],
        [at.token, token, []],
        [at.rewards, rewards, []],
      ];
      for (const [address, contract, steward] of table) {
        const named = steward.filter((name) => contract.interface.hasFunction(name));
        expect(named).to.deep.equal(steward);
        for (const fragment of contract.interface.fragments) {
          if (!("selector" in fragment) || !("name" in fragment) || fragment.type !== "function") continue;
          const name = fragment.name as string;
          const expected = steward.includes(name) ? ROLE.STEWARD : ROLE.ADMIN;
          expect(await manager.getTargetFunctionRole(address, fragment.selector as string), name).to.equal(
            expected,
          );
        }
      }
    });

    it("gives the timelock's roles to the governor only, and its administration to itself", async function () {
      const { timelock, at, safe } = dao;
      for (const role of ["PROPOSER_ROLE", "EXECUTOR_ROLE", "CANCELLER_ROLE"]) {
        expect(await timelock.hasRole(ethers.id(role), at.governor), role).to.equal(true);
        for (const other of [ethers.ZeroAddress, safe.address, at.timelock, dao.factory, dao.launcher]) {
          expect(await timelock.hasRole(ethers.id(role), other), role).to.equal(false);
        }
      }
      expect(await timelock.hasRole(ZeroHash, at.timelock)).to.equal(true);
      for (const other of [at.governor, safe.address, dao.factory, dao.launcher]) {
        expect(await timelock.hasRole(ZeroHash, other)).to.equal(false);
      }
    });

    it("makes nothing public", async function () {
      const { manager, at, stranger } = dao;
      expect(await manager.hasRole(EVERYBODY, stranger)).to.deep.equal([true, 0n]);
      const mint = dao.token.interface.getFunction("mint").selector;
      expect(await manager.canCall(stranger, at.token, mint)).to.deep.equal([false, 0n]);
    });
  });

  describe("what the Safe may do", function () {
    it("adds and closes a kind without votes", async function () {
      const { asSafe, badge } = dao;
      const added = kindConfig({ name: "Translation" });
      await expect(asSafe(await badge.addKind.populateTransaction(added)))
        .to.emit(badge, "KindAdded")
        .withArgs(4, Object.values(added));
      await expect(asSafe(await badge.closeKind.populateTransaction(4)))
        .to.emit(badge, "KindClosed")
        .withArgs(4);
    });

    it("awards and revokes a badge without votes", async function () {
      const { asSafe, badge, member, safe } = dao;
      await asSafe(await badge.award.populateTransaction(KIND.BUG, member, ZeroHash));
      await expect(asSafe(await badge.revoke.populateTransaction(1, "given twice")))
        .to.emit(badge, "BadgeRevoked")
        .withArgs(1, member, safe.address, "given twice");
    });

    it("appoints and dismisses an issuer", async function () {
      const { asSafe, badge, manager, member, stranger } = dao;
      await asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, stranger, 0));
      await expect(badge.connect(stranger).award(KIND.BUG, member, ZeroHash)).to.emit(badge, "BadgesAwarded");
      await asSafe(await manager.revokeRole.populateTransaction(ROLE.ISSUER, stranger));
      await expect(badge.connect(stranger).award(KIND.BUG, member, ZeroHash))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(stranger, ROLE.ISSUER);
    });

    it("resumes what one of its owners has halted", async function () {
      const { asSafe, badge, connection, handover, owners, safe } = dao;
      const halting = await handover.connect(owners[2]).haltAwards();
      await expect(halting)
        .to.emit(badge, "AwardsHalted")
        .withArgs(handover, await now(connection));
      await expect(asSafe(await badge.resume.populateTransaction()))
        .to.emit(badge, "AwardsResumed")
        .withArgs(safe.address);
    });

    it("can't hand over while it has the veto", async function () {
      const { asSafe, handover } = dao;
      await expect(asSafe(await handover.handOver.populateTransaction())).to.be.revertedWithCustomError(
        handover,
        "HandoverVetoStillHeld",
      );
    });
  });

  describe("what a passed proposal may do", function () {
    const EIP1967_SLOT = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";

    it("upgrades everything that is a proxy", async function () {
      const { token, badge, drop, rewards, timelock, governor } = dao;
      const fresh = await deployImplementations(dao.connection);
      const proxies = { token, badge, drop, rewards, timelock, governor };
      const names = ["token", "badge", "drop", "rewards", "timelock", "governor"] as const;
      const calls: Call[] = [];
      for (const name of names) {
        calls.push(await proxies[name].upgradeToAndCall.populateTransaction(fresh[name], "0x"));
      }
      const proposal = enactLater(dao, calls);
      await proposal;
      const execution = governor.execute(...proposal.args);
      for (const name of names) {
        await expect(execution).to.emit(proxies[name], "Upgraded").withArgs(fresh[name]);
        const stored = await networkHelpers.getStorageAt(dao.at[name], BigInt(EIP1967_SLOT));
        expect(ethers.getAddress(ethers.dataSlice(stored, 12))).to.equal(fresh[name]);
      }
    });

    it("grants STEWARD, and any role but the issuer's admin-bound one", async function () {
      const { manager, stranger } = dao;
      const grants = [ROLE.STEWARD, ROLE.MINTER, ROLE.ISSUER, ROLE.FIRST_CUSTOM];
      await enact(
        dao,
        await Promise.all(grants.map((role) => manager.grantRole.populateTransaction(role, stranger, 0))),
      );
      for (const role of grants) expect(await manager.hasRole(role, stranger)).to.deep.equal([true, 0n]);
    });

    it("ends the issuers' appointments and the Safe's stewardship before the date", async function () {
      const { manager, badge, safe } = dao;
      await enact(dao, [
        await badge.rotateIssuerRole.populateTransaction(),
        await manager.revokeRole.populateTransaction(ROLE.STEWARD, safe.address),
      ]);
      expect(await badge.issuerRole()).to.equal(ROLE.ISSUER + 2n ** 32n);
      expect(await manager.hasRole(ROLE.STEWARD, safe.address)).to.deep.equal([false, 0n]);
    });

    it("halts nothing: that takes an owner of the Safe", async function () {
      const { badge, governor, at } = dao;
      const proposal = enactLater(dao, [await badge.halt.populateTransaction(0)]);
      await proposal;
      await expect(governor.execute(...proposal.args))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(at.timelock, ROLE.SENTINEL);
    });
  });

  describe("what anyone may do", function () {
    it("hands over once the date has come", async function () {
      const { handover, stranger, config, safe } = dao;
      await travelTo(config.handover.communityDate);
      await expect(handover.connect(stranger).handOver())
        .to.emit(handover, "HandedOver")
        .withArgs(safe.address, stranger);
    });
  });
});
