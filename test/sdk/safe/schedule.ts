import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";
import { type Call, call, named } from "../../../sdk/calls/plan.js";
import {
  dueOf,
  operationId,
  scheduledBy,
  scheduledOperations,
  schedulingOf,
} from "../../../sdk/safe/schedule.js";
import { delayedWorld, type Owners, payment, STEWARD_DELAY, withOwners } from "./support.js";

const WEEK = 7 * 86_400;

/** Has the Safe announce calls. */
async function announced(owners: Owners, ...calls: readonly Call[]): Promise<void> {
  const { owners: accounts } = owners.world;
  const place = await owners.share(...calls);
  await owners.sign(place, accounts[0], accounts[1]);
  await owners.send(place);
}

const now = (owners: Owners) => owners.world.connection.networkHelpers.time.latest();

describe("schedulingOf", () => {
  it("needs no announcement where the Safe has no delay", () =>
    withOwners(async (owners) => {
      const { live } = await owners.look();
      expect(await schedulingOf(live, await owners.addKind("New"))).to.deep.equal({ kind: "not needed" });
    }));

  it("needs one for what a steward does, and tells how long before", () =>
    withOwners(async (owners) => {
      const { live } = await owners.look();
      const needed = { kind: "needed", delay: STEWARD_DELAY };
      expect(await schedulingOf(live, await owners.addKind("New"))).to.deep.equal(needed);
      // Of the manager itself, which looks at the arguments.
      expect(await schedulingOf(live, await owners.appoint(owners.world.stranger.address))).to.deep.equal(
        needed,
      );
    }, delayedWorld));

  it("needs none for what takes no role, or one without a delay, or one that the Safe lacks", () =>
    withOwners(async (owners) => {
      const { live } = await owners.look();
      const { dao, stranger } = owners.world;
      const minting = call(await named("token", dao.token), "mint", [stranger.address, 1n], "Mint");
      for (const each of [await owners.award(1), payment(stranger.address, 1n), minting]) {
        expect(await schedulingOf(live, each)).to.deep.equal({ kind: "not needed" });
      }
    }, delayedWorld));

  it("says when what was announced is due, until it expires", () =>
    withOwners(async (owners) => {
      const addKind = await owners.addKind("New");
      await announced(owners, addKind);
      const due = (await now(owners)) + STEWARD_DELAY;
      const look = async () => schedulingOf((await owners.look()).live, addKind);
      expect(await look()).to.deep.equal({ kind: "scheduled", due });
      expect(await dueOf((await owners.look()).live, [addKind])).to.equal(due);
      await owners.pass(STEWARD_DELAY + WEEK);
      expect(await look()).to.deep.equal({ kind: "needed", delay: STEWARD_DELAY });
      expect(await dueOf((await owners.look()).live, [addKind])).to.equal(0);
    }, delayedWorld));
});

describe("operations", () => {
  it("have the ids that the manager gives them", () =>
    withOwners(async (owners) => {
      const { dao, record } = owners.world;
      const addKind = await owners.addKind("New");
      const id = operationId(record.safe, addKind);
      expect(id).to.equal(await dao.manager.hashOperation(record.safe, addKind.to, addKind.data));
      const coder = AbiCoder.defaultAbiCoder();
      expect(id).to.equal(
        keccak256(coder.encode(["address", "address", "bytes"], [record.safe, addKind.to, addKind.data])),
      );
    }, delayedWorld));

  it("are found in what announces them, and nowhere else", () =>
    withOwners(async (owners) => {
      const { live } = await owners.look();
      const addKind = await owners.addKind("New");
      const [prepared] = await owners.prepare({ title: "New", calls: [addKind] });
      const { to, data } = prepared?.file.transaction ?? { to: "", data: "" };
      expect(scheduledBy(live, [{ to, data, value: 0n }])).to.deep.equal([
        { to: addKind.to, data: addKind.data, value: 0n },
      ]);
      expect(scheduledBy(live, [addKind])).to.deep.equal([]);
      expect(scheduledBy(live, [{ to: addKind.to, data, value: 0n }])).to.deep.equal([]);
      expect(scheduledBy(live, [{ to, data: data.slice(0, 20), value: 0n }])).to.deep.equal([]);
    }, delayedWorld));

  it("are listed from the log while they wait, are due, and have expired", () =>
    withOwners(async (owners) => {
      const [one, two] = [await owners.addKind("One"), await owners.addKind("Two")];
      await announced(owners, one, two);
      const due = (await now(owners)) + STEWARD_DELAY;
      const states = async () =>
        (await scheduledOperations((await owners.look()).live)).map(({ id, state }) => [id, state]);
      const id = (each: typeof one) => operationId(owners.world.record.safe, each);
      const [first, ...others] = await scheduledOperations((await owners.look()).live);
      expect(others).to.have.length(1);
      expect(first).to.deep.equal({
        id: id(one),
        caller: owners.world.record.safe,
        call: { to: one.to, data: one.data, value: 0n },
        due,
        expires: due + WEEK,
        state: "waiting",
      });
      await owners.pass(STEWARD_DELAY);
      expect(await states()).to.deep.equal([
        [id(one), "due"],
        [id(two), "due"],
      ]);

      const { owners: accounts } = owners.world;
      const place = await owners.share(one);
      await owners.sign(place, accounts[0], accounts[1]);
      await owners.send(place);
      expect(await states()).to.deep.equal([[id(two), "due"]]);
      await owners.pass(WEEK);
      expect(await states()).to.deep.equal([[id(two), "expired"]]);
      // Announced anew, it counts once.
      await announced(owners, two);
      expect(await states()).to.deep.equal([[id(two), "waiting"]]);
      await owners.pass(STEWARD_DELAY + 2 * WEEK);
      expect(await states()).to.deep.equal([]);
    }, delayedWorld));

  it("aren't listed any more once they are cancelled", () =>
    withOwners(async (owners) => {
      const addKind = await owners.addKind("New");
      await announced(owners, addKind);
      const manager = await named("manager", owners.world.dao.manager);
      const { safe } = owners.world.record;
      const place = await owners.share(call(manager, "cancel", [safe, addKind.to, addKind.data], "Cancel"));
      const { owners: accounts } = owners.world;
      await owners.sign(place, accounts[1], accounts[2]);
      await owners.send(place);
      expect(await scheduledOperations((await owners.look()).live)).to.deep.equal([]);
    }, delayedWorld));
});
