import type { SentCall } from "../reader/acts.js";

/** A transaction that a wallet has sent, and that is followed until it is known what became of it. */
export interface Sent extends SentCall {
  readonly hash: string;
  /** When it was sent, in milliseconds. */
  readonly at: number;
}

/** Transactions that are under way, by what their views know them by; kept on the device. */
const KEY = "kyoso-sent";

export function keptSent(name: string): Sent | undefined {
  return sentIn(read()[name]);
}

/** @param sent Null where there is none any more. */
export function keepSent(name: string, sent: Sent | null): void {
  const { [name]: before, ...others } = read();
  if (sent === null && before === undefined) return;
  const kept = sent === null ? others : { ...others, [name]: { ...sent, value: sent.value.toString() } };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // It is under way all the same.
  }
}

function read(): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(localStorage.getItem(KEY) ?? "{}"));
  } catch {
    return {};
  }
}

function sentIn(found: unknown): Sent | undefined {
  const { hash, from, to, data, value, block, nonce, isNonceKnown, at } = objectOf(found);
  if (!isHex(hash, 64) || !isHex(from, 40) || !isHex(to, 40) || !isHex(data)) return undefined;
  if (typeof value !== "string" || !/^\d{1,78}$/u.test(value)) return undefined;
  if (!isCount(block) || !isCount(nonce) || !isCount(at)) return undefined;
  return {
    hash,
    from,
    to,
    data,
    value: BigInt(value),
    block,
    nonce,
    isNonceKnown: isNonceKnown === true,
    at,
  };
}

function isHex(text: unknown, digits?: number): text is string {
  return (
    typeof text === "string" &&
    /^0x[0-9a-fA-F]*$/u.test(text) &&
    (digits === undefined || text.length === 2 + digits)
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
