import { expect } from "chai";
import { load } from "../sdk/support.js";
import { MOOD } from "../sdk/governance/ballotWorld.js";
import { useFolder } from "../sdk/signed/support.js";
import type { RelayedWorld, Settings } from "./support.js";
import {
  Bridge,
  customers,
  keys,
  MANY,
  payer,
  relayedWorld,
  startRelay,
  voters,
  writeSettings,
} from "./support.js";

type Relay = Awaited<ReturnType<typeof startRelay>>;

describe("a relay", function () {
  this.timeout(180_000);
  const folder = useFolder();
  let world: RelayedWorld;
  let bridge: Bridge;
  const running: Relay[] = [];

  beforeEach(async () => {
    world = await load(relayedWorld);
    bridge = await Bridge.before(world.connection);
  });

  afterEach(async () => {
    bridge.handle = (_, forward) => forward();
    bridge.breaks = () => undefined;
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await stop();
    await bridge.stop();
  });

  async function start(
    change: Partial<Settings> = {},
    more: Parameters<typeof startRelay>[2] = {},
  ): Promise<Relay> {
    const { config } = await writeSettings(folder(), world, change);
    const relay = await startRelay(config, bridge.url, more);
    running.push(relay);
    return relay;
  }

  async function stop(): Promise<void> {
    for (const { service } of running.splice(0)) await service.stop();
  }

  const transactions = () => world.context.provider.getTransactionCount(payer.address);
  const mine = (method: string, ...params: unknown[]) => world.context.eip1193.request({ method, params });

  it("carries out claims and ballots in a few transactions, and each once, however often it is handed in", async () => {
    const { api } = await start();
    const claims = await Promise.all(Array.from({ length: MANY }, (_, i) => world.claimOf(i)));
    const ballots = await Promise.all(
      voters.map((voter, i) => world.ballotOf(voter, i % 2 === 0 ? "for" : "against")),
    );
    const handed = await Promise.all([
      ...claims.map((claim) => api.post("/claims", claim)),
      ...claims.map((claim) => api.post("/claims", { ...claim, dao: "another-name" })),
      ...ballots.map((ballot) => api.post("/ballots", ballot)),
    ]);
    expect(handed.filter(({ status }) => status !== 202 && status !== 200)).to.deep.equal([]);
    const ids = [...new Set(handed.map(({ id }) => id))];
    expect(ids).to.have.length(2 * MANY);
    const jobs = await api.until(ids, "final");
    expect(jobs.every(({ transaction }) => /^0x[0-9a-f]{64}$/.test(transaction ?? ""))).to.equal(true);
    expect(await world.done()).to.deep.equal({ tokens: Array<number>(MANY).fill(1), votes: MANY });
    expect(await transactions()).to.be.below(12);
    const again = await api.post("/claims", claims[0]);
    expect(again).to.deep.include({ status: 200, state: "final" });
  });

  const claimAll = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => world.claimOf(i)));
  const handIn = async ({ api }: Relay, path: string, all: readonly unknown[]) => {
    const handed = await Promise.all(all.map((each) => api.post(path, each)));
    expect(handed.map(({ status }) => status)).to.deep.equal(all.map(() => 202));
    return handed.map(({ id }) => id);
  };

  it("says that a transaction is stuck which no block takes at the highest price, and goes on when one does", async () => {
    const relay = await start();
    await mine("evm_setAutomine", false);
    const ids = await handIn(relay, "/claims", await claimAll(2));
    await relay.api.until(ids, "sent", "stuck");
    const stuck = await relay.api.until(ids, "stuck");
    expect(relay.service.worker.trouble).to.equal("stuck");
    // Nothing else is sent meanwhile: there is one line.
    const [later = ""] = await handIn(relay, "/claims", [await world.claimOf(2)]);
    expect((await relay.api.get(`/jobs/${later}`)).state).to.equal("waiting");
    expect(relay.logged.filter(({ event }) => event === "fee-raised").length).to.equal(2);
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    const done = await relay.api.until([...ids, later], "final");
    expect(done[0]?.transaction).to.equal(stuck[0]?.transaction);
    expect((await world.done()).tokens.slice(0, 4)).to.deep.equal([1, 1, 1, 0]);
    expect(await transactions()).to.equal(2);
    expect(relay.service.worker.trouble).to.equal(undefined);
  });

  it("says that it isn't known what became of one, where the node doesn't show it, and doesn't send it again", async () => {
    const relay = await start();
    let blind = true;
    const hidden = ["eth_getTransactionReceipt", "eth_getTransactionByHash"];
    bridge.handle = async ({ method }, forward) => (blind && hidden.includes(method) ? null : forward());
    bridge.breaks = () => undefined;
    const ids = await handIn(relay, "/claims", await claimAll(3));
    // Its nonce is used, and the node shows no receipt.
    await relay.api.until(ids, "unconfirmed");
    expect(relay.service.worker.trouble).to.equal("not-known");
    blind = false;
    await relay.api.until(ids, "final");
    expect((await world.done()).tokens.slice(0, 4)).to.deep.equal([1, 1, 1, 0]);
    expect(await transactions()).to.equal(1);
  });

  it("carries out again what a reorganisation undid, and calls final what stays", async () => {
    const relay = await start({ finality: 3 });
    const before = await mine("evm_snapshot");
    const ids = await handIn(relay, "/claims", await claimAll(2));
    await relay.api.until(ids, "confirmed");
    await mine("evm_revert", before);
    await mine("hardhat_mine", "0x1");
    expect((await world.done()).tokens.slice(0, 2)).to.deep.equal([0, 0]);
    await relay.api.until(ids, "waiting", "sent", "confirmed");
    for (let block = 0; block < 100 && (await world.done()).tokens[0] === 0; block++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await relay.api.until(ids, "confirmed")).map(({ state }) => state)).to.deep.equal([
      "confirmed",
      "confirmed",
    ]);
    await mine("hardhat_mine", "0x4");
    await relay.api.until(ids, "final");
    expect((await world.done()).tokens.slice(0, 3)).to.deep.equal([1, 1, 0]);
  });

  it("pays one vain attempt for a claim that somebody else carries out before it, and tells what became of it", async () => {
    const relay = await start();
    const [, , stranger] = world.holders;
    const [mineToo, others] = [await world.claimOf(0), await world.claimOf(0, stranger.address)];
    // In the block in which the relay's is, the same link is used for somebody else, at a higher price.
    await mine("evm_setAutomine", false);
    const [id = ""] = await handIn(relay, "/claims", [mineToo]);
    await relay.api.until([id], "sent", "stuck");
    const { leaf, proof, account, signature, campaign } = others;
    const fees = {
      maxFeePerGas: 300n * 10n ** 9n,
      maxPriorityFeePerGas: 250n * 10n ** 9n,
      gasLimit: 500_000n,
    };
    const zero = `0x${"00".repeat(20)}`;
    await world.dao.drop.connect(stranger).claim(campaign, leaf, proof, account, zero, signature, fees);
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    const [refused] = await relay.api.until([id], "refused", "final");
    expect(refused?.problem?.code).to.equal("claim.used-by-other");
    expect(await transactions()).to.equal(1);
    expect(relay.service.store.find(id)?.strikes).to.equal(1);
  });

  it("casts all others with a wallet that behaves otherwise when it counts, and remembers that of it", async () => {
    // Nothing is sent at this price, so that they go together later.
    const waiting = await start({ gas: { most: "0.000001 gwei" } });
    const { hostile, wallet, holders } = world;
    const [owner] = holders;
    const signer = await world.ballotOf(voters[0] ?? payer, "for", { voter: wallet });
    const others = await Promise.all(voters.slice(0, 5).map((voter) => world.ballotOf(voter, "for")));
    const ids = await handIn(waiting, "/ballots", [signer, ...others]);
    await stop();
    await mine("evm_setAutomine", false);
    const relay = await start();
    await relay.api.until(ids, "sent", "stuck");
    const fees = {
      maxFeePerGas: 300n * 10n ** 9n,
      maxPriorityFeePerGas: 250n * 10n ** 9n,
      gasLimit: 100_000n,
    };
    await hostile.connect(owner).getFunction("become").send(MOOD.burnsGas, fees);
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await relay.api.until(ids.slice(1), "final");
    const [first] = await relay.api.until(ids.slice(0, 1), "refused");
    expect(first?.problem?.code).to.equal("signed.wallet-refuses");
    expect(relay.service.store.find(ids[0] ?? "")?.strikes).to.equal(1);
    expect((await world.done()).votes).to.equal(5);
  });

  it("pays no more for whoever signed what it paid for in vain three times in a day, and for whom that named pays on", async () => {
    const relay = await start();
    const named = customers[0]?.address;
    const [id = ""] = await handIn(relay, "/claims", [await world.claimOf(0, named)]);
    await relay.api.until([id], "final");
    const { database } = relay.service.store;
    const struck = "UPDATE jobs SET strikes = 3, state = 'refused', account = ? WHERE id = ?";
    database.prepare(struck).run(keys[1]?.address ?? "", id);
    // Its key has signed another one, which isn't even tried. Another link is for the same account.
    const [other = ""] = await handIn(relay, "/claims", [await world.claimOf(1, named)]);
    const [honest = ""] = await handIn(relay, "/claims", [await world.claimOf(2, named)]);
    const [refused] = await relay.api.until([other], "refused");
    expect(refused?.problem?.code).to.equal("relay.attempts-failed");
    await relay.api.until([honest], "final");
    const again = await relay.api.post("/claims", await world.claimOf(0, named));
    expect(again).to.deep.include({ status: 200, id, state: "refused" });
    expect(await transactions()).to.equal(2);
  });

  it("counts what somebody else carried out as done, and pays nothing", async () => {
    const relay = await start();
    const [, , stranger] = world.holders;
    const claim = await world.claimOf(0);
    const { leaf, proof, account, signature, campaign } = claim;
    await world.dao.drop
      .connect(stranger)
      .claim(campaign, leaf, proof, account, `0x${"00".repeat(20)}`, signature);
    const [id = ""] = await handIn(relay, "/claims", [claim]);
    await relay.api.until([id], "final");
    expect(await transactions()).to.equal(0);
  });

  it("gets nothing twice from two relays with one key: each finds out from the chain", async () => {
    const relay = await start();
    const { config } = await writeSettings(`${folder()}/second`, world);
    const other = await startRelay(config, bridge.url);
    running.push(other);
    const claims = await claimAll(12);
    const ids = await handIn(relay, "/claims", claims);
    const same = await Promise.all(claims.map((claim) => other.api.post("/claims", claim)));
    await relay.api.until(ids, "final");
    await other.api.until(
      same.flatMap(({ status, id }) => (status < 300 ? [id] : [])),
      "final",
    );
    expect((await world.done()).tokens.slice(0, 13)).to.deep.equal([...Array<number>(12).fill(1), 0]);
  });

  it("pays no more in a day than it may, and goes on the next day", async () => {
    const relay = await start({ budget: { day: "0.0001 ether" } });
    const [id = ""] = await handIn(relay, "/claims", await claimAll(1));
    let job = await relay.api.get(`/jobs/${id}`);
    for (let look = 0; job.problem?.code === undefined && look < 600; look++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      job = await relay.api.get(`/jobs/${id}`);
    }
    expect([job.state, job.problem?.code]).to.deep.equal(["waiting", "relay.budget-used"]);
    expect(await transactions()).to.equal(0);
  });

  it("sends nothing while gas costs more than it may, or there is no money, and says so", async () => {
    const relay = await start({ gas: { most: "0.000001 gwei" } });
    const ids = await handIn(relay, "/claims", await claimAll(2));
    await untilTrouble(relay, "gas-price");
    await stop();
    await mine("hardhat_setBalance", payer.address, "0x1");
    const poor = await start();
    await untilTrouble(poor, "no-money");
    expect((await poor.api.get(`/jobs/${ids[0] ?? ""}`)).state).to.equal("waiting");
    while (!poor.logged.some(({ event }) => event === "low-balance")) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    await mine("hardhat_setBalance", payer.address, "0xde0b6b3a76400000");
    await poor.api.until(ids, "final");
  });

  it("makes nothing final that a second node doesn't have, and works for no other chain", async () => {
    const second = await Bridge.before(world.connection);
    second.handle = async ({ method }, forward) =>
      method === "eth_call" && relayed ? `0x${"00".repeat(31)}00` : forward();
    let relayed = false;
    const relay = await start({}, { secondUrl: second.url });
    relayed = true;
    const ids = await handIn(relay, "/claims", await claimAll(1));
    await relay.api.until(ids, "confirmed");
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await relay.api.get(`/jobs/${ids[0] ?? ""}`)).state).to.equal("confirmed");
    relayed = false;
    await relay.api.until(ids, "final");
    bridge.handle = async ({ method }, forward) => (method === "eth_chainId" ? "0x1" : forward());
    await untilTrouble(relay, "other-chain");
    const sent = await transactions();
    await relay.api.post("/claims", await world.claimOf(1));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await transactions()).to.equal(sent);
    bridge.handle = (_, forward) => forward();
    await stop();
    await second.stop();
  });

  async function untilTrouble({ service }: Relay, trouble: string): Promise<void> {
    for (const end = Date.now() + 20_000; service.worker.trouble !== trouble;) {
      if (Date.now() > end) throw new Error(`it says ${String(service.worker.trouble)}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }
});
