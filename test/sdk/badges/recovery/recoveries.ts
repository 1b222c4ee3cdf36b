import { expect } from "chai";
import { id as hashOf, parseEther, ZeroHash } from "ethers";
import { EvidenceJournal } from "../../../../sdk/node/badges/journal.js";
import { readLedger } from "../../../../sdk/badges/ledger.js";
import { readMember } from "../../../../sdk/badges/members/members.js";
import {
  readOpen,
  readRecoveries,
  readRecoveryAllowance,
} from "../../../../sdk/badges/recovery/recoveries.js";
import {
  planCancel,
  planFinish,
  planRefuse,
  planRequest,
} from "../../../../sdk/badges/recovery/recoveryPlans.js";
import { standingOf } from "../../../../sdk/badges/awards/standing.js";
import { reviewCalls } from "../../../../sdk/calls/review.js";
import { executeAsSigner } from "../../../../sdk/execute/signer.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { kyosoError, load, problemOf } from "../../support.js";
import { asSafe, awardOf, badgeWorld, KIND, openAs, withFolder } from "../support.js";

/** Longer than any recovery waits here. */
const WAIT = 30 * 86_400;

/** Alice has badges 1 to 3, of which 2 comes with votes; her account is lost, and the stranger is she. */
async function world() {
  const found = await load(badgeWorld);
  const { badge, holders } = found;
  const [alice, bob, carol] = holders;
  await badge.award(KIND.REVIEW, alice, hashOf("one"));
  await badge.award(KIND.AMBASSADOR, alice, ZeroHash);
  await badge.award(KIND.REVIEW, alice, ZeroHash);
  await badge.award(KIND.REVIEW, bob, ZeroHash);
  return { ...found, alice, bob, carol, me: found.stranger };
}

async function requested() {
  const found = await world();
  const { plan } = await planRequest(await openAs(found), found.alice.address, found.me.address);
  await asSafe(found, plan.calls);
  return found;
}

async function due() {
  const found = await requested();
  await found.connection.networkHelpers.time.increase(WAIT);
  return found;
}

describe("recoveries", () => {
  it("requests one, and shows what it will move", async () => {
    const found = await requested();
    const live = await openAs(found);
    const all = await readRecoveries(live);
    const { eta } = await found.dao.badge.recoveryOf(found.alice);
    expect(all).to.deep.equal([
      {
        oldAccount: found.alice.address,
        newAccount: found.me.address,
        eta: Number(eta),
        state: "waiting",
        moved: [],
      },
    ]);
    expect(await readOpen(live, all)).to.deep.equal([
      { ...all[0], badges: 3, points: 50, votes: parseEther("100") },
    ]);
    expect((await readRecoveryAllowance(live)).requested).to.equal(1);
  });

  it("says all that stands in the way of a request", async () => {
    const found = await requested();
    const { alice, bob, carol, me, record } = found;
    const live = await openAs(found);
    const same = await kyosoError(planRequest(live, bob.address, bob.address));
    expect(same.message).to.include("are the same");
    const nothing = await problemOf(planRequest(live, carol.address, found.owners[0].address));
    expect(nothing.message).to.include("never earned anything");
    const contract = await problemOf(planRequest(live, bob.address, record.contracts.timelock));
    expect(contract.message).to.include("the DAO's timelock");
    const again = await kyosoError(planRequest(live, alice.address, me.address));
    expect(again.problems.map(({ message }) => message)).to.deep.equal([
      `It is to be recovered already, into ${me.address}`,
      `It is to receive already what was earned by ${alice.address}`,
    ]);
    const governance = [
      call(await named("badge", found.dao.badge), "setLimits", [100_000, 3, 1], "One recovery a season"),
    ];
    const [setting] = await reviewCalls(live, governance, record.contracts.timelock);
    const { limit } = await readRecoveryAllowance(live);
    expect(setting?.changes.find(({ name }) => name === "recoveryLimit")).to.deep.equal({
      name: "recoveryLimit",
      from: limit.toString(),
      to: "1",
    });
  });

  it("is refused by either account, or canceled by a steward, and only before it begins", async () => {
    const found = await requested();
    const { alice, bob, me } = found;
    const none = await problemOf(planRefuse(await openAs(found), bob.address));
    expect(none.message).to.include("No recovery of it was requested");
    const both = { oldAccount: alice.address, newAccount: me.address };
    for (const account of [alice, me]) {
      const { plan, ...refused } = await planRefuse(await openAs(found), account.address);
      expect(refused).to.deep.equal(both);
      await executeAsSigner(plan, account);
      await asSafe(found, (await planRequest(await openAs(found), alice.address, me.address)).plan.calls);
    }
    await asSafe(found, (await planCancel(await openAs(found), alice.address)).calls);
    const after = await openAs(found);
    expect((await readRecoveries(after)).map(({ state }) => state)).to.deep.equal([
      "refused",
      "refused",
      "canceled",
    ]);
    for (const plan of [planCancel, planFinish]) {
      expect((await problemOf(plan(after, alice.address))).message).to.include(
        "No recovery of it was requested",
      );
    }
  });

  it("is over by itself where nobody carries it out, and can be requested again", async () => {
    const found = await due();
    const { alice, bob, me } = found;
    const { end } = await found.dao.badge.recoveryOf(alice);
    await found.connection.networkHelpers.time.increaseTo(end - 1n);
    expect((await readRecoveries(await openAs(found)))[0]?.state).to.equal("ready");
    await found.connection.networkHelpers.time.increaseTo(end);
    const live = await openAs(found);
    expect((await readRecoveries(live))[0]?.state).to.equal("lapsed");
    expect(await readOpen(live, await readRecoveries(live))).to.deep.equal([]);
    const late = await problemOf(planFinish(live, alice.address));
    expect(late.message).to.include("could be carried out until");
    expect(late.remedy).to.include("requested again");
    for (const account of [alice, me]) {
      const none = await problemOf(planRefuse(live, account.address));
      expect(none.message).to.include("No recovery of it was requested");
    }
    await withFolder(async (folder) => {
      const member = await readMember(live, me.address, await EvidenceJournal.open(folder));
      expect(member.recoveries).to.deep.equal([]);
    });
    await asSafe(found, (await planRequest(live, alice.address, bob.address)).plan.calls);
    expect((await readRecoveries(await openAs(found))).map(({ state }) => state)).to.deep.equal([
      "lapsed",
      "waiting",
    ]);
  });

  it("says what was moved where it was ended half-way", async () => {
    const found = await due();
    const { alice, me, issuer } = found;
    const plan = await planFinish(await openAs(found), alice.address, 2);
    await executeAsSigner({ ...plan, calls: plan.calls.slice(0, 1) }, issuer);
    const { message } = await problemOf(planRefuse(await openAs(found), me.address));
    expect(message).to.include(`The recovery of ${alice.address} into it has begun`);
    const snapshot = await found.connection.networkHelpers.takeSnapshot();
    await found.connection.networkHelpers.time.increase(30 * 86_400);
    const lapsed = await openAs(found);
    expect((await readRecoveries(lapsed))[0]).to.deep.include({ state: "lapsed", moved: [1, 2] });
    expect((await problemOf(planRefuse(lapsed, me.address))).message).to.include("is over");
    expect((await problemOf(planFinish(lapsed, alice.address))).remedy).to.include("from the next season on");
    await snapshot.restore();
    await asSafe(found, (await planCancel(await openAs(found), alice.address)).calls);
    const live = await openAs(found);
    const problem = await problemOf(planFinish(live, alice.address));
    expect(problem.message).to.include("was canceled after 2 of its badges were moved");
    const over = await problemOf(planRefuse(live, me.address));
    expect(over.message).to.include("is over");
    await withFolder(async (folder) => {
      const member = await readMember(live, me.address, await EvidenceJournal.open(folder));
      expect(member.recoveries.map(({ state, moved }) => [state, moved])).to.deep.equal([
        ["canceled", [1, 2]],
      ]);
    });
  });

  it("isn't finished before its time, nor while awards are halted", async () => {
    const found = await requested();
    const { message } = await problemOf(planFinish(await openAs(found), found.alice.address));
    expect(message).to.include("can be carried out from");
    await found.connection.networkHelpers.time.increase(WAIT);
    await found.dao.handover.connect(found.owners[0]).haltAwards();
    const halted = await problemOf(planFinish(await openAs(found), found.alice.address));
    expect(halted.message).to.include("They are halted");
  });

  it("is finished in steps, and goes on where it broke off", async () => {
    const found = await due();
    const { alice, me, issuer } = found;
    const plan = await planFinish(await openAs(found), alice.address, 2);
    expect(plan.calls).to.have.length(2);
    await executeAsSigner({ ...plan, calls: plan.calls.slice(0, 1) }, issuer);
    const between = await openAs(found);
    const [moving] = await readRecoveries(between);
    expect(moving).to.deep.include({ state: "moving", moved: [1, 2] });
    const begun = await problemOf(planRefuse(between, alice.address));
    expect(begun.message).to.include("has begun");
    const rest = await planFinish(between, alice.address, 2);
    expect(rest.calls[0]?.args).to.deep.equal([alice.address, [3]]);
    await executeAsSigner(rest, issuer);
    const live = await openAs(found);
    expect((await readRecoveries(live))[0]).to.deep.include({ state: "done", moved: [1, 2, 3] });
    expect((await problemOf(planFinish(live, alice.address))).message).to.include(
      `already, into ${me.address}`,
    );
    const ledger = await readLedger(live);
    expect(ledger.badgesOf(me.address)).to.deep.equal([1, 2, 3]);
    expect(ledger.badgesOf(alice.address)).to.deep.equal([]);
    expect(ledger.predecessorsOf(me.address)).to.deep.equal([alice.address]);
  });

  it("shows on both pages, with who brought whom", () =>
    withFolder(async (folder) => {
      const found = await due();
      const { alice, me, issuer } = found;
      await executeAsSigner(await planFinish(await openAs(found), alice.address), issuer);
      const live = await openAs(found);
      const journal = await EvidenceJournal.open(folder);
      const [old, present] = [
        await readMember(live, alice.address, journal),
        await readMember(live, me.address, journal),
      ];
      expect(old).to.deep.include({ points: 0, badges: [] });
      expect(present).to.deep.include({ points: 50, votes: parseEther("100") });
      expect(present.badges.map(({ id }) => id)).to.deep.equal([3, 2, 1]);
      expect(old.recoveries).to.deep.equal(present.recoveries);
      expect(old.recoveries.map(({ state }) => state)).to.deep.equal(["done"]);
    }));

  it("doesn't award again to the new account what the old one was awarded", () =>
    withFolder(async (folder) => {
      const found = await due();
      const { alice, me, issuer, badge } = found;
      const award = awardOf(KIND.REVIEW, alice.address, "春");
      const journal = await EvidenceJournal.open(folder);
      await journal.add([award]);
      await badge.award(KIND.REVIEW, alice, award.evidence.hash);
      await executeAsSigner(await planFinish(await openAs(found), alice.address), issuer);
      const ledger = await readLedger(await openAs(found));
      const same = { kind: KIND.REVIEW, account: me.address, text: "春", source: null };
      const [standing] = standingOf([same], journal, ledger, new Map());
      expect(standing).to.deep.include({ state: "awarded", badge: 5 });
      const [other] = standingOf([{ ...same, account: found.bob.address }], journal, ledger, new Map());
      expect(other?.state).to.equal("open");
    }));
});
