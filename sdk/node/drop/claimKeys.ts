import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { keccak256 } from "ethers";
import { pointFromScalar } from "tiny-secp256k1";

// Workers load this file by itself, as Node.js runs TypeScript: of the SDK it can load only what imports nothing else of it.
//
// Public keys come from the C library that Bitcoin uses, built for WebAssembly. Ethers takes more than twice as long:
// minutes for a million.

/** Bytes of a claim key. */
export const KEY_BYTES = 32;
/** Bytes of the address of one. */
export const ADDRESS_BYTES = 20;

/** Tells a worker of this file apart from others that happen to load it. */
const WORKER = "claim keys";
/** Keys that a worker gets at a time. */
const CHUNK = 2_048;
/** Fewer keys than that are faster without workers. */
const WORTH_WORKERS = 4_096;

/**
 * Addresses of private keys, one after the other.
 *
 * @param keys Of {@link KEY_BYTES} each.
 * @throws Error for what isn't a key of the curve; random bytes never are in practice.
 */
export function addressesOf(keys: Uint8Array): Uint8Array {
  const count = keys.length / KEY_BYTES;
  const addresses = new Uint8Array(count * ADDRESS_BYTES);
  for (let i = 0; i < count; i++) {
    const point = pointFromScalar(keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES), false);
    // Without the byte that says what kind of point it is.
    if (point === null) throw new RangeError("This isn't a private key");
    addresses.set(keccak256._(point.subarray(1)).subarray(12), i * ADDRESS_BYTES);
  }
  return addresses;
}

/** Seeds of short links, one after the other, with what it takes to derive from them. */
export interface Seeds {
  readonly seeds: Uint8Array;
  /** Numbers of their lines. */
  readonly indexes: Uint32Array;
  /** Of their campaign; see campaignDigest. */
  readonly digest: Uint8Array;
}

/** What seeds give, one after the other. */
export interface FromSeeds {
  readonly addresses: Uint8Array;
  readonly pads: Uint8Array;
}

type Derivation = typeof import("../../drop/seeds.js");

/** The SDK's own derivation: built or in a bundle; in a worker of what isn't built, as its source. */
async function derivation(): Promise<Derivation> {
  try {
    return await import("../../drop/seeds.js");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    const source = new URL("../../drop/seeds.ts", import.meta.url);
    return (await import(source.href)) as Derivation;
  }
}

/** Addresses and pads of seeds. */
export async function derivedFrom({ seeds, indexes, digest }: Seeds): Promise<FromSeeds> {
  const { deriveLine, PAD_BYTES, SEED_BYTES } = await derivation();
  const keys = new Uint8Array(indexes.length * KEY_BYTES);
  const pads = new Uint8Array(indexes.length * PAD_BYTES);
  for (const [i, index] of indexes.entries()) {
    const derived = deriveLine(seeds.subarray(i * SEED_BYTES, (i + 1) * SEED_BYTES), digest, index);
    keys.set(derived.key, i * KEY_BYTES);
    pads.set(derived.pad, i * PAD_BYTES);
  }
  return { addresses: addressesOf(keys), pads };
}

/** What a worker gets, in memory of its own. */
type Work =
  | { readonly keys: Uint8Array<ArrayBuffer> }
  | {
      readonly seeds: {
        readonly seeds: Uint8Array<ArrayBuffer>;
        readonly indexes: Uint32Array<ArrayBuffer>;
        readonly digest: Uint8Array<ArrayBuffer>;
      };
    };

/** What goes over to a worker instead of being copied once more. */
function memoryOf(work: Work): ArrayBuffer[] {
  if ("keys" in work) return [work.keys.buffer];
  const { seeds, indexes, digest } = work.seeds;
  return [seeds.buffer, indexes.buffer, digest.buffer];
}

async function done(work: Work): Promise<FromSeeds> {
  if ("seeds" in work) return derivedFrom(work.seeds);
  return { addresses: addressesOf(work.keys), pads: new Uint8Array(0) };
}

/**
 * Addresses of many keys, on all processors.
 *
 * @param onAddresses Called with the addresses of each part of the keys, and the number of its first one.
 */
export async function deriveAddresses(
  keys: Uint8Array,
  onAddresses: (addresses: Uint8Array, first: number) => void,
): Promise<void> {
  await inWorkers(
    keys.length / KEY_BYTES,
    (from, to) => ({ keys: copyOf(keys, from * KEY_BYTES, to * KEY_BYTES) }),
    ({ addresses }, first) => {
      onAddresses(addresses, first);
    },
  );
}

/**
 * What many seeds give, on all processors.
 *
 * @param onDerived Called with what each part of them gives, and the number of its first one.
 */
export async function deriveFromSeeds(
  { seeds, indexes, digest }: Seeds,
  onDerived: (derived: FromSeeds, first: number) => void,
): Promise<void> {
  const length = seeds.length / Math.max(1, indexes.length);
  await inWorkers(
    indexes.length,
    (from, to) => ({
      seeds: {
        seeds: copyOf(seeds, from * length, to * length),
        indexes: indexes.slice(from, to),
        digest: copyOf(digest, 0, digest.length),
      },
    }),
    onDerived,
  );
}

/**
 * A part with memory of its own, which `slice` of a Buffer hasn't: a message takes all the memory along that a part is of, and
 * with it the secrets of all others.
 */
function copyOf(bytes: Uint8Array, from: number, to: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.subarray(from, to));
}

/** Has workers do parts of a work of many, as they have time. */
async function inWorkers(
  count: number,
  part: (from: number, to: number) => Work,
  onDone: (result: FromSeeds, first: number) => void,
): Promise<void> {
  if (count < WORTH_WORKERS) {
    onDone(await done(part(0, count)), 0);
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
        next = Math.min(next + CHUNK, count);
        const given = part(first, next);
        worker.postMessage(given, memoryOf(given));
      };
      worker.on("message", (result: FromSeeds) => {
        onDone(result, first);
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

if (!isMainThread && workerData === WORKER) {
  parentPort?.on("message", (work: Work) => {
    void done(work).then((result) => {
      parentPort?.postMessage(result);
    });
  });
}
