import type { AnnouncedSnapshot, LiveDao, LogPlace, OwnContract, Problem } from "@kyoso/sdk";
import { LogCache, openDao, OWN_CONTRACTS, refreshed, SettledCopy, SnapshotLogs } from "@kyoso/sdk";
import { BrowserLogs } from "@kyoso/sdk/browser";
import type { PageDocument, PageSnapshot, SnapshotFile } from "@kyoso/sdk/page";
import { BrowserProvider, Network, toQuantity } from "ethers";
import { Nodes, NodesFailed } from "./nodes.js";

/** Milliseconds for which several questions are answered as of one block. */
const FRESH = 4_000;

/** What the first view reads, and the others go on from. */
const TOGETHER: readonly OwnContract[] = ["governor", "badge", "rewards", "board"];

/** The DAO of a page: opened and verified once, then read as of the newest block. */
export class Opened {
  readonly #document: PageDocument;
  readonly #nodes: Nodes;
  readonly #logs: SnapshotLogs;
  readonly #settled: SettledCopy;
  #live: Promise<LiveDao> | undefined;
  #at = 0;

  /**
   * @param base The folder that the page lies in.
   * @param onUnused Called with why the page's snapshot of the logs isn't used.
   */
  constructor(document: PageDocument, base: string, onUnused: (problem: Problem) => void) {
    this.#document = document;
    this.#nodes = new Nodes(document.page.rpc);
    this.#logs = new SnapshotLogs(new BrowserLogs(), (place) => announced(document, base, place), onUnused);
    const { record, snapshot } = document;
    const governor = { chainId: BigInt(record.chainId), address: record.contracts.governor };
    this.#settled = new SettledCopy(governor, copyOf(snapshot, snapshot?.settled, base), onUnused);
  }

  /** Reads something of the DAO. Where that fails with a snapshot, it isn't used any more: then once more from the node alone. */
  async read<Answer>(ask: (live: LiveDao) => Promise<Answer>): Promise<Answer> {
    try {
      return await ask(await this.live());
    } catch (error) {
      if (nodesFailedIn(error) !== undefined || !(await this.#withdraw())) throw error;
      return ask(await this.live());
    }
  }

  /** Uses nothing of the page's snapshot any more. Tells whether anything of it was in use. */
  async #withdraw(): Promise<boolean> {
    const withdrawn = await Promise.all([this.#logs.withdraw(), this.#settled.withdraw()]);
    return withdrawn.includes(true);
  }

  /** The DAO as of a block that is some seconds old at most. Where it can't be opened, the next question tries anew. */
  async live(): Promise<LiveDao> {
    const now = performance.now();
    if (this.#live !== undefined && now - this.#at < FRESH) return this.#live;
    const before = this.#live;
    this.#at = now;
    this.#nodes.forget();
    const opening = before === undefined ? this.#open() : before.then((live) => refreshed(live));
    this.#live = opening;
    try {
      return await opening;
    } catch (error) {
      if (this.#live === opening) this.#live = undefined;
      throw error;
    }
  }

  /** What is asked next is answered as of the newest block, however new that is: somebody has just done something. */
  renew(): void {
    this.#at = -Infinity;
  }

  async #open(): Promise<LiveDao> {
    const { record } = this.#document;
    // Asked of the node, and not taken from the record: a node of another chain is to be found out.
    const asking = this.#nodes.request({ method: "eth_chainId" });
    // Go with it: they are what is asked for next.
    const { snapshot } = this.#document;
    for (const block of ["latest", ...(snapshot === null ? [] : [toQuantity(snapshot.block)])]) {
      this.#nodes.request({ method: "eth_getBlockByNumber", params: [block, false] }).catch(() => undefined);
    }
    const chainId = BigInt(String(await asking));
    const network = Network.from(chainId);
    const options = { staticNetwork: network, cacheTimeout: -1, batchStallTime: 0 };
    const provider = new BrowserProvider(this.#nodes, network, options);
    return openDao(record, provider, this.#nodes, {
      cache: new LogCache(this.#logs),
      together: TOGETHER,
      settled: this.#settled,
    });
  }
}

/** The snapshot of a contract, as `dao.json` names it with its hash: the browser checks that. */
function announced(
  { record, snapshot }: PageDocument,
  base: string,
  { address }: LogPlace,
): AnnouncedSnapshot | undefined {
  const places: Readonly<Record<string, string>> = { ...record.contracts, ...record.modules };
  const contract = OWN_CONTRACTS.find((name) => places[name] === address);
  return copyOf(snapshot, contract === undefined ? undefined : snapshot?.files[contract], base);
}

/** A file of the snapshot, whose hash the browser checks. */
function copyOf(
  snapshot: PageSnapshot | null,
  found: SnapshotFile | undefined,
  base: string,
): AnnouncedSnapshot | undefined {
  if (snapshot === null || found === undefined) return undefined;
  const { file, integrity } = found;
  return {
    block: snapshot.block,
    load: async () => {
      const response = await fetch(new URL(file, base), { integrity, credentials: "omit" });
      return response.text();
    },
  };
}

/** That it was the nodes that didn't answer, whatever was made of that on the way. */
export function nodesFailedIn(error: unknown): NodesFailed | undefined {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if (each instanceof NodesFailed) return each;
  }
  return undefined;
}
