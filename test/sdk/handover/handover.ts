import { expect } from "chai";
import { toQuantity } from "ethers";
import { readHandover } from "../../../sdk/handover/handover.js";
import { planAdvance, planHalt, planResign, planResume } from "../../../sdk/handover/plans.js";
import type { Plan } from "../../../sdk/calls/plan.js";
import { openDao } from "../../../sdk/live.js";
import { ROLES } from "../../../sdk/roles.js";
import { kyosoError, type LaunchedWorld, launchedWorld, load } from "../support.js";

const open = async ({ record, context, connection }: LaunchedWorld) => {
  const live = await openDao(record, context.provider, connection.provider);
  return { live, handover: await readHandover(live) };
};

const callsOf = ({ calls }: Plan) => calls.map(({ contract, signature }) => `${contract}.${signature}`);

/** The code that something is refused with. */
const codeOf = async (run: () => unknown) =>
  (await kyosoError(Promise.resolve().then(run))).problems.map(({ code }) => code).join();

async function shared() {
  const world = await load(launchedWorld);
  await world.connection.networkHelpers.time.increaseTo(world.record.terms.guardianExpiry);
  return world;
}

async function community() {
  const world = await load(launchedWorld);
  await world.connection.networkHelpers.time.increaseTo(world.record.terms.communityDate);
  await (await world.dao.handover.connect(world.stranger).handOver()).wait();
  return world;
}

describe("readHandover", () => {
  it("says what is left, when, and who can do it", async () => {
    const world = await load(launchedWorld);
    const { guardianExpiry, communityDate } = world.record.terms;
    const { handover } = await open(world);
    expect(handover).to.deep.include({
      phase: "brand-led",
      safe: world.record.safe,
      guardian: world.record.safe,
      vetoUntil: guardianExpiry,
      communityDate,
      halted: false,
    });
    expect(handover.steps).to.deep.equal([
      {
        step: "end-veto",
        from: "brand-led",
        to: "shared",
        due: guardianExpiry,
        isDue: false,
        by: "itself",
        safeCan: true,
      },
      {
        step: "hand-over",
        from: "shared",
        to: "community",
        due: communityDate,
        isDue: false,
        by: "anyone",
        safeCan: false,
      },
    ]);
    const second = (await open(await shared())).handover;
    expect([second.phase, second.guardian]).to.deep.equal(["shared", null]);
    expect(second.steps.map(({ step, safeCan }) => [step, safeCan])).to.deep.equal([["hand-over", true]]);
    const third = (await open(await community())).handover;
    expect([third.phase, third.steps]).to.deep.equal(["community", []]);
  });

  it("says who awards badges, and what of that ends", async () => {
    const world = await load(launchedWorld);
    const { board } = world.record.modules ?? {};
    const { record, connection, dao, stranger } = world;
    await connection.networkHelpers.impersonateAccount(record.safe);
    const params = [record.safe, toQuantity(10n ** 18n)];
    await connection.provider.request({ method: "hardhat_setBalance", params });
    const safe = await connection.ethers.getSigner(record.safe);
    await (await dao.manager.connect(safe).grantRole(ROLES.ISSUER, stranger.address, 0)).wait();
    const [issuers, ...others] = (await open(world)).handover.issuers;
    expect(issuers).to.deep.include({ role: ROLES.ISSUER, kinds: ["レビュー", "Ambassador"], ends: true });
    const accounts = issuers?.members.map(({ account }) => account);
    expect(accounts).to.have.members([record.safe, stranger.address]);
    expect(others).to.deep.equal([]);
    expect(board).not.to.equal(undefined);
    await connection.networkHelpers.time.increaseTo(record.terms.communityDate);
    await (await dao.handover.connect(stranger).handOver()).wait();
    const [after] = (await open(world)).handover.issuers;
    expect([after?.members, after?.ends]).to.deep.equal([[], false]);
  });
});

describe("planAdvance", () => {
  it("has the Safe, or a proposal, end the veto; nobody else can", async () => {
    const { live, handover } = await open(await load(launchedWorld));
    expect(callsOf(planAdvance(live, handover, "safe").plan)).to.deep.equal(["governor.resignGuardian()"]);
    expect(callsOf(planAdvance(live, handover, "proposal").plan)).to.deep.equal([
      "governor.setProposalGuardian(address)",
    ]);
    expect(await codeOf(() => planAdvance(live, handover, "signer"))).to.equal("phase.not-due");
    const other = { ...handover, guardian: live.record.launcher };
    expect(await codeOf(() => planAdvance(live, other, "safe"))).to.equal("veto.of-other");
  });

  it("has anyone hand over once the date has come, the Safe or a proposal earlier", async () => {
    const world = await shared();
    const { live, handover } = await open(world);
    expect(await codeOf(() => planAdvance(live, handover, "signer"))).to.equal("phase.not-due");
    expect(callsOf(planAdvance(live, handover, "safe").plan)).to.deep.equal(["handover.handOver()"]);
    expect(callsOf(planAdvance(live, handover, "proposal").plan)).to.deep.equal([
      "handover.setCommunityDate(uint48)",
      "handover.handOver()",
    ]);
    await world.connection.networkHelpers.time.increaseTo(world.record.terms.communityDate);
    const due = await open(world);
    for (const via of ["signer", "proposal"] as const) {
      expect(callsOf(planAdvance(due.live, due.handover, via).plan)).to.deep.equal(["handover.handOver()"]);
    }
  });

  it("has nothing to do in the last phase", async () => {
    const { live, handover } = await open(await community());
    expect(await codeOf(() => planAdvance(live, handover, "safe"))).to.equal("phase.last");
  });
});

describe("planResign", () => {
  it("gives up the veto, or all", async () => {
    const { live, handover } = await open(await load(launchedWorld));
    expect(callsOf(planResign(live, handover, "safe", false).plan)).to.deep.equal([
      "governor.resignGuardian()",
    ]);
    expect(callsOf(planResign(live, handover, "safe", true).plan)).to.deep.equal([
      "governor.resignGuardian()",
      "handover.handOver()",
    ]);
    expect(await codeOf(() => planResign(live, handover, "proposal", true))).to.equal("via.only-safe");
  });

  it("refuses where there is nothing to give up", async () => {
    const second = await open(await shared());
    expect(await codeOf(() => planResign(second.live, second.handover, "safe", false))).to.equal(
      "veto.ended",
    );
    expect(callsOf(planResign(second.live, second.handover, "safe", true).plan)).to.deep.equal([
      "handover.handOver()",
    ]);
    const third = await open(await community());
    for (const all of [false, true]) {
      expect(await codeOf(() => planResign(third.live, third.handover, "safe", all))).to.equal("phase.last");
    }
  });
});

describe("planHalt and planResume", () => {
  it("are for an owner of the Safe, and a steward, one after the other", async () => {
    const world = await load(launchedWorld);
    const { dao, owners, stranger, record } = world;
    const { live } = await open(world);
    const [owner] = owners;
    expect(await codeOf(() => planHalt(live, stranger.address))).to.equal("halt.not-owner");
    expect(await codeOf(() => planResume(live, record.safe))).to.equal("resume.not-halted");
    expect(callsOf(await planHalt(live, owner.address))).to.deep.equal(["handover.haltAwards()"]);
    await (await dao.handover.connect(owner).haltAwards()).wait();

    const halted = await open(world);
    expect(halted.handover.halted).to.equal(true);
    expect(await codeOf(() => planHalt(halted.live, owners[1].address))).to.equal("halt.halted-already");
    expect(await codeOf(() => planResume(halted.live, stranger.address))).to.equal("role.may-not-call");
    expect(callsOf(await planResume(halted.live, record.safe))).to.deep.equal(["badge.resume()"]);

    await world.connection.networkHelpers.impersonateAccount(record.safe);
    const params = [record.safe, toQuantity(10n ** 18n)];
    await world.connection.provider.request({ method: "hardhat_setBalance", params });
    const safe = await world.connection.ethers.getSigner(record.safe);
    await (await dao.badge.connect(safe).resume()).wait();
    const { live: resumed } = await open(world);
    expect(await codeOf(() => planHalt(resumed, owner.address))).to.equal("halt.too-early");
    expect(callsOf(await planHalt(resumed, owners[1].address))).to.deep.equal(["handover.haltAwards()"]);
  });
});
