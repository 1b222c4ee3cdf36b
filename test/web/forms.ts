import { expect } from "chai";
import { parseDuration } from "../../sdk/units.js";
import { formatFor } from "../../web/src/language/format.js";
import { actionsOf } from "../../web/src/views/propose/draft.js";
import { durationOf, percentOf } from "../../web/src/views/propose/typed.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;

describe("the page's forms", () => {
  it("take lengths of time as people write them, in both languages, and in wide letters", () => {
    for (const [written, seconds] of [
      ["7日", 7 * DAY],
      ["７日間", 7 * DAY],
      ["12時間", 12 * HOUR],
      ["1日12時間", 36 * HOUR],
      ["1日と12時間", 36 * HOUR],
      ["2週間", 14 * DAY],
      ["1.5日", 36 * HOUR],
      ["90分", 1.5 * HOUR],
      ["1か月", 30 * DAY],
      ["30秒", 30],
      ["7 days", 7 * DAY],
      [" 1 day 12 hours ", 36 * HOUR],
    ] as const) {
      expect(parseDuration(durationOf(written)), written).to.equal(seconds);
    }
  });

  it("guess nothing: what has no unit, or another one, stays as it is", () => {
    for (const written of ["604800", "7", "あした", "7つ", "-1日", "日", "1日2日", ""]) {
      expect(() => parseDuration(durationOf(written)), written).to.throw();
    }
    for (const [written, share] of [
      ["4", "4%"],
      ["４％", "4%"],
      ["4パーセント", "4%"],
      ["0.5 %", "0.5 %"],
    ] as const) {
      expect(percentOf(written)).to.equal(share);
    }
  });

  it("take wide digits for numbers, which a Japanese keyboard types", () => {
    const to = `0x${"12".repeat(20)}`;
    expect(actionsOf({ form: "tokens", to: ` ${to} `, amount: "１，０００" }, "SKR")).to.deep.equal([
      { contract: "token", function: "transfer", args: [to, "1,000 SKR"] },
    ]);
    const kind = {
      form: "kind",
      name: "夏　祭り",
      description: "",
      points: "１０",
      votes: "５",
      supply: "",
    } as const;
    expect(JSON.stringify(actionsOf(kind, "SKR")))
      .to.include('"points":"10"')
      .and.to.include('"votes":"5 SKR"')
      // What people read is theirs.
      .and.to.include('"name":"夏　祭り"');
  });

  it("say a rule's length in full, and a time that is left by its largest unit", () => {
    const [ja, en] = [formatFor("ja"), formatFor("en")];
    for (const [seconds, japanese, english] of [
      [7 * DAY, "7日", "7 days"],
      [47 * HOUR, "1日23時間", "1 day 23 hours"],
      [90, "1分30秒", "1 minute 30 seconds"],
      [30, "30秒", "30 seconds"],
      [0, "0秒", "0 seconds"],
    ] as const) {
      expect(ja.span(seconds)).to.equal(japanese);
      expect(en.span(seconds)).to.equal(english);
    }
    expect(ja.duration(47 * HOUR)).to.equal("1日");
  });
});
