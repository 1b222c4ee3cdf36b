import type { Eip1193Provider } from "../../chain/eip1193.js";
import { readMany } from "../../chain/reads.js";
import type { Read } from "../../chain/view.js";
import { problems } from "./problems.js";

/** From when on what is on the chain stays: the block that the chain says so of, or so many after it. */
export type Finality = "finalized" | number;

/** The chain as a gate asks it: within a time, and where there is no answer, nobody comes in. */
export class ChainView {
  readonly #node: Eip1193Provider;
  readonly #finality: Finality;
  readonly #patience: number;

  /** @param patience Milliseconds. */
  constructor(node: Eip1193Provider, finality: Finality, patience: number) {
    this.#node = node;
    this.#finality = finality;
    this.#patience = patience;
  }

  /** The newest block. */
  newest(): Promise<number> {
    return this.within(async () => Number(await this.#node.request({ method: "eth_blockNumber" })));
  }

  /** The newest block that stays, which isn't after the one that is given. */
  async final(newest: number): Promise<number> {
    if (this.#finality !== "finalized") return Math.max(0, newest - this.#finality);
    return this.within(async () => {
      const params = ["finalized", false];
      const block = await this.#node.request({ method: "eth_getBlockByNumber", params });
      return Math.min(newest, Number((block as { readonly number: string }).number));
    });
  }

  /** What view functions return at a block. */
  read<Result>(block: number, reads: readonly Read[]): Promise<Result[]> {
    return this.within(() => readMany<Result>(this.#node, block, reads));
  }

  /**
   * What `ask` finds out.
   *
   * @throws KyosoError "gate.node-away" where that fails or takes too long.
   */
  async within<Found>(ask: () => Promise<Found>): Promise<Found> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error("It took too long"));
      }, this.#patience);
    });
    try {
      return await Promise.race([ask(), late]);
    } catch (error) {
      throw problems.nodeAway(error);
    } finally {
      clearTimeout(timer);
    }
  }
}
