import { inspect } from "node:util";
import { KyosoError, formatProblem, problem } from "../sdk/errors.js";
import { failureOf } from "./worker/trouble.js";

/** The variables of the environment that addresses of nodes are in. */
export const NODE_URL = "KYOSO_RPC_URL";
export const SECOND_URL = "KYOSO_SECOND_RPC_URL";

/**
 * The address of a node, from the environment; undefined where there is none. It often has a secret in it: what isn't one isn't
 * repeated, but for its host.
 *
 * @throws KyosoError for what isn't the address of a node.
 */
export function nodeUrlFrom(
  env: Readonly<Record<string, string | undefined>>,
  variable: string,
): string | undefined {
  const text = env[variable]?.trim() ?? "";
  if (text === "") return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url !== undefined && ["https:", "http:"].includes(url.protocol);
  // Nobody is asked by an address with a name and a password in it: they would have to be sent in another way.
  if (isHttp && url.username === "" && url.password === "") return text;
  const host = isHttp ? url.host : null;
  throw KyosoError.of("relay.node-url", {
    data: { variable, host },
    place: variable,
    message:
      host === null
        ? "It isn't the address of a node"
        : `It has a name or a password before its host (${host}), and nodes aren't asked so`,
    remedy: "It begins with https:// or http://, and may have a key in its path.",
  });
}

/**
 * What is said of an error that keeps the relay from starting.
 *
 * @param urls Addresses of nodes, of which no more than the host is said.
 */
export function toldOf(error: unknown, urls: readonly string[]): string {
  if (error instanceof KyosoError) return error.problems.map((each) => formatProblem(each)).join("\n");
  const [first] = urls;
  if (first !== undefined && failureOf(error).away) {
    return formatProblem(
      problem("relay.node-away", {
        data: {},
        place: `node ${new URL(first).host}`,
        message: "It doesn't answer as a node does",
        remedy: `See whether ${NODE_URL} is right, and start the relay again.`,
      }),
    );
  }
  return urls.reduce((text, url) => {
    const { href, host, pathname, search } = new URL(url);
    const parts = [url, href, `${pathname}${search}`, pathname, search].filter((part) => part.length > 1);
    return parts.reduce((rest, part) => rest.replaceAll(part, host), text);
  }, inspect(error));
}
