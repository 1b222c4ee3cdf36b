// What the relay takes for 2,000 claims and 2,000 ballots that are handed in at once, while it is killed five times and its node cuts
// every tenth request: npm run bench:relay. The times depend on the machine; docs/bench-relay.md keeps those of one run.
// KYOSO_BENCH_SMALL=1 is a quick try of the same.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { LogDescription, TransactionReceipt } from "ethers";
import { JsonRpcSigner, ZeroAddress } from "ethers";
import hre from "hardhat";
import { INTERFACES } from "../sdk/calls/known.js";
import { connectDao } from "../sdk/dao.js";
import { toJson } from "../sdk/json.js";
import { markdownTable } from "../tasks/dev/facts.js";
import type { Measurement } from "../tasks/dev/measurement.js";
import { gasOf } from "../tasks/dev/measurement.js";
import type { LiveNode } from "../test/integration/support.js";
import { launchLive, launcher, NodeProxy } from "../test/integration/support.js";
import { Crowd } from "./crowd.js";
import { beginRelay, buildRelay } from "../test/relay/process.js";
import { settings } from "../test/relay/support.js";
import { machine } from "./meter.js";
import type { RelayWorld } from "./relayWorld.js";
import { CAMPAIGN, customerOf, makeWorld, payer } from "./relayWorld.js";

const SMALL = process.env.KYOSO_BENCH_SMALL === "1";
const COUNT = SMALL ? 200 : 2_000;
/** Of links and voters each: not handed in, but sent alone. */
const ALONE = 3;
const KILLS = SMALL ? 2 : 5;
const MOST_MEMORY = 300;
const MOST_BALLOT_TRANSACTIONS = 60;

/** How far it has come: what was taken counts once, and what is done once more. */
async function progressOf(crowd: Crowd): Promise<number> {
  const counts = await crowd.counts();
  return crowd.ids.size + (counts?.final ?? 0);
}

interface Run {
  readonly accepted: number;
  readonly done: number;
  readonly memory: readonly number[];
}

/** Hands all in at once, kills the relay in between, and waits until all is done. */
async function run(crowd: Crowd, { claims, ballots }: RelayWorld): Promise<Run> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  const handing = Promise.all([
    ...claims.slice(0, COUNT).map((claim) => crowd.handIn("/claims", claim)),
    ...ballots.slice(0, COUNT).map((ballot) => crowd.handIn("/ballots", ballot)),
  ]);
  let failed: unknown;
  handing.catch((error: unknown) => (failed = error));
  let accepted: number | undefined;
  for (let kill = 1; kill <= KILLS;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (failed !== undefined) throw failed as Error;
    const progress = await progressOf(crowd);
    if (progress < (kill * 4 * COUNT) / (KILLS + 1)) continue;
    accepted ??= crowd.ids.size / seconds();
    console.log(
      `killed at ${seconds().toFixed(1)} s, with ${crowd.ids.size} taken and ${progress - crowd.ids.size} done`,
    );
    await crowd.restart();
    kill++;
  }
  await handing;
  console.log(`all taken at ${seconds().toFixed(1)} s`);
  for (let last = 0; ;) {
    const counts = await crowd.counts();
    if (counts?.final === 2 * COUNT) break;
    if (counts !== undefined && counts.refused !== 0)
      throw new Error(`some are refused: ${crowd.relay.output()}`);
    if (seconds() - last > 10) console.log(`${(last = Math.round(seconds()))} s: ${JSON.stringify(counts)}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const done = (2 * COUNT * 60) / seconds();
  crowd.note();
  console.log(`all done at ${seconds().toFixed(1)} s`);
  return { accepted: accepted ?? NaN, done, memory: crowd.memory };
}

/** What the chain says: each claim and each ballot once, and what they took together. */
async function readChain({ node: { provider }, record }: LiveNode, { ballots }: RelayWorld, from: number) {
  const { drop, governor } = record.contracts;
  const claimed = new Map<number, string[]>();
  const voted = new Map<string, number>();
  const gas = { claim: [] as number[], ballot: [] as number[] };
  const transactions = { claim: 0, ballot: 0 };
  const parse = (
    receipt: TransactionReceipt,
    address: string,
    contract: "drop" | "governor",
    event: string,
  ) =>
    receipt.logs.flatMap((log): LogDescription[] => {
      const parsed = log.address === address ? INTERFACES[contract].parseLog(log) : null;
      return parsed?.name === event ? [parsed] : [];
    });
  const last = await provider.getBlockNumber();
  for (let number = from; number <= last; number++) {
    const { transactions: hashes = [] } = (await provider.getBlock(number)) ?? {};
    for (const receipt of await Promise.all(hashes.map((hash) => provider.getTransactionReceipt(hash)))) {
      if (receipt?.from !== payer.address) continue;
      const claims = parse(receipt, drop, "drop", "Claimed");
      const casts = parse(receipt, governor, "governor", "VoteCast");
      for (const { args } of claims) {
        const index = Number(args.index);
        claimed.set(index, [...(claimed.get(index) ?? []), String(args.account)]);
      }
      for (const { args } of casts) voted.set(String(args.voter), (voted.get(String(args.voter)) ?? 0) + 1);
      for (const [kind, logs] of [
        ["claim", claims],
        ["ballot", casts],
      ] as const) {
        if (logs.length > 0) transactions[kind]++;
        if (logs.length > 20) gas[kind].push(Number(receipt.gasUsed) / logs.length);
      }
    }
  }
  const { badge } = connectDao(record, provider);
  const all = Array.from({ length: COUNT }, (_, i) => badge.balanceOf(customerOf(i)));
  const without = (await Promise.all(all)).findIndex((balance) => balance !== 1n);
  if (without >= 0) throw new Error(`customer ${without} hasn't one badge`);
  for (let i = 0; i < COUNT; i++) {
    const accounts = claimed.get(i) ?? [];
    if (accounts.length !== 1 || accounts[0] !== customerOf(i))
      throw new Error(`claim ${i}: ${accounts.join()}`);
    const voter = ballots[i]?.voter ?? "";
    if (voted.get(voter) !== 1) throw new Error(`${voter} voted ${voted.get(voter) ?? 0} times`);
  }
  if (claimed.size !== COUNT || voted.size !== COUNT) throw new Error("more was done than was handed in");
  return { gas, transactions };
}

/** Gas of a claim and of a ballot that are sent alone, by the contracts' own functions. */
async function alone({ node: { provider }, record }: LiveNode, { claims, ballots }: RelayWorld) {
  const dao = connectDao(record, new JsonRpcSigner(provider, launcher.address));
  const gas = { claim: 0, ballot: 0 };
  for (const { leaf, proof, account, signature } of claims.slice(COUNT)) {
    const used = await gasOf(dao.drop.claim(CAMPAIGN, leaf, [...proof], account, ZeroAddress, signature));
    gas.claim = used;
  }
  for (const { proposalId, voter, signature } of ballots.slice(COUNT)) {
    gas.ballot = await gasOf(dao.governor.castVoteBySig(proposalId, 1, voter, signature));
  }
  return gas;
}

const average = (values: readonly number[]) =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

function cellsOf({ name, value, limit }: Measurement): string[] {
  return [name, value.toLocaleString("en"), limit?.toLocaleString("en") ?? ""];
}

function page(rows: readonly Measurement[], gas: readonly (readonly [string, number, number])[]): string {
  const count = COUNT.toLocaleString("en");
  return `${[
    "# What the relay takes for a crowd",
    "",
    "Measured by `npm run bench:relay`, which writes this page, on `npx hardhat node`, where a transaction is in a block at once.",
    "",
    `${count} claims by claim keys, of a badge and tokens each, and ${count} ballots are handed in at once to the relay in a process of its`,
    `own, as \`npm run relay\` starts it. Every tenth request to its node is cut, in turn before the node has it and before the answer`,
    `comes back; and the relay is ended by \`kill -9\` ${KILLS} times in between and started again. The chain shows each claim, each badge`,
    "and each ballot once.",
    "",
    machine(),
    "",
    ...markdownTable(["what", "measured", "at most"], rows.map(cellsOf), [1, 2]),
    "",
    "Requests a second are those until the first kill. What is done a minute is from the first request until all is final, kills and cut",
    "requests included; whoever hands in, the node and the relay share the machine.",
    "",
    "## Gas",
    "",
    ...markdownTable(
      ["gas", "among many", "alone"],
      gas.map(([name, many, one]) => [name, many.toLocaleString("en"), one.toLocaleString("en")]),
      [1, 2],
    ),
  ].join("\n")}\n`;
}

async function bench(): Promise<void> {
  buildRelay();
  const live = await launchLive((tree) => {
    tree.governance.votingPeriod = "30 days";
    Object.assign(tree.badges, { pointsPerSeason: "1,000,000" });
  });
  const proxy = await NodeProxy.before(live.node);
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-relay-"));
  let crowd: Crowd | undefined;
  try {
    const world = await makeWorld(live, COUNT + ALONE);
    const from = (await live.node.provider.getBlockNumber()) + 1;
    let requests = 0;
    proxy.handle = async ({ forward }) => {
      requests++;
      if (requests % 10 !== 0) return forward();
      if (requests % 20 === 0) await forward();
      return undefined;
    };
    await writeFile(path.join(folder, "record.json"), JSON.stringify(toJson(live.record)));
    const file = path.join(folder, "relay.yaml");
    const budget = { day: "50 ether" };
    await writeFile(
      file,
      JSON.stringify({ ...settings(), budget, limits: { waiting: 10_000, perMinute: 100_000 } }),
    );
    const told = { url: proxy.url, key: payer.privateKey, factory: live.record.factory };
    const begin = () => beginRelay(file, told);
    crowd = new Crowd(await begin(), begin);
    const { accepted, done, memory } = await run(crowd, world);
    const ended = await crowd.relay.kill("SIGTERM");
    if (ended !== 0) throw new Error(`it ended with ${String(ended)}`);
    const { gas, transactions } = await readChain(live, world, from);
    const one = await alone(live, world);
    const rows: Measurement[] = [
      { name: "requests a second that are taken", value: Math.round(accepted) },
      { name: "done a minute", value: Math.round(done) },
      { name: "requests to the node", value: requests },
      { name: "transactions with claims", value: transactions.claim },
      { name: "transactions with ballots", value: transactions.ballot, limit: MOST_BALLOT_TRANSACTIONS },
      {
        name: "memory at its highest, of all runs of the process, in MiB",
        value: Math.max(...memory),
        limit: MOST_MEMORY,
      },
    ];
    const costs = [
      ["a claim of a badge and tokens", average(gas.claim), one.claim],
      ["a ballot", average(gas.ballot), one.ballot],
    ] as const;
    for (const row of rows) console.log(cellsOf(row).join("  "));
    for (const row of costs) console.log(row.join("  "));
    console.log(`memory of each run, in MiB: ${memory.join(", ")}`);
    for (const { name, value, limit = Infinity } of rows) {
      if (value <= limit) continue;
      console.error(`${name}: ${value} is more than ${limit}`);
      process.exitCode = 1;
    }
    if (!SMALL)
      await writeFile(path.join(hre.config.paths.root, "docs", "bench-relay.md"), page(rows, costs));
  } catch (error) {
    console.error(crowd?.relay.output().slice(-2_000));
    throw error;
  } finally {
    await crowd?.relay.kill("SIGKILL");
    await proxy.close();
    await rm(folder, { recursive: true });
    await live.stop();
  }
}

await bench();
