import { Agent, type IncomingMessage, request } from "node:http";

/** Asks a node for something; undefined where it gave no plain answer: an error, another status, or nothing at all. */
export type Ask = (
  method: string,
  params: readonly unknown[],
) => Promise<{ readonly result: unknown } | undefined>;

/** How many connections there are at most at a time. */
const CONNECTIONS = 128;

interface Options {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds without an answer. */
  readonly timeout: number;
}

/**
 * Asks a node by HTTP, without more than Node.js has.
 *
 * @returns Undefined for a URL that isn't one of HTTP.
 */
export async function askerOf(url: URL, options: Options): Promise<Ask | undefined> {
  const client = await clientOf(url);
  if (client === undefined) return undefined;
  let id = 0;
  return async (method, params) => {
    const body = JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params });
    try {
      const response = await post(client, url, options, body);
      const answer = JSON.parse(await textOf(response)) as {
        jsonrpc?: unknown;
        result?: unknown;
        error?: unknown;
      };
      const plain =
        response.statusCode === 200 &&
        answer.jsonrpc === "2.0" &&
        answer.result !== undefined &&
        answer.error === undefined;
      return plain ? { result: answer.result } : undefined;
    } catch {
      return undefined;
    }
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
