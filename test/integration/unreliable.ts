import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { LocalNode } from "./support.js";

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params?: readonly { readonly fromBlock?: string; readonly toBlock?: string }[];
}

/** How many blocks it searches at once. */
const MOST_BLOCKS = 500;

/**
 * Stands before a node as public ones are: searches few blocks at once, is overloaded, breaks off and doesn't know the
 * newest block yet, every few requests. In the order of the requests, so that a run can be repeated.
 */
export class UnreliableNode {
  readonly #node: string;
  readonly #server: Server;
  #count = 0;
  /** Methods of the requests that were refused. */
  readonly refused: string[] = [];
  /** Every request that came in. */
  readonly asked: string[] = [];

  private constructor(node: string) {
    this.#node = node;
    this.#server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        this.#answer(body, response).catch(() => request.socket.destroy());
      });
    });
  }

  static async before({ url }: LocalNode): Promise<UnreliableNode> {
    const node = new UnreliableNode(url);
    await new Promise<void>((resolve) => node.#server.listen(0, "127.0.0.1", resolve));
    return node;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(body: string, response: ServerResponse): Promise<void> {
    const request = JSON.parse(body) as Request;
    this.asked.push(request.method);
    this.#count += 1;
    const headers = { "content-type": "application/json" };
    const refuse = (code: number, message: string) => {
      this.refused.push(request.method);
      response
        .writeHead(200, headers)
        .end(JSON.stringify({ jsonrpc: "2.0", id: request.id, error: { code, message } }));
    };
    const [filter] = request.params ?? [];
    if (request.method === "eth_getLogs" && blocksOf(filter) > MOST_BLOCKS) {
      refuse(-32_005, `query exceeds the limit of ${MOST_BLOCKS} blocks: block range too large`);
      return;
    }
    if (this.#count % 7 === 0) {
      refuse(-32_005, "rate limit exceeded");
      return;
    }
    if (this.#count % 11 === 0) {
      refuse(-32_000, "header not found");
      return;
    }
    if (this.#count % 13 === 0) {
      this.refused.push(request.method);
      response.writeHead(503, headers).end("Service Unavailable");
      return;
    }
    if (this.#count % 17 === 0) {
      this.refused.push(request.method);
      response.destroy();
      return;
    }
    const answer = await fetch(this.#node, { method: "POST", body, headers });
    response.writeHead(answer.status, headers).end(await answer.text());
  }
}

function blocksOf(filter: { readonly fromBlock?: string; readonly toBlock?: string } | undefined): number {
  return Number(filter?.toBlock ?? 0) - Number(filter?.fromBlock ?? 0) + 1;
}
