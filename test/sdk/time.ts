import { expect } from "chai";
import { formatMoment, formatTime, roughly } from "../../sdk/time.js";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2027, 3, 1, 9) / 1000;

describe("moments", () => {
  it("are in UTC, to the minute", () => {
    expect(formatTime(NOW + 59)).to.equal("2027-04-01 09:00 UTC");
  });

  const moments: [seconds: number, text: string][] = [
    [29, "2027-04-01 09:00 UTC (now)"],
    [-29, "2027-04-01 08:59 UTC (now)"],
    [60, "2027-04-01 09:01 UTC (in 1 minute)"],
    [-60, "2027-04-01 08:59 UTC (1 minute ago)"],
    [14 * HOUR, "2027-04-01 23:00 UTC (in 14 hours)"],
    [3 * DAY, "2027-04-04 09:00 UTC (in 3 days)"],
    [-3 * DAY, "2027-03-29 09:00 UTC (3 days ago)"],
  ];
  for (const [seconds, text] of moments) {
    it(`say how far away they are: ${text}`, () => {
      expect(formatMoment(NOW + seconds, NOW)).to.equal(text);
    });
  }

  const durations: [seconds: number, text: string][] = [
    [0, "1 minute"],
    [90, "2 minutes"],
    [HOUR - 1, "1 hour"],
    [HOUR + 20 * 60, "1 hour"],
    [DAY - 1, "1 day"],
    [DAY + 13 * HOUR, "2 days"],
  ];
  for (const [seconds, text] of durations) {
    it(`are roughly ${text} away, of ${seconds} seconds`, () => {
      expect(roughly(seconds)).to.equal(text);
    });
  }
});
