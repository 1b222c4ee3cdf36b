import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { keccak256, SigningKey } from "ethers";

// Workers load this file by itself, as Node.js runs TypeScript: it can import no other file of the SDK.
//
// A library takes some 230 µs for each public key, four minutes for a million. It has to keep a key secret from whoever
// measures its time, and can't know that many keys come together. Here many points are added at once, with one division
// for all of them (Montgomery's trick), and multiples of the generator come from a table.

/** Bytes of a claim key. */
export const KEY_BYTES = 32;
/** Bytes of the address of one. */
const ADDRESS_BYTES = 20;

/** Tells a worker of this file apart from others that happen to load it. */
const WORKER = "claim keys";
/** Keys that a worker gets at a time. */
const CHUNK = 2_048;
/** Fewer keys than that are faster without workers. */
const WORTH_WORKERS = 4_096;
/** So few that a library is faster than making the table. */
const WORTH_TABLE = 1_024;

// secp256k1: its field, its order, its generator.
const P = 2n ** 256n - 2n ** 32n - 977n;
const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const GENERATOR: Point = {
  x: 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798n,
  y: 0x483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8n,
};

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

/** Bits that are looked up in the table at a time, and how often that takes for a key. */
const WINDOW = 12;
const WINDOWS = 22;

/** For each window, the generator times 1 to 4,096, times what the window stands for. */
let table: readonly (readonly Point[])[] | undefined;

/**
 * Addresses of private keys, one after the other.
 *
 * @param keys Of {@link KEY_BYTES} each.
 * @throws RangeError for what isn't a key of the curve; random bytes never are in practice.
 */
export function addressesOf(keys: Uint8Array): Uint8Array {
  const count = keys.length / KEY_BYTES;
  const points = count < WORTH_TABLE ? undefined : pointsOf(keys);
  const addresses = new Uint8Array(count * ADDRESS_BYTES);
  for (let i = 0; i < count; i++) {
    const key = keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES);
    const point = points?.[i];
    const bytes = point === undefined ? libraryPoint(key) : toBytes(point);
    // What is wrong here could never be claimed: the library has to come to the same.
    if (i % 1_000 === 0 && !bytes.equals(libraryPoint(key))) throw new Error("A public key is wrong");
    addresses.set(keccak256._(bytes).subarray(12), i * ADDRESS_BYTES);
  }
  return addresses;
}

/**
 * The same for many keys, on all processors.
 *
 * @param onAddresses Called with the addresses of each part of the keys, and the number of its first one.
 */
export async function deriveAddresses(
  keys: Uint8Array,
  onAddresses: (addresses: Uint8Array, first: number) => void,
): Promise<void> {
  const count = keys.length / KEY_BYTES;
  if (count < WORTH_WORKERS) {
    onAddresses(addressesOf(keys), 0);
    return;
  }
  let next = 0;
  const work = (worker: Worker) =>
    new Promise<void>((resolve, reject) => {
      let first = 0;
      const give = () => {
        if (next >= count) {
          resolve();
          return;
        }
        first = next;
        next += CHUNK;
        worker.postMessage(keys.slice(first * KEY_BYTES, Math.min(next, count) * KEY_BYTES));
      };
      worker.on("message", (addresses: Uint8Array) => {
        onAddresses(addresses, first);
        give();
      });
      worker.once("error", reject);
      worker.once("exit", () => {
        reject(new Error("A worker ended before its work"));
      });
      give();
    });
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(new URL(import.meta.url), { workerData: WORKER }),
  );
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function libraryPoint(key: Uint8Array): Buffer {
  return Buffer.from(SigningKey.computePublicKey(key, false).slice(4), "hex");
}

function toBytes({ x, y }: Point): Buffer {
  return Buffer.from(x.toString(16).padStart(64, "0") + y.toString(16).padStart(64, "0"), "hex");
}

/**
 * Public keys: for each window of the key's bits, the table's point is added to what the lower ones came to. The two are
 * never the same nor opposite, where the formula would fail: the lower bits stand for less than the window does, and
 * both together for no more than the key, which is less than the order.
 */
function pointsOf(keys: Uint8Array): Point[] {
  table ??= makeTable();
  const sums: (Point | undefined)[] = Array.from({ length: keys.length / KEY_BYTES });
  for (const [window, multiples] of table.entries()) {
    const places: number[] = [];
    const pairs: (readonly [Point, Point])[] = [];
    for (let i = 0; i < sums.length; i++) {
      const point = multiples[digitOf(keys, i, window) - 1];
      const sum = sums[i];
      if (point === undefined) continue;
      if (sum === undefined) sums[i] = point;
      else {
        places.push(i);
        pairs.push([sum, point]);
      }
    }
    for (const [i, sum] of addAll(pairs).entries()) sums[places[i] ?? 0] = sum;
  }
  return sums.map((sum, i) => {
    const key = Buffer.from(keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)).toString("hex");
    if (sum === undefined || BigInt(`0x${key}`) >= N) throw new RangeError("This isn't a private key");
    return sum;
  });
}

/** 12 bits of a key, the lowest first. */
function digitOf(keys: Uint8Array, key: number, window: number): number {
  const byte = (place: number) => (place < 0 ? 0 : (keys[key * KEY_BYTES + place] ?? 0));
  const last = KEY_BYTES - 1 - 3 * (window >> 1);
  return window % 2 === 0
    ? byte(last) | ((byte(last - 1) & 0x0f) << 8)
    : (byte(last - 1) >> 4) | (byte(last - 2) << 4);
}

function makeTable(): Point[][] {
  const windows: Point[][] = [];
  let base = GENERATOR;
  for (let window = 0; window < WINDOWS; window++) {
    const multiples = [base];
    let top = base;
    while (multiples.length < 1 << WINDOW) {
      // m + 1 to 2m - 1 times the base, and 2m times.
      const added = addAll(multiples.slice(0, -1).map((point) => [point, top] as const));
      top = double(top);
      multiples.push(...added, top);
    }
    windows.push(multiples);
    base = top;
  }
  return windows;
}

/** Adds pairs of points that are neither the same nor opposite, with one division for all of them. */
function addAll(pairs: readonly (readonly [Point, Point])[]): Point[] {
  const products: bigint[] = [];
  let product = 1n;
  for (const [a, b] of pairs) {
    products.push(product);
    product = reduce(product * difference(b.x, a.x));
  }
  let inverse = invert(product);
  const sums: Point[] = Array.from({ length: pairs.length });
  for (let i = pairs.length - 1; i >= 0; i--) {
    const [a, b] = pairs[i] ?? [GENERATOR, GENERATOR];
    const slope = reduce(difference(b.y, a.y) * reduce(inverse * (products[i] ?? 1n)));
    inverse = reduce(inverse * difference(b.x, a.x));
    sums[i] = third(slope, a, b);
  }
  return sums;
}

function double(point: Point): Point {
  const slope = reduce(3n * reduce(point.x * point.x) * invert(reduce(2n * point.y)));
  return third(slope, point, point);
}

/** The point to which the line through two others leads, mirrored. */
function third(slope: bigint, a: Point, b: Point): Point {
  const x = reduce(slope * slope + 2n * P - a.x - b.x);
  return { x, y: difference(reduce(slope * difference(a.x, x)), a.y) };
}

function difference(a: bigint, b: bigint): bigint {
  return a >= b ? a - b : a - b + P;
}

/** A number that isn't negative, modulo {@link P}. */
function reduce(number: bigint): bigint {
  return number % P;
}

/** By Fermat's little theorem. */
function invert(number: bigint): bigint {
  let result = 1n;
  let square = number;
  for (let exponent = P - 2n; exponent > 0n; exponent >>= 1n) {
    if ((exponent & 1n) === 1n) result = reduce(result * square);
    square = reduce(square * square);
  }
  return result;
}

if (!isMainThread && workerData === WORKER) {
  parentPort?.on("message", (keys: Uint8Array) => {
    parentPort?.postMessage(addressesOf(keys));
  });
}
