import { expect } from "chai";
import { MULTICALL3 } from "../../sdk/chain/reads.js";
import { kyosoError } from "../sdk/support.js";
import { laterThan } from "../../relay/worker/settle.js";
import { Troubles } from "../../relay/worker/troubles.js";
import type { Relay } from "./harness.js";
import { useRelays } from "./harness.js";
import { payer, voterAt } from "./support.js";

describe("what a worker says of what goes wrong", () => {
  const fails = () => Promise.reject(new Error("fetch failed"));

  it("is over with a round in which nothing does, but where it isn't known; and is said once while it lasts", async () => {
    const logged: unknown[] = [];
    const troubles = new Troubles((_, event, fields) => logged.push([event, fields?.part]));
    const round = async (part: string | undefined, waits = false) => {
      troubles.begin();
      if (part !== undefined) expect(await troubles.trying(part, fails)).to.equal(0);
      troubles.end(waits);
      return troubles.now;
    };
    for (const part of ["claim", "claim", "ballot"]) expect(await round(part)).to.equal("node-away");
    expect(await round(undefined, true)).to.equal(undefined);
    expect(await round("ballot")).to.equal("node-away");
    expect(logged).to.deep.equal(["claim", "ballot", "ballot"].map((part) => ["round-failed", part]));
    troubles.begin();
    await troubles.trying("claim", () => Promise.reject(new Error("insufficient funds for gas")));
    troubles.end(true);
    expect(await round(undefined, true)).to.equal("no-money");
    expect(await round(undefined)).to.equal(undefined);
    troubles.block("stuck");
    await troubles.trying("claim", fails);
    troubles.end(false);
    expect([troubles.now, troubles.blocked]).to.deep.equal(["stuck", true]);
  });

  it("isn't asked of a chain all the time whose clock is behind", () => {
    const now = Date.now();
    expect(laterThan(Math.floor(now / 1000) - 60)).to.be.within(now + 9_000, now + 20_000);
    expect(laterThan(Math.floor(now / 1000) + 60)).to.be.within(now + 58_000, now + 61_000);
  });
});

/** What fails on a node keeps nothing else from being carried out. */
describe("a relay of which something fails", function () {
  this.timeout(180_000);
  const { world, bridge, start, stop, handIn, mine, transactions } = useRelays();

  const claimsOf = (from: number, count: number) =>
    Promise.all(Array.from({ length: count }, (_, i) => world().claimOf(from + i)));
  const ballotOf = async (i: number) => [await world().ballotOf(voterAt(i), "for")];
  const untilTrouble = async ({ service }: Relay, any: boolean) => {
    while ((service.worker.trouble !== undefined) !== any)
      await new Promise((resolve) => setTimeout(resolve, 30));
  };
  const failure = (message: string) => Object.assign(new Error(message), { code: -32_000 });

  it("sends in halves what a node doesn't take as a whole", async () => {
    const waiting = await start({ gas: { most: "0.000001 gwei" } });
    const ids = await handIn(waiting, "/claims", await claimsOf(0, 8));
    await stop();
    let refused = 0;
    bridge().handle = async ({ method, params }, forward) => {
      const [raw] = params ?? [];
      if (method === "eth_sendRawTransaction" && String(raw).length > 2 * 4_000) {
        refused++;
        throw failure("oversized data: transaction size 140000, limit 131072");
      }
      return forward();
    };
    const relay = await start();
    await relay.api.until(ids, "final");
    expect(refused).to.be.above(0);
    expect((await world().done()).tokens.slice(0, 9)).to.deep.equal([...Array<number>(8).fill(1), 0]);
    expect(await transactions()).to.be.below(8);
  });

  it("has a lone one wait that a node doesn't take, whatever the node says of it", async () => {
    bridge().handle = async ({ method }, forward) => {
      if (method === "eth_sendRawTransaction") throw failure("insufficient funds for what it costs");
      return forward();
    };
    const relay = await start();
    const [id = ""] = await handIn(relay, "/claims", await claimsOf(0, 1));
    while (!relay.logged.some(({ event }) => event === "not-sent")) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const job = relay.service.store.find(id);
    expect([job?.state, job?.strikes]).to.deep.equal(["waiting", 0]);
    expect(job?.notBefore).to.be.above(Date.now());
    bridge().handle = (_, forward) => forward();
    const others = await handIn(relay, "/ballots", await ballotOf(0));
    await relay.api.until(others, "final");
    await untilTrouble(relay, false);
  });

  it("carries out what is of other kinds where one of them can't be tried", async () => {
    bridge().handle = async ({ method, params }, forward) => {
      const [call] = (params ?? []) as { from?: string; to?: string }[];
      const trial = method === "eth_call" && call?.from?.toLowerCase() === payer.address.toLowerCase();
      if (trial && call.to?.toLowerCase() === MULTICALL3.toLowerCase())
        throw failure("an answer that isn't one");
      return forward();
    };
    const waiting = await start({ gas: { most: "0.000001 gwei" } });
    const claims = await handIn(waiting, "/claims", await claimsOf(0, 2));
    await stop();
    const relay = await start();
    const ballots = await handIn(relay, "/ballots", await ballotOf(0));
    await relay.api.until(ballots, "final");
    await relay.api.until(claims, "waiting");
    expect(relay.service.worker.trouble).not.to.equal(undefined);
    const failed = relay.logged.find(({ event }) => event === "round-failed");
    expect(failed?.fields).to.deep.include({ part: "claim" });
    bridge().handle = (_, forward) => forward();
    await relay.api.until(claims, "final");
  });

  it("goes on sending where a final block can't be read, and says so until it can", async () => {
    const { provider } = world().context;
    let gone = false;
    bridge().handle = async ({ method, params }, forward) => {
      const [, block] = params ?? [];
      const old = method === "eth_call" && Number(block) < (await provider.getBlockNumber());
      if (gone && old) throw failure("missing trie node");
      return forward();
    };
    const relay = await start({ finality: 3 });
    const first = await handIn(relay, "/ballots", await ballotOf(0));
    await relay.api.until(first, "confirmed");
    gone = true;
    await mine("hardhat_mine", "0x5");
    await untilTrouble(relay, true);
    const second = await handIn(relay, "/ballots", await ballotOf(1));
    await relay.api.until(second, "confirmed");
    await relay.api.until(first, "confirmed");
    gone = false;
    await mine("hardhat_mine", "0x5");
    await relay.api.until([...first, ...second], "final");
    await untilTrouble(relay, false);
  });

  it("doesn't start where it takes ballots and there is nothing on the chain that casts them", async () => {
    await mine("hardhat_setCode", world().record.implementations.BallotRelay, "0x");
    expect((await kyosoError(start())).problems[0]?.code).to.equal("ballots.relay-missing");
    const relay = await start({ takes: ["claim"] });
    await relay.api.until(await handIn(relay, "/claims", await claimsOf(0, 1)), "final");
  });
});
