import { NodeProxy, SEND } from "../proxy.js";
import type { LocalNode } from "../nodes.js";
import type { Lie } from "./answers.js";

/** A question that a command asks its node. */
export interface Question {
  readonly key: string;
  readonly method: string;
  /** What the node answers to it. */
  readonly answer: unknown;
}

/**
 * Stands before a node, remembers what it answers, and lies as it is told. Nothing that is sent gets through: what was signed
 * is kept, and refused.
 */
export class Liar {
  readonly #proxy: NodeProxy;
  #known = new Map<string, Question>();
  #lie: { readonly key: string; readonly lie: Lie } | undefined;
  #signed: string[] = [];

  private constructor(proxy: NodeProxy) {
    this.#proxy = proxy;
    proxy.handle = async ({ method, params, forward }) => {
      if (method === SEND) {
        this.#signed.push(String(params[0]));
        const error = { code: -32_000, message: "insufficient funds for gas * price + value" };
        return JSON.stringify({ jsonrpc: "2.0", id: 1, error });
      }
      const key = `${method} ${JSON.stringify(params)}`;
      if (this.#lie?.key === key) return lied(this.#lie.lie);
      const known = this.#known.get(key);
      if (known !== undefined) return answered(known.answer);
      const text = await forward();
      const { result } = JSON.parse(text) as { readonly result?: unknown };
      if (result !== undefined) this.#known.set(key, { key, method, answer: result });
      return text;
    };
  }

  static async before(node: LocalNode): Promise<Liar> {
    return new Liar(await NodeProxy.before(node));
  }

  get url(): string {
    return this.#proxy.url;
  }

  /** Has it know nothing of before. */
  forget(): void {
    this.#known = new Map();
  }

  get questions(): readonly Question[] {
    return [...this.#known.values()];
  }

  /**
   * Lies while `use` runs.
   *
   * @returns Also what was signed to be sent.
   */
  async during<Result>(question: Question | undefined, lie: Lie | undefined, use: () => Promise<Result>) {
    this.#lie = question === undefined || lie === undefined ? undefined : { key: question.key, lie };
    this.#signed = [];
    const result = await use();
    return { result, signed: this.#signed };
  }

  close(): Promise<void> {
    return this.#proxy.close();
  }
}

function lied(lie: Lie): string {
  return "error" in lie ? JSON.stringify({ jsonrpc: "2.0", id: 1, error: lie.error }) : answered(lie.answer);
}

function answered(result: unknown): string {
  return JSON.stringify({ jsonrpc: "2.0", id: 1, result });
}
