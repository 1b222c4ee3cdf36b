// cspell:ignore dayz
import { expect } from "chai";
import type { ProblemCode } from "../../sdk/errors.js";
import { formatDuration, parseAddress, parseAmount, parseDuration, parsePercent } from "../../sdk/units.js";
import { kindOf, problemThrownBy } from "../helpers/problems.js";

const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const ZERO = `0x${"0".repeat(40)}`;

describe("what is wrong with numbers, durations and addresses", () => {
  const lower = ALICE.toLowerCase();
  const cases: [call: () => unknown, code: ProblemCode, data: object][] = [
    [() => parseDuration("soon"), "duration.unreadable", { text: "soon" }],
    [() => parseDuration("5"), "duration.unit-missing", { text: "5" }],
    [
      () => parseDuration("5 dayz"),
      "duration.unit-unknown",
      { text: "5 dayz", unit: "dayz", nearest: "day" },
    ],
    [
      () => parseDuration("5 eons"),
      "duration.unit-unknown",
      { text: "5 eons", unit: "eons", nearest: undefined },
    ],
    [() => parseDuration("1 day 2 days"), "duration.unit-twice", { text: "1 day 2 days", unit: "day" }],
    [() => parseDuration("0.5 seconds"), "duration.fraction-of-second", { text: "0.5 seconds" }],
    [() => parseDuration(""), "number.empty", { what: "duration" }],
    [() => parseDuration("-1 day"), "number.negative", { text: "-1 day", what: "duration" }],
    [() => parseDuration(`${"9".repeat(20)} years`), "number.too-large", { text: `${"9".repeat(20)} years` }],
    [() => formatDuration(-1), "duration.not-seconds", { seconds: -1 }],
    [() => parsePercent("half"), "percent.unreadable", { text: "half" }],
    [() => parsePercent("10"), "percent.unit-missing", { text: "10" }],
    [() => parsePercent("１０％"), "number.full-width", { text: "１０％", half: "10%" }],
    [() => parsePercent("1.234%"), "number.decimals", { text: "1.234%", decimals: 2 }],
    [() => parseAmount("1e6", 18), "amount.exponent", { text: "1e6", decimals: 18 }],
    [() => parseAmount("1,5", 18), "amount.separator-misplaced", { text: "1,5", decimals: 18 }],
    [() => parseAmount("many", 18), "amount.unreadable", { text: "many", decimals: 18 }],
    [() => parseAmount("1.5", 0), "number.not-whole", { text: "1.5" }],
    [
      () => parseAmount("7 KYO", 18, "SKR"),
      "amount.other-symbol",
      { text: "7 KYO", number: "7", given: "KYO", symbol: "SKR" },
    ],
    [() => parseAddress(`eth:${lower}`), "address.chain-prefix", { text: `eth:${lower}`, address: ALICE }],
    [() => parseAddress("blue.eth"), "address.ens", { text: "blue.eth" }],
    [() => parseAddress("me"), "address.unreadable", { text: "me" }],
    [() => parseAddress("0x12"), "address.length", { text: "0x12", digits: 2 }],
    [() => parseAddress(ZERO), "address.zero", { text: ZERO }],
    [() => parseAddress(lower), "address.checksum", { text: lower, address: ALICE }],
  ];
  for (const [call, code, data] of cases) {
    it(`is told to programs as ${code} ${JSON.stringify(data).slice(0, 60)}`, () => {
      expect(kindOf(problemThrownBy(call))).to.deep.equal([code, data]);
    });
  }
});
