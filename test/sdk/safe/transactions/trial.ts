import { expect } from "chai";
import { Wallet } from "ethers";
import type { RawCall } from "../../../../sdk/calls/decode.js";
import { FOREIGN } from "../../../../sdk/calls/known.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { reviewAsSafe } from "../../../../sdk/safe/transactions/trial.js";
import { delayedWorld, NO_EVIDENCE, type Owners, payment, STEWARD_DELAY, withOwners } from "../support.js";

/** What became of each call: "ok", or why not. */
async function tried(owners: Owners, ...calls: readonly RawCall[]): Promise<string[]> {
  const { live, account } = await owners.look();
  const reviewed = await reviewAsSafe(live, account, calls);
  return reviewed.map(({ simulation }) => (simulation.ok ? (simulation.note ?? "ok") : simulation.reason));
}

/** Gives the Safe an amount of wei. */
async function fund(owners: Owners, wei: bigint): Promise<void> {
  const { connection, record } = owners.world;
  await connection.networkHelpers.setBalance(record.safe, wei);
}

describe("reviewAsSafe", () => {
  it("tries calls as the Safe, without any signature, and does nothing", () =>
    withOwners(async (owners) => {
      expect(await tried(owners, await owners.award(1))).to.deep.equal(["ok"]);
      expect(await owners.badges()).to.equal(0n);
    }));

  it("tries them together: what one does counts for the next", () =>
    withOwners(async (owners) => {
      const { dao, stranger } = owners.world;
      const badge = await named("badge", dao.badge);
      const newKind = call(badge, "award", [3, stranger.address, NO_EVIDENCE], "Award the new kind");
      expect(await tried(owners, newKind)).to.deep.equal(["ContributionBadgeNonexistentKind(kind: 3)"]);
      expect(await tried(owners, await owners.addKind("New"), newKind)).to.deep.equal(["ok", "ok"]);
    }));

  it("says which call fails, and that those after it aren't reached", () =>
    withOwners(async (owners) => {
      const [good, bad] = [await owners.award(1), await owners.award(9)];
      expect(await tried(owners, good, good, bad, good, bad)).to.deep.equal([
        "ok",
        "ok",
        "ContributionBadgeNonexistentKind(kind: 9)",
        "it isn't reached, as call 3 fails",
        "it isn't reached, as call 3 fails",
      ]);
    }));

  it("says that the Safe has too little to pay", () =>
    withOwners(async (owners) => {
      await fund(owners, 10n);
      const pay = payment(Wallet.createRandom().address, 6n);
      const [first, second] = await tried(owners, pay, pay);
      expect(first).to.equal("ok");
      expect(second).to.include("doesn't say why");
      expect(await tried(owners, pay)).to.deep.equal(["ok"]);
    }));

  it("says that a call goes nowhere", () =>
    withOwners(async (owners) => {
      const nowhere = Wallet.createRandom().address;
      const [first, second] = await tried(
        owners,
        await owners.award(1),
        { to: nowhere, data: "0x12345678", value: 0n },
        await owners.award(1),
      );
      expect(first).to.equal("ok");
      expect(second).to.include("no contract").and.to.include(nowhere);
    }));

  it("says that it takes more gas than a transaction may have", () =>
    withOwners(async (owners) => {
      const { dao, stranger } = owners.world;
      const badge = await named("badge", dao.badge);
      const people = Array.from({ length: 700 }, () => stranger.address);
      const evidence = people.map(() => NO_EVIDENCE);
      const all = call(badge, "awardBatch", [1, people, evidence, ""], "Award to all");
      const [reason] = await tried(owners, all);
      expect(reason).to.include("more gas");
    }));

  it("decodes, and compares settings with what they are", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      const { dao, stranger } = owners.world;
      const handover = await named("handover", dao.handover);
      const [reviewed] = await reviewAsSafe(live, account, [
        call(handover, "setSafe", [stranger.address], "Set the Safe"),
      ]);
      expect(reviewed?.call.name).to.equal("setSafe");
      expect(reviewed?.changes[0]?.from).to.include(live.safe);
      expect(reviewed?.simulation.ok).to.equal(false);
    }));

  it("warns of what can't be undone: other owners", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      const data = FOREIGN.safe.encodeFunctionData("addOwnerWithThreshold", [
        owners.world.stranger.address,
        1,
      ]);
      const [reviewed] = await reviewAsSafe(live, account, [{ to: live.safe, data, value: 0n }]);
      expect(reviewed?.call.known.irreversible).to.include("owners");
      expect(reviewed?.simulation.ok).to.equal(true);
    }));
});

describe("reviewAsSafe, with a delay for the steward", () => {
  it("refuses what isn't announced", () =>
    withOwners(async (owners) => {
      const [reason] = await tried(owners, await owners.addKind("New"));
      expect(reason).to.include("isn't scheduled");
    }, delayedWorld));

  it("looks into what is announced, and tries it as the DAO itself", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      const [good, bad] = await owners.prepare(
        { title: "Good", calls: [await owners.addKind("New")] },
        { title: "Bad", calls: [await owners.addKind("x".repeat(65))] },
      );
      expect(good?.reviewed[0]?.announced?.call.name).to.equal("addKind");
      expect(good?.reviewed[0]?.announced?.simulation.ok).to.equal(true);
      expect(bad?.reviewed[0]?.simulation.ok).to.equal(true);
      const announced = bad?.reviewed[0]?.announced?.simulation;
      expect(announced?.ok === false && announced.reason).to.include("ContributionBadgeInvalidText");
      expect([live.safe, account.nonce]).to.deep.equal([account.address, 0]);
    }, delayedWorld));

  it("says when what was announced is due, and tries it for real once it is", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const addKind = await owners.addKind("New");
      const place = await owners.share(addKind);
      await owners.sign(place, accounts[0], accounts[1]);
      await owners.send(place);
      const [waiting, after] = await tried(owners, addKind, await owners.award(3));
      expect(waiting).to.include("when it is due").and.to.include("in 2 days");
      expect(after).to.include("can't be tried yet").and.to.include("ContributionBadgeNonexistentKind");
      await owners.pass(STEWARD_DELAY);
      expect(await tried(owners, addKind, await owners.award(3))).to.deep.equal(["ok", "ok"]);
    }, delayedWorld));
});
