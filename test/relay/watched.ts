import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { parsePosted } from "../../sdk/node/execute/outbox.js";
import type { Relay } from "./harness.js";
import { AHEAD, useRelays } from "./harness.js";
import { payer, QUICK, startRelay, writeSettings } from "./support.js";

/** What whoever runs a relay is warned of. */
describe("a relay that somebody watches", function () {
  this.timeout(180_000);
  const { folder, world, bridge, start, handIn, mine, transactions } = useRelays();

  const claimsOf = (...indices: number[]) => Promise.all(indices.map((i) => world().claimOf(i)));
  const untilTrouble = async ({ service }: Relay, trouble: string | undefined) => {
    for (const end = Date.now() + 30_000; service.worker.trouble !== trouble;) {
      if (Date.now() > end) throw new Error(`it says ${String(service.worker.trouble)}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  /** What it tells whoever asks, and those who watch it. */
  const says = async ({ api }: Relay) => {
    const { trouble } = (await (await fetch(`${api.url}/status`)).json()) as { trouble: string | null };
    const [, troubled] =
      /^kyoso_relay_troubled (\d)$/mu.exec(await (await fetch(`${api.url}/metrics`)).text()) ?? [];
    return [trouble, troubled];
  };

  it("raises a fee five times, says that it is stuck then, and goes on when a block takes it", async () => {
    const relay = await start({}, { pace: { ...QUICK, raises: 5, raiseAfter: 150, patience: 5_000 } });
    await mine("evm_setAutomine", false);
    const ids = await handIn(relay, "/claims", await claimsOf(0));
    await relay.api.until(ids, "stuck");
    const raises = relay.logged.filter(({ event }) => event === "fee-raised");
    expect(raises.map(({ fields }) => fields.attempts)).to.deep.equal([2, 3, 4, 5, 6]);
    expect(await says(relay)).to.deep.equal(["stuck", "1"]);
    expect(relay.logged.filter(({ level, event }) => level === "error" && event === "stuck")).not.to.be.empty;
    const rows = relay.service.store.statement("SELECT posted FROM outbox").all();
    expect(rows).to.have.length(1);
    const { attempts, nonce } = parsePosted(String(rows[0]?.posted), "database");
    // All of them are remembered, as each may be the one that is taken; and all are of one nonce.
    expect(new Set(attempts.map(({ hash }) => hash)).size).to.equal(6);
    expect(nonce).to.equal(0);
    for (const [i, { fee }] of attempts.entries()) {
      expect(fee <= 200n * 10n ** 9n).to.equal(true);
      if (i > 0) expect(fee >= ((attempts[i - 1]?.fee ?? 0n) * 1_125n) / 1_000n).to.equal(true);
    }
    // It isn't raised any more, however long that lasts.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(relay.logged.filter(({ event }) => event === "fee-raised")).to.have.length(5);
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await relay.api.until(ids, "final");
    await untilTrouble(relay, undefined);
    expect(await says(relay)).to.deep.equal([null, "0"]);
    expect(await transactions()).to.equal(1);
  });

  it("says that its key is used elsewhere, sends nothing meanwhile, and goes on after that", async () => {
    const relay = await start();
    await mine("evm_setAutomine", false);
    const { provider } = world().context;
    const other = { to: payer.address, value: 0n, gasLimit: 21_000n, ...AHEAD };
    await payer.connect(provider).sendTransaction(other);
    await untilTrouble(relay, "key-used-elsewhere");
    const ids = await handIn(relay, "/claims", await claimsOf(0));
    expect(await says(relay)).to.deep.equal(["key-used-elsewhere", "1"]);
    expect(relay.service.store.find(ids[0] ?? "")?.state).to.equal("waiting");
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await relay.api.until(ids, "final");
    await untilTrouble(relay, undefined);
    expect(await transactions()).to.equal(2);
  });

  it("says that there is no money where there is less than a transaction may come to, though it would take less", async () => {
    const waiting = await start({ gas: { most: "0.000001 gwei" } });
    const ids = await handIn(waiting, "/claims", await claimsOf(0));
    await waiting.service.stop();
    const [claim] = await claimsOf(0);
    if (claim === undefined) throw new Error("there is no claim");
    const { provider } = world().context;
    const { leaf, proof, account, signature, campaign } = claim;
    const zero = `0x${"00".repeat(20)}`;
    const gas = await world().dao.drop.claim.estimateGas(
      campaign,
      leaf,
      [...proof],
      account,
      zero,
      signature,
    );
    const { maxPriorityFeePerGas: tip } = await provider.getFeeData();
    const base = (await provider.getBlock("latest"))?.baseFeePerGas ?? 0n;
    const balance = (gas * (2n * base + (tip ?? 0n)) * 11n) / 10n;
    await mine("hardhat_setBalance", payer.address, `0x${balance.toString(16)}`);
    const relay = await start();
    await untilTrouble(relay, "no-money");
    expect(await says(relay)).to.deep.equal(["no-money", "1"]);
    expect(relay.service.store.find(ids[0] ?? "")?.state).to.equal("waiting");
    await mine("hardhat_setBalance", payer.address, "0xde0b6b3a76400000");
    await relay.api.until(ids, "final");
    await untilTrouble(relay, undefined);
  });

  it("isn't led to another address by a node that was right at its start, and says that it is away", async () => {
    let asked = 0;
    let leads = false;
    const elsewhere = await listening(createServer((_, response) => response.end(String(asked++))));
    const node = await listening(
      createServer((incoming, response) => {
        if (leads) {
          const status = [301, 302, 303, 307, 308][asked % 5] ?? 307;
          response.writeHead(status, { location: urlOf(elsewhere) }).end();
          return;
        }
        let body = "";
        incoming.setEncoding("utf8").on("data", (text: string) => (body += text));
        incoming.on("end", () => {
          const forwarded = fetch(bridge().url, { method: "POST", body });
          void forwarded.then(async (answer) => response.end(await answer.text()));
        });
      }),
    );
    const { config } = await writeSettings(folder(), world());
    const relay = await startRelay(config, urlOf(node), { secondUrl: urlOf(node) });
    const first = await handIn(relay, "/claims", await claimsOf(0));
    await relay.api.until(first, "final");
    leads = true;
    await untilTrouble(relay, "node-away");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const refused = await relay.api.post("/claims", await world().claimOf(1));
    expect([refused.status, refused.problem?.code]).to.deep.equal([503, "relay.node-away"]);
    expect(asked).to.equal(0);
    leads = false;
    await untilTrouble(relay, undefined);
    const second = await handIn(relay, "/claims", await claimsOf(1));
    await relay.api.until(second, "final");
    await relay.service.stop();
    for (const server of [elsewhere, node]) server.close();
  });
});

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
