// cspell:ignore dayz
import { expect } from "chai";
import type { Problem, Wording } from "../../sdk/errors.js";
import { formatProblem, inPlace, isOf, isProblem, KyosoError, problem, wordsOf } from "../../sdk/errors.js";
import { problemThrownBy } from "../helpers/problems.js";
import { parseAmount, parseDuration } from "../../sdk/units.js";

describe("errors", () => {
  const placed = problem("amount.unreadable", {
    data: { text: "x", decimals: 18 },
    message: "is wrong",
    place: "brand.name",
    remedy: "mend it",
  });
  const bare = problem("titles.points-missing", { data: {}, message: "is wrong too" });

  describe("formatProblem", () => {
    it("puts the place first and the remedy on a line of its own", () => {
      expect(formatProblem(placed)).to.equal("brand.name: is wrong\n  → mend it");
    });

    it("leaves out what isn't known", () => {
      expect(formatProblem(bare)).to.equal("is wrong too");
    });
  });

  describe("problem", () => {
    it("has its code and its data beside its words, and nothing that isn't known", () => {
      expect(placed).to.deep.equal({
        code: "amount.unreadable",
        data: { text: "x", decimals: 18 },
        place: "brand.name",
        message: "is wrong",
        remedy: "mend it",
      });
      expect(bare).to.have.all.keys("code", "data", "message");
    });

    it("is told from what is none, and from those of other kinds", () => {
      expect(isProblem(placed)).to.equal(true);
      for (const other of [
        undefined,
        null,
        "amount.unreadable",
        { code: "amount.unreadable" },
        new Error("x"),
      ]) {
        expect(isProblem(other)).to.equal(false);
      }
      const [first = bare, second = bare]: readonly Problem[] = [placed, bare];
      expect(isOf(first, "amount.unreadable") && first.data.decimals).to.equal(18);
      expect(isOf(second, "amount.unreadable")).to.equal(false);
    });
  });

  describe("KyosoError", () => {
    it("takes one problem", () => {
      const error = new KyosoError(placed);
      expect(error.problems).to.deep.equal([placed]);
      expect(error.message).to.equal("brand.name: is wrong\n  → mend it");
      expect(error.name).to.equal("KyosoError");
    });

    it("names several problems at once, in their order", () => {
      const error = new KyosoError([placed, bare]);
      expect(error.problems).to.deep.equal([placed, bare]);
      expect(error.message).to.equal("brand.name: is wrong\n  → mend it\nis wrong too");
    });

    it("keeps the cause", () => {
      const cause = new Error("of it");
      expect(new KyosoError(bare, { cause }).cause).to.equal(cause);
      const made = KyosoError.of("titles.points-missing", { data: {}, message: "is wrong too", cause });
      expect(made.cause).to.equal(cause);
      expect(made.problems).to.deep.equal([bare]);
      expect("cause" in KyosoError.of("titles.points-missing", { data: {}, message: "no cause" })).to.equal(
        false,
      );
    });
  });

  describe("inPlace", () => {
    const throwing = (error: Error) => () =>
      inPlace("--at", () => {
        throw error;
      });

    it("says where a problem is that doesn't say so itself", () => {
      expect(throwing(new KyosoError([placed, bare])))
        .to.throw(KyosoError)
        .with.deep.property("problems", [placed, { ...bare, place: "--at" }]);
    });

    it("leaves results and other errors as they are", () => {
      expect(inPlace("--at", () => 7)).to.equal(7);
      const defect = new TypeError("a defect");
      expect(throwing(defect)).to.throw(defect);
    });
  });

  describe("wordsOf", () => {
    /** As a page for Japanese readers says it, with a button in place of a command. */
    const japanese: Wording = {
      "amount.unreadable": ({ text }) => ({
        message: `「${text}」は数量として読み取れません`,
        remedy: "半角の数字で入力してください",
      }),
      "duration.unit-unknown": ({ text, unit, nearest }) => ({
        message: `「${text}」の単位「${unit}」は使えません`,
        ...(nearest === undefined ? {} : { remedy: `「${nearest}」のことですか？` }),
      }),
      "titles.points-missing": () => ({ place: "称号", message: "ポイントがありません" }),
    };

    it("says what the command line says where nobody words it otherwise", () => {
      expect(wordsOf(placed)).to.deep.equal({ place: "brand.name", message: "is wrong", remedy: "mend it" });
      expect(wordsOf(bare)).to.deep.equal({ message: "is wrong too" });
      const other = problemThrownBy(() => parseDuration("5"));
      expect(wordsOf(other, japanese)).to.deep.equal(wordsOf(other));
    });

    it("words real problems anew, of their data alone", () => {
      expect(
        wordsOf(
          problemThrownBy(() => parseAmount("十", 18)),
          japanese,
        ),
      ).to.deep.equal({
        message: "「十」は数量として読み取れません",
        remedy: "半角の数字で入力してください",
      });
      expect(
        wordsOf(
          problemThrownBy(() => parseDuration("5 dayz")),
          japanese,
        ),
      ).to.deep.equal({
        message: "「5 dayz」の単位「dayz」は使えません",
        remedy: "「day」のことですか？",
      });
    });

    it("leaves a problem in its place, unless the wording names it anew", () => {
      expect(formatProblem(placed, japanese)).to.equal(
        "brand.name: 「x」は数量として読み取れません\n  → 半角の数字で入力してください",
      );
      expect(formatProblem({ ...bare, place: "title" }, japanese)).to.equal("称号: ポイントがありません");
    });
  });
});
