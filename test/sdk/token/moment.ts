import { expect } from "chai";
import { formatTimestamp, parseFuture, parseMoment } from "../../../sdk/token/moment.js";
import { problemIn } from "./support.js";

const APRIL = Date.UTC(2027, 3, 1) / 1000;
const HOUR = 3_600;
const DAY = 24 * HOUR;

describe("parseMoment", () => {
  for (const [text, timestamp] of [
    ["2027-04-01", APRIL],
    [" 2027-04-01 UTC ", APRIL],
    ["2027-04-01 09:00", APRIL + 9 * HOUR],
    ["2027-04-01 09:00 UTC", APRIL + 9 * HOUR],
    ["2027-04-01T09:00:05Z", APRIL + 9 * HOUR + 5],
    ["2028-02-29", Date.UTC(2028, 1, 29) / 1000],
    // As people in Japan write it, and their spreadsheets.
    ["2027/4/1", APRIL],
    ["2027/04/01 09:00", APRIL + 9 * HOUR],
    ["2027.04.01", APRIL],
    ["２０２７/４/１", APRIL],
    ["2027年4月1日", APRIL],
  ] as const) {
    it(`reads "${text}"`, () => {
      expect(parseMoment(text, "--at")).to.equal(timestamp);
    });
  }

  for (const text of [
    "",
    "tomorrow",
    "2027-4-1",
    "2027-02-30",
    "2027-13-01",
    "2027-04-01 9:00",
    "2027-04-01 24:00",
    "2027-04-01 09:60",
    "2027-04-01 09:00 JST",
    "2027-04-01 09:00 +09:00",
    "01/04/2027",
    "2027/4.1",
    "2027/2/30",
    "1806537600",
  ]) {
    it(`refuses "${text}"`, async () => {
      const problem = await problemIn(() => parseMoment(text, "--at"));
      expect(problem.place).to.equal("--at");
      expect(problem.message).to.include(`"${text}"`);
    });
  }
});

describe("parseFuture", () => {
  const read = (text: string) => parseFuture(text, APRIL, 365 * DAY, "--expires");
  const refused = (text: string) => problemIn(() => read(text));

  it("reads durations from now on, and dates", () => {
    expect(read("7 days")).to.equal(APRIL + 7 * DAY);
    expect(read("1 second")).to.equal(APRIL + 1);
    expect(read("365 days")).to.equal(APRIL + 365 * DAY);
    expect(read("2027-04-02")).to.equal(APRIL + DAY);
  });

  it("refuses what is over, now, or too far ahead, and says where", async () => {
    for (const text of ["2027-03-31", "2027-04-01", "0 days"]) {
      expect((await refused(text)).message).to.include("over already");
    }
    for (const text of ["366 days", "2028-04-01", "9999-12-31"]) {
      expect((await refused(text)).message).to.include("too far ahead");
    }
    for (const text of ["soon", "7", "2027-02-30"]) {
      expect((await refused(text)).place).to.equal("--expires");
    }
  });
});

describe("formatTimestamp", () => {
  it("writes what parseMoment reads", () => {
    const text = formatTimestamp(APRIL + 9 * HOUR);
    expect(text).to.equal("2027-04-01 09:00 UTC");
    expect(parseMoment(text, "--at")).to.equal(APRIL + 9 * HOUR);
  });
});
