import { expect } from "chai";
import { parseEther } from "ethers";
import { requireHeld } from "../../../sdk/badges/held.js";
import { readKinds } from "../../../sdk/badges/kinds/kinds.js";
import type { GuardedPlan } from "../../../sdk/badges/plans.js";
import { planAddKind, planCloseKind, planRevoke } from "../../../sdk/badges/plans.js";
import { requireCaller } from "../../../sdk/badges/powers.js";
import { simulate } from "../../../sdk/calls/simulate.js";
import type { Via } from "../../../sdk/execute/via.js";
import { asSafe, LIMITED, openAs, threeBadges, thrownBy } from "./support.js";

async function world() {
  const found = await threeBadges();
  const { live, record, stranger } = found;
  const actors: Record<Via, string> = {
    signer: stranger.address,
    safe: record.safe,
    proposal: record.contracts.timelock,
  };
  /** That who acts is let in, and the call would succeed. */
  const expectWorks = async ({ plan, guarded }: GuardedPlan, via: Via) => {
    await requireCaller(live, actors[via], guarded);
    for (const each of plan.calls) {
      expect(await simulate(each, actors[via], live.provider)).to.deep.include({ ok: true });
    }
  };
  return { ...found, expectWorks };
}

const nameOf = ({ plan }: GuardedPlan) => plan.calls.map(({ signature }) => signature.split("(")[0]).join();

describe("badge plans", () => {
  it("adds a kind: the Safe one without votes, a proposal any", async () => {
    const { live, expectWorks } = await world();
    for (const via of ["safe", "proposal"] as const) {
      const guarded = planAddKind(live, LIMITED, via);
      expect(nameOf(guarded)).to.equal("addKind");
      await expectWorks(guarded, via);
    }
    const voting = { ...LIMITED, votes: parseEther("1") };
    const guarded = planAddKind(live, voting, "proposal");
    expect(nameOf(guarded)).to.equal("addVotingKind");
    await expectWorks(guarded, "proposal");
    for (const via of ["safe", "signer"] as const) {
      expect(thrownBy(() => planAddKind(live, voting, via)).remedy).to.include("--via proposal");
    }
  });

  it("closes a kind, once", async () => {
    const found = await world();
    const { live, kinds, expectWorks } = found;
    const [review, ambassador] = kinds;
    if (review === undefined || ambassador === undefined) throw new Error("there are no kinds");
    await expectWorks(planCloseKind(live, review, "safe"), "safe");
    const voting = planCloseKind(live, ambassador, "proposal");
    expect(nameOf(voting)).to.equal("closeVotingKind");
    await expectWorks(voting, "proposal");
    expect(thrownBy(() => planCloseKind(live, ambassador, "safe")).remedy).to.include("--via proposal");

    await asSafe(found, planCloseKind(live, review, "safe").plan.calls);
    const [closed] = await readKinds(await openAs(found));
    if (closed === undefined) throw new Error("there are no kinds");
    expect(thrownBy(() => planCloseKind(live, closed, "safe")).message).to.include("closed already");
  });

  it("takes a badge back, with a reason", async () => {
    const found = await world();
    const { live, kinds, ledger, expectWorks, dao } = found;
    const [one, two] = [1, 2].map((id) => requireHeld(ledger, id, kinds));
    if (one === undefined || two === undefined) throw new Error("there are no badges");
    for (const reason of [undefined, "", " \n"]) {
      expect(thrownBy(() => planRevoke(live, one, reason, "safe")).place).to.equal("--reason");
    }
    const guarded = planRevoke(live, one, " 間違い ", "safe");
    expect(nameOf(guarded)).to.equal("revoke");
    expect(guarded.plan.calls[0]?.args).to.deep.equal([1, "間違い"]);
    await expectWorks(guarded, "safe");
    const voting = planRevoke(live, two, "間違い", "proposal");
    expect(nameOf(voting)).to.equal("revokeVoting");
    await expectWorks(voting, "proposal");
    expect(thrownBy(() => planRevoke(live, two, "間違い", "safe")).remedy).to.include("--via proposal");

    await asSafe(found, guarded.plan.calls);
    expect(await dao.badge.balanceOf(one.account)).to.equal(1n);
  });
});
