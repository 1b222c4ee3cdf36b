import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

type Stored = Record<string, unknown> & { confirmations: Record<string, unknown>[] };

/**
 * Answers as the sources of Safe's transaction service do (safe_transaction_service/history: views, filters, pagination). It is
 * not that service, which takes a database and an indexer: what is tested is which requests are made and how such answers
 * are read.
 */
export class Service {
  readonly asked: Asked[] = [];
  readonly transactions = new Map<string, Stored>();
  /** Safes that it has found on the chain; of others it knows nothing, and takes transactions all the same. */
  readonly indexed = new Set<string>();
  /** Answers with this status to everything. */
  broken: number | undefined;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(([status, body]) => {
        response.writeHead(status, { "content-type": "application/json" });
        response.end(body === undefined ? "" : JSON.stringify(body));
      });
    });
  }

  static async start(): Promise<Service> {
    const service = new Service();
    await new Promise<void>((resolve) => service.#server.listen(0, "127.0.0.1", resolve));
    return service;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Method and path of what was asked since the last time. */
  take(): string[] {
    return this.asked.splice(0).map(({ method, url }) => `${method} ${url}`);
  }

  async #answer(request: IncomingMessage): Promise<[status: number, body?: unknown]> {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk as string;
    const { method = "", url = "", headers } = request;
    const body = text === "" ? undefined : (JSON.parse(text) as Record<string, unknown>);
    this.asked.push({ method, url, authorization: headers.authorization, body });
    if (this.broken !== undefined) return [this.broken, { detail: "Out of order" }];

    const [, hash = ""] = /multisig-transactions\/(0x[0-9a-f]{64})\//u.exec(url) ?? [];
    if (method === "POST" && url.endsWith("/confirmations/")) {
      const owner = body?.owner ?? "0x0000000000000000000000000000000000000009";
      const confirmation = { owner, signature: body?.signature, signatureType: "EOA", submissionDate: "" };
      this.transactions.get(hash)?.confirmations.push(confirmation);
      return [201, { signature: body?.signature }];
    }
    if (method === "POST") {
      const { contractTransactionHash, sender, signature, origin, ...transaction } = body ?? {};
      const [, safe = ""] = /safes\/(0x[0-9a-fA-F]{40})\//u.exec(url) ?? [];
      this.transactions.set(String(contractTransactionHash), {
        ...transaction,
        safe,
        origin,
        safeTxHash: contractTransactionHash,
        nonce: String(transaction.nonce),
        confirmations: [{ owner: sender, signature, signatureType: "EOA", submissionDate: "" }],
      });
      return [201];
    }
    if (hash !== "") {
      const found = this.transactions.get(hash);
      return found === undefined
        ? [404, { detail: "No MultisigTransaction matches the given query." }]
        : [200, found];
    }
    const { pathname, searchParams } = new URL(url, this.url);
    if (/^\/api\/v2\/safes\/0x[0-9a-fA-F]{40}\/multisig-transactions\/$/u.test(pathname)) {
      return [200, this.#page(pathname, searchParams)];
    }
    const [, safe = ""] = /^\/api\/v1\/safes\/(0x[0-9a-fA-F]{40})\/$/u.exec(pathname) ?? [];
    // Without a body: it says nothing more of a Safe that it doesn't know.
    return this.indexed.has(safe) ? [200, { address: safe, nonce: "0" }] : [404];
  }

  /** 100 transactions where nothing else is asked for, never more than 200, and where the next ones are. */
  #page(pathname: string, query: URLSearchParams) {
    const from = Number(query.get("nonce__gte") ?? 0);
    const sign = query.get("ordering") === "nonce" ? 1 : -1;
    const all = [...this.transactions.values()]
      .filter(({ nonce }) => Number(nonce) >= from)
      .sort((one, other) => sign * (Number(one.nonce) - Number(other.nonce)));
    const limit = Math.min(Number(query.get("limit") ?? 100), 200);
    const offset = Number(query.get("offset") ?? 0);
    const next = new URL(pathname, this.url);
    next.search = new URLSearchParams({ limit: `${limit}`, offset: `${offset + limit}` }).toString();
    return {
      count: all.length,
      next: offset + limit < all.length ? next.href : null,
      previous: null,
      results: all.slice(offset, offset + limit),
      count_unique_nonce: new Set(all.map(({ nonce }) => nonce)).size,
    };
  }
}
