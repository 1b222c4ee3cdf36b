import type { LiveDao } from "@kyoso/sdk";
import { LogCache, openDao, refreshed } from "@kyoso/sdk";
import { BrowserLogs } from "@kyoso/sdk/browser";
import type { PageDocument } from "@kyoso/sdk/page";
import { BrowserProvider, Network } from "ethers";
import { Nodes } from "./nodes.js";

/** Milliseconds for which several questions are answered as of one block. */
const FRESH = 4_000;

/** The DAO of a page: opened and verified once, then read as of the newest block. */
export class Opened {
  readonly #document: PageDocument;
  readonly #nodes: Nodes;
  #live: Promise<LiveDao> | undefined;
  #at = 0;

  constructor(document: PageDocument) {
    this.#document = document;
    this.#nodes = new Nodes(document.page.rpc);
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
    const chainId = BigInt(String(await this.#nodes.request({ method: "eth_chainId" })));
    const network = Network.from(chainId);
    const provider = new BrowserProvider(this.#nodes, network, { staticNetwork: network, cacheTimeout: -1 });
    return openDao(record, provider, this.#nodes, { cache: new LogCache(new BrowserLogs()) });
  }
}
