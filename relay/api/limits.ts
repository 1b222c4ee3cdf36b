import { createHmac, randomBytes } from "node:crypto";
import { isIPv4, isIPv6 } from "node:net";

/** More places than these aren't remembered at once: those that asked least recently are forgotten. */
const MOST_PLACES = 20_000;

const DAY_MS = 86_400_000;

/**
 * How often one place may ask: a bucket that fills up again evenly. A place is an address, or of IPv6 the network of one
 * customer (/64). No address is kept, but a code made of it with a key of the day that only memory has.
 */
export class RateLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { left: number; at: number }>();
  #key = randomBytes(32);
  #day = 0;

  /** @param now Milliseconds. */
  constructor(perMinute: number, now: () => number = Date.now) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /**
   * Takes one from a place's bucket.
   *
   * @returns Undefined where there was one; otherwise after how many seconds there is.
   */
  take(address: string): number | undefined {
    const now = this.#now();
    const day = Math.floor(now / DAY_MS);
    if (day !== this.#day) {
      this.#key = randomBytes(32);
      this.#buckets.clear();
      this.#day = day;
    }
    const place = createHmac("sha256", this.#key).update(networkOf(address)).digest("base64");
    const before = this.#buckets.get(place) ?? { left: this.#perMinute, at: now };
    // Nothing where the clock was set back: it locks nobody out.
    const passed = Math.max(0, now - before.at);
    const filled = before.left + (passed * this.#perMinute) / 60_000;
    const left = Math.min(this.#perMinute, filled);
    // Set anew, it is the last one to be forgotten.
    this.#buckets.delete(place);
    this.#buckets.set(place, { left: left < 1 ? left : left - 1, at: now });
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > MOST_PLACES && oldest !== undefined) this.#buckets.delete(oldest);
    return left < 1 ? Math.ceil(((1 - left) * 60) / this.#perMinute) : undefined;
  }
}

/** The network of one customer. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array<string>(Math.max(0, missing)).fill("0"), ...last];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}

/**
 * Who asks: the address that the connection is from; behind a proxy that was named, the one that it says.
 *
 * @param forwarded The header X-Forwarded-For: its last entry is what the proxy itself saw.
 */
export function askerOf(
  connection: string,
  forwarded: string | undefined,
  proxies: readonly string[],
): string {
  const from = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(connection)?.[1] ?? connection;
  if (forwarded === undefined || !proxies.includes(from)) return from;
  const last = forwarded.split(",").at(-1)?.trim() ?? "";
  return isIPv4(last) || isIPv6(last) ? last : from;
}
