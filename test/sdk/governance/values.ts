// cspell:ignore dayz windw
import { expect } from "chai";
import { Interface, MaxUint256, parseEther, ZeroAddress } from "ethers";
import type { DaoContract } from "../../../sdk/daoRecord.js";
import { kindOf } from "../../helpers/problems.js";
import { ALICE, callAction, callsOf, fileWith, fileWorld, itFinds, problemsOf, raw } from "./support.js";

describe("the values of an action's arguments", () => {
  describe("are read", () => {
    const numbers: [contract: DaoContract, name: string, args: string, expected: readonly unknown[]][] = [
      ["token", "transfer", `[treasury, "1,234.5 BLUE"]`, ["treasury", parseEther("1234.5")]],
      ["token", "transfer", `[treasury, 7 units]`, ["treasury", 7n]],
      ["token", "mint", `[safe, 100 tokens]`, ["safe", parseEther("100")]],
      ["token", "approve", `[badge, ${MaxUint256} units]`, ["badge", MaxUint256]],
      ["governor", "setVotingPeriod", "[1 day 12 hours]", [129_600]],
      ["governor", "setVotingPeriod", "[90000 seconds]", [90_000]],
      ["governor", "updateQuorumNumerator", "[12.5%]", [1_250]],
      ["governor", "updateQuorumNumerator", "[100 basis points]", [100]],
      ["governor", "setGuardianTerm", "[safe, 2027-04-01]", ["safe", Date.UTC(2027, 3) / 1000]],
      ["handover", "setCommunityDate", "[2027-04-01 09:30 UTC]", [Date.UTC(2027, 3, 1, 9, 30) / 1000]],
      ["handover", "setCommunityDate", '["1806537600"]', [1_806_537_600]],
      ["governor", "setGuardianTerm", "[nobody, none]", [ZeroAddress, 0]],
      ["governor", "setProposalGuardian", "[nobody]", [ZeroAddress]],
      ["badge", "closeKind", "[2]", [2]],
      ["timelock", "setDaoURI", '["ipfs://ブランド"]', ["ipfs://ブランド"]],
      [
        "token",
        "setMintLimit",
        '[{ window: 30 days, amount: "50,000 BLUE" }]',
        [[parseEther("50000"), 2_592_000]],
      ],
      ["token", "setMintLimit", '[["50,000 BLUE", 30 days]]', [[parseEther("50000"), 2_592_000]]],
      ["governor", "relay", '[token, 0.5 ETH, "0x12"]', ["token", parseEther("0.5"), "0x12"]],
      ["governor", "relay", "[token, 1 day, 0x]", ["token", 86_400, "0x"]],
      ["governor", "relay", "[token, 5%, 0x]", ["token", 500, "0x"]],
      ["governor", "relay", "[token, 2027-04-01, 0x]", ["token", Date.UTC(2027, 3) / 1000, "0x"]],
      ["governor", "relay", '[token, "1,000", 0x]', ["token", 1_000, "0x"]],
      ["manager", "setTargetClosed", "[badge, true]", ["badge", true]],
      ["manager", "setTargetFunctionRole", '[badge, ["0x12345678"], 3]', ["badge", ["0x12345678"], 3]],
    ];
    for (const [contract, name, args, expected] of numbers) {
      it(`of ${contract}.${name} ${args.slice(0, 60)}`, async () => {
        const at = await fileWorld();
        const resolved = expected.map((value) =>
          typeof value === "string" ? (at.live.book.addressOf(value) ?? value) : value,
        );
        const action = callAction(contract, name, args);
        expect(await callsOf(at, action)).to.deep.equal([raw(at.own(contract, name, resolved))]);
      });
    }
  });

  it("are told to programs where they are wrong", async () => {
    const cases: [args: string, code: string, data: object][] = [
      ["[100]", "amount.unit-missing", { text: "100", symbol: "BLUE", smallest: "units" }],
      ["[100 KYO]", "amount.other-symbol", { text: "100 KYO", number: "100", given: "KYO", symbol: "BLUE" }],
      ["[[1]]", "argument.not-single", { type: "uint256" }],
      [
        "[1 BLUE, 2]",
        "action.arguments-count",
        { function: "burn", count: 2, expected: 1, wanted: "uint256 value" },
      ],
      ["no", "action.arguments-not-list", { wanted: "uint256 value" }],
    ];
    const at = await fileWorld();
    for (const [args, code, data] of cases) {
      const found = await problemsOf(at, fileWith(callAction("token", "burn", args)));
      expect(found.map(kindOf)).to.deep.equal([[code, data]]);
    }
  });

  describe("may not be", () => {
    type Value = [
      what: string,
      contract: DaoContract,
      name: string,
      args: string,
      at: string,
      offending: string,
      meant?: string,
    ];
    const values: Value[] = [
      ["a plain number", "token", "burn", "[100]", "[0]", '"100"', '"100 BLUE"'],
      ["in another symbol", "token", "burn", "[100 KYO]", "[0]", "KYO", "BLUE"],
      [
        "of too many decimals",
        "token",
        "burn",
        "[0.0000000000000000001 BLUE]",
        "[0]",
        "0.0000000000000000001",
      ],
      ["with a decimal comma", "token", "burn", '["1,5 BLUE"]', "[0]", "1,5"],
      ["with an exponent", "token", "burn", "[1e3 BLUE]", "[0]", "1e3"],
      ["negative", "token", "burn", "[-5 BLUE]", "[0]", "-5"],
      ["full-width", "token", "burn", "[５ BLUE]", "[0]", "５", "5 BLUE"],
      ["in an unknown unit", "governor", "setVotingPeriod", "[5 dayz]", "[0]", '"dayz"', '"days"'],
      ["a time without a unit", "governor", "setVotingPeriod", "[5]", "[0]", '"5"'],
      ["a percentage without its sign", "governor", "updateQuorumNumerator", "[10]", "[0]", '"10"', '"10%"'],
      ["a day that isn't", "handover", "setCommunityDate", "[2027-02-30]", "[0]", "2027-02-30"],
      [
        "more than fits",
        "governor",
        "setVotingPeriod",
        "[5000000000 seconds]",
        "[0]",
        "5000000000",
        "4,294,967,295",
      ],
      ["in a unit of nothing", "governor", "relay", "[safe, 5 florins, 0x]", "[1]", "5 florins"],
      ["a name of nobody", "token", "transfer", "[treasure, 1 BLUE]", "[0]", '"treasure"', '"treasury"'],
      ["half a byte", "governor", "relay", "[safe, 1 unit, 0x123]", "[2]", '"0x123"'],
      ["neither true nor false", "manager", "setTargetClosed", "[safe, yes]", "[1]", '"yes"'],
      ["too few bytes", "manager", "setTargetFunctionRole", "[safe, [0x1234], 3]", "[1][0]", '"0x1234"'],
      ["text for a list", "manager", "setTargetFunctionRole", "[safe, 0x12345678, 3]", "[1]", "bytes4[]"],
      ["a list for text", "timelock", "setDaoURI", "[[x]]", "[0]", "string"],
      ["text for a struct", "token", "setMintLimit", "[5 BLUE]", "[0]", "", "uint128 amount, uint48 window"],
      ["a list of too few for a struct", "token", "setMintLimit", "[[5 BLUE]]", "[0]", "", "uint128 amount"],
      ["half a struct", "token", "setMintLimit", "[{ amount: 5 BLUE }]", "[0]", '"window"'],
      [
        "a struct with more",
        "token",
        "setMintLimit",
        "[{ amount: 5 BLUE, window: 1 day, windw: x }]",
        "[0].windw",
        '"windw"',
        '"window"',
      ],
      ["wrong in a struct", "token", "setMintLimit", "[{ amount: 5 BLUE, window: x }]", "[0].window", '"x"'],
    ];
    itFinds(
      values.map(([what, contract, name, args, at, ...rest]) => [
        what,
        callAction(contract, name, args),
        `:5 actions[0].args${at}`,
        ...rest,
      ]),
    );
  });

  describe("of other contracts' functions", () => {
    // What nothing is known of, by its signature.
    const foreign: [signature: string, args: string, values: readonly unknown[]][] = [
      ["f(int8)", "[-128]", [-128]],
      ["f(int256)", "[-5]", [-5]],
      [
        "f((uint8,bool)[])",
        "[[[1, true], [2, false]]]",
        [
          [
            [1, true],
            [2, false],
          ],
        ],
      ],
      ["f((uint8 a,bool b))", "[{ b: true, a: 1 }]", [[1, true]]],
      ["f(uint8[2])", "[[1, 2]]", [[1, 2]]],
      ["f(bytes3,string)", '[0x123456, "yes"]', ["0x123456", "yes"]],
      ["f()", "[]", []],
    ];
    for (const [signature, args, values] of foreign) {
      it(`are read: ${signature} ${args}`, async () => {
        const contract = new Interface([`function ${signature}`]);
        const [made] = await callsOf(await fileWorld(), callAction(`"${ALICE}"`, signature, args));
        expect(made?.data).to.equal(contract.encodeFunctionData("f", values));
      });
    }

    const mistakes: [what: string, signature: string, args: string, at: string, offending: string][] = [
      ["below an int8", "f(int8)", "[-129]", "[0]", "-129"],
      ["above an int8", "f(int8)", "[128]", "[0]", "128"],
      ["below a uint", "f(uint8)", "[-1]", "[0]", "-1"],
      ["too few for an array", "f(uint8[2])", "[[1]]", "[0]", "1"],
      ["a section without names", "f((uint8,bool))", "[{ a: 1, b: true }]", "[0]", ""],
    ];
    itFinds(
      mistakes.map(([what, signature, args, at, offending]) => [
        `may not be ${what}`,
        callAction(`"${ALICE}"`, signature, args),
        `:5 actions[0].args${at}`,
        offending,
      ]),
    );
  });
});
