import type { Block } from "ethers";
import { LogCache } from "../../sdk/chain/logCache.js";
import type { LogStore } from "../../sdk/chain/logStore.js";
import { readerAt } from "../../sdk/chain/reads.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { KyosoError } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { openDao, refreshed } from "../../sdk/live.js";
import type { Trust } from "../../sdk/verify.js";
import { inTurn } from "../kinds/turns.js";
import { chainIdOf, NodeProvider } from "./node.js";

/** From when on what is on the chain stays: the block that the chain says so of, or so many after it. */
export type Finality = "finalized" | number;

export interface ChainOptions {
  readonly url: string;
  readonly record: DaoRecord;
  readonly finality: Finality;
  readonly logs: LogStore | undefined;
  readonly trust?: Trust;
}

/** The DAO as a node shows it. */
export class ChainView {
  readonly provider: NodeProvider;
  readonly #finality: Finality;
  readonly #url: string;
  #live: LiveDao;
  /** Hashes of blocks, as of when this one was the newest. */
  #newest: string | undefined;
  #hashes = new Map<number, string>();

  private constructor({ finality, url }: ChainOptions, provider: NodeProvider, live: LiveDao) {
    this.#finality = finality;
    this.#url = url;
    this.provider = provider;
    this.#live = live;
  }

  /** @throws KyosoError where the node is of another chain, or a contract isn't what the record calls it. */
  static async open(options: ChainOptions): Promise<ChainView> {
    const { url, record, logs, trust } = options;
    const provider = new NodeProvider(url, await chainIdOf(url));
    const cache = new LogCache(logs);
    const live = await openDao(record, provider, provider.eip1193, {
      cache,
      ...(trust === undefined ? {} : { trust }),
    });
    return new ChainView(options, provider, live);
  }

  /** The DAO as it was when it was last looked at. */
  get live(): LiveDao {
    return this.#live;
  }

  /**
   * The DAO as of the newest block.
   *
   * @param after A block that has to be in it.
   * @throws KyosoError where there is another chain at the node's address by now, or it is behind.
   */
  async fresh(after = 0): Promise<LiveDao> {
    const here = await chainIdOf(this.#url);
    if (here !== this.#live.chainId) {
      const { slug, chainId } = this.#live.record;
      throw KyosoError.of("dao.other-chain", {
        data: { slug, chainId, here },
        place: `record of "${slug}"`,
        message: `It is of chain ${chainId}, and the node is of chain ${here} by now`,
        remedy: "Set KYOSO_RPC_URL to a node of the DAO's chain, and start the relay again.",
      });
    }
    this.#live = await refreshed(this.#live, after);
    return this.#live;
  }

  /** The newest block that stays; undefined where there is none yet. */
  async finalBlock(): Promise<Block | undefined> {
    if (this.#finality === "finalized") return (await this.provider.getBlock("finalized")) ?? undefined;
    const newest = await this.provider.getBlockNumber();
    const number = newest - this.#finality;
    return number < 0 ? undefined : ((await this.provider.getBlock(number)) ?? undefined);
  }

  /** The DAO as of a block. */
  at({ number, timestamp }: Pick<Block, "number" | "timestamp">): LiveDao {
    return {
      ...this.#live,
      block: number,
      now: timestamp,
      readMany: readerAt(this.#live.eip1193, number),
    };
  }

  /** The hash of a block; undefined where the node doesn't have it (any more). */
  async hashOf(block: number): Promise<string | undefined> {
    return (await this.provider.getBlock(block))?.hash ?? undefined;
  }

  /**
   * The hashes of blocks: of those that the node has. What is done waits for a block that stays, for a quarter of an hour on some
   * chains: as long as the newest block is the same, all before it are as well, and aren't asked for again.
   */
  async hashesOf(blocks: Iterable<number>): Promise<ReadonlyMap<number, string>> {
    const newest = await this.provider.getBlock("latest");
    if (newest?.hash === undefined || newest.hash !== this.#newest) this.#hashes = new Map();
    this.#newest = newest?.hash ?? undefined;
    const hashes = this.#hashes;
    const missing = [...new Set(blocks)].filter((block) => !hashes.has(block));
    await inTurn(missing, async (block) => {
      const hash = await this.hashOf(block);
      if (hash !== undefined) hashes.set(block, hash);
    });
    return hashes;
  }

  close(): void {
    this.provider.destroy();
  }
}
