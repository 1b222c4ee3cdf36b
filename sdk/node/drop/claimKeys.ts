import { availableParallelism } from "node:os";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { keccak256 } from "ethers";
import { pointFromScalar } from "tiny-secp256k1";

// Workers load this file by itself, as Node.js runs TypeScript: it can import no other file of the SDK.
//
// Public keys come from the C library that Bitcoin uses, built for WebAssembly. Ethers takes more than twice as long:
// minutes for a million.

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

if (!isMainThread && workerData === WORKER) {
  parentPort?.on("message", (keys: Uint8Array) => {
    parentPort?.postMessage(addressesOf(keys));
  });
}
