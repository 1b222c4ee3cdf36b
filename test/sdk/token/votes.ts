import { expect } from "chai";
import { parseEther } from "ethers";
import { call } from "../../../sdk/calls/plan.js";
import { makeProposal } from "../../../sdk/governance/proposal.js";
import { parseAt, readBalance, readPastVotes, readVotes } from "../../../sdk/token/votes.js";
import { load, problemOf } from "../support.js";
import { tokenWorld } from "./support.js";

const DAY = 86_400;
const ALICE = parseEther("60000");
const BOB = parseEther("40000");
const EARNED = parseEther("100");

describe("readBalance", () => {
  it("reads tokens, earned votes and the share of what circulates", async () => {
    const { open, bob } = await load(tokenWorld);
    expect(await readBalance(await open(), bob.address)).to.deep.equal({
      account: bob.address,
      role: undefined,
      tokens: BOB,
      earned: EARNED,
      delegate: bob.address,
      circulating: parseEther("130000"),
      share: 0.307692,
    });
  });

  it("gives the treasury no share, nor what votes with it", async () => {
    const { open, as, alice, treasury } = await load(tokenWorld);
    expect(await readBalance(await open(), treasury)).to.deep.include({
      role: "treasury",
      tokens: parseEther("20000"),
      share: undefined,
    });
    await as(alice).delegate(treasury);
    expect(await readBalance(await open(), alice.address)).to.deep.include({
      circulating: parseEther("70000"),
      share: undefined,
    });
  });

  it("knows of nothing that an account without anything has", async () => {
    const { open, stranger } = await load(tokenWorld);
    expect(await readBalance(await open(), stranger.address)).to.deep.include({
      tokens: 0n,
      earned: 0n,
      delegate: stranger.address,
      share: 0,
    });
  });

  it("divides by nothing where nothing circulates", async () => {
    const { open, as, alice, bob, carol, treasury, stranger } = await load(tokenWorld);
    for (const holder of [alice, bob, carol]) await as(holder).delegate(treasury);
    const live = await open();
    expect(await readBalance(live, stranger.address)).to.deep.include({ circulating: 0n, share: 0 });
  });
});

describe("readVotes", () => {
  it("says where votes come from, and that the treasury's don't count", async () => {
    const { open, as, alice, bob, treasury } = await load(tokenWorld);
    await as(bob).delegate(alice);
    const live = await open();
    expect(await readVotes(live, alice.address)).to.deep.equal({
      account: alice.address,
      role: undefined,
      at: live.now,
      votes: ALICE + BOB + EARNED,
      tokens: ALICE,
      earned: 0n,
      delegate: alice.address,
      delegatedAway: 0n,
      received: BOB + EARNED,
      counts: true,
    });
    expect(await readVotes(live, bob.address)).to.deep.include({
      votes: 0n,
      tokens: BOB,
      earned: EARNED,
      delegate: alice.address,
      delegatedAway: BOB + EARNED,
      received: 0n,
    });
    expect(await readVotes(live, treasury)).to.deep.include({ votes: parseEther("20000"), counts: false });
  });
});

describe("readPastVotes", () => {
  it("says the same at every moment as it was then", async () => {
    const world = await load(tokenWorld);
    const { open, as, alice, bob, carol, stranger, connection } = world;
    const accounts = [alice, bob, carol, stranger].map(({ address }) => address);
    const then = [await open()];
    for (const step of [
      () => as(alice).delegate(bob),
      () => as(bob).transfer(stranger, 5n),
      () => as(stranger).delegate(alice),
      () => as(alice).transfer(carol, ALICE),
      () => as(alice).delegate(alice),
      () => as(bob).delegate(stranger),
    ]) {
      await step();
      then.push(await open());
      await connection.networkHelpers.time.increase(DAY);
    }
    const live = await open();
    for (const moment of then) {
      for (const account of accounts) {
        const expected = await readVotes(moment, account);
        expect(await readPastVotes(live, account, moment.now)).to.deep.equal(expected);
        // Nothing has happened since then but time.
        if (moment === then.at(-1)) {
          const at = moment.now + DAY - 1;
          expect(await readPastVotes(live, account, at)).to.deep.equal({ ...expected, at });
        }
      }
    }
  });

  it("knows of nothing before the launch", async () => {
    const { open, alice } = await load(tokenWorld);
    const live = await open();
    expect(await readPastVotes(live, alice.address, live.now - 365 * DAY)).to.deep.include({
      votes: 0n,
      tokens: 0n,
      delegate: alice.address,
    });
  });

  it("refuses a moment that isn't over", async () => {
    const { open, alice } = await load(tokenWorld);
    const live = await open();
    for (const at of [live.now, live.now + DAY]) {
      expect((await problemOf(readPastVotes(live, alice.address, at))).place).to.equal("--at");
    }
  });

  it("notices that the node leaves logs out", async () => {
    const { open, as, alice, stranger, connection } = await load(tokenWorld);
    await as(alice).transfer(stranger, 1n);
    await connection.networkHelpers.time.increase(DAY);
    const live = await open();
    const [, ...rest] = (await live.logsOf("token")).filter(({ topics }) => topics.length === 3);
    const incomplete = { ...live, logsOf: () => Promise.resolve(rest.slice(-1)) };
    const { place } = await problemOf(readPastVotes(incomplete, alice.address, live.now - 1));
    expect(place).to.equal("logs of the token");
  });
});

describe("parseAt", () => {
  it("reads dates, and the snapshots of proposals", async () => {
    const { open, as, alice, bob, dao, connection } = await load(tokenWorld);
    const { governor } = dao;
    const nothing = call(
      { name: "account", address: alice.address, interface: governor.interface },
      "votingDelay",
      [],
      "Nothing",
    );
    const { targets, values, calldatas, description } = makeProposal([nothing], "Title", "", alice.address);
    await governor.connect(alice).propose([...targets], [...values], [...calldatas], description);
    const pending = await open();
    expect(await parseAt(pending, "2026-01-02 03:04")).to.equal(Date.UTC(2026, 0, 2, 3, 4) / 1000);
    const early = await problemOf(parseAt(pending, "#1"));
    expect(early.place).to.equal("--at");
    expect(early.message).to.include("#1");
    expect((await problemOf(parseAt(pending, "#2"))).message).to.include("#2");
    expect((await problemOf(parseAt(pending, "long ago"))).place).to.equal("--at");

    await connection.networkHelpers.time.increase(DAY);
    await as(bob).transfer(alice, BOB);
    const live = await open();
    const at = await parseAt(live, "#1");
    expect(await readPastVotes(live, alice.address, at)).to.deep.include({ at, votes: ALICE });
    expect((await readVotes(live, alice.address)).votes).to.equal(ALICE + BOB);
  });
});
