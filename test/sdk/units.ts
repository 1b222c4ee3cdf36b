// cspell:ignore dayz mounths KYGTWWZN ZPPZS
import { expect } from "chai";
import {
  formatAddress,
  formatAmount,
  formatCost,
  formatDuration,
  formatPercent,
  parseAddress,
  parseAmount,
  parseDuration,
  parsePercent,
  quote,
} from "../../sdk/units.js";
import { problemThrownBy } from "../helpers/problems.js";

const DAY = 86_400;
const ALICE = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

/** Expects that `call` throws one problem, without a place. */
function expectProblem(call: () => unknown, message: string, remedy: string): void {
  const problem = problemThrownBy(call);
  expect(problem.place).to.equal(undefined);
  expect(problem.message).to.include(message);
  expect(problem.remedy).to.include(remedy);
}

describe("units", () => {
  describe("parseDuration", () => {
    const durations: [text: string, seconds: number][] = [
      ["1 minute", 60],
      ["2 hours", 7_200],
      ["5 days", 5 * DAY],
      ["1 week", 7 * DAY],
      ["2 months", 60 * DAY],
      ["1 year", 365 * DAY],
      ["4 years 1 day", (4 * 365 + 1) * DAY],
      ["1 day 12 hours", 1.5 * DAY],
      ["1.5 days", 1.5 * DAY],
      ["0.5 minutes", 30],
      ["0 days", 0],
      ["90 seconds", 90],
      ["  5   Days ", 5 * DAY],
      ["5days", 5 * DAY],
      ["12 hours 1 day", 1.5 * DAY],
    ];
    for (const [text, seconds] of durations) {
      it(`reads "${text}"`, () => {
        expect(parseDuration(text)).to.equal(seconds);
      });
    }

    const refused: [text: string, message: string, remedy: string][] = [
      ["5", '"5" has a number without a unit', "write the unit"],
      ["1 day 12", '"1 day 12" has a number without a unit', "write the unit"],
      ["5 dayz", '"5 dayz" has "dayz" for a unit', 'did you mean "days"?'],
      ["3 mounths", '"mounths"', 'did you mean "months"?'],
      ["5 d", '"d" for a unit', "the units are minutes, hours, days"],
      ["5 日", '"日" for a unit', "the units are minutes, hours, days"],
      ["days", '"days" isn\'t a duration', "5 days"],
      ["five days", '"five days" isn\'t a duration', "write a number and a unit"],
      ["1,000 days", '"1,000 days" isn\'t a duration', "write a number and a unit"],
      ["5. days", "isn't a duration", "write a number and a unit"],
      ["-5 days", '"-5 days" is negative', "5 days"],
      ["−5 days", "is negative", "5 days"],
      ["", "the duration is empty", "5 days"],
      ["   ", "the duration is empty", "5 days"],
      ["1 day 2 days", '"1 day 2 days" names days twice', "add them up"],
      ["1.0001 minutes", "isn't a whole number of seconds", "smaller units"],
      ["0.1234567890123456789 days", "more than 18 decimals", "round"],
      ["99999999999999 years", '"99999999999999 years" is far too much', "digits"],
      ["５ days", '"５ days" has full-width characters', '"5 days"'],
      ["5　days", "has full-width characters", '"5 days"'],
    ];
    for (const [text, message, remedy] of refused) {
      it(`refuses "${text}"`, () => {
        expectProblem(() => parseDuration(text), message, remedy);
      });
    }

    // Backtracking over the digits would take ages.
    it("answers at once where a text is long and almost right", () => {
      expectProblem(() => parseDuration(`${"1".repeat(50_000)}.`), "…", "");
    });
  });

  describe("formatDuration", () => {
    const formatted: [seconds: number, text: string][] = [
      [0, "0 seconds"],
      [1, "1 second"],
      [60, "1 minute"],
      [5 * DAY, "5 days"],
      [1.5 * DAY, "1 day 12 hours"],
      [365 * DAY, "365 days"],
      [DAY + 3_661, "1 day 1 hour 1 minute 1 second"],
    ];
    for (const [seconds, text] of formatted) {
      it(`writes ${seconds} seconds as "${text}", which reads the same`, () => {
        expect(formatDuration(seconds)).to.equal(text);
        expect(parseDuration(text)).to.equal(seconds);
      });
    }

    it("refuses what isn't a number of seconds", () => {
      expectProblem(() => formatDuration(-1), "-1 isn't", "from 0");
      expectProblem(() => formatDuration(1.5), "1.5 isn't", "whole");
    });
  });

  describe("percentages", () => {
    const percentages: [text: string, bps: number][] = [
      ["10%", 1_000],
      ["12.5%", 1_250],
      ["0.01%", 1],
      ["0%", 0],
      ["100%", 10_000],
    ];
    for (const [text, bps] of percentages) {
      it(`reads "${text}" as ${bps} basis points, and writes it`, () => {
        expect(parsePercent(text)).to.equal(bps);
        expect(formatPercent(bps)).to.equal(text);
      });
    }

    it("allows a space before the sign", () => {
      expect(parsePercent(" 10 % ")).to.equal(1_000);
    });

    const refused: [text: string, message: string, remedy: string][] = [
      ["10", '"10" has no unit', "percent sign"],
      ["0.1", '"0.1" has no unit', "percent sign"],
      ["10.125%", '"10.125%" has more than 2 decimals', "round"],
      ["-1%", '"-1%" is negative', "10%"],
      ["ten%", '"ten%" isn\'t a percentage', "10%"],
      ["1e1%", "isn't a percentage", "10%"],
      ["", "the percentage is empty", "10%"],
      ["１０％", "full-width", '"10%"'],
      ["99999999999999999%", "far too much", "digits"],
    ];
    for (const [text, message, remedy] of refused) {
      it(`refuses "${text}"`, () => {
        expectProblem(() => parsePercent(text), message, remedy);
      });
    }
  });

  describe("parseAmount", () => {
    const amounts: [text: string, decimals: number, value: bigint][] = [
      ["1,234.5", 18, 1_234_500_000_000_000_000_000n],
      ["1234.5", 1, 12_345n],
      ["1_234_567", 0, 1_234_567n],
      ["1,234_567", 0, 1_234_567n],
      ["600000", 0, 600_000n],
      ["0", 18, 0n],
      ["0.000000000000000001", 18, 1n],
      ["100 SKR", 2, 10_000n],
      ["123,456,789,012,345,678,901,234,567,890", 0, 123_456_789_012_345_678_901_234_567_890n],
    ];
    for (const [text, decimals, value] of amounts) {
      it(`reads "${text}" with ${decimals} decimals`, () => {
        expect(parseAmount(text, decimals)).to.equal(value);
      });
    }

    it("checks the symbol, where there is one to check it against", () => {
      expect(parseAmount("1,000 7UP", 0, "7UP")).to.equal(1_000n);
      expect(parseAmount("1,000", 0, "7UP")).to.equal(1_000n);
      expectProblem(() => parseAmount("1,000 SKR", 0, "7UP"), '"SKR", not in 7UP', '"1,000 7UP"');
      expectProblem(() => parseAmount("1,000 skr", 0, "SKR"), '"skr", not in SKR', "leave the symbol out");
    });

    const refused: [text: string, decimals: number, message: string, remedy: string][] = [
      ["1.000", 18, '"1.000" can be meant in two ways', '"1,000" for thousands, or "1.0000"'],
      ["999.125 SKR", 18, "two ways", '"999,125"'],
      ["1,5", 18, '"1,5" has a separator where none belongs', '"." before decimals'],
      ["1,2345", 18, "separator", "groups of three"],
      ["10,00,000", 18, "separator", "groups of three"],
      ["1_", 18, "separator", "groups of three"],
      ["1.234.567", 18, "isn't an amount", '"1,234.5"'],
      ["-5", 18, '"-5" is negative', "digits"],
      ["1e6", 18, '"1e6" has an exponent', "all digits"],
      ["1.5E+3", 18, "exponent", "all digits"],
      ["1.23", 1, '"1.23" has more than 1 decimals', "round"],
      ["1.5", 0, '"1.5" isn\'t a whole number', "leave out the decimals"],
      [".5", 18, "isn't an amount", "digits"],
      ["5.", 18, "isn't an amount", "digits"],
      ["0x10", 18, '"0x10" isn\'t an amount', "digits"],
      ["many", 18, '"many" isn\'t an amount', "digits"],
      ["1 SKR more", 18, "isn't an amount", "digits"],
      ["", 18, "the amount is empty", "digits"],
      ["１００", 18, "full-width", '"100"'],
    ];
    for (const [text, decimals, message, remedy] of refused) {
      it(`refuses "${text}"`, () => {
        expectProblem(() => parseAmount(text, decimals), message, remedy);
      });
    }
  });

  describe("formatAmount", () => {
    const formatted: [value: bigint, text: string][] = [
      [0n, "0"],
      [1n, "0.000000000000000001"],
      [10n ** 18n, "1"],
      [1_234_500_000_000_000_000_000n, "1,234.5"],
      [1_125_000_000_000_000_000n, "1.1250"],
      [125_000_000_000_000_000n, "0.125"],
      [1_000_000n * 10n ** 18n, "1,000,000"],
      [100n * 10n ** 18n, "100"],
    ];
    for (const [value, text] of formatted) {
      it(`writes ${text}, which reads the same`, () => {
        expect(formatAmount(value)).to.equal(text);
        expect(formatAmount(value, "SKR")).to.equal(`${text} SKR`);
        expect(parseAmount(text, 18)).to.equal(value);
      });
    }

    it("writes amounts of tokens with other decimals", () => {
      expect(formatAmount(1_125n, "MIL", 3)).to.equal("1.1250 MIL");
      expect(parseAmount("1.1250 MIL", 3)).to.equal(1_125n);
      expect(formatAmount(1_234_500_000n, "USDC", 6)).to.equal("1,234.5 USDC");
      expect(formatAmount(1n, undefined, 6)).to.equal("0.000001");
      expect(formatAmount(1_234_567n, "JPY", 0)).to.equal("1,234,567 JPY");
      expect(formatAmount(0n, undefined, 0)).to.equal("0");
    });

    it("writes a difference with its sign", () => {
      expect(formatAmount(-1_500n * 10n ** 18n)).to.equal("-1,500");
    });
  });

  describe("formatCost", () => {
    it("rounds up: it is never less than what it costs", () => {
      expect(formatCost(1n)).to.equal("0.000001 ETH");
      expect(formatCost(89_475n * 10n ** 12n)).to.equal("0.089475 ETH");
      expect(formatCost(89_475n * 10n ** 12n + 1n)).to.equal("0.089476 ETH");
      expect(formatCost(0n)).to.equal("0 ETH");
    });
  });

  describe("addresses", () => {
    it("reads one with its checksum", () => {
      expect(parseAddress(` ${ALICE} `)).to.equal(ALICE);
    });

    it("writes the short form", () => {
      expect(formatAddress(ALICE)).to.equal("0xf39F…2266");
      expectProblem(() => formatAddress("0x12"), "0x12", "copy it");
    });

    const refused: [text: string, message: string, remedy: string][] = [
      [ALICE.toLowerCase(), "wrong checksum", `if this is the address you mean: ${ALICE}`],
      [`0x${ALICE.slice(2).toUpperCase()}`, "wrong checksum", ALICE],
      [ALICE.replace("aad", "aaD"), "wrong checksum", ALICE],
      [`0x${"0".repeat(40)}`, "the zero address", "copy it"],
      [ALICE.slice(0, -1), "has 39 letters and digits after 0x, not 40", "copy it"],
      [`${ALICE}0`, "has 41 letters and digits", "copy it"],
      [ALICE.slice(2), "isn't an address", "0x and 40"],
      ["me", '"me" isn\'t an address', "0x and 40"],
      ["", '"" isn\'t an address', "0x and 40"],
      ["blue.eth", '"blue.eth" looks like an ENS name', "the address that the name stands for"],
      ["さくら.eth", "ENS name", "the address that the name stands for"],
      [`sep:${ALICE}`, "names a chain before the address", ALICE],
      ["XE7338O073KYGTWWZN ZPPZS0F2WZ0R8PX5ZPPZS", "isn't an address", "0x and 40"],
    ];
    for (const [text, message, remedy] of refused) {
      it(`refuses "${text}"`, () => {
        expectProblem(() => parseAddress(text), message, remedy);
      });
    }
  });

  describe("quote", () => {
    it("keeps a text to one line, cutting between characters", () => {
      expect(quote("a\n  b")).to.equal('"a b"');
      expect(quote("🌸".repeat(60))).to.equal(`"${"🌸".repeat(60)}"`);
      expect(quote("🌸".repeat(61))).to.equal(`"${"🌸".repeat(57)}…"`);
    });
  });
});
