import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { toQuantity, Wallet } from "ethers";
import { parse, stringify } from "yaml";
import { parseConfig } from "../../../relay/config.js";
import { RelayService } from "../../../relay/service.js";
import type { LiveNode } from "../../integration/support.js";
import { freePort, NodeProxy } from "../../integration/support.js";
import { QUICK } from "../../relay/support.js";
import type { BentNode } from "./bentNode.js";
import { bendNode } from "./bentNode.js";
import type { Host } from "./host.js";
import { startHost } from "./host.js";

/** A DAO's page on a host of its own, with the brand's relay. */
export interface Stage {
  readonly host: Host;
  /** The page's folder. */
  readonly site: string;
  /** Whoever pays at the relay. */
  readonly payer: string;
  readonly relay: () => RelayService;
  /** The node that the page asks. */
  readonly node: BentNode;
  /** Between the relay and its node. */
  readonly proxy: NodeProxy;
  /** Starts the relay, where it doesn't run; with other settings for once. */
  readonly startRelay: (change?: object) => Promise<void>;
  readonly stopRelay: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Writes the page of a DAO with a relay, and starts both. */
export async function startStage(live: LiveNode): Promise<Stage> {
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-stage-"));
  const [site, data] = [path.join(folder, "site"), path.join(folder, "relay")];
  await mkdir(data);
  const port = await freePort();
  const brand = parse(await readFile(live.files.brand, "utf8"), { schema: "failsafe" }) as Record<
    string,
    unknown
  >;
  const page = { ...(brand.page as object | undefined), relay: `http://127.0.0.1:${port}` };
  const file = path.join(folder, `${live.slug}.yaml`);
  await writeFile(file, stringify({ ...brand, page }));
  const node = await bendNode(live.node.url);
  await live.json(["dao", "page", "--out", site, "--brand", file, "--rpc", node.url]);
  const host = await startHost(site);

  const payer = Wallet.createRandom();
  await live.node.provider.send("hardhat_setBalance", [payer.address, toQuantity(10n ** 20n)]);
  const settings = path.join(data, "relay.yaml");
  const proxy = await NodeProxy.before(live.node);
  const settingsOf = (change: object) => ({
    record: live.files.record,
    data,
    listen: { port },
    origins: [host.url],
    budget: { day: "5 ether" },
    gas: { most: "200 gwei" },
    balance: { least: "1 ether" },
    finality: 0,
    limits: { perMinute: 100_000 },
    ...change,
  });
  const start = (change = {}) => ({
    config: parseConfig(JSON.stringify(settingsOf(change)), settings),
    key: payer.privateKey,
    url: proxy.url,
    secondUrl: undefined,
    log: () => undefined,
    pace: QUICK,
    rest: 50,
  });
  let relay = await RelayService.start(start());
  let isRunning = true;
  const stopRelay = async () => {
    if (isRunning) await relay.stop();
    isRunning = false;
  };
  return {
    host,
    site,
    payer: payer.address,
    relay: () => relay,
    ...{ node, proxy },
    startRelay: async (change) => {
      if (isRunning) return;
      relay = await RelayService.start(start(change));
      isRunning = true;
    },
    stopRelay,
    stop: async () => {
      await stopRelay();
      await proxy.close();
      host.stop();
      node.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
