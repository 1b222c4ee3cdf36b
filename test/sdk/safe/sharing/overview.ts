import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { executeAsSafe } from "../../../../sdk/node/execute/safe.js";
import { FOREIGN } from "../../../../sdk/calls/known.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { follow } from "../../../../sdk/node/safe/follow.js";
import { readWaiting } from "../../../../sdk/safe/sharing/overview.js";
import { readPowers } from "../../../../sdk/safe/powers.js";
import { operationId } from "../../../../sdk/safe/schedule.js";
import { delayedWorld, type Owners, payment, STEWARD_DELAY, withOwners } from "../support.js";

async function overview(owners: Owners) {
  const { live, account } = await owners.look();
  return readWaiting(live, account, await owners.exchange.pending(0));
}

describe("readWaiting", () => {
  it("shows what waits, with who signed, and counts what is over", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const done = await owners.share(await owners.award(1));
      await owners.sign(done, accounts[0], accounts[1]);
      await owners.send(done);
      const place = await owners.share(await owners.award(2));
      await owners.sign(place, accounts[2]);
      const { waiting, over, problems } = await overview(owners);
      expect([over, problems]).to.deep.equal([1, []]);
      expect(waiting.map(({ checked, due, rivals }) => [checked.place, due, rivals])).to.deep.equal([
        [place, 0, []],
      ]);
      expect(waiting[0]?.checked.signatures.map(({ signer }) => signer)).to.deep.equal([accounts[2].address]);
    }));

  it("names what is wrong with one, and shows the others", () =>
    withOwners(async (owners) => {
      const bad = await owners.share(await owners.award(1));
      const good = await owners.share(await owners.award(2));
      await owners.tamper(bad, (file) => (file.transaction.value = "1"));
      await writeFile(path.join(path.dirname(good), "safe-9-00000000.json"), "");
      const { waiting, problems } = await overview(owners);
      expect(waiting.map(({ checked }) => checked.place)).to.deep.equal([good]);
      expect(problems.map(({ place }) => path.basename(place ?? ""))).to.have.members([
        path.basename(bad),
        "safe-9-00000000.json",
      ]);
    }));

  it("shows what waits to be due, what announced it, and which have the same number", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const addKind = await owners.addKind("New");
      const first = await owners.share(addKind);
      await owners.sign(first, accounts[0], accounts[1]);
      await owners.send(first);
      const { live, account } = await owners.look();
      const next = await follow(live, account, await owners.check(first), owners.exchange);
      const urgent = await owners.share(await owners.award(1));
      const { waiting, announcedBy } = await overview(owners);
      const id = operationId(live.safe, addKind);
      expect(announcedBy.get(id)).to.equal(first);
      const performing = waiting.find(({ performs }) => performs.includes(id));
      expect(performing?.checked.place).to.equal(next?.place);
      expect(performing?.due).to.equal(next?.due);
      expect(performing?.rivals).to.deep.equal([urgent]);
    }, delayedWorld));
});

describe("readPowers", () => {
  it("shows what the Safe may do after the launch", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      expect(await readPowers(live, account)).to.deep.equal({
        vetoUntil: owners.world.record.terms.guardianExpiry,
        stewardDelay: 0,
        issuer: true,
        ownersMayHalt: true,
        modules: [],
        guard: null,
      });
    }));

  it("shows the steward's delay", () =>
    withOwners(async (owners) => {
      const { live, account } = await owners.look();
      expect((await readPowers(live, account)).stewardDelay).to.equal(STEWARD_DELAY);
    }, delayedWorld));

  it("shows what is left once power was handed over", () =>
    withOwners(async (owners) => {
      const { context, dao, record, owners: accounts } = owners.world;
      const governor = await named("governor", dao.governor);
      const handover = await named("handover", dao.handover);
      await executeAsSafe(
        {
          title: "Hand over",
          calls: [
            call(governor, "resignGuardian", [], "Resign"),
            call(handover, "handOver", [], "Hand over"),
          ],
        },
        context.provider,
        context.eip1193,
        { address: record.safe, owners: [accounts[0].address, accounts[1].address] },
      );
      const { live, account } = await owners.look();
      const { vetoUntil, stewardDelay, issuer } = await readPowers(live, account);
      expect([vetoUntil, stewardDelay, issuer]).to.deep.equal([null, null, false]);
    }));

  it("shows what acts in the Safe's name without its owners", () =>
    withOwners(async (owners) => {
      const { context, record, stranger, owners: accounts } = owners.world;
      const data = FOREIGN.safe.encodeFunctionData("enableModule", [stranger.address]);
      await executeAsSafe(
        { title: "Module", calls: [{ ...payment(record.safe, 0n), data }] },
        context.provider,
        context.eip1193,
        { address: record.safe, owners: [accounts[0].address, accounts[1].address] },
      );
      const { live, account } = await owners.look();
      expect((await readPowers(live, account)).modules).to.deep.equal([stranger.address]);
    }));
});
