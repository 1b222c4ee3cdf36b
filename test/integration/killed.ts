import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { TransactionReceipt } from "ethers";
import { JsonRpcProvider } from "ethers";
import { sentOn, underWay } from "./cut.js";
import { NodeProxy, SEND } from "./proxy.js";
import type { Outcome } from "./warm/process.js";

/**
 * Where it is killed. In a test: where the first transaction is written down and hasn't left, and where the last one has left
 * and nobody has said so. A deep one, at each request, and before and after the node gets what is sent.
 */
const EVERYWHERE = process.env.KYOSO_DEEP === "1";

/** A request, counted from 1, at which nothing gets through any more. */
interface Point {
  /** Of all, or of those that send. */
  readonly of: "requests" | "transactions";
  readonly number: number;
  /** Whether the node gets it. */
  readonly forwarded: boolean;
}

/** A command that is killed. */
export interface Killing {
  /** The node's. */
  readonly url: string;
  /** Files and folders that it may change. */
  readonly files: readonly string[];
  /** Whether what it sends is the same each time: nothing in it is drawn by lot. */
  readonly isSame: boolean;
  /** Runs it to its end. */
  readonly run: (url: string) => Promise<Outcome>;
  /** Runs it in a process of its own, which is killed once this has happened. */
  readonly kill: (url: string, on: Promise<unknown>) => Promise<Outcome>;
}

/** What came of a command that was killed at some point, and run again. */
export interface Recovered {
  readonly point: string;
  readonly again: Outcome;
  /** What was carried out by the two. */
  readonly deeds: readonly string[];
}

/**
 * Kills a command and runs it again, point by point, on the same chain and files each time; and leaves both as they were.
 *
 * @returns What came of it at each point, to be compared with what the command does that nobody kills; nothing for one that sends
 * nothing.
 */
export async function killEverywhere(killing: Killing): Promise<readonly Recovered[]> {
  const { url, files } = killing;
  const provider = new JsonRpcProvider(url, undefined, { staticNetwork: true, cacheTimeout: -1 });
  const proxy = await NodeProxy.before({ url });
  const kept = await Kept.of(provider, [...files, await sentOn(provider)]);
  const found: Recovered[] = [];
  /** Returns undefined where it ended before it came to that. */
  const killAt = async (point: Point) => {
    const recovered = await recoveredFrom(killing, proxy, provider, point);
    await kept.restore();
    if (recovered !== undefined) found.push(recovered);
    return recovered?.deeds;
  };
  try {
    const first = await killAt({ of: "transactions", number: 1, forwarded: false });
    if (first === undefined) return found;
    if (!EVERYWHERE) {
      await killAt({ of: "transactions", number: first.length, forwarded: true });
      return found;
    }
    for (let number = 1; number <= first.length; number++) {
      for (const forwarded of [false, true]) await killAt({ of: "transactions", number, forwarded });
    }
    let number = 1;
    while ((await killAt({ of: "requests", number, forwarded: false })) !== undefined) number++;
    expect(number).to.be.above(5);
    return found;
  } finally {
    await kept.forget();
    await proxy.close();
    provider.destroy();
  }
}

async function recoveredFrom(
  { run, kill, isSame }: Killing,
  proxy: NodeProxy,
  provider: JsonRpcProvider,
  point: Point,
): Promise<Recovered | undefined> {
  const before = await provider.getBlockNumber();
  const killed = await kill(proxy.url, stopAt(proxy, point));
  proxy.mend();
  if (killed.code !== null) return undefined;
  const again = await run(proxy.url);
  const { of, number, forwarded } = point;
  const name = `${of} ${number}, ${forwarded ? "after" : "before"} the node got it: ${again.stdout}${again.stderr}`;
  const receipts = await receiptsSince(provider, before);
  for (const { from } of again.code === 0 ? receipts : []) {
    expect(await underWay(provider, from), name).to.deep.equal([]);
  }
  const deeds = await Promise.all(receipts.map((receipt) => deedOf(provider, receipt, isSame)));
  return { point: name, again, deeds };
}

/** Lets nothing through from a point on; resolves when it has come to that. */
function stopAt(proxy: NodeProxy, { of, number, forwarded }: Point): Promise<void> {
  return new Promise((resolve) => {
    let count = 0;
    proxy.handle = async ({ method, forward }) => {
      if (of === "requests" || method === SEND) count++;
      const isThis = count === number && (of === "requests" || method === SEND);
      if (count < number) return forward();
      if (isThis && forwarded) await forward();
      resolve();
      return new Promise<never>(() => undefined);
    };
  });
}

/** What was carried out since a block, as {@link killEverywhere} tells of it. */
export async function deedsSince(url: string, block: number, isSame: boolean): Promise<readonly string[]> {
  const provider = new JsonRpcProvider(url, undefined, { staticNetwork: true, cacheTimeout: -1 });
  try {
    const receipts = await receiptsSince(provider, block);
    return await Promise.all(receipts.map((receipt) => deedOf(provider, receipt, isSame)));
  } finally {
    provider.destroy();
  }
}

async function receiptsSince(provider: JsonRpcProvider, block: number): Promise<TransactionReceipt[]> {
  const receipts: TransactionReceipt[] = [];
  for (let number = block + 1; number <= (await provider.getBlockNumber()); number++) {
    for (const hash of (await provider.getBlock(number))?.transactions ?? []) {
      const receipt = await provider.getTransactionReceipt(hash);
      if (receipt !== null) receipts.push(receipt);
    }
  }
  return receipts;
}

/** Who did what, and what came of it. */
async function deedOf(
  provider: JsonRpcProvider,
  { hash, from, to, status, logs }: TransactionReceipt,
  isSame: boolean,
): Promise<string> {
  const { data = "", value = 0n } = (await provider.getTransaction(hash)) ?? {};
  const said = logs.map(({ address, topics }) => `${address} ${topics[0] ?? ""}`);
  const what = isSame ? data : data.slice(0, 10);
  return [`status ${status}`, from, to, what, value, ...said].join(" ");
}

/** A chain and files as they were. */
class Kept {
  readonly #provider: JsonRpcProvider;
  readonly #files: readonly string[];
  readonly #copies: string;
  #snapshot = "";

  private constructor(provider: JsonRpcProvider, files: readonly string[], copies: string) {
    this.#provider = provider;
    this.#files = [...new Set(files)];
    this.#copies = copies;
  }

  static async of(provider: JsonRpcProvider, files: readonly string[]): Promise<Kept> {
    const kept = new Kept(provider, files, await mkdtemp(path.join(tmpdir(), "kyoso-kept-")));
    for (const [i, file] of kept.#files.entries()) await copy(file, path.join(kept.#copies, `${i}`));
    await kept.#takeSnapshot();
    return kept;
  }

  async restore(): Promise<void> {
    expect(await this.#provider.send("evm_revert", [this.#snapshot])).to.equal(true);
    await this.#takeSnapshot();
    for (const [i, file] of this.#files.entries()) {
      await rm(file, { recursive: true, force: true });
      await copy(path.join(this.#copies, `${i}`), file);
    }
  }

  async forget(): Promise<void> {
    await rm(this.#copies, { recursive: true, force: true });
  }

  async #takeSnapshot(): Promise<void> {
    this.#snapshot = (await this.#provider.send("evm_snapshot", [])) as string;
  }
}

/** Copies what is there. */
async function copy(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, preserveTimestamps: true }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  });
}
