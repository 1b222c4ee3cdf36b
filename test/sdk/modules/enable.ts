import { expect } from "chai";
import { audit } from "../../../sdk/audit/audit.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { call } from "../../../sdk/calls/plan.js";
import { reviewCalls } from "../../../sdk/calls/review.js";
import { connectDao } from "../../../sdk/dao.js";
import type { DaoRecord } from "../../../sdk/daoRecord.js";
import { DAO_MODULES } from "../../../sdk/daoRecord.js";
import type { Problem } from "../../../sdk/errors.js";
import { KyosoError } from "../../../sdk/errors.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { passTerms } from "../../../sdk/launch/config.js";
import { openDao } from "../../../sdk/live.js";
import { parseModules, planEnabling } from "../../../sdk/modules/enable.js";
import { addressOf } from "../../../sdk/modules/module.js";
import { PUBLIC_ROLE, ROLES } from "../../../sdk/roles.js";
import { IMPLEMENTATIONS } from "../../../typechain-types/abi/implementations.js";
import { enact } from "../enact.js";
import type { LaunchedWorld } from "../support.js";
import {
  brandTree,
  kyosoError,
  launchedWorld,
  launchOnce,
  load,
  preparedWorld,
  readBrand,
} from "../support.js";

const codes = async (failing: Promise<unknown>) =>
  (await kyosoError(failing)).problems.map(({ code }) => code);

/** A DAO without modules, as its file says. */
async function bareWorld(connection: Parameters<typeof preparedWorld>[0]) {
  const world = await preparedWorld(connection);
  const addresses = (accounts: typeof world.owners) => accounts.map(({ address }) => address);
  const tree = brandTree(addresses(world.owners), addresses(world.holders));
  const without = { ...tree, ideas: { enabled: "no" }, pass: { enabled: "no" } };
  const context = { ...world.context, brand: readBrand(without) };
  const { plan, record } = await launchOnce(context);
  return { ...world, context, plan, record, dao: connectDao(record, world.launcher), full: readBrand(tree) };
}

const open = ({ record, context }: LaunchedWorld, changed: Partial<DaoRecord> = {}, warned: Problem[] = []) =>
  openDao({ ...record, ...changed }, context.provider, context.eip1193, {
    onWarning: (problem) => warned.push(problem),
  });

/** All that the AccessManager ever logged of a launch or after it, with what is this DAO's alone by its name. */
async function accessTable(world: LaunchedWorld): Promise<Map<string, string>> {
  const { context, dao, record } = world;
  const { manager } = dao;
  const live = await open(world);
  const table = new Map<string, string>();
  const name = (address: string) => live.book.nameOf(address) ?? address;
  for (const log of await context.provider.getLogs({
    address: record.contracts.manager,
    fromBlock: record.startBlock,
  })) {
    const event = manager.interface.parseLog(log);
    if (event?.name === "TargetFunctionRoleUpdated") {
      const [target, selector] = event.args as unknown as [string, string];
      const role = await manager.getTargetFunctionRole(target, selector);
      table.set(`${name(target)} ${selector}`, role.toString());
    }
    if (event?.name === "RoleGranted") {
      const [role, account] = event.args as unknown as [bigint, string];
      if (role === ROLES.ADMIN && account === record.factory) continue;
      const held = [...(await manager.hasRole(role, account))].join();
      const admin = await manager.getRoleAdmin(role);
      table.set(`${role} ${name(account)}`, `${held} ${admin}`);
    }
    if (event?.name === "RoleLabel") table.set(`label ${event.args.roleId}`, String(event.args.label));
  }
  return table;
}

describe("modules", () => {
  describe("of a launch", () => {
    it("are in the record, connected, named, and the launch's alone", async () => {
      const world = await load(launchedWorld);
      const { context, dao, record } = world;
      const live = await open(world);
      for (const name of DAO_MODULES) {
        const address = addressOf(record, name);
        expect(await dao[name].getAddress()).to.equal(address);
        expect(await dao[name].badge()).to.equal(record.contracts.badge);
        expect(live.modulePlaces[name]).to.equal(address);
        expect(live.record.modules?.[name]).to.equal(address);
        expect(live.book.nameOf(address)).to.equal(name);
        expect(live.book.contractAt(address)).to.equal(name);
      }
      expect(await live.logsOf("board")).to.deep.equal([]);
      // Its terms.
      expect((await live.logsOf("pass")).map(({ topics }) => topics[0])).to.include(
        INTERFACES.pass.getEvent("PassTermsSet")?.topicHash,
      );
      expect(await dao.modules.predict(record.contracts.badge)).to.deep.equal([
        record.modules?.board,
        record.modules?.pass,
      ]);
      expect(await dao.factory.modules()).to.equal(await dao.modules.getAddress());
      expect(await dao.nicknames.nicknameOf(world.stranger)).to.equal("");
      expect(live.book.nameOf(IMPLEMENTATIONS.DecisionRecorder)).to.equal("decisions");
      expect(live.book.addressOf("nicknames")).to.equal(await dao.nicknames.getAddress());
      const checks = await audit({ ...context, record });
      expect(checks.map(({ name }) => name)).to.include.members([
        "board is a clone of IdeaBoard",
        "pass is a clone of MembershipPass",
        "BOARD is held by",
      ]);
    });

    it("are found without a record that names them", async () => {
      const world = await load(launchedWorld);
      const warned: Problem[] = [];
      const live = await open(world, { modules: {} }, warned);
      expect(live.record.modules).to.deep.equal(world.record.modules);
      expect(warned).to.deep.equal([]);
    });
  });

  it("can be both, one, or none that there is", () => {
    expect(parseModules(undefined)).to.deep.equal(["board", "pass"]);
    expect(parseModules(" Pass")).to.deep.equal(["pass"]);
    expect(() => parseModules("ideas")).to.throw(KyosoError, "There is no module");
  });

  describe("of a DAO that began without", () => {
    it("aren't there to be asked, and it is said what to do", async () => {
      const { context, dao, record } = await load(bareWorld);
      for (const name of DAO_MODULES) {
        expect(() => dao[name]).to.throw(KyosoError, `dao enable-modules ${name}`);
        const missing = () => addressOf(record, name);
        expect(missing).to.throw(KyosoError, "This DAO has no");
      }
      const checks = await audit({ ...context, record });
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
    });

    it("end up with the powers of a launch, by one proposal that deploys them", async () => {
      const bare = await load(bareWorld);
      const live = await open(bare);
      const terms = passTerms(bare.full.pass);
      const plan = await planEnabling(live, DAO_MODULES, "proposal", terms);
      expect(
        plan.calls.map(({ contract, signature }) => `${contract}.${signature.split("(")[0] ?? ""}`),
      ).to.deep.equal([
        "modules.deployBoard",
        "manager.setTargetFunctionRole",
        "manager.grantRole",
        "manager.labelRole",
        "modules.deployPass",
        "pass.setTerms",
        "manager.setTargetFunctionRole",
      ]);
      // Shown and tried as one proposal, before any of it is there.
      const reviewed = await reviewCalls(live, plan.calls, bare.record.contracts.timelock);
      expect(reviewed.map(({ simulation }) => simulation.ok)).to.deep.equal(plan.calls.map(() => true));
      expect(reviewed.map(({ call: { contract } }) => contract)).to.deep.equal(
        plan.calls.map(({ contract }) => contract),
      );
      const misplaced = [...plan.calls.slice(5), ...plan.calls.slice(4, 5)];
      const [early] = await reviewCalls(live, misplaced, bare.record.contracts.timelock);
      expect(early?.simulation).to.deep.include({ ok: false });
      const before = await audit({ ...bare.context, brand: bare.full, record: bare.record });
      expect(before.filter(({ ok }) => !ok).map(({ name }) => name)).to.include.members([
        "ideas.enabled",
        "pass.enabled",
        "functions of STEWARD",
        "BOARD is held by",
      ]);
      await enact(bare, ...plan.calls);
      const after = await open(bare);
      expect(after.record.modules).to.deep.equal(after.modulePlaces);
      const { record } = after;
      expect(
        (await audit({ ...bare.context, brand: bare.full, record })).filter(({ ok }) => !ok),
      ).to.deep.equal([]);
      // What the file doesn't say any more is seen.
      const stale = await audit({ ...bare.context, record });
      expect(stale.filter(({ ok }) => !ok).map(({ name }) => name)).to.include.members([
        "ideas.enabled",
        "pass.enabled",
      ]);
      expect(await codes(planEnabling(after, DAO_MODULES, "proposal", terms))).to.deep.equal([
        "modules.enabled-already",
      ]);
      const enabled = await accessTable(bare);
      const launched = await accessTable(await load(launchedWorld));
      expect(Object.fromEntries(enabled)).to.deep.equal(Object.fromEntries(launched));
      expect([...enabled.values()]).not.to.include(PUBLIC_ROLE.toString());
    });

    it("can be deployed by anybody before, which gives nobody a power", async () => {
      const bare = await load(bareWorld);
      const plan = await planEnabling(await open(bare), ["board"], "signer");
      expect(plan.calls).to.have.length(1);
      await executeAsSigner(plan, bare.stranger);
      const live = await open(bare);
      expect(Object.keys(live.record.modules ?? {})).to.deep.equal(["board"]);
      expect(await codes(planEnabling(live, ["board"], "signer"))).to.deep.equal(["modules.enabled-already"]);
      const { board } = live.modulePlaces;
      const { manager } = bare.dao;
      expect(await manager.hasRole(ROLES.BOARD, board)).to.deep.equal([false, 0n]);
      // The audit of a file without modules stays green: what only stands there is nobody's.
      const checks = await audit({ ...bare.context, record: live.record });
      expect(checks.filter(({ ok }) => !ok)).to.deep.equal([]);
      const rest = await planEnabling(live, ["board"], "proposal");
      expect(rest.calls.map(({ contract }) => contract)).to.deep.equal(["manager", "manager", "manager"]);
    });

    it("are nothing that the Safe could enable", async () => {
      const live = await open(await load(bareWorld));
      expect(await codes(planEnabling(live, DAO_MODULES, "safe"))).to.deep.equal(["via.only-proposal"]);
    });

    it("are never voted on without saying who gets a pass", async () => {
      const live = await open(await load(bareWorld));
      expect(await codes(planEnabling(live, DAO_MODULES, "proposal"))).to.deep.equal(["modules.no-terms"]);
      expect((await planEnabling(live, ["board"], "proposal")).calls).to.have.length.above(1);
      expect((await planEnabling(live, DAO_MODULES, "signer")).calls).to.have.length(2);
    });

    it("take a chain that has what makes them", async () => {
      const bare = await load(bareWorld);
      await bare.connection.networkHelpers.setCode(IMPLEMENTATIONS.ModuleFactory, "0x");
      const planning = planEnabling(await open(bare), DAO_MODULES, "proposal");
      expect(await codes(planning)).to.deep.equal(["modules.factory-missing"]);
      const checks = await audit({ ...bare.context, record: bare.record });
      expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).to.deep.equal([
        "modules (ModuleFactory) is on the chain",
      ]);
    });
  });

  describe("that are false", () => {
    it("get no name from a record: neither another DAO's nor anybody's", async () => {
      const world = await load(launchedWorld);
      const { context, record, stranger } = world;
      const warned: Problem[] = [];
      const live = await open(world, { modules: { ...record.modules, board: stranger.address } }, warned);
      expect(warned.map(({ code }) => code)).to.deep.equal(["dao.other-module"]);
      expect(live.record.modules).to.deep.equal(record.modules);
      expect(live.book.nameOf(stranger.address)).to.equal(undefined);
      const checks = await audit({ ...context, record: { ...record, modules: { board: stranger.address } } });
      expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).to.deep.equal([
        "board is where the factory of modules makes it",
      ]);
    });

    it("get none from a strange factory of modules that a record names", async () => {
      const world = await load(launchedWorld);
      const { record, stranger } = world;
      const implementations = { ...record.implementations, ModuleFactory: stranger.address };
      const live = await open(world, { implementations });
      expect(live.record.modules).to.deep.equal(record.modules);
      expect(live.book.nameOf(stranger.address)).to.equal(undefined);
      expect(live.book.addressOf("modules")).to.equal(IMPLEMENTATIONS.ModuleFactory);
    });

    it("are refused where the node says that other code is there, and said to be gone where it says none", async () => {
      const world = await load(launchedWorld);
      const { networkHelpers } = world.connection;
      const { board } = (await open(world)).modulePlaces;
      await networkHelpers.setCode(board, "0x");
      const warned: Problem[] = [];
      const live = await open(world, {}, warned);
      expect(warned.map(({ code }) => code)).to.deep.equal(["dao.no-contract"]);
      expect(Object.keys(live.record.modules ?? {})).to.deep.equal(["pass"]);
      const checks = await audit({ ...world.context, record: world.record });
      expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).to.deep.equal([
        "board is a clone of IdeaBoard",
      ]);
      await networkHelpers.setCode(board, "0x6001600055");
      expect(await codes(open(world))).to.deep.equal(["dao.other-code"]);
    });

    it("show in an audit that finds another holder of the board's role", async () => {
      const world = await load(launchedWorld);
      const { context, record, stranger } = world;
      const manager = { name: "manager", address: record.contracts.manager, interface: INTERFACES.manager };
      await enact(world, call(manager, "grantRole", [ROLES.BOARD, stranger.address, 0], "Grant"));
      const checks = await audit({ ...context, record });
      expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).to.deep.equal(["BOARD is held by"]);
    });
  });
});
