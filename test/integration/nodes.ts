import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { JsonRpcProvider } from "ethers";
import { environment, outcomeOf, startHardhat } from "./commandLine.js";
import { endWithThis } from "./warm/process.js";

const require = createRequire(import.meta.url);

/** A node in a process of its own. */
export interface LocalNode {
  readonly url: string;
  readonly provider: JsonRpcProvider;
  stop(): Promise<void>;
  /** Lets this process end while the node runs; it is killed then. */
  endWithProcess(): void;
}

/** `npx hardhat node`, of no project in particular, on a free port. */
export async function startHardhatNode(): Promise<LocalNode> {
  const port = await freePort();
  const config = path.join(import.meta.dirname, "bareNode.ts");
  return nodeOf(startHardhat(["node", "--config", config, ...at(port)]), port);
}

/** `npx hardhat node` of this project, as somebody starts it who tries it out. */
export function startProjectsNode(port: number): Promise<LocalNode> {
  return nodeOf(startHardhat(["node", ...at(port)]), port);
}

function at(port: number): string[] {
  return ["--hostname", "127.0.0.1", "--port", port.toString()];
}

/** Where anvil's npm package has its program; undefined where it isn't installed. */
export function findAnvil(): string | undefined {
  try {
    const folder = path.dirname(require.resolve("@foundry-rs/anvil-linux-amd64/package.json"));
    const program = path.join(folder, "bin", "anvil");
    return existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

export async function startAnvil(program: string): Promise<LocalNode> {
  const port = await freePort();
  const args = ["--port", port.toString(), "--silent"];
  return nodeOf(spawn(program, args, { env: environment({}), stdio: ["ignore", "pipe", "pipe"] }), port);
}

async function nodeOf(child: ChildProcess, port: number): Promise<LocalNode> {
  const url = `http://127.0.0.1:${port}`;
  const ended = outcomeOf(child);
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`the node ended: ${JSON.stringify(await ended)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const provider = new JsonRpcProvider(url, undefined, { staticNetwork: true, cacheTimeout: -1 });
  const stop = async () => {
    provider.destroy();
    child.kill("SIGKILL");
    await ended;
  };
  const endWithProcess = () => {
    endWithThis(child);
  };
  return { url, provider, stop, endWithProcess };
}

/** Whether there is a node. */
export async function answers(url: string): Promise<boolean> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_chainId", params: [] });
  try {
    return (await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } })).ok;
  } catch {
    return false;
  }
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await listen(server);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}

/** All transactions of a node's chain, each with its receipt. */
export async function transactionsOf({ provider }: LocalNode) {
  const last = await provider.getBlockNumber();
  const transactions = [];
  for (let number = 1; number <= last; number++) {
    const block = await provider.getBlock(number, true);
    for (const transaction of block?.prefetchedTransactions ?? []) {
      const receipt = await provider.getTransactionReceipt(transaction.hash);
      transactions.push({ transaction, status: receipt?.status });
    }
  }
  return transactions;
}
