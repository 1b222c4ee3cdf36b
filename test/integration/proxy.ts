import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type LocalNode, listen } from "./nodes.js";

export const SEND = "eth_sendRawTransaction";

/** A request on its way to a node. */
export interface Passing {
  readonly method: string;
  readonly params: readonly unknown[];
  /** Has the node answer; what it says, as JSON. */
  readonly forward: () => Promise<string>;
}

/** How far a transaction comes: it is written down and doesn't leave, is sent and not answered, or answered and not confirmed. */
export type Point = "written down" | "sent" | "answered";

/** What happens to a request: an answer as JSON, or undefined where the connection breaks. */
export type Handle = (passing: Passing) => Promise<string | undefined>;

/** Stands between a command and its node, and does with each request as it is told. */
export class NodeProxy {
  readonly #server: Server;
  handle: Handle = ({ forward }) => forward();

  private constructor({ url }: Pick<LocalNode, "url">) {
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        const { method, params = [] } = JSON.parse(body) as { method: string; params?: unknown[] };
        const headers = { "content-type": "application/json" };
        const forward = async () => (await fetch(url, { method: "POST", body, headers })).text();
        this.handle({ method, params, forward }).then(
          (answer) => {
            if (answer === undefined) request.socket.destroy();
            else response.writeHead(200, headers).end(answer);
          },
          () => request.socket.destroy(),
        );
      });
    });
  }

  static async before(node: Pick<LocalNode, "url">): Promise<NodeProxy> {
    const proxy = new NodeProxy(node);
    await listen(proxy.#server);
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * Breaks the connection at every request once: the first time that it is made. So a run is cut at each of its requests.
   *
   * @param forwarded Whether the node gets it nevertheless, and only its answer is lost.
   * @returns Methods of what was cut.
   */
  cutEachOnce(forwarded: boolean): string[] {
    const cut: string[] = [];
    const seen = new Set<string>();
    this.handle = async ({ method, params, forward }) => {
      const key = `${method} ${JSON.stringify(params)}`;
      if (seen.has(key)) return forward();
      seen.add(key);
      cut.push(method);
      if (forwarded) await forward();
      return undefined;
    };
    return cut;
  }

  /**
   * Breaks the connection at every request twice: the first time before the node gets it, the second time before its answer
   * comes back.
   *
   * @returns The signed bytes of all transactions that were to be sent.
   */
  cutEachTwice(): ReadonlySet<string> {
    const sent = new Set<string>();
    const seen = new Map<string, number>();
    this.handle = async ({ method, params, forward }) => {
      const key = `${method} ${JSON.stringify(params)}`;
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      if (method === SEND) sent.add(String(params[0]));
      if (times === 1) return undefined;
      const answer = await forward();
      return times === 2 ? undefined : answer;
    };
    return sent;
  }

  /**
   * Lets nothing through from a transaction on.
   *
   * @param transaction Which one, from 1.
   * @param point How far that one comes: it doesn't leave, its answer is lost, or what is asked after it.
   * @param ends How a request ends that isn't let through: the connection breaks, or stays without an answer.
   * @returns Resolves when it has come to that.
   */
  stopAt(transaction: number, point: Point, ends: "breaks" | "hangs"): Promise<void> {
    return new Promise((resolve) => {
      let sent = 0;
      const end = () => {
        resolve();
        return ends === "breaks" ? Promise.resolve(undefined) : new Promise<never>(() => undefined);
      };
      this.handle = async ({ method, forward }) => {
        if (sent >= transaction) return end();
        if (method !== SEND || ++sent < transaction) return forward();
        if (point === "answered") return forward();
        if (point === "sent") await forward();
        return end();
      };
    });
  }

  mend(): void {
    this.handle = ({ forward }) => forward();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
