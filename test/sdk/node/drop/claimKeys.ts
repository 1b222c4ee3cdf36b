import { randomBytes } from "node:crypto";
import { Worker } from "node:worker_threads";
import { expect } from "chai";
import { computeAddress, hexlify } from "ethers";
import { deriveLine } from "../../../../sdk/drop/seeds.js";
import {
  addressesOf,
  deriveAddresses,
  deriveFromSeeds,
  KEY_BYTES,
} from "../../../../sdk/node/drop/claimKeys.js";

/** All memory that a message brings along. */
function buffersOf(message: unknown): ArrayBufferLike[] {
  if (ArrayBuffer.isView(message)) return [message.buffer];
  return typeof message === "object" && message !== null ? Object.values(message).flatMap(buffersOf) : [];
}

/** Sees to it that no message to a worker brings secrets of other parts along. */
async function inParts(run: () => Promise<void>): Promise<void> {
  const sizes: number[] = [];
  const postMessage = Reflect.get(Worker.prototype, "postMessage") as (
    this: Worker,
    ...args: Parameters<Worker["postMessage"]>
  ) => void;
  Worker.prototype.postMessage = function (this: Worker, ...args) {
    sizes.push(...buffersOf(args[0]).map(({ byteLength }) => byteLength));
    postMessage.apply(this, args);
  };
  try {
    await run();
  } finally {
    Worker.prototype.postMessage = postMessage;
  }
  expect(sizes).not.to.deep.equal([]);
  expect(Math.max(...sizes)).to.be.at.most(2_048 * KEY_BYTES);
}

const keyAt = (keys: Uint8Array, i: number) => hexlify(keys.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES));

describe("claim keys", () => {
  it("have the addresses that wallets give them", () => {
    const edges = ["01", "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140"].map((key) =>
      Buffer.from(key.padStart(64, "0"), "hex"),
    );
    const keys = Buffer.concat([...edges, randomBytes(20 * KEY_BYTES)]);
    const addresses = addressesOf(keys);
    expect(addresses).to.have.lengthOf(22 * 20);
    for (let i = 0; i < 22; i++) {
      expect(hexlify(addresses.subarray(i * 20, (i + 1) * 20)), keyAt(keys, i)).to.equal(
        computeAddress(keyAt(keys, i)).toLowerCase(),
      );
    }
  });

  for (const [what, key] of [
    ["zero", "00".repeat(32)],
    ["the curve's order", "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"],
  ] as const) {
    it(`can't be ${what}`, () => {
      const keys = randomBytes(3 * KEY_BYTES);
      keys.write(key, KEY_BYTES, KEY_BYTES, "hex");
      expect(() => addressesOf(keys)).to.throw("Expected Private");
    });
  }

  it("of many are derived by workers, each once and in its place", async function () {
    this.timeout(240_000);
    const count = 5_000;
    const keys = randomBytes(count * KEY_BYTES);
    const found = new Map<number, string>();
    await inParts(() =>
      deriveAddresses(keys, (addresses, first) => {
        for (let i = 0; i * 20 < addresses.length; i++) {
          expect(found.has(first + i)).to.equal(false);
          found.set(first + i, hexlify(addresses.subarray(i * 20, (i + 1) * 20)));
        }
      }),
    );
    expect(found.size).to.equal(count);
    for (let i = 0; i < count; i += 499) {
      expect(found.get(i)).to.equal(computeAddress(keyAt(keys, i)).toLowerCase());
    }
  });

  it("of many seeds are derived by workers, with what hides their gifts", async function () {
    this.timeout(240_000);
    const count = 5_000;
    const digest = randomBytes(32);
    const seeds = randomBytes(count * 16);
    const indexes = Uint32Array.from({ length: count }, (_, i) => 2 * i);
    const found = new Map<number, readonly [address: string, pad: string]>();
    await inParts(() =>
      deriveFromSeeds({ seeds, indexes, digest }, ({ addresses, pads }, first) => {
        for (let i = 0; i * 20 < addresses.length; i++) {
          expect(found.has(first + i)).to.equal(false);
          found.set(first + i, [
            hexlify(addresses.subarray(i * 20, (i + 1) * 20)),
            hexlify(pads.subarray(i * 52, (i + 1) * 52)),
          ]);
        }
      }),
    );
    expect(found.size).to.equal(count);
    for (let i = 0; i < count; i += 499) {
      const { key, pad } = deriveLine(seeds.subarray(i * 16, (i + 1) * 16), digest, 2 * i);
      expect(found.get(i)).to.deep.equal([computeAddress(hexlify(key)).toLowerCase(), hexlify(pad)]);
    }
  });

  it("fail where a worker does", async () => {
    // Zero isn't a key of this curve.
    const outcome = await deriveAddresses(Buffer.alloc(5_000 * KEY_BYTES), () => undefined).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.be.instanceOf(Error);
  }).timeout(60_000);
});
