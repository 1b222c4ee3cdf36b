import { expect } from "chai";
import {
  AbiCoder,
  concat,
  getAddress,
  hexlify,
  Interface,
  ParamType,
  randomBytes,
  toBeHex,
  ZeroHash,
} from "ethers";
import type { Abi, Hex } from "viem";
import { decodeFunctionResult } from "viem";
import { addressIn, bytesOf, decode, readerOf } from "../../../sdk/chain/abi.js";
import { viewOf } from "../../../sdk/chain/view.js";
import { INTERFACES } from "../../../sdk/calls/known.js";

const coder = AbiCoder.defaultAbiCoder();

/** A value of a type, at random. */
function someOf(type: ParamType): unknown {
  if (type.isArray()) {
    const { arrayChildren, arrayLength } = type;
    const length = arrayLength === -1 ? Math.floor(Math.random() * 4) : arrayLength;
    return Array.from({ length }, () => someOf(arrayChildren));
  }
  if (type.isTuple()) return type.components.map(someOf);
  const [, kind, size] = /^([a-z]+)(\d*)$/u.exec(type.type) ?? [];
  switch (kind) {
    case "bool":
      return Math.random() < 0.5;
    case "address":
      return getAddress(hexlify(randomBytes(20)));
    case "string":
      return "提案 🎉 x".repeat(Math.floor(Math.random() * 12));
    case "bytes":
      return hexlify(randomBytes(size === "" ? Math.floor(Math.random() * 70) : Number(size)));
    default: {
      const value = BigInt(hexlify(randomBytes(Number(size) / 8)));
      return kind === "int" ? BigInt.asIntN(Number(size), value) : value;
    }
  }
}

describe("what contracts return", () => {
  it("is read as viem reads it, of every view function of a DAO", () => {
    let compared = 0;
    for (const contract of Object.values(INTERFACES)) {
      const abi = JSON.parse(contract.formatJson()) as Abi;
      contract.forEachFunction((fragment) => {
        const { name, outputs, constant } = fragment;
        if (
          !constant ||
          outputs.length === 0 ||
          contract.fragments.filter((f) => "name" in f && f.name === name).length > 1
        )
          return;
        for (let i = 0; i < 5; i++) {
          const data = coder.encode(outputs, outputs.map(someOf));
          const expected: unknown = decodeFunctionResult({ abi, functionName: name, data: data as Hex });
          expect(
            viewOf(contract, name, fragment.inputs.length).decode(data.slice(2)),
            fragment.format(),
          ).to.deep.equal(expected);
        }
        compared += 1;
      });
    }
    expect(compared).to.be.above(100);
  });

  const types = [
    "tuple(string[] a, tuple(bytes b, uint48[2] c)[2] d, int64 e)[]",
    "tuple(int48 a, int256 b, uint56 c, uint8[3][] d)",
    "string[][2]",
    "tuple(uint8, string)",
  ];
  for (const type of types) {
    it(`is read as viem reads it, of ${type}`, () => {
      const contract = new Interface([`function f() view returns (${type} x, bytes32 y)`]);
      const { outputs } = contract.getFunction("f") ?? { outputs: [] };
      const abi = JSON.parse(contract.formatJson()) as Abi;
      for (let i = 0; i < 30; i++) {
        const data = coder.encode(outputs, outputs.map(someOf));
        expect(decode(readerOf(outputs), data)).to.deep.equal(
          decodeFunctionResult({ abi, functionName: "f", data: data as Hex }),
        );
      }
    });
  }

  it("has texts that aren't UTF-8", () => {
    const data = coder.encode(["bytes"], ["0xff41"]);
    expect(decode(readerOf([ParamType.from("string")]), data)).to.deep.equal(["\ufffdA"]);
  });

  it("is refused where it ends too early, or says that it is longer than anything", () => {
    const huge = `0x${"7f".padStart(12, "0").padStart(64, "0")}`;
    for (const [type, data] of [
      ["uint256", "0x"],
      ["uint256", "0x00"],
      ["uint48", `0x${"f".repeat(64)}`],
      ["bytes", ZeroHash.replace(/00$/u, "20")],
      ["bytes", concat([ZeroHash.replace(/00$/u, "20"), huge])],
      ["uint256[]", concat([ZeroHash.replace(/00$/u, "20"), huge])],
      ["string", concat([`0x${"f".repeat(64)}`, ZeroHash])],
      ["tuple(uint256, uint256)", ZeroHash],
      ["address", "0x12"],
      ["bytes32", "0x12"],
      // More than the type holds: ethers reads some of these as something else.
      ["uint8", toBeHex(2n ** 8n, 32)],
      ["uint64", toBeHex(2n ** 64n, 32)],
      ["uint64", `0x${"f".repeat(64)}`],
      ["uint208", toBeHex(2n ** 208n, 32)],
      ["int8", toBeHex(2n ** 7n, 32)],
      ["int64", toBeHex(2n ** 64n, 32)],
      ["bool", toBeHex(2, 32)],
      ["bool", toBeHex(2n ** 255n, 32)],
      ["address", toBeHex(2n ** 160n, 32)],
      ["bytes4", `0x${"12".repeat(5)}${"0".repeat(54)}`],
    ] as const) {
      const reader = readerOf([ParamType.from(type)]);
      expect(() => decode(reader, data), `${type} ${data}`).to.throw(RangeError);
    }
  });

  it("has addresses as ethers writes them", () => {
    for (let i = 0; i < 300; i++) {
      const bytes = hexlify(randomBytes(32));
      expect(addressIn(bytes)).to.equal(getAddress(`0x${bytes.slice(-40)}`));
      expect(addressIn(bytes.toUpperCase())).to.equal(getAddress(`0x${bytes.slice(-40)}`));
    }
  });

  it("has bytes in capital and in small letters", () => {
    expect([...bytesOf("0x00099aAffF")]).to.deep.equal([0, 9, 0x9a, 0xaf, 0xff]);
  });
});

describe("what view functions are asked", () => {
  const contract = new Interface(["function f(address a, uint48 b, uint256 c) view returns (bool)"]);
  const account = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

  it("is written as ethers writes it", () => {
    for (const args of [
      [account, 0, 0n],
      [account.toLowerCase(), 2 ** 48 - 1, 2n ** 256n - 1n],
      [account, 5n, "7"],
    ]) {
      expect(`0x${viewOf(contract, "f", 3).encode(args)}`).to.equal(contract.encodeFunctionData("f", args));
    }
  });

  it("is refused where it is of other types", () => {
    const view = viewOf(contract, "f", 3);
    for (const args of [
      [],
      [account, 1],
      [account, 2 ** 48, 0],
      [account, -1, 0],
      ["0x12", 0, 0],
      [account, 0.5, 0],
    ]) {
      expect(() => view.encode(args), JSON.stringify(args)).to.throw();
    }
    expect(() => viewOf(contract, "g", 0)).to.throw(TypeError, "g");
    expect(() => viewOf(contract, "f", 2)).to.throw(TypeError, "f");
  });

  it("is of the function that takes so many, where two have a name", () => {
    const overloaded = new Interface([
      "function nonces(address owner) view returns (uint256)",
      "function nonces(address owner, uint192 key) view returns (uint256)",
    ]);
    expect(viewOf(overloaded, "nonces", 1).encode([account])).to.equal(
      overloaded.encodeFunctionData("nonces(address)", [account]).slice(2),
    );
    expect(viewOf(overloaded, "nonces", 2).encode([account, 3])).to.equal(
      overloaded.encodeFunctionData("nonces(address,uint192)", [account, 3]).slice(2),
    );
  });
});
