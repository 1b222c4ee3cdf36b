import { expect } from "chai";
import { toQuantity } from "ethers";
import { readPrincipals, STRANGER } from "../../../sdk/audit/principals.js";
import { attempt } from "../../../sdk/audit/attempt.js";
import type { Proof } from "../../../sdk/audit/prove.js";
import { prove } from "../../../sdk/audit/prove.js";
import { changingFunctions, powerOf } from "../../../sdk/audit/table.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { OWN_CONTRACTS } from "../../../sdk/daoRecord.js";
import { readHandover } from "../../../sdk/handover/handover.js";
import { openDao } from "../../../sdk/live.js";
import { ROLES } from "../../../sdk/roles.js";
import type { Signer } from "../../helpers/chain.js";
import { type LaunchedWorld, launchedWorld, load, problemOf } from "../support.js";

const STEWARDS = [
  "manager.grantRole(ISSUER)",
  "manager.revokeRole(ISSUER)",
  "manager.execute(badge.resume)",
  "badge.addKind",
  "badge.award of kind 1",
  "badge.awardBatch of kind 1",
  "badge.cancelRecovery",
  "badge.closeKind",
  "badge.requestRecovery",
  "badge.resume",
  "badge.revoke",
  "badge.setTitles",
  "drop.open",
  "drop.stop",
  "board.adopt",
  "board.hide",
  "board.open",
  "board.ship",
  "board.show",
  "pass.addPerk",
  "pass.closePerk",
  "pass.setTerms",
];
const AWARDS = ["badge.award of kind 1", "badge.awardBatch of kind 1"];

const open = ({ record, context, connection }: LaunchedWorld) =>
  openDao(record, context.provider, connection.provider);

const proveOf = async (world: LaunchedWorld) => prove(await open(world));

/** What an account was let in to; undefined where nothing was tried as it. */
const mayOf = ({ accounts }: Proof, who: string) => accounts.find(({ account }) => account === who)?.may;

const failing = ({ checks }: Proof) => checks.filter(({ ok }) => !ok);

/** Somebody who can't sign, such as the timelock. */
async function as({ connection }: LaunchedWorld, account: string): Promise<Signer> {
  await connection.networkHelpers.impersonateAccount(account);
  await connection.provider.request({
    method: "hardhat_setBalance",
    params: [account, toQuantity(10n ** 18n)],
  });
  return connection.ethers.getSigner(account);
}

/** A DAO whose Safe has appointed two issuers, and taken the role from one of them again. */
async function withIssuers() {
  const world = await load(launchedWorld);
  const safe = await as(world, world.record.safe);
  const [issuer, former] = [world.stranger.address, world.holders[0].address];
  const manager = world.dao.manager.connect(safe);
  await (await manager.grantRole(ROLES.ISSUER, issuer, 0)).wait();
  await (await manager.grantRole(ROLES.ISSUER, former, 0)).wait();
  await (await manager.revokeRole(ROLES.ISSUER, former)).wait();
  return { world, issuer, former, safe };
}

describe("prove", function () {
  // Each proof is more than a thousand calls.
  this.timeout(600_000);

  it("finds in each phase exactly what it allows, and that nothing was sent", async () => {
    const { world, issuer, former, safe } = await withIssuers();
    const { connection, record, launcher, owners } = world;
    const block = await connection.networkHelpers.time.latestBlock();
    const first = await proveOf(world);
    expect(await connection.networkHelpers.time.latestBlock()).to.equal(block);
    expect(failing(first)).to.deep.equal([]);
    expect([first.phase, first.closed]).to.deep.equal(["brand-led", []]);
    const veto = ["governor.resignGuardian", "governor.veto"];
    expect(mayOf(first, record.safe)).to.have.members([...STEWARDS, ...veto]);
    expect(mayOf(first, issuer)).to.deep.equal(AWARDS);
    expect(first.accounts.find(({ account }) => account === former)?.as).to.deep.equal(["who was an issuer"]);
    const nobody = [former, launcher.address, record.factory, STRANGER];
    for (const who of nobody) expect(mayOf(first, who), who).to.deep.equal([]);
    for (const { address } of owners) expect(mayOf(first, address)).to.deep.equal(["handover.haltAwards"]);

    await connection.networkHelpers.time.increaseTo(record.terms.guardianExpiry);
    const second = await proveOf(world);
    expect(failing(second)).to.deep.equal([]);
    expect(second.phase).to.equal("shared");
    expect(mayOf(second, record.safe)).to.have.members([...STEWARDS, "handover.handOver"]);
    expect(mayOf(second, issuer)).to.deep.equal(AWARDS);

    // Once the date has come, anyone can; and it ends what the Safe gave.
    await connection.networkHelpers.time.increaseTo(record.terms.communityDate);
    const due = await proveOf(world);
    expect(failing(due)).to.deep.equal([]);
    expect(mayOf(due, STRANGER)).to.deep.equal(["handover.handOver"]);
    await (await world.dao.handover.connect(launcher).handOver()).wait();
    const third = await proveOf(world);
    expect(failing(third)).to.deep.equal([]);
    expect([third.phase, third.closed]).to.deep.equal(["community", ["handover.handOver"]]);
    for (const who of [safe.address, issuer, ...nobody]) expect(mayOf(third, who), who).to.deep.equal([]);
    const next = `manager.grantRole(ISSUER (no. ${await world.dao.badge.issuerRole()}))`;
    expect(mayOf(third, record.contracts.timelock)).to.include(next);
  });

  it("says who is let in that shouldn't be", async () => {
    const { world, issuer } = await withIssuers();
    const { record, launcher, dao } = world;
    const timelock = await as(world, record.contracts.timelock);
    const manager = dao.manager.connect(timelock);
    await (await manager.grantRole(ROLES.MINTER, launcher.address, 0)).wait();
    await (await manager.grantRole(ROLES.ADMIN, record.safe, 0)).wait();
    await (await manager.grantRole(ROLES.STEWARD, issuer, 0)).wait();
    const found = failing(await proveOf(world));
    const about = (who: string, contract: string) =>
      found.find(({ name }) => name.includes(who) && name.endsWith(`of ${contract}`));
    expect(about(launcher.address, "token")).to.deep.include({
      area: "proof",
      expected: "lets in to at most: nothing",
      actual: "let in to mint as well",
    });
    expect(about(record.safe, "manager")?.actual).to.include("grantRole(ADMIN)");
    expect(about(record.safe, "token")?.actual).to.include("upgradeToAndCall").and.not.to.include("mint");
    expect(about(record.safe, "timelock")).to.equal(undefined);
    expect(about(issuer, "badge")?.actual).to.include("setTitles");
    expect(found.some(({ name }) => name.includes("stranger"))).to.equal(false);
  });

  it("says where not even the DAO itself is let in: then no refusal proves anything", async () => {
    const world = await load(launchedWorld);
    const timelock = await as(world, world.record.contracts.timelock);
    const manager = world.dao.manager.connect(timelock);
    await (await manager.renounceRole(ROLES.MINTER, timelock.address)).wait();
    const [only, ...more] = failing(await proveOf(world));
    expect(more).to.deep.equal([]);
    expect(only).to.deep.include({ actual: "turned away: mint" });
    expect(only?.name).to.include("the DAO itself").and.to.include("of token");
  });

  it("says what is closed to everybody, as awards are while they are halted", async () => {
    const world = await load(launchedWorld);
    await (await world.dao.handover.connect(world.owners[0]).haltAwards()).wait();
    const proof = await proveOf(world);
    expect(failing(proof)).to.deep.equal([]);
    expect(proof.closed).to.deep.equal([...AWARDS, "handover.haltAwards"]);
    expect(mayOf(proof, world.record.safe)).not.to.include.members(AWARDS);
  });

  it("tries whoever was given any role, once", async () => {
    const { world, issuer, former } = await withIssuers();
    const live = await open(world);
    const principals = await readPrincipals(live, await readHandover(live));
    const accounts = principals.map(({ account }) => account);
    expect(new Set(accounts).size).to.equal(accounts.length);
    expect(accounts[0]).to.equal(world.record.contracts.timelock);
    expect(accounts).to.include.members([issuer, former, world.record.safe, STRANGER]);
  });

  it("doesn't take what the node says for how a call ends", async () => {
    const refusing = { request: () => Promise.reject(new Error("too many requests")) };
    const nothing = { from: STRANGER, to: STRANGER, data: "0x" };
    const outcome = attempt(refusing, nothing).catch((error: unknown) => String(error));
    expect(await outcome).to.include("too many requests");
    const silent = { request: () => Promise.reject(new Error("execution reverted")) };
    expect(await attempt(silent, nothing)).to.equal("unsaid");
  });

  it("needs a node that says why calls fail", async () => {
    const world = await load(launchedWorld);
    const live = await open(world);
    const { eip1193 } = live;
    const request: typeof eip1193.request = async (args) => {
      if (args.method !== "eth_call") return eip1193.request(args);
      return eip1193.request(args).catch(() => Promise.reject(new Error("execution reverted")));
    };
    const problem = await problemOf(prove({ ...live, eip1193: { request } }));
    expect(problem.message).to.include("doesn't say why");
  });
});

describe("the table of powers", () => {
  it("names no function that isn't there, and takes what isn't named for the timelock's alone", () => {
    expect(powerOf("token", "mint")).to.equal("proposal");
    expect(powerOf("token", "transfer")).to.equal(undefined);
    expect(powerOf("rewards", "whatever is new")).to.equal("proposal");
    const all = OWN_CONTRACTS.flatMap((name) => changingFunctions(INTERFACES[name]));
    expect(all.map(({ name }) => name)).to.include.members(["upgradeToAndCall", "handOver", "setTerms"]);
  });
});
