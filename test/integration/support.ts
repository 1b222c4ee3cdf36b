import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { HDNodeWallet, JsonRpcProvider } from "ethers";
import hre from "hardhat";
import { stringify } from "yaml";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { JSON_KEYS } from "../../tasks/keys.js";
import { brandTree } from "../sdk/support.js";

const require = createRequire(import.meta.url);
const ROOT = hre.config.paths.root;
const CHAIN_ID = "31337";

/** Accounts that every local node funds. */
const root = HDNodeWallet.fromPhrase(
  "test test test test test test test test test test test junk",
  "",
  "m/44'/60'/0'/0",
);
export const accounts = Array.from({ length: 10 }, (_, index) => root.deriveChild(index));
export const [launcher] = accounts as [HDNodeWallet, ...HDNodeWallet[]];

/**
 * Tests of the command line. Not under coverage: the children would rebuild what it has instrumented.
 */
export function describeCommandLine(title: string, suite: (this: Mocha.Suite) => void): void {
  (hre.globalOptions.coverage ? describe.skip : describe)(title, suite);
}

/** What a child sees of this process: nothing that CI, a coverage run or a developer has set. */
function environment(variables: Record<string, string>): NodeJS.ProcessEnv {
  const kept = [
    "PATH",
    "HOME",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "SystemRoot",
    "TEMP",
    "TMP",
    "TMPDIR",
  ];
  const own = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  return { ...own, NO_COLOR: "1", HARDHAT_DISABLE_TELEMETRY_PROMPT: "true", ...variables };
}

/** The real command line, in a process of its own. */
function startHardhat(args: readonly string[], variables: Record<string, string> = {}): ChildProcess {
  const bin = path.join(path.dirname(require.resolve("hardhat/package.json")), "dist", "src", "cli.js");
  return spawn(process.execPath, [bin, ...args], {
    cwd: ROOT,
    env: environment(variables),
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export interface Outcome {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly url: string;
  /** Key of the account that sends; the first of the test accounts' without it. */
  readonly key?: string;
  /** Which one of hardhat.config.ts's; "live" without it. */
  readonly network?: string;
  /** Kills the process, as a crash would, after that many milliseconds. */
  readonly killAfter?: number;
  /** Kills the process once this has happened. */
  readonly killOn?: Promise<unknown>;
}

/** Runs `npx hardhat --network live <args>` to its end. */
export async function run(args: readonly string[], options: RunOptions): Promise<Outcome> {
  const child = startHardhat(["--network", options.network ?? "live", ...args], {
    KYOSO_RPC_URL: options.url,
    KYOSO_PRIVATE_KEY: options.key ?? launcher.privateKey,
  });
  const timer =
    options.killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), options.killAfter);
  void options.killOn?.then(() => child.kill("SIGKILL"));
  try {
    return await outcomeOf(child);
  } finally {
    clearTimeout(timer);
  }
}

/** Runs `npx hardhat <args>` on no network in particular. */
export function runAlone(args: readonly string[]): Promise<Outcome> {
  return outcomeOf(startHardhat(args));
}

async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (text: string) => (output[name] += text));
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { code, ...output };
}

/** Expects that a run succeeded; where not, shows what it said. */
export function expectSuccess({ code, stdout, stderr }: Outcome): void {
  expect(code, `${stdout}\n${stderr}`).to.equal(0);
}

/** Expects that a run failed as it should: exit code 1, what is wrong on stderr, and no stack trace. */
export function expectFailure({ code, stdout, stderr }: Outcome, ...texts: string[]): void {
  const all = `${stdout}\n${stderr}`;
  expect(code, all).to.equal(1);
  expect(all, all).not.to.match(/^ {4}at /m);
  for (const text of texts) expect(stderr).to.include(text);
}

/** A node in a process of its own. */
export interface LocalNode {
  readonly url: string;
  readonly provider: JsonRpcProvider;
  stop(): Promise<void>;
}

/** `npx hardhat node`, on a free port unless one is given. */
export async function startHardhatNode(port?: number): Promise<LocalNode> {
  port ??= await freePort();
  return nodeOf(startHardhat(["node", "--hostname", "127.0.0.1", "--port", port.toString()]), port);
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
  return { url, provider, stop };
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

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
}

/** Stands between a command and its node, and can break their connection at a transaction. */
export class Gate {
  readonly #node: string;
  readonly #server: Server;
  #left = Infinity;
  #forwards = false;

  private constructor(node: string) {
    this.#node = node;
    this.#server = createServer((request, response) => {
      this.#pass(request)
        .then((answer) => {
          if (answer === undefined) request.socket.destroy();
          else response.writeHead(200, { "content-type": "application/json" }).end(answer);
        })
        .catch(() => request.socket.destroy());
    });
  }

  static async before(node: LocalNode): Promise<Gate> {
    const gate = new Gate(node.url);
    await listen(gate.#server);
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Breaks at the `count`-th transaction from now on, and lets nothing through after it. */
  breakAt(count: number, { forwarded }: { forwarded: boolean }): void {
    this.#left = count;
    this.#forwards = forwarded;
  }

  mend(): void {
    this.#left = Infinity;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(request: IncomingMessage): Promise<string | undefined> {
    let body = "";
    for await (const chunk of request.setEncoding("utf8")) body += chunk as string;
    if (this.#left === 0) return undefined;
    if (body.includes('"eth_sendRawTransaction"')) {
      this.#left -= 1;
      if (this.#left === 0 && !this.#forwards) return undefined;
    }
    const headers = { "content-type": "application/json" };
    const answer = await (await fetch(this.#node, { method: "POST", body, headers })).text();
    return this.#left === 0 ? undefined : answer;
  }
}

export type BrandTree = ReturnType<typeof brandTree>;

/** Brand files of a test file, in a folder of their own, and the records of their launches. */
export class Brands {
  readonly #folder: string;
  readonly #slugs: string[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Brands> {
    return new Brands(await mkdtemp(path.join(tmpdir(), "kyoso-brands-")));
  }

  /** Writes a brand file with a slug that no other has. */
  async write(change: (tree: BrandTree) => unknown = () => undefined) {
    const slug = `test-${process.pid}-${Date.now().toString(36)}-${this.#slugs.length}`;
    this.#slugs.push(slug);
    const address = (index: number) => accounts[index]?.address ?? "";
    const tree = brandTree([1, 2, 3].map(address), [4, 5, 6].map(address));
    tree.brand.slug = slug;
    // A date and not a duration: the address of the Handover depends on it.
    const year = new Date().getUTCFullYear();
    tree.handover = { veto: `${year + 1}-04-01`, community: `${year + 2}-04-01` };
    change(tree);
    const file = path.join(this.#folder, `${slug}.yaml`);
    await writeFile(file, stringify(tree));
    return { slug, file, record: path.join(ROOT, "deployments", CHAIN_ID, `${slug}.json`) };
  }

  /** A folder for what a test writes. */
  get folder(): string {
    return this.#folder;
  }

  /** Removes the files and the records, what commands wrote, and drafts that a killed process left. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true });
    for (const kept of ["outbox", "private", "exports"]) {
      for (const slug of this.#slugs) {
        await rm(path.join(ROOT, kept, CHAIN_ID, slug), { recursive: true, force: true });
      }
    }
    const records = path.join(ROOT, "deployments", CHAIN_ID);
    const files = existsSync(records) ? await readdir(records) : [];
    for (const file of files) {
      if (this.#slugs.some((slug) => file.startsWith(`${slug}.json`))) await rm(path.join(records, file));
    }
  }
}

/** A live DAO on a node of its own, and the command line to work with it. */
export interface LiveNode {
  readonly node: LocalNode;
  readonly brands: Brands;
  readonly slug: string;
  readonly record: DaoRecord;
  /** Runs a task for the DAO as an account. */
  readonly cli: (args: readonly string[], account?: HDNodeWallet) => Promise<Outcome>;
  /** Runs a task with `--json`, expects success, and returns what it printed. */
  readonly json: <Result>(args: readonly string[], account?: HDNodeWallet) => Promise<Result>;
  /** Lets time pass on the chain. */
  readonly pass: (seconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/**
 * Launches a DAO with the command line: accounts 1 to 3 own its Safe, of whom two have to sign; 4 to 6 hold 60,000,
 * 40,000 and 30,000 tokens.
 */
export async function launchLive(
  change?: (tree: BrandTree) => unknown,
  start: () => Promise<LocalNode> = startHardhatNode,
): Promise<LiveNode> {
  const [node, brands] = await Promise.all([start(), Brands.create()]);
  const brand = await brands.write(change);
  expectSuccess(await run(["dao", "launch", brand.file], node));
  const record = JSON.parse(await readFile(brand.record, "utf8")) as DaoRecord;
  const cli = (args: readonly string[], { privateKey: key }: HDNodeWallet = launcher) =>
    run([...args, "--dao", brand.slug], { url: node.url, key });
  return {
    node,
    brands,
    slug: brand.slug,
    record,
    cli,
    json: async <Result>(args: readonly string[], account?: HDNodeWallet) => {
      const outcome = await cli([...args, "--json"], account);
      expectSuccess(outcome);
      const printed = JSON.parse(outcome.stdout) as Result;
      expectDocumented(args, printed);
      return printed;
    },
    pass: async (seconds) => {
      await node.provider.send("evm_increaseTime", [seconds]);
      await node.provider.send("evm_mine", []);
    },
    stop: async () => {
      await node.stop();
      await brands.remove();
    },
  };
}

/** Expects that docs/tasks.md says what each key is that a task prints with `--json`. */
function expectDocumented(args: readonly string[], printed: unknown): void {
  const task = Object.keys(JSON_KEYS).find((name) => `${args.join(" ")} `.startsWith(`${name} `));
  expect(task, `tasks/keys.ts has no keys of ${args.join(" ")}`).not.to.equal(undefined);
  const documented = Object.keys(JSON_KEYS[task ?? ""] ?? {});
  const first: unknown = Array.isArray(printed) ? printed[0] : printed;
  expect(documented).to.include.members(Object.keys(first ?? {}));
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
