import { expect } from "chai";
import { toldOf } from "../../relay/nodeUrl.js";
import { useFolder } from "../sdk/signed/support.js";
import { load } from "../sdk/support.js";
import type { RelayedWorld } from "./support.js";
import { beginRelay, buildRelay } from "./process.js";
import { Bridge, MANY, payer, relayedWorld, voters, writeSettings } from "./support.js";

describe("a relay's process", function () {
  this.timeout(180_000);
  const folder = useFolder();
  let world: RelayedWorld;
  let bridge: Bridge;

  before(buildRelay);

  beforeEach(async () => {
    world = await load(relayedWorld);
    bridge = await Bridge.before(world.connection);
  });

  afterEach(() => bridge.stop());

  const begin = (file: string) =>
    beginRelay(file, { url: bridge.url, key: payer.privateKey, factory: world.record.factory });

  it("is killed five times while its node cuts every tenth request: all is done, and nothing twice", async () => {
    const { file } = await writeSettings(folder(), world);
    let count = 0;
    bridge.breaks = () => (++count % 10 === 0 ? (count % 20 === 0 ? "before" : "after") : undefined);
    const claims = await Promise.all(Array.from({ length: MANY }, (_, i) => world.claimOf(i)));
    const ballots = await Promise.all(voters.map((voter) => world.ballotOf(voter, "for")));
    let relay = await begin(file);
    const ids = new Set<string>();
    const handIn = async (from: number, to: number) => {
      for (const [at, all] of [
        ["/claims", claims],
        ["/ballots", ballots],
      ] as const) {
        for (const each of all.slice(from, to)) {
          // Whoever gets no answer hands it in again.
          for (;;) {
            const answer = await relay.api.post(at, each).catch(() => undefined);
            if (answer !== undefined && answer.status < 300) ids.add(answer.id);
            if (answer !== undefined && answer.status < 300) break;
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        }
      }
    };
    const each = Math.ceil(MANY / 5);
    for (let kill = 0; kill < 5; kill++) {
      await handIn(kill * each, (kill + 1) * each);
      // In the middle of whatever it does then.
      await new Promise((resolve) => setTimeout(resolve, 30 + 170 * kill));
      await relay.kill("SIGKILL");
      relay = await begin(file);
    }
    expect(ids.size).to.equal(2 * MANY);
    const jobs = await relay.api.until([...ids], "final");
    expect(jobs).to.have.length(2 * MANY);
    expect(await world.done()).to.deep.equal({ tokens: Array<number>(MANY).fill(1), votes: MANY });
    expect(await relay.kill("SIGTERM")).to.equal(0);
    // Nothing that could be paid twice was tried twice: each transaction of it did something.
    const spent = await world.context.provider.getTransactionCount(payer.address);
    expect(spent).to.be.below(30);
  });

  it("doesn't start with what isn't the address of a node, and never says more of one than its host", async () => {
    const { file } = await writeSettings(folder(), world);
    const secret = "s3cr3t-of-the-node";
    const said = async (url: string, secondUrl = "") => {
      const told = { url, key: payer.privateKey, factory: world.record.factory, secondUrl };
      const error: unknown = await beginRelay(file, told).catch((reason: unknown) => reason);
      const text = String(error);
      expect(text).to.include("it ended with 1").and.not.to.include(secret);
      return text;
    };
    for (const wrong of [`node.example.com/${secret}`, `wss://node.example.com/${secret}`, secret]) {
      expect(await said(wrong))
        .to.include("KYOSO_RPC_URL:")
        .and.include("→");
    }
    for (const named of [`https://${secret}@node.example.com`, `http://a:${secret}@node.example.com/x`]) {
      expect(await said(named))
        .to.include("KYOSO_RPC_URL:")
        .and.include("node.example.com");
      expect(await said(bridge.url, named)).to.include("KYOSO_SECOND_RPC_URL:");
    }
    // Nobody is there.
    const away = await said(`http://127.0.0.1:1/v2/${secret}?key=${secret}`);
    expect(away).to.include("node 127.0.0.1:1").and.include("KYOSO_RPC_URL");
    expect(await said(" ")).to.include("KYOSO_RPC_URL:");
    // A node that says it itself, in an answer that isn't one.
    bridge.handle = () => Promise.reject(new Error(`no such key: /v2/${secret}`));
    await said(`${bridge.url}/v2/${secret}`);
  });

  it("never says more of a node's address than its host, whatever keeps it from starting", () => {
    const url = "https://node.example.com/v2/s3cr3t?key=0th3r";
    for (const about of [
      url,
      new URL(url).href,
      "POST /v2/s3cr3t?key=0th3r",
      "path /v2/s3cr3t",
      "?key=0th3r",
    ]) {
      const told = toldOf(new TypeError(`It can't be read: ${about}`), [url]);
      expect(told).to.include("It can't be read").and.include("node.example.com");
      expect(told).to.not.match(/s3cr3t|0th3r/u);
    }
  });
});
