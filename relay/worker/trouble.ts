import { reasonOf } from "../../sdk/calls/revert.js";
import { KyosoError } from "../../sdk/errors.js";
import { saidBy } from "../../sdk/execute/answers.js";

/** What keeps the relay from sending at present. */
export const TROUBLES = [
  "node-away",
  "other-chain",
  "not-known",
  "stuck",
  "key-used-elsewhere",
  "gas-price",
  "no-money",
  "disk-full",
  "other",
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** What of an error keeps the relay from sending. */
export function troubleOf(error: unknown): Trouble {
  const [first] = error instanceof KyosoError ? error.problems : [];
  switch (first?.code) {
    case "account.busy":
      return "key-used-elsewhere";
    case "fee.above-most":
    case "fee.beyond-usual":
      return "gas-price";
    case "relay.disk-full":
      return "disk-full";
    case "dao.other-chain":
      return "other-chain";
    case "node.behind":
    case "node.read-failed":
    case "logs.incomplete":
      return "node-away";
    default:
  }
  const text = (saidBy(error) ?? reasonOf(error)).toLowerCase();
  if (/insufficient (?:funds|balance)|doesn't have enough funds/u.test(text)) return "no-money";
  return /fetch failed|timeout|econn|socket|json-rpc|took too long|terminated/u.test(text)
    ? "node-away"
    : "other";
}

/** What a log calls an error, and whether it is the node that failed. */
export function failureOf(error: unknown): { readonly code: string; readonly away: boolean } {
  const code = error instanceof KyosoError ? error.problems[0]?.code : undefined;
  if (code !== undefined) return { code, away: code.startsWith("node.") || code === "logs.incomplete" };
  if (!(error instanceof Error)) return { code: "unknown", away: false };
  const text = `${error.message} ${String(error.cause)}`;
  const away =
    /fetch failed|timeout|econn|socket|json-rpc|too long|terminated|server response|could not coalesce/iu;
  return { code: error.name, away: away.test(text) };
}
