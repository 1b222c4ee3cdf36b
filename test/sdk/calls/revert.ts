import { expect } from "chai";
import { AbiCoder } from "ethers";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { describeRevert, reasonOf } from "../../../sdk/calls/revert.js";

describe("reasonOf", () => {
  it("says the short message that ethers has", () => {
    expect(
      reasonOf(Object.assign(new Error("long and (full=of, codes)"), { shortMessage: "short" })),
    ).to.equal("short");
  });

  it("says the first line of any other error", () => {
    expect(reasonOf(new Error("first\nsecond"))).to.equal("first");
  });

  it("says what else was thrown", () => {
    expect(reasonOf("a text")).to.equal("a text");
  });
});

describe("describeRevert", () => {
  const coder = AbiCoder.defaultAbiCoder();

  it("names a contract's own error, with its arguments", () => {
    const data = INTERFACES.badge.encodeErrorResult("ERC721NonexistentToken", [7]);
    expect(describeRevert(data)).to.equal("ERC721NonexistentToken(tokenId: 7)");
    const nested = new Error("outer", { cause: { code: 3, data: { data } } });
    expect(reasonOf(nested)).to.equal("ERC721NonexistentToken(tokenId: 7)");
  });

  it("reads texts and panics", () => {
    expect(describeRevert(`0x08c379a0${coder.encode(["string"], ["だめです"]).slice(2)}`)).to.equal(
      "だめです",
    );
    expect(describeRevert(`0x4e487b71${coder.encode(["uint256"], [17]).slice(2)}`)).to.equal("Panic(17)");
  });

  it("shows a text as a terminal can: any contract may have written it", () => {
    const data = `0x08c379a0${coder.encode(["string"], ["a\n\u001b[2Jb"]).slice(2)}`;
    expect(describeRevert(data)).to.equal("a \\u001b[2Jb");
  });

  it("shows what it can't read", () => {
    expect(describeRevert("0x12345678")).to.include("0x12345678");
    expect(describeRevert("0x08c379a0ff")).to.include("0x08c379a0ff");
    // The error's selector, but not its arguments.
    const cut = INTERFACES.badge.encodeErrorResult("ERC721NonexistentToken", [7]).slice(0, 20);
    expect(describeRevert(cut)).to.include(cut);
  });
});
