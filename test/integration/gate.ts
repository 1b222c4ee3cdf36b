import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type LocalNode, listen } from "./nodes.js";

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
