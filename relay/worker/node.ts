import type { JsonRpcError, JsonRpcPayload, JsonRpcResult } from "ethers";
import { JsonRpcApiProvider, Network } from "ethers";
import type { Eip1193Provider } from "../../sdk/chain/eip1193.js";
import { isRead, patiently } from "../../sdk/chain/patience.js";

/** How long an answer is waited for, in milliseconds. */
const ANSWER = 30_000;
/** How many requests go in one at most: public nodes refuse more. */
const AT_ONCE = 20;
/** What a node may answer with at most, in bytes. */
const LARGEST = 64 * 1024 * 1024;

type Answer = JsonRpcResult | JsonRpcError;

/**
 * The node, at the address that the relay was started with, and nowhere else: it isn't led elsewhere. What only reads is asked
 * again where an answer fails to come; what sends isn't, as whoever sends knows what to make of that.
 */
export class NodeProvider extends JsonRpcApiProvider {
  readonly #url: string;

  constructor(url: string, chainId: bigint) {
    const network = Network.from(chainId);
    super(network, { staticNetwork: network, cacheTimeout: -1, batchMaxCount: AT_ONCE, batchStallTime: 2 });
    this.#url = url;
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<Answer[]> {
    const all = Array.isArray(payload) ? payload : [payload];
    const ask = () => askNode(this.#url, payload);
    return all.every(({ method }) => isRead(method)) ? patiently(ask, refusedIn) : ask();
  }

  /** What the SDK's readers ask by. */
  get eip1193(): Eip1193Provider {
    return { request: ({ method, params = [] }) => this.send(method, [...params]) as Promise<unknown> };
  }
}

/** What a node says that its chain's id is. */
export async function chainIdOf(url: string): Promise<bigint> {
  const payload = { id: 1, jsonrpc: "2.0", method: "eth_chainId", params: [] } as const;
  const [answer] = await patiently(() => askNode(url, { ...payload, params: [] }), refusedIn);
  if (answer === undefined || !("result" in answer))
    throw new Error("the node doesn't say which chain it is of");
  return BigInt(String(answer.result));
}

async function askNode(url: string, payload: JsonRpcPayload | JsonRpcPayload[]): Promise<Answer[]> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(payload),
    redirect: "error",
    signal: AbortSignal.timeout(ANSWER),
  });
  const text = await textOf(response);
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Error(`invalid json-rpc response: HTTP ${response.status}`);
  }
  return (Array.isArray(answer) ? answer : [answer]) as Answer[];
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = chunk as Uint8Array;
    size += bytes.length;
    if (size > LARGEST) throw new Error("the node answers with more than it was asked for");
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** What of answers says that a node is busy or behind, for a moment. */
function refusedIn(answers: readonly Answer[]) {
  for (const answer of answers) {
    if ("error" in answer) return { message: answer.error.message ?? "", code: answer.error.code };
  }
  return undefined;
}
