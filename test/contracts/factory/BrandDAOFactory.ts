import { expect } from "chai";
import { type BaseContract, encodeBytes32String, FunctionFragment, ZeroAddress } from "ethers";
import { ROLES } from "../../../sdk/roles.js";
import {
  type BrandAccessManager,
  BrandAccessManager__factory,
  BrandDAOFactory__factory,
  ContributionBadge__factory,
  IdeaBoard__factory,
  MembershipPass__factory,
  ModuleFactory__factory,
} from "../../../typechain-types/index.js";
import { connect, DAY, now } from "../../helpers/chain.js";
import {
  deployFactory,
  kindConfig,
  launchDAO,
  type Overrides,
  prepareLaunch,
  ROLE,
} from "../../helpers/dao.js";
import { callTerms } from "../../helpers/modules.js";
import { execAsSafe } from "../../helpers/safe.js";

const { ethers, networkHelpers } = await connect();

/** What a DAO is made of, in the order of {IBrandDAOFactory-Deployment}. */
const CONTRACTS = [
  "manager",
  "token",
  "timelock",
  "governor",
  "badge",
  "drop",
  "rewards",
  "handover",
] as const;

const BOTH_MODULES = { board: true, pass: true } as const;

/** What `launch` did with one of the `overrides`. */
async function launchWith(overrides: Overrides) {
  const prepared = await prepareLaunch(await connect(), overrides);
  const { factory, launcher, config } = prepared;
  return { ...prepared, launch: () => factory.connect(launcher).launch(config) };
}

describe("BrandDAOFactory", function () {
  describe("constructor", function () {
    for (const name of CONTRACTS) {
      it(`refuses an implementation of the ${name} that has no code`, async function () {
        const { factory, deployer, stranger } = await networkHelpers.loadFixture(launchDAO);
        const { manager, token, timelock, governor, badge, drop, rewards, handover } =
          await factory.implementations();
        const implementations = {
          manager,
          token,
          timelock,
          governor,
          badge,
          drop,
          rewards,
          handover,
          [name]: stranger.address,
        };
        await expect(new BrandDAOFactory__factory(deployer).deploy(implementations, await factory.modules()))
          .to.be.revertedWithCustomError(factory, "BrandDAOFactoryInvalidImplementation")
          .withArgs(stranger);
      });
    }

    it("refuses a factory of modules that has no code", async function () {
      const { factory, deployer, stranger } = await networkHelpers.loadFixture(launchDAO);
      const { manager, token, timelock, governor, badge, drop, rewards, handover } =
        await factory.implementations();
      const implementations = { manager, token, timelock, governor, badge, drop, rewards, handover };
      await expect(new BrandDAOFactory__factory(deployer).deploy(implementations, stranger))
        .to.be.revertedWithCustomError(factory, "BrandDAOFactoryInvalidImplementation")
        .withArgs(stranger);
    });
  });

  describe("implementations", function () {
    it("are what the proxies point to", async function () {
      const { factory, at } = await networkHelpers.loadFixture(launchDAO);
      const slot = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
      const implementations = await factory.implementations();
      for (const name of ["token", "timelock", "governor", "badge", "drop", "rewards"] as const) {
        const stored = await networkHelpers.getStorageAt(at[name], BigInt(slot));
        expect(ethers.getAddress(ethers.dataSlice(stored, 12)), name).to.equal(implementations[name]);
      }
      for (const name of ["manager", "handover"] as const) {
        const code = await ethers.provider.getCode(at[name]);
        expect(code.toLowerCase(), name).to.contain(implementations[name].slice(2).toLowerCase());
      }
    });

    it("are behind proxies as OpenZeppelin makes them, some of which end with the contracts that they belong to", async function () {
      const { at, token, governor, drop, rewards } = await networkHelpers.loadFixture(launchDAO);
      const code = await ethers.provider.getCode(at.timelock);
      expect(ethers.dataLength(code)).to.equal(58);
      const links = {
        timelock: [],
        badge: [],
        token: [at.timelock],
        governor: [at.token, at.timelock],
        drop: [at.badge, at.token],
        rewards: [at.badge, at.token],
      };
      for (const [name, named] of Object.entries(links)) {
        expect(await ethers.provider.getCode(at[name as keyof typeof links]), name).to.equal(
          ethers.concat([code, ...named]).toLowerCase(),
        );
      }
      expect(await token.treasury()).to.equal(at.timelock);
      expect(await governor.token()).to.equal(at.token);
      expect(await governor.timelock()).to.equal(at.timelock);
      for (const satellite of [drop, rewards]) expect(await satellite.badge()).to.equal(at.badge);
    });
  });

  describe("launch", function () {
    it("creates the contracts at the predicted addresses, and says so", async function () {
      const { factory, launcher, config, launch } = await launchWith({});
      const predicted = await factory.predict(launcher, config.salt, config.handover);
      expect(predicted).to.have.length(CONTRACTS.length);
      for (const address of predicted) expect(await ethers.provider.getCode(address)).to.equal("0x");
      await expect(launch())
        .to.emit(factory, "DAOLaunched")
        .withArgs(launcher, config.salt, predicted.token, [...predicted], config.handover.safe);
      for (const address of predicted) expect(await ethers.provider.getCode(address)).not.to.equal("0x");
    });

    it("wires them to one another", async function () {
      const { at, token, timelock, governor, badge, drop, rewards, handover, safe, config } =
        await networkHelpers.loadFixture(launchDAO);
      expect(await token.authority()).to.equal(at.manager);
      expect(await token.treasury()).to.equal(at.timelock);
      expect(await badge.authority()).to.equal(at.manager);
      expect(await badge.token()).to.equal(at.token);
      expect(await badge.drop()).to.equal(at.drop);
      for (const satellite of [drop, rewards]) {
        expect(await satellite.badge()).to.equal(at.badge);
        expect(await satellite.authority()).to.equal(at.manager);
        // What nobody has claimed neither votes nor circulates.
        expect(await token.delegates(satellite)).to.equal(at.timelock);
      }
      expect(await timelock.governor()).to.equal(at.governor);
      expect(await governor.token()).to.equal(at.token);
      expect(await governor.timelock()).to.equal(at.timelock);
      expect(await governor.proposalGuardian()).to.equal(safe.address);
      expect(await handover.governor()).to.equal(at.governor);
      expect(await handover.badge()).to.equal(at.badge);
      expect(await handover.safe()).to.equal(safe.address);
      expect(await handover.communityDate()).to.equal(config.handover.communityDate);
    });

    it("gives every contract its terms", async function () {
      const dao = await networkHelpers.loadFixture(launchDAO);
      const { token, timelock, governor, badge, config } = dao;
      const { governance, handover, members } = config;
      expect(await governor.votingDelay()).to.equal(governance.votingDelay);
      expect(await governor.votingPeriod()).to.equal(governance.votingPeriod);
      expect(await governor.lateQuorumVoteExtension()).to.equal(governance.lateQuorumExtension);
      expect(await governor.gracePeriod()).to.equal(governance.gracePeriod);
      expect(await governor.proposalThreshold()).to.equal(governance.proposalThreshold);
      expect(await governor["quorumNumerator()"]()).to.equal(governance.quorumBps);
      expect(await governor.quorumDenominator()).to.equal(10_000);
      expect(await governor.quorumFloor()).to.equal(governance.quorumFloor);
      expect(await governor.guardianExpiry()).to.equal(handover.guardianExpiry);
      expect(await timelock.getMinDelay()).to.equal(governance.timelockDelay);
      expect(await token.contributionLimit()).to.deep.equal([
        config.token.contributionShareBps,
        Object.values(config.token.contributionLimit),
        config.token.contributionLimit.amount,
      ]);
      expect(await badge.kindCount()).to.equal(3);
      const { start, end } = await badge.seasonBounds(1);
      expect(end - start).to.equal(members.seasonLength);
      expect(await badge.seasonBounds(2)).to.deep.equal([end, end + members.seasonLength]);
      expect(await badge.disputeWindow()).to.equal(members.disputeWindow);
      expect(await badge.referralsOf(dao.member)).to.deep.equal([0n, members.referralLimit]);
      expect(await badge.recoveries()).to.deep.equal([0n, members.recoveryLimit]);
      expect(await badge.titles()).to.deep.equal(config.titles.map(({ name, points }) => [name, points]));
    });

    it("leaves neither the factory nor the launcher any role", async function () {
      const { factory, launcher, manager, timelock } = await networkHelpers.loadFixture(launchDAO);
      for (const account of [await factory.getAddress(), launcher.address]) {
        for (const role of Object.values(ROLE)) {
          expect(await manager.hasRole(role, account)).to.deep.equal([false, 0n]);
        }
        expect(await timelock.hasRole(ethers.ZeroHash, account)).to.equal(false);
      }
    });

    it("refuses a salt that the launcher used before", async function () {
      const { factory, launcher, config } = await networkHelpers.loadFixture(launchDAO);
      await expect(factory.connect(launcher).launch(config)).to.be.revertedWithCustomError(
        { interface: new ethers.Interface(["error FailedDeployment()"]) },
        "FailedDeployment",
      );
    });

    it("launches a second DAO of the same launcher with another salt", async function () {
      const { factory, launcher, config, at } = await networkHelpers.loadFixture(launchDAO);
      const salt = encodeBytes32String("second");
      await factory.connect(launcher).launch({ ...config, salt });
      const second = await factory.predict(launcher, salt, config.handover);
      expect(second.token).not.to.equal(at.token);
      expect(await ethers.provider.getCode(second.token)).not.to.equal("0x");
    });

    it("launches with the veto over from the start, and with a handover at once", async function () {
      const latest = await now(await connect());
      const { launch, factory, launcher, config } = await launchWith({
        handover: { guardianExpiry: 0n, communityDate: latest + DAY },
      });
      await launch();
      const { governor } = await factory.predict(launcher, config.salt, config.handover);
      const guarded = await ethers.getContractAt("IGuardedGovernor", governor);
      expect(await guarded.proposalGuardian()).to.equal(ZeroAddress);
    });

    it("refuses a Safe without code", async function () {
      const { handover, stranger } = await networkHelpers.loadFixture(launchDAO);
      const { launch } = await launchWith({ handover: { safe: stranger.address } });
      await expect(launch())
        .to.be.revertedWithCustomError(handover, "HandoverInvalidSafe")
        .withArgs(stranger);
    });

    it("refuses a veto that outlasts the handover", async function () {
      const latest = await now(await connect());
      const dates = { guardianExpiry: latest + 100n * DAY + 1n, communityDate: latest + 100n * DAY };
      const { launch, factory } = await launchWith({ handover: dates });
      await expect(launch())
        .to.be.revertedWithCustomError(factory, "BrandDAOFactoryDatesOutOfOrder")
        .withArgs(dates.guardianExpiry, dates.communityDate);
    });

    it("takes a veto that ends with the handover", async function () {
      const date = (await now(await connect())) + 100n * DAY;
      const { launch } = await launchWith({ handover: { guardianExpiry: date, communityDate: date } });
      expect((await (await launch()).wait())?.status).to.equal(1);
    });

    it("takes the second of the launch as the date of the handover", async function () {
      const date = (await now(await connect())) + 100n;
      const { launch } = await launchWith({ handover: { guardianExpiry: 0n, communityDate: date } });
      await networkHelpers.time.setNextBlockTimestamp(date);
      expect((await (await launch()).wait())?.status).to.equal(1);
    });

    it("names every role, for the pages that show an AccessManager", async function () {
      const { launch, factory, launcher, config } = await launchWith({ modules: BOTH_MODULES });
      const { manager } = await factory.predict(launcher, config.salt, config.handover);
      const { interface: names } = BrandAccessManager__factory.connect(manager, launcher);
      const labels = ((await (await launch()).wait())?.logs ?? [])
        .filter(({ address }) => address === manager)
        .map((log) => names.parseLog(log))
        .filter((log) => log?.name === "RoleLabel")
        .map((log) => [log?.args.label, log?.args.roleId] as unknown);
      // ADMIN and everybody have names of their own, which can't be changed.
      const expected = Object.entries(ROLES).filter(([, id]) => id !== ROLES.ADMIN);
      expect(labels.map(String)).to.deep.equal(expected.map(String));
    });

    it("refuses a date of the handover in the past, or over four years ahead", async function () {
      const { handover } = await networkHelpers.loadFixture(launchDAO);
      const latest = await now(await connect());
      for (const communityDate of [latest, latest + 1462n * DAY]) {
        const { launch } = await launchWith({ handover: { guardianExpiry: 0n, communityDate } });
        await expect(launch())
          .to.be.revertedWithCustomError(handover, "HandoverInvalidDate")
          .withArgs(communityDate);
      }
    });

    it("lets the errors of the contracts through", async function () {
      const { badge } = await networkHelpers.loadFixture(launchDAO);
      const { launch } = await launchWith({ kinds: [kindConfig({ issuerRole: 0n })] });
      await expect(launch())
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidIssuerRole")
        .withArgs(0);
      const ladder = [{ name: "常連", points: 1n }];
      await expect((await launchWith({ titles: ladder })).launch())
        .to.be.revertedWithCustomError(badge, "ContributionBadgeTitlesOutOfOrder")
        .withArgs(0, 1);
    });

    it("launches a DAO without titles and without kinds", async function () {
      const { factory, launcher, config, launch, stranger } = await launchWith({ titles: [], kinds: [] });
      const at = await factory.predict(launcher, config.salt, config.handover);
      await launch();
      const badge = await ethers.getContractAt("ContributionBadge", at.badge);
      expect(await badge.kindCount()).to.equal(0);
      expect(await badge.titles()).to.deep.equal([]);
      expect(await badge.titleOf(stranger)).to.deep.equal([0n, ""]);
    });
  });

  describe("modules", function () {
    /** A launch with modules, and where they are. */
    async function launchModular(modules: NonNullable<Overrides["modules"]>) {
      const launched = await launchWith({
        kinds: [kindConfig(), kindConfig({ name: "共創メンバー", issuerRole: ROLE.BOARD })],
        modules,
      });
      const { factory, launcher, config } = launched;
      await launched.launch();
      const at = await factory.predict(launcher, config.salt, config.handover);
      const maker = ModuleFactory__factory.connect(await factory.modules(), launcher);
      const [board, pass] = await maker.predict(at.badge);
      expect(await maker.predictWith(at.badge, at.token, at.timelock)).to.deep.equal([board, pass]);
      return {
        ...launched,
        at,
        maker,
        manager: BrandAccessManager__factory.connect(at.manager, launcher),
        board: IdeaBoard__factory.connect(board, launcher),
        pass: MembershipPass__factory.connect(pass, launcher),
      };
    }

    /** What a steward may call of a contract. */
    async function stewards(manager: BrandAccessManager, contract: BaseContract): Promise<string[]> {
      const found: string[] = [];
      for (const fragment of contract.interface.fragments) {
        if (!FunctionFragment.isFragment(fragment)) continue;
        const role = await manager.getTargetFunctionRole(contract, fragment.selector);
        expect(role, fragment.name).to.be.oneOf([ROLE.STEWARD, ROLE.ADMIN]);
        if (role === ROLE.STEWARD) found.push(fragment.name);
      }
      return found.sort();
    }

    it("are deployed in the same transaction, for stewards to run, and the board can award", async function () {
      const passTerms = { kind: 1n, royaltyBps: 500n, colour: 0x8e4b4an, language: 1n };
      const { at, board, factory, manager, owners, pass, safe } = await launchModular({
        ...BOTH_MODULES,
        passTerms,
      });
      for (const module of [board, pass]) {
        expect(await module.badge()).to.equal(at.badge);
        expect(await module.token()).to.equal(at.token);
        expect(await module.treasury()).to.equal(at.timelock);
        expect(await module.authority()).to.equal(at.manager);
      }
      expect(await stewards(manager, board)).to.deep.equal(["adopt", "open", "ship"]);
      expect(await stewards(manager, pass)).to.deep.equal(["addPerk", "closePerk", "setTerms"]);
      expect(await manager.hasRole(ROLE.BOARD, board)).to.deep.equal([true, 0n]);
      expect(await manager.getRoleAdmin(ROLE.BOARD)).to.equal(ROLE.ADMIN);
      expect(await pass.terms()).to.deep.equal(Object.values(passTerms));
      for (const role of Object.values(ROLE)) {
        expect(await manager.hasRole(role, factory)).to.deep.equal([false, 0n]);
        expect(await manager.hasRole(role, await factory.modules())).to.deep.equal([false, 0n]);
        if (role !== ROLE.BOARD) expect(await manager.hasRole(role, board)).to.deep.equal([false, 0n]);
        expect(await manager.hasRole(role, pass)).to.deep.equal([false, 0n]);
      }
      // The Safe opens a call that promises the board's badge.
      const opened = await board.open.populateTransaction(callTerms({ badgeKind: 2n }));
      await execAsSafe(safe, owners, opened);
      expect(await board.callCount()).to.equal(1);
    });

    it("are left out where they aren't asked for, each of them", async function () {
      for (const name of ["board", "pass"] as const) {
        const { board, manager, pass } = await launchModular({ [name]: true });
        const [present, absent] = name === "board" ? [board, pass] : [pass, board];
        expect(await ethers.provider.getCode(present)).not.to.equal("0x");
        expect(await ethers.provider.getCode(absent)).to.equal("0x");
        expect(await stewards(manager, absent)).to.deep.equal([]);
        expect(await manager.hasRole(ROLE.BOARD, board)).to.deep.equal([name === "board", 0n]);
      }
    });

    it("can't be deployed by others before the launch, and what others deploy later has no powers", async function () {
      const { factory, launcher, config, launch, stranger } = await launchWith({ modules: { pass: true } });
      const at = await factory.predict(launcher, config.salt, config.handover);
      const maker = ModuleFactory__factory.connect(await factory.modules(), stranger);
      await expect(maker.deployBoard(at.badge)).to.be.revert(ethers);
      await expect(maker.deployPass(at.badge)).to.be.revert(ethers);
      await launch();
      await maker.deployBoard(at.badge);
      await maker.deployPass(at.badge);
      const [board] = await maker.predict(at.badge);
      const manager = BrandAccessManager__factory.connect(at.manager, stranger);
      expect(await stewards(manager, IdeaBoard__factory.connect(board, stranger))).to.deep.equal([]);
      expect(await manager.hasRole(ROLE.BOARD, board)).to.deep.equal([false, 0n]);
    });

    it("let their errors through: a pass for a kind that there isn't, and too high a royalty", async function () {
      const terms = { kind: 0n, royaltyBps: 0n, colour: 0n, language: 0n };
      const unknown = await launchWith({ modules: { pass: true, passTerms: { ...terms, kind: 9n } } });
      await expect(unknown.launch()).to.be.revertedWithCustomError(
        { interface: ContributionBadge__factory.createInterface() },
        "ContributionBadgeNonexistentKind",
      );
      const dear = await launchWith({ modules: { pass: true, passTerms: { ...terms, royaltyBps: 1_001n } } });
      await expect(dear.launch()).to.be.revertedWithCustomError(
        { interface: MembershipPass__factory.createInterface() },
        "MembershipPassInvalidRoyalty",
      );
    });
  });

  describe("predict", function () {
    it("gives each launcher addresses of its own, so that nobody can occupy somebody else's", async function () {
      const { factory, launcher, stranger, config, launch } = await launchWith({});
      const mine = await factory.predict(launcher, config.salt, config.handover);
      const theirs = await factory.predict(stranger, config.salt, config.handover);
      mine.forEach((address, index) => {
        expect(address).not.to.equal(theirs[index]);
      });
      await factory.connect(stranger).launch(config);
      await expect(launch()).to.emit(factory, "DAOLaunched");
    });

    it("lets only the Handover's address depend on the handover", async function () {
      const { factory, launcher, config, stranger } = await networkHelpers.loadFixture(launchDAO);
      const changed = { ...config.handover, safe: stranger.address };
      const [before, after] = await Promise.all(
        [config.handover, changed].map((handover) => factory.predict(launcher, config.salt, handover)),
      );
      expect(after?.slice(0, -1)).to.deep.equal(before?.slice(0, -1));
      expect(after?.handover).not.to.equal(before?.handover);
    });

    it("depends on the factory", async function () {
      const { connection, factory, launcher, config } = await networkHelpers.loadFixture(launchDAO);
      const another = await deployFactory(connection);
      const mine = await factory.predict(launcher, config.salt, config.handover);
      const theirs = await another.predict(launcher, config.salt, config.handover);
      expect(theirs.manager).not.to.equal(mine.manager);
    });
  });
});
