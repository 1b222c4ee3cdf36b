import { rm } from "node:fs/promises";
import { OperationType } from "@safe-global/types-kit";
import { expect } from "chai";
import { follow } from "../../../../sdk/node/safe/follow.js";
import { requireReady } from "../../../../sdk/safe/transactions/ready.js";
import { transactionHash } from "../../../../sdk/safe/transactions/transaction.js";
import { kyosoError, problemOf } from "../../support.js";
import { delayedWorld, type Owners, STEWARD_DELAY, withOwners } from "../../safe/support.js";

/** Makes sure that a file can be sent, as `safe execute` does. */
async function ready(owners: Owners, place: string): Promise<void> {
  const { live, account } = await owners.look();
  const { transactions } = await owners.exchange.pending(account.nonce);
  await requireReady(live, account, await owners.check(place), transactions);
}

/** Has two owners sign a file, and sends it. */
async function carryOut(owners: Owners, place: string): Promise<void> {
  const { owners: accounts } = owners.world;
  await owners.sign(place, accounts[0], accounts[1]);
  await ready(owners, place);
  await owners.send(place);
}

/** What `safe execute` does about what follows. */
async function followed(owners: Owners, place: string) {
  const { live, account } = await owners.look();
  return follow(live, account, await owners.check(place), owners.exchange);
}

describe("prepare", () => {
  it("makes one transaction of each plan, with numbers in order", () =>
    withOwners(async (owners) => {
      const [one, two] = await owners.prepare(
        { title: "One", calls: [await owners.award(1)] },
        { title: "Two", calls: [await owners.award(2), await owners.award(1)] },
      );
      expect([one?.file.transaction.nonce, two?.file.transaction.nonce]).to.deep.equal([0, 1]);
      expect(one?.file.calls?.[0]).to.match(/^badge\.award\(kind: 1, /);
      expect(two?.file.calls).to.have.length(2);
      expect(one?.file.title).to.equal("One");
    }));

  it("finds the transaction that waits for signatures and does the same", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      await owners.share(await owners.award(2));
      const [again] = await owners.prepare({ title: "Another title", calls: [await owners.award(1)] });
      expect(again?.existing?.place).to.equal(place);
      expect(again?.file.transaction.nonce).to.equal(0);
    }));

  it("has a transaction for each of two plans that are the same", () =>
    withOwners(async (owners) => {
      const plan = { title: "Award", calls: [await owners.award(1)] };
      const place = await owners.share(await owners.award(1));
      const [first, second] = await owners.prepare(plan, plan);
      expect(first?.existing?.place).to.equal(place);
      expect(second?.existing).to.equal(undefined);
      expect(second?.file.transaction.nonce).to.equal(1);
    }));

  it("takes the lowest number that is free", () =>
    withOwners(async (owners) => {
      const first = await owners.share(await owners.award(1));
      await owners.share(await owners.award(2));
      await rm(first);
      const [next] = await owners.prepare({ title: "Next", calls: [await owners.addKind("New")] });
      expect(next?.file.transaction.nonce).to.equal(0);
    }));

  it("doesn't count files of other Safes, nor those that don't hold together", () =>
    withOwners(async (owners) => {
      const other = await owners.share(await owners.award(1));
      await owners.tamper(other, (file) => (file.safe = owners.world.stranger.address));
      const changed = await owners.share(await owners.award(1));
      expect((await owners.exchange.open(changed)).file.transaction.nonce).to.equal(0);
      await owners.tamper(changed, (file) => (file.transaction.value = "1"));
      const [next] = await owners.prepare({ title: "Award", calls: [await owners.award(1)] });
      expect(next?.existing).to.equal(undefined);
      expect(next?.file.transaction.nonce).to.equal(0);
    }));

  it("doesn't keep a number for what nobody should sign", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      const { account } = await owners.look();
      await owners.tamper(place, (file) => {
        file.transaction.operation = OperationType.DelegateCall;
        file.hash = transactionHash(account, file.transaction);
      });
      const [next] = await owners.prepare({ title: "Award", calls: [await owners.award(1)] });
      expect(next?.file.transaction.nonce).to.equal(0);
    }));
});

describe("requireReady", () => {
  it("refuses too few signatures, and names who may still sign", () =>
    withOwners(async (owners) => {
      const { owners: accounts } = owners.world;
      const place = await owners.share(await owners.award(1));
      await owners.sign(place, accounts[1]);
      const { message, remedy } = await problemOf(ready(owners, place));
      expect(message).to.include("1 of the 2 signatures");
      expect(remedy).to.include(accounts[0].address).and.to.include(accounts[2].address);
      expect(remedy).not.to.include(accounts[1].address);
    }));

  it("refuses what comes later, and names what comes first", () =>
    withOwners(async (owners) => {
      const first = await owners.share(await owners.award(1));
      const second = await owners.share(await owners.award(2));
      expect((await problemOf(ready(owners, second))).message).to.include(first);
    }));

  it("refuses what was carried out", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.award(1));
      await carryOut(owners, place);
      expect((await problemOf(ready(owners, place))).message).to.include("carried out already");
    }));
});

describe("what the Safe has to announce", () => {
  it("is announced by a first transaction, with the calls to follow", () =>
    withOwners(async (owners) => {
      const calls = [await owners.addKind("New"), await owners.appoint(owners.world.stranger.address)];
      const [prepared] = await owners.prepare({ title: "New kind", calls });
      expect(prepared?.delay).to.equal(STEWARD_DELAY);
      expect(prepared?.file.title).to.equal("Schedule: New kind");
      expect(prepared?.file.calls?.map((text) => text.replace(/\(.*/u, ""))).to.deep.equal([
        "schedule badge.addKind",
        "schedule manager.grantRole",
      ]);
      expect(prepared?.file.followUp?.calls.map(({ data }) => data)).to.deep.equal(
        calls.map(({ data }) => data),
      );
    }, delayedWorld));

  it("is only what needs it, and all of it follows in its order", () =>
    withOwners(async (owners) => {
      const calls = [await owners.award(1), await owners.addKind("New"), await owners.award(2)];
      const [prepared] = await owners.prepare({ title: "Mixed", calls });
      expect(prepared?.file.calls).to.have.length(1);
      expect(prepared?.file.followUp?.calls).to.have.length(3);
      const place = await owners.share(...calls);
      await carryOut(owners, place);
      await owners.pass(STEWARD_DELAY);
      const next = await followed(owners, place);
      await carryOut(owners, next?.place ?? "");
      expect(await owners.badges()).to.equal(2n);
    }, delayedWorld));

  it("is done by a second transaction, which can be signed before it is due, and not sent", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.addKind("New"));
      expect(await followed(owners, place)).to.equal(undefined);
      await carryOut(owners, place);
      const next = await followed(owners, place);
      expect(next?.written).to.equal(true);
      const { live } = await owners.look();
      expect([next?.due, next?.expires]).to.deep.equal([
        live.now + STEWARD_DELAY,
        live.now + STEWARD_DELAY + 7 * 86_400,
      ]);
      const { owners: accounts } = owners.world;
      const second = next?.place ?? "";
      await owners.sign(second, accounts[0], accounts[2]);
      const { message, remedy } = await problemOf(ready(owners, second));
      expect(message).to.include("too early for badge.addKind").and.to.include("in 2 days");
      expect(remedy).to.include("not after");
      expect(await followed(owners, place)).to.deep.equal({ ...next, written: false });

      await owners.pass(STEWARD_DELAY);
      await ready(owners, second);
      await owners.send(second);
      expect(await owners.world.dao.badge.kindCount()).to.equal(3n);
      expect(await followed(owners, place)).to.equal(undefined);
    }, delayedWorld));

  it("is found by the same plan, at every step of the way", () =>
    withOwners(async (owners) => {
      const plan = { title: "New kind", calls: [await owners.addKind("New")] };
      const place = await owners.share(...plan.calls);
      expect((await owners.prepare(plan))[0]?.existing?.place).to.equal(place);
      await carryOut(owners, place);
      const [waiting] = await owners.prepare(plan);
      expect(waiting?.existing).to.equal(undefined);
      expect(waiting?.delay).to.equal(undefined);
      expect(waiting?.due).to.equal((await owners.look()).live.now + STEWARD_DELAY);
      const next = await followed(owners, place);
      expect((await owners.prepare(plan))[0]?.existing?.place).to.equal(next?.place);
    }, delayedWorld));

  it("is another transaction where something else follows", () =>
    withOwners(async (owners) => {
      const addKind = await owners.addKind("New");
      await owners.share(addKind, await owners.award(1));
      const [other] = await owners.prepare({ title: "Other", calls: [addKind, await owners.award(2)] });
      expect(other?.existing).to.equal(undefined);
    }, delayedWorld));

  it("doesn't keep anything else waiting: what comes up takes its number, and it is written anew", () =>
    withOwners(async (owners) => {
      const place = await owners.share(await owners.addKind("New"));
      await carryOut(owners, place);
      const next = await followed(owners, place);
      const urgent = await owners.share(await owners.award(1));
      expect((await owners.exchange.open(urgent)).file.transaction.nonce).to.equal(1);
      await carryOut(owners, urgent);
      expect((await problemOf(ready(owners, next?.place ?? ""))).message).to.include("another transaction");

      const anew = await followed(owners, place);
      expect(anew?.written).to.equal(true);
      expect((await owners.exchange.open(anew?.place ?? "")).file.transaction.nonce).to.equal(2);
      // Once it is due it keeps its number like any other.
      await owners.pass(STEWARD_DELAY);
      const later = await owners.share(await owners.award(2));
      expect((await owners.exchange.open(later)).file.transaction.nonce).to.equal(3);
      await carryOut(owners, anew?.place ?? "");
      await carryOut(owners, later);
      expect(await owners.badges()).to.equal(2n);
    }, delayedWorld));

  it("has to be announced anew once it has expired", () =>
    withOwners(async (owners) => {
      const plan = { title: "New kind", calls: [await owners.addKind("New")] };
      const place = await owners.share(...plan.calls);
      await carryOut(owners, place);
      const second = (await followed(owners, place))?.place ?? "";
      const { owners: accounts } = owners.world;
      await owners.sign(second, accounts[0], accounts[1]);
      await owners.pass(STEWARD_DELAY + 8 * 86_400);
      expect(await followed(owners, place)).to.equal(undefined);
      expect((await owners.prepare(plan))[0]?.delay).to.equal(STEWARD_DELAY);
      const { problems } = await kyosoError(owners.send(second));
      expect(problems[0]?.message).to.include("AccessManagerExpired");
    }, delayedWorld));

  it("is refused where the Safe would announce what can't be done", () =>
    withOwners(async (owners) => {
      const [prepared] = await owners.prepare({
        title: "Twice",
        calls: [await owners.addKind("New"), await owners.addKind("New")],
      });
      const failing = prepared?.reviewed[1]?.simulation;
      expect(failing?.ok === false && failing.reason).to.include("AccessManagerAlreadyScheduled");
    }, delayedWorld));
});
