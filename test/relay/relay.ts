import { expect } from "chai";
import type { Job } from "../../relay/jobs/job.js";
import { load } from "../sdk/support.js";
import { useFolder } from "../sdk/signed/support.js";
import type { RelayedWorld, Settings } from "./support.js";
import { Api, Bridge, MANY, payer, relayedWorld, startRelay, voters, writeSettings } from "./support.js";

type Relay = Awaited<ReturnType<typeof startRelay>>;

describe("a relay", function () {
  this.timeout(120_000);
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
    for (const { service } of running.splice(0)) await service.stop();
    await bridge.stop();
  });

  async function start(change: Partial<Settings> = {}, more: Parameters<typeof startRelay>[2] = {}): Promise<Relay> {
    const { config } = await writeSettings(folder(), world, change);
    const relay = await startRelay(config, bridge.url, more);
    running.push(relay);
    return relay;
  }

  const transactions = () => world.context.provider.getTransactionCount(payer.address);
  const mine = (method: string, ...params: unknown[]) => world.context.eip1193.request({ method, params });

  it("carries out claims and ballots in a few transactions, and each once, however often it is handed in", async () => {
    const { api } = await start();
    const claims = await Promise.all(Array.from({ length: MANY }, (_, i) => world.claimOf(i)));
    const ballots = await Promise.all(voters.map((voter, i) => world.ballotOf(voter, i % 2 === 0 ? "for" : "against")));
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
});
