import { expect } from "chai";
import { hexlify, keccak256, randomBytes } from "ethers";
import { hashQuickly } from "../../tasks/longLogs.js";

describe("hashQuickly", () => {
  after(() => {
    keccak256.register(keccak256._);
  });

  it("has ethers hash as before, whatever the length", async () => {
    await hashQuickly();
    // Around the 136 bytes that keccak256 takes at once, and beyond the memory that a module of WebAssembly has at first.
    const lengths = [0, 1, 20, 32, 40, 135, 136, 137, 271, 272, 273, 1_000, 16_384, 16_385, 200_000];
    const inputs = lengths.map((length) => (length === 0 ? new Uint8Array() : randomBytes(length)));
    const before = inputs.map((input) => hexlify(keccak256._(input)));
    expect(inputs.map((input) => keccak256(input))).to.deep.equal(before);
    expect(keccak256("0x")).to.equal("0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  });
});
