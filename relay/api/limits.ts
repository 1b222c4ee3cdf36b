import { createHmac, randomBytes } from "node:crypto";
import { BlockList, isIP, isIPv6 } from "node:net";

/** More places than these aren't remembered at once: those that asked least recently are forgotten. */
const MOST_PLACES = 20_000;

const DAY_MS = 86_400_000;

/**
 * IPv6: how many customers' networks (/64) there are taken to be in one that a provider gives to a household or a company (/56), and
 * in one that is a company's or a host's (/48). One customer can have many networks, and many customers can be behind one.
 */
const NETWORKS = [
  { bits: 64, customers: 1 },
  { bits: 56, customers: 4 },
  { bits: 48, customers: 16 },
] as const;

/**
 * How often one place may ask: a bucket that fills up again evenly. A place is an address, or of IPv6 a network, and those that it
 * is in. No address is kept, but a code made of it with a key of the day that only memory has.
 */
export class RateLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  #key = randomBytes(32);
  #day = 0;

  /** @param now Milliseconds. */
  constructor(perMinute: number, now: () => number = Date.now) {
    this.#perMinute = perMinute;
    this.#now = now;
  }

  /**
   * Takes one from a place's buckets.
   *
   * @returns Undefined where there was one in each; otherwise after how many seconds there is.
   */
  take(address: string): number | undefined {
    const now = this.#now();
    const day = Math.floor(now / DAY_MS);
    if (day !== this.#day) {
      this.#key = randomBytes(32);
      this.#buckets.clear();
      this.#day = day;
    }
    const places = networksOf(address).map(({ network, customers }) => {
      const place = createHmac("sha256", this.#key).update(network).digest("base64");
      const most = this.#perMinute * customers;
      const before = this.#buckets.get(place) ?? { left: most, at: now };
      // Nothing where the clock was set back: it locks nobody out.
      const passed = Math.max(0, now - before.at);
      return { place, most, left: Math.min(most, before.left + (passed * most) / 60_000) };
    });
    const wait = Math.max(...places.map(({ most, left }) => (left < 1 ? ((1 - left) * 60) / most : 0)));
    for (const { place, left } of places) {
      // Set anew, it is the last one to be forgotten.
      this.#buckets.delete(place);
      this.#buckets.set(place, { left: wait > 0 ? left : left - 1, at: now });
    }
    for (const oldest of this.#buckets.keys()) {
      if (this.#buckets.size <= MOST_PLACES) break;
      this.#buckets.delete(oldest);
    }
    return wait > 0 ? Math.ceil(wait) : undefined;
  }
}

interface Bucket {
  readonly left: number;
  readonly at: number;
}

/** The networks that an address is of, from the smallest one on, and how many customers each is taken to have. */
export function networksOf(address: string): { readonly network: string; readonly customers: number }[] {
  const own = withoutMapping(address);
  const groups = isIPv6(own) ? groupsOf(own) : undefined;
  if (groups === undefined) return [{ network: own, customers: 1 }];
  const digits = groups.map((group) => group.toString(16).padStart(4, "0")).join("");
  return NETWORKS.map(({ bits, customers }) => ({
    network: `${digits.slice(0, bits / 4)}/${bits}`,
    customers,
  }));
}

/** An address of IPv4 that is written as one of IPv6, as itself. */
function withoutMapping(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/iu.exec(address)?.[1] ?? address;
}

/** The first four groups of an address of IPv6. */
function groupsOf(address: string): number[] {
  const [head = "", tail] = address.split("%")[0]?.split("::") ?? [];
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : 8 - first.length - last.length;
  const groups = [...first, ...Array<string>(Math.max(0, missing)).fill("0"), ...last];
  return groups.slice(0, 4).map((group) => Number.parseInt(group, 16));
}

/** The proxies that were named, whose X-Forwarded-For is believed. */
export function proxiesOf(addresses: readonly string[]): BlockList {
  const proxies = new BlockList();
  for (const address of addresses) proxies.addAddress(address, isIPv6(address) ? "ipv6" : "ipv4");
  return proxies;
}

/**
 * Who asks: the address that the connection is from; behind proxies that were named, the one that the first of them saw. What the
 * asker itself has put into the header comes before what they have, and isn't looked at.
 *
 * @param forwarded The header X-Forwarded-For, to which each proxy adds at the end who asked it.
 */
export function askerOf(connection: string, forwarded: string | undefined, proxies: BlockList): string {
  const hops = forwarded?.split(",") ?? [];
  let asker = withoutMapping(connection);
  while (isIn(proxies, asker)) {
    const before = addressIn(hops.pop());
    if (before === undefined) break;
    asker = before;
  }
  return asker;
}

function isIn(proxies: BlockList, address: string): boolean {
  const [plain = ""] = address.split("%");
  return isIP(plain) !== 0 && proxies.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

/** The address of an entry, which some proxies write with a port; undefined for what is none. */
function addressIn(entry: string | undefined): string | undefined {
  const text = entry?.trim() ?? "";
  const [, v4, v6] = /^(?:(\d+\.\d+\.\d+\.\d+)|\[(.+)\])(?::\d+)?$/u.exec(text) ?? [];
  const address = withoutMapping(v4 ?? v6 ?? text);
  return isIP(address) === 0 ? undefined : address;
}
