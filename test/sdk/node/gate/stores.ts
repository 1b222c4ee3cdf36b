import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { SqliteGateStore } from "../../../../sdk/node/gate/sqliteStore.js";
import type { GateStore, Redemption } from "../../../../sdk/node/gate/store.js";
import { MemoryGateStore } from "../../../../sdk/node/gate/store.js";

const NOW = 1_800_000_000_000;

describe("Where a gate keeps what it remembers", function () {
  let folder: string;
  let now: number;
  let opened: SqliteGateStore[];

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-gate-"));
    now = NOW;
    opened = [];
  });
  afterEach(async () => {
    for (const store of opened) store.close();
    await rm(folder, { recursive: true });
  });

  const open = (most?: number) => {
    const store = new SqliteGateStore(path.join(folder, "gate.sqlite"), most, () => now);
    opened.push(store);
    return store;
  };
  const kinds: [string, (most?: number) => GateStore][] = [
    ["in memory", (most) => new MemoryGateStore(most, () => now)],
    ["in a file", open],
  ];
  const session = (id: string, expiresAt = NOW + 1_000) => ({ id, account: "0xA", askedAt: NOW, expiresAt });
  const redemption = (receipt: string, ...marks: string[]): Redemption => ({
    receipt,
    perk: 3,
    account: "0xA",
    marks,
    at: NOW,
  });

  for (const [name, storeOf] of kinds) {
    describe(name, function () {
      it("gives a challenge out once", async () => {
        const store = storeOf();
        const challenge = { id: "a", nonce: "n", expiresAt: NOW + 1_000 };
        await store.keepChallenge(challenge);
        const taken = await Promise.all([
          store.takeChallenge("a"),
          store.takeChallenge("a"),
          store.takeChallenge("b"),
        ]);
        expect(taken).to.deep.equal([challenge, undefined, undefined]);
      });

      it("keeps sessions until they end", async () => {
        const store = storeOf();
        await store.keepSession(session("a"));
        await store.touchSession("a", NOW + 5);
        expect(await store.findSession("a")).to.deep.equal({ ...session("a"), askedAt: NOW + 5 });
        await store.endSession("a");
        // What comes a little late brings nothing back.
        await store.touchSession("a", NOW + 6);
        expect(await store.findSession("a")).to.equal(undefined);
      });

      it("keeps ten of an account, the newest ones, and keeps nobody else's out", async () => {
        const store = storeOf();
        const ids = Array.from({ length: 12 }, (_, i) => `own ${i}`);
        await store.keepSession({ ...session("other"), account: "0xB" });
        for (const id of ids) await store.keepSession(session(id));
        // The same one again is one.
        await store.keepSession(session("own 11"));
        const found = await Promise.all(["other", ...ids].map((id) => store.findSession(id)));
        expect(found.map((each) => each?.id)).to.deep.equal(["other", undefined, undefined, ...ids.slice(2)]);
      });

      it("keeps so many of them, the newest ones, and none that has expired", async () => {
        const store = storeOf(3);
        for (const id of ["a", "b", "c", "d"]) {
          await store.keepSession(session(id));
          await store.keepChallenge({ id, nonce: id, expiresAt: NOW + 1_000 });
        }
        const found = async () =>
          (await Promise.all(["a", "b", "c", "d"].map((id) => store.findSession(id)))).map(
            (each) => each?.id,
          );
        expect(await found()).to.deep.equal([undefined, "b", "c", "d"]);
        expect(await store.takeChallenge("a")).to.equal(undefined);
        expect((await store.takeChallenge("b"))?.nonce).to.equal("b");
        now = NOW + 1_000;
        await store.keepSession(session("e", NOW + 2_000));
        expect(await found()).to.deep.equal([undefined, undefined, undefined, undefined]);
        expect((await store.findSession("e"))?.id).to.equal("e");
      });

      it("writes one of several redemptions down that come at once", async () => {
        const store = storeOf();
        const all = ["one", "two", "three"].map((receipt) => store.redeem(redemption(receipt, "a")));
        expect((await Promise.all(all)).map((before) => before?.receipt)).to.deep.equal([
          undefined,
          "one",
          "one",
        ]);
      });

      it("writes a redemption down with all of its marks, or with none", async () => {
        const store = storeOf();
        expect(await store.redeem(redemption("one", "a", "b"))).to.equal(undefined);
        expect(await store.redeem(redemption("two", "c", "b"))).to.deep.equal(redemption("one", "a", "b"));
        expect(await store.findRedemptions(["c"])).to.deep.equal([]);
        expect(await store.redeem(redemption("three", "c"))).to.equal(undefined);
        expect(
          (await store.findRedemptions(["a", "b", "c", "d"])).map(({ receipt }) => receipt),
        ).to.deep.equal(["one", "three"]);
      });
    });
  }

  it("is a file for its owner alone, which remembers after a restart and for a server beside it", async () => {
    const [first, second] = [open(), open()];
    await first.redeem(redemption("one", "a"));
    await first.keepSession(session("a"));
    expect((await second.redeem(redemption("two", "a")))?.receipt).to.equal("one");
    first.close();
    opened.shift();
    expect(await open().findSession("a")).to.deep.equal(session("a"));
    if (process.platform !== "win32") {
      expect((await stat(path.join(folder, "gate.sqlite"))).mode & 0o777).to.equal(0o600);
    }
  });

  it("writes nothing where the disk doesn't take it", async () => {
    const store = open();
    await store.redeem(redemption("one", "a"));
    let thrown: unknown;
    // The same receipt can't be written twice; its mark isn't there then, either.
    await store.redeem(redemption("one", "b")).catch((error: unknown) => (thrown = error));
    expect(thrown).to.be.instanceOf(Error);
    expect(await store.findRedemptions(["b"])).to.deep.equal([]);
    expect(await store.redeem(redemption("two", "b"))).to.equal(undefined);
  });
});
