import type { Job } from "../jobs/job.js";
import type { Desk } from "../kinds/kind.js";
import type { Logger } from "../log.js";
import { Lasting } from "../log.js";
import type { ChainOptions } from "./chain.js";
import { ChainView } from "./chain.js";
import { failureOf } from "./trouble.js";

/** A second node, which has to agree before something is final. While it is away nothing is, and all else goes on. */
export class SecondNode {
  readonly #options: ChainOptions;
  readonly #said: Lasting;
  #view: ChainView | undefined;

  private constructor(options: ChainOptions, log: Logger) {
    this.#options = options;
    this.#said = new Lasting(log);
  }

  /**
   * One that is away is opened when it is back.
   *
   * @throws KyosoError where the node answers, and is of another chain, or a contract isn't what the record calls it.
   */
  static async open(options: ChainOptions, log: Logger): Promise<SecondNode> {
    const node = new SecondNode(options, log);
    try {
      await node.#open();
    } catch (error) {
      if (!failureOf(error).away) throw error;
      node.#isAway(error);
    }
    return node;
  }

  /** Which of jobs are done in a block that stays, as this node shows it. */
  async agrees(desk: Desk, jobs: readonly Job[]): Promise<readonly boolean[]> {
    try {
      const view = await this.#open();
      await view.fresh();
      const stays = await view.finalBlock();
      if (stays === undefined) return [];
      const done = await desk.isDone(view.at(stays), jobs);
      this.#said.over("away");
      const denied = jobs.filter(({ block }, i) => done[i] !== true && (block ?? Infinity) <= stays.number);
      if (denied.length === 0) this.#said.over(desk.name);
      else {
        const [kind, count] = [{ kind: desk.name }, { jobs: denied.length }];
        this.#said.say(desk.name, "error", "second-node-disagrees", kind, count);
      }
      return done;
    } catch (error) {
      this.#isAway(error);
      return [];
    }
  }

  close(): void {
    this.#view?.close();
  }

  async #open(): Promise<ChainView> {
    return (this.#view ??= await ChainView.open(this.#options));
  }

  #isAway(error: unknown): void {
    this.#said.say("away", "error", "second-node-away", { code: failureOf(error).code });
  }
}
