import { createHash } from "node:crypto";
import path from "node:path";
import type { Eip1193Provider } from "../sdk/chain/eip1193.js";
import type { SecondNode } from "../sdk/chain/secondNode.js";
import { inPlace, KyosoError } from "../sdk/errors.js";

const VARIABLE = "KYOSO_CHECK_RPC_URL";
/** Milliseconds without an answer. */
const LONGEST = 30_000;

/**
 * The second node that KYOSO_CHECK_RPC_URL names, which is asked before anything is signed; undefined without it.
 *
 * @param cache Where logs are kept; those of each second node by themselves.
 */
export async function secondNodeFor(first: Eip1193Provider, cache: string): Promise<SecondNode | undefined> {
  const text = process.env[VARIABLE]?.trim() ?? "";
  if (text === "") return undefined;
  const url = inPlace(VARIABLE, () => parseUrl(text));
  const [{ SecondNode: Second }, { LogCache }, { LongLogs }] = await Promise.all([
    import("../sdk/chain/secondNode.js"),
    import("../sdk/chain/logCache.js"),
    import("./longLogs.js"),
  ]);
  // Not the URL itself: there may be a key in it.
  const name = createHash("sha256").update(url.href).digest("hex").slice(0, 16);
  const second = new Second(nodeAt(url), new LogCache(new LongLogs(path.join(cache, `second-${name}`))));
  second.watch(first);
  return second;
}

/** A signer that signs only what a second node has confirmed. */
export function confirmed<Signing extends object>(signer: Signing, second: SecondNode): Signing {
  const signing = new Set(["signMessage", "signTransaction", "signTypedData", "sendTransaction"]);
  return new Proxy(signer, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return value;
      const own = value as (...args: unknown[]) => unknown;
      if (typeof key !== "string" || !signing.has(key)) return own.bind(target);
      return async (...args: unknown[]) => {
        await second.confirm();
        return own.apply(target, args);
      };
    },
  });
}

function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  // Without the text: there may be a key in it.
  throw KyosoError.of("node.second-url", {
    data: {},
    message: "It isn't the URL of a node",
    remedy: "Write one with http:// or https://, or unset it to go without a second node.",
  });
}

function nodeAt(url: URL): Eip1193Provider {
  let id = 0;
  return {
    async request({ method, params = [] }) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params }),
        signal: AbortSignal.timeout(LONGEST),
      });
      const text = await response.text();
      const answer = parse(text);
      if (answer?.error !== undefined) {
        const { message, code, data } = answer.error;
        throw Object.assign(new Error(String(message)), { code, data });
      }
      if (answer?.result === undefined) {
        const { status: statusCode } = response;
        throw Object.assign(new Error(`it answered with status ${statusCode}`), { statusCode });
      }
      return answer.result;
    },
  };
}

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly message?: unknown; readonly code?: unknown; readonly data?: unknown };
}

function parse(text: string): Answer | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}
