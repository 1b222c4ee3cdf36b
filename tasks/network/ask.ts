import { Agent, type IncomingMessage, request } from "node:http";

/** Asks a node for something; undefined where it gave no plain answer: an error, another status, or nothing at all. */
export type Ask = (
  method: string,
  params: readonly unknown[],
) => Promise<{ readonly result: unknown } | undefined>;

/** Has a node do something; its own errors are told from a connection that broke. */
export type Tell = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** What a node itself answered that it can't or won't do. */
export class NodeError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data: unknown) {
    super(message);
    this.name = "NodeError";
    this.code = code;
    this.data = data;
  }
}

interface Answer {
  readonly jsonrpc?: unknown;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** How many connections there are at most at a time. */
const CONNECTIONS = 128;

interface Options {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without an answer. */
  readonly timeout: number;
}

/**
 * Speaks with a node by HTTP, without more than Node.js has.
 *
 * @returns Undefined for a URL that isn't one of HTTP.
 */
export async function askerOf(
  url: URL,
  options: Options,
): Promise<{ readonly ask: Ask; readonly tell: Tell } | undefined> {
  const client = await clientOf(url);
  if (client === undefined) return undefined;
  let id = 0;
  const request = async (method: string, params: readonly unknown[]) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params });
    const response = await post(client, url, options, body);
    return { status: response.statusCode, answer: JSON.parse(await textOf(response)) as Answer };
  };
  return {
    async ask(method, params) {
      try {
        const { status, answer } = await request(method, params);
        const { result, error, jsonrpc } = answer;
        const plain = status === 200 && jsonrpc === "2.0" && result !== undefined && error === undefined;
        return plain ? { result } : undefined;
      } catch {
        return undefined;
      }
    },
    async tell(method, params) {
      const { status, answer } = await request(method, params);
      const { code, message, data } = (answer.error ?? {}) as {
        code?: unknown;
        message?: unknown;
        data?: unknown;
      };
      if (typeof code === "number")
        throw new NodeError(code, typeof message === "string" ? message : "", data);
      if (status !== 200 || answer.result === undefined) {
        throw new Error(`the node answered with status ${status ?? "none"} and no result`);
      }
      return answer.result;
    },
  };
}

interface Client {
  readonly request: typeof request;
  readonly agent: Agent;
}

async function clientOf({ protocol }: URL): Promise<Client | undefined> {
  const options = { keepAlive: true, maxSockets: CONNECTIONS };
  if (protocol === "http:") return { request, agent: new Agent(options) };
  if (protocol !== "https:") return undefined;
  const https = await import("node:https");
  return { request: https.request, agent: new https.Agent(options) };
}

function post(
  client: Client,
  url: URL,
  { headers, timeout }: Options,
  body: string,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = client.request(
      url,
      {
        timeout,
        agent: client.agent,
        method: "POST",
        headers: {
          ...headers,
          "Content-Type": "application/json",
          "Content-Length": Buffer.byteLength(body),
        },
      },
      resolve,
    );
    sent.once("timeout", () => sent.destroy(new Error("timed out")));
    sent.once("error", (error: NodeJS.ErrnoException) => {
      // The node may close a connection that was idle just as it is used again: that says nothing about the question.
      if (sent.reusedSocket && error.code === "ECONNRESET")
        resolve(post(client, url, { headers, timeout }, body));
      else reject(error);
    });
    sent.end(body);
  });
}

/** What is in an answer; all at once, which takes a fraction of reading it as a stream of texts. */
function textOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.once("end", () => {
      resolve(Buffer.concat(chunks).toString());
    });
    // Also where the node breaks off in the middle.
    response.once("error", reject);
  });
}
