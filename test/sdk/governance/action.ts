// cspell:ignore tokn transferr
import { expect } from "chai";
import { Interface, parseEther, ZeroAddress } from "ethers";
import { FOREIGN } from "../../../sdk/calls/known.js";
import {
  ALICE,
  callAction,
  callsOf,
  FILE,
  fileWith,
  fileWorld,
  foreignToken,
  itFinds,
  problemsOf,
  raw,
} from "./support.js";

const MINT = new Interface(["function mint(address to, uint256 amount)"]);

describe("an action", () => {
  it("sends ETH", async () => {
    const at = await fileWorld();
    const calls = await callsOf(at, `- { to: treasury, value: 0.5 ETH }\n- { to: "${ALICE}", value: 3 wei }`);
    expect(calls).to.deep.equal([
      { to: at.record.contracts.timelock, data: "0x", value: parseEther("0.5") },
      { to: ALICE, data: "0x", value: 3n },
    ]);
  });

  it("calls a function of the DAO's contracts, by name or by signature", async () => {
    const at = await fileWorld();
    const expected = raw(at.own("token", "transfer", [ALICE, parseEther("100")]));
    for (const name of ["transfer", "transfer(address,uint256)", "transfer(address to, uint256 value)"]) {
      for (const contract of ["token", "TOKEN", `"${at.record.contracts.token}"`]) {
        const action = callAction(contract, name, `["${ALICE}", 100 BLUE]`);
        expect(await callsOf(at, action), `${contract} ${name}`).to.deep.equal([expected]);
      }
    }
  });

  it("sends ETH to a function that takes it", async () => {
    const at = await fileWorld();
    const action = `${callAction("governor", "relay", "[token, 1 unit, 0x]")}\n  value: 2 wei`;
    const { data, to } = at.own("governor", "relay", [at.record.contracts.token, 1, "0x"]);
    expect(await callsOf(at, action)).to.deep.equal([{ to, data, value: 2n }]);
  });

  it("calls the Safe", async () => {
    const at = await fileWorld();
    const { safe } = at.record;
    const data = new Interface(["function changeThreshold(uint256)"]).encodeFunctionData(
      "changeThreshold",
      [3],
    );
    expect(await callsOf(at, callAction("safe", "changeThreshold", "[3]"))).to.deep.equal([
      { to: safe, data, value: 0n },
    ]);
  });

  it("is made of bytes where nothing better is known", async () => {
    const at = await fileWorld();
    expect(await callsOf(at, '- { contract: safe, data: "0x1234AB", value: 2 wei }')).to.deep.equal([
      { to: at.record.safe, data: "0x1234AB", value: 2n },
    ]);
  });

  describe("with another contract", () => {
    it("has amounts of a token in its symbol and decimals", async () => {
      const at = await fileWorld();
      const coin = await foreignToken(at, "USDC", 6);
      const transfer = (amount: string) => callAction(`"${coin}"`, "transfer", `[safe, "${amount}"]`);
      const sent = (value: bigint) => [
        {
          to: coin,
          value: 0n,
          data: FOREIGN.asset.encodeFunctionData("transfer", [at.record.safe, value]),
        },
      ];
      expect(await callsOf(at, transfer("1,250.5 USDC"))).to.deep.equal(sent(1_250_500_000n));
      expect(await callsOf(at, transfer("7 units"))).to.deep.equal(sent(7n));
      for (const amount of ["100", "100 BLUE", "0.1234567 USDC"]) {
        const problems = await problemsOf(at, fileWith(transfer(amount)));
        expect(problems.map(({ place }) => place)).to.deep.equal([`${FILE}:5 actions[0].args[1]`]);
        expect(problems[0]?.message).to.include(amount);
      }
    });

    it("has the called token's own amounts where two have the same symbol", async () => {
      const at = await fileWorld();
      const coin = await foreignToken(at, "BLUE", 2);
      const data = MINT.encodeFunctionData("mint", [at.record.safe, 500]);
      expect(
        await callsOf(at, callAction(`"${coin}"`, "mint(address to, uint256 amount)", "[safe, 5 BLUE]")),
      ).to.deep.equal([{ to: coin, value: 0n, data }]);
    });

    it("has no amounts of a token whose symbol can't be written", async () => {
      const at = await fileWorld();
      const coin = await foreignToken(at, "A B", 6);
      const data = FOREIGN.asset.encodeFunctionData("transfer", [at.record.safe, 7]);
      expect(await callsOf(at, callAction(`"${coin}"`, "transfer", "[safe, 7 units]"))).to.deep.equal([
        { to: coin, value: 0n, data },
      ]);
    });

    it("calls any function by its signature", async () => {
      const at = await fileWorld();
      const amounts: [text: string, value: bigint][] = [
        ['"1,000"', 1_000n],
        ["3 BLUE", parseEther("3")],
        ["3 ETH", parseEther("3")],
        ["2 hours", 7_200n],
      ];
      for (const [amount, value] of amounts) {
        const action = callAction(`"${ALICE}"`, "mint(address,uint256)", `[safe, ${amount}]`);
        const data = MINT.encodeFunctionData("mint", [at.record.safe, value]);
        expect(await callsOf(at, action)).to.deep.equal([{ to: ALICE, value: 0n, data }]);
      }
    });

    it("moves collectibles, which go by a number", async () => {
      const at = await fileWorld();
      const { contracts, safe } = at.record;
      const action = `${callAction(`"${ALICE}"`, "transferFrom", '[treasury, safe, "7"]')}\n  value: 1 wei`;
      const data = FOREIGN.asset.encodeFunctionData("transferFrom", [contracts.timelock, safe, 7]);
      expect(await callsOf(at, action)).to.deep.equal([{ to: ALICE, value: 1n, data }]);
    });
  });

  describe("may not have", () => {
    const lower = ALICE.toLowerCase();
    const at = ":3 actions[0]";
    const inFunction = ":4 actions[0].function";
    itFinds([
      ["text for keys", "- treasury", at, ""],
      ["a list for keys", "- [treasury]", at, ""],
      ["a key that isn't known", "- { to: safe, value: 1 wei, dta: x }", `${at}.dta`, '"dta"', '"data"'],
      ["nobody to call", "- { value: 1 ETH }", at, ""],
      ["two to call", "- { to: safe, contract: token, value: 1 ETH }", at, ""],
      ["a name that isn't known", callAction("tokn", "mint", "[]"), `${at}.contract`, '"tokn"', '"token"'],
      ["a wrong checksum", `- { to: "${lower}", value: 1 wei }`, `${at}.to`, lower, ALICE],
      ["the zero address", `- { to: "${ZeroAddress}", value: 1 wei }`, `${at}.to`, "zero", '"nobody"'],
      ["a list for one value", "- { to: safe, value: [1 wei] }", `${at}.value`, ""],
      ["ETH without its unit", '- { to: safe, value: "5" }', `${at}.value`, '"5"', '"5 ETH"'],
      ["negative ETH", "- { to: safe, value: -5 ETH }", `${at}.value`, "-5 ETH"],
      ["no ETH to send", "- { to: safe }", at, "", "ETH"],
      ["a function to send ETH with", "- { to: safe, value: 1 wei, args: [] }", `${at}.args`, '"args"'],
      ["no function", "- { contract: token }", at, '"function"'],
      ["bytes without digits", '- { contract: safe, data: "0x123" }', `${at}.data`, ""],
      ["a list for bytes", "- { contract: safe, data: [0x] }", `${at}.data`, ""],
      ["bytes and arguments", "- { contract: safe, data: 0x, args: [x] }", `${at}.args`, "data"],
    ]);
    itFinds([
      [
        "an unknown function",
        callAction("token", "transferr", "[]"),
        inFunction,
        '"transferr"',
        '"transfer"',
      ],
      [
        "other arguments' function",
        callAction("token", "burn(int8)", "[]"),
        inFunction,
        '"burn(int8)"',
        '"burn"',
      ],
      ["half a signature", callAction(`"${ALICE}"`, "mint(address", "[]"), inFunction, '"mint(address"'],
      [
        "a bare name elsewhere",
        callAction(`"${ALICE}"`, "mint", "[]"),
        inFunction,
        '"mint"',
        "(address,uint256)",
      ],
      ["a function that reads", callAction("token", "balanceOf", "[safe]"), inFunction, '"balanceOf"'],
      [
        "a name of several functions",
        callAction(`"${ALICE}"`, "safeTransferFrom", "[]"),
        inFunction,
        '"safeTransferFrom"',
        '"safeTransferFrom(address,address,uint256)"',
      ],
      [
        "ETH for a function that takes none",
        `${callAction("token", "burn", "[1 BLUE]")}\n  value: 1 wei`,
        ":6 actions[0].value",
        "token.burn",
      ],
      [
        "too few arguments",
        callAction("token", "transfer", "[safe]"),
        ":5 actions[0].args",
        "2",
        "address to, uint256 value",
      ],
      ["too many arguments", callAction("handover", "handOver", "[x]"), ":5 actions[0].args", "handOver"],
      ["no arguments", "- { contract: token, function: burn }", at, "1", "uint256 value"],
      [
        "text for arguments",
        callAction("token", "burn", "1 BLUE"),
        ":5 actions[0].args",
        "",
        "uint256 value",
      ],
    ]);
  });
});
