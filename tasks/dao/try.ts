import { cp, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { openDao } from "../../sdk/live.js";
import { pageDocument, writePage } from "../../sdk/node/page/page.js";
import { servePage } from "../../sdk/node/page/serve.js";
import { makeSnapshot } from "../../sdk/node/page/snapshot.js";
import { RecordStore } from "../../sdk/node/record.js";
import { action } from "../action.js";
import { buildContracts } from "../build/contracts.js";
import { heading, print, styled, table } from "../output.js";
import { tellCards } from "./story/cards.js";
import { tellContributions } from "./story/contributions.js";
import { mailCustomers } from "./story/customers.js";
import { tellDecision } from "./story/decision.js";
import { tellAudit } from "./story/ending.js";
import { tellIdeas } from "./story/ideas.js";
import { tellLaunch } from "./story/launch.js";
import { tellOpenVotes } from "./story/open.js";
import { tellSeason } from "./story/season.js";
import type { Story } from "./story/story.js";
import type { Ports } from "./try/ports.js";
import { parsePorts, requireFree } from "./try/ports.js";
import { startRelay } from "./try/relay.js";
import { untilStopped } from "./try/stopping.js";

interface Arguments {
  port: string | undefined;
}

/** Milliseconds between blocks: time goes on, as on any chain. */
const BLOCKS = 5_000;

type Hre = Parameters<typeof tellLaunch>[0];
/** Says what has to be ended in the end, the last first. */
type Stopping = (stop: () => Promise<unknown>) => void;

/** Starts all that a brand has on this computer, on a chain with the demo's story, until it is stopped. */
export default action<Arguments>(async ({ port }, hre) => {
  const ports = parsePorts(port);
  await requireFree(ports);
  await buildContracts(hre);
  await untilStopped(async (stopping) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "kyoso-try-"));
    stopping(() => rm(folder, { recursive: true, force: true }));
    const { story, links } = await tellStory(hre, ports, folder, stopping);
    await openPage(story, ports, folder, links.published, stopping);
    printAddresses(ports, links);
  });
});

/** Where pages and chains are. */
const at = (port: number) => `http://127.0.0.1:${port}`;
const pageAt = ({ page }: Ports) => `http://localhost:${page}`;

interface Links {
  readonly unused: readonly string[];
  readonly used: string;
  readonly published: string;
  /** Somebody who can claim a share of the season that is over. */
  readonly member: string;
}

async function tellStory(
  hre: Hre,
  ports: Ports,
  folder: string,
  stopping: Stopping,
): Promise<{ story: Story; links: Links }> {
  const server = await hre.network.createServer("hardhat", "127.0.0.1", ports.chain);
  await server.listen();
  stopping(() => server.close());
  const override = { url: at(ports.chain) };
  const connection = await hre.network.create({ network: "localhost", override });
  stopping(() => connection.close());

  const story = await tellLaunch(hre, connection, new RecordStore(path.join(folder, "deployments")));
  const link = `${pageAt(ports)}/claim`;
  const mailed = await mailCustomers(story, { link, deadline: "300 days", folder });
  const { customers, unused, used, published } = mailed;
  const contributors = await tellContributions(story, customers);
  await tellDecision(story);
  await tellSeason(story, contributors, [...customers.values()]);
  await tellIdeas(story, contributors, [...customers.values()]);
  await tellCards(story, customers);
  await tellAudit(story);
  await tellOpenVotes(story);
  const member = [...customers.values()].find((account) => !contributors.includes(account)) ?? "";
  return { story, links: { unused, used, published, member } };
}

async function openPage(
  story: Story,
  ports: Ports,
  folder: string,
  published: string,
  stopping: Stopping,
): Promise<void> {
  const { hre, brand, record, connection } = story;
  const page = path.join(folder, "page");
  const relay = at(ports.relay);
  const recordFile = new RecordStore(path.join(folder, "deployments")).file(
    BigInt(record.chainId),
    record.slug,
  );
  stopping(
    await startRelay(story, {
      ...{ folder, recordFile, port: ports.relay },
      page: pageAt(ports),
      chain: at(ports.chain),
    }),
  );
  const made = await makeSnapshot(await openDao(record, connection.ethers.provider, connection.provider));
  const own = { ...brand, page: { ...brand.page, relay } };
  await writePage({
    document: pageDocument(record, own, [at(ports.chain)], made?.snapshot),
    logs: made?.files ?? [],
    build: path.join(hre.config.paths.root, "web", "dist"),
    logo: undefined,
    folder: page,
  });
  // As a brand puts them beside its page: what short links need.
  await cp(published, path.join(page, "drops"), { recursive: true });
  const served = await servePage(page, ports.page);
  stopping(() => served.stop());
  await connection.provider.request({ method: "evm_setIntervalMining", params: [BLOCKS] });
}

function printAddresses(ports: Ports, { unused, used, member }: Links): void {
  heading("Open these in a browser");
  const page = pageAt(ports);
  const [first = "", second = "", third = ""] = unused;
  table([
    ["the page", `${page}/`],
    ["a claim link", first],
    ["another one", second],
    ["another one", third],
    ["one that was used", used],
    ["somebody with a share to claim", `${page}/members/${member}`],
    ["the chain, for a wallet", `${at(ports.chain)} (chain 31337)`],
    ["the relay", `${at(ports.relay)}/status`],
  ]);
  print(
    styled(
      "dim",
      `\n${unused.length} links are unused. All of it is gone when you press Ctrl-C; nothing leaves this computer.`,
    ),
  );
}
