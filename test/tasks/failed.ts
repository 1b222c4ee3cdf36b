import { expect } from "chai";
import { KyosoError } from "../../sdk/errors.js";
import { carried, quoted, usedFor } from "../../tasks/commandLine.js";
import { warnLoudly } from "../../tasks/context.js";
import { printFailure } from "../../tasks/failed.js";
import { print, warn } from "../../tasks/output.js";

/** What is printed on the standard error. */
function printed(error: unknown, traces = false): string {
  const { error: print } = console;
  const lines: unknown[][] = [];
  console.error = (...line: unknown[]) => lines.push(line);
  try {
    expect(printFailure(error, { traces, network: "live", dao: "sakura" })).to.equal(true);
  } finally {
    console.error = print;
  }
  return lines
    .map((line) => line.map((each) => (each instanceof Error ? each.stack : each)).join(" "))
    .join("\n");
}

describe("printFailure", () => {
  const known = KyosoError.of("season.none-claimable", {
    data: {},
    place: "season",
    message: "No season's reward can be claimed now",
    remedy: "See with `npx hardhat season list` when the next one can.",
  });

  it("says what is wrong and what to do, for the same network and DAO, and nothing of plugins", () => {
    const text = printed(known);
    expect(text).to.match(/^.*Error:.*\n\nseason: No season's reward/u);
    expect(text).to.include("`npx hardhat season list --dao sakura --network live`");
    expect(text).not.to.match(/plugin|hardhat\.org|^ {4}at /imu);
    expect(printed(known, true)).to.match(/^ {4}at /mu);
  });

  it("says so in warnings and in results too", () => {
    const { log, error } = console;
    const lines: string[] = [];
    console.log = console.error = (line: string) => lines.push(line);
    try {
      usedFor({ network: "live", dao: "sakura" }, () => {
        known.problems.forEach(warn);
        known.problems.forEach(warnLoudly);
        print("Look with `npx hardhat dao status`.");
      });
      known.problems.forEach(warn);
    } finally {
      Object.assign(console, { log, error });
    }
    const [warning, loud, result, outside] = lines;
    for (const line of [warning, loud]) {
      expect(line).to.include("`npx hardhat season list --dao sakura --network live`");
    }
    expect(result).to.equal("Look with `npx hardhat dao status --dao sakura --network live`.");
    expect(outside).to.include("`npx hardhat season list`");
  });

  it("says where to report what nobody foresaw, without a stack trace or control characters", () => {
    const text = printed(new TypeError("x is \u001b[2J not a function"));
    expect(text).to.include("x is \\u001b[2J not a function").and.to.include("report it to Kyoso");
    expect(text).not.to.match(/Hardhat,|^ {4}at /mu);
    expect(printed(new Error("x".repeat(100_000)))).to.have.length.below(1_500);
  });

  it("leaves Hardhat's own errors to Hardhat", () => {
    const error = Object.assign(new Error("HHE100"), { name: "HardhatError" });
    expect(printFailure(error, { traces: false, network: undefined, dao: undefined })).to.equal(false);
  });
});

describe("commands to be pasted", () => {
  it("are quoted so that a shell takes every name as it is", () => {
    expect(quoted("outbox/1/safe-3.json")).to.equal("outbox/1/safe-3.json");
    expect(quoted("my file.json")).to.equal('"my file.json"');
    expect(quoted("$(rm -rf x).json")).to.equal("'$(rm -rf x).json'");
    expect(quoted("it's `x`")).to.equal("'it'\\''s `x`'");
    expect(quoted("-x.json")).to.equal("./-x.json");
  });

  it("keep what they say themselves, and leave others alone", () => {
    const used = { network: "live", dao: undefined };
    expect(carried("`npx hardhat season list --network x`", used)).to.equal(
      "`npx hardhat season list --network x`",
    );
    expect(carried("run `npx hardhat node`", used)).to.equal("run `npx hardhat node`");
    expect(carried("`--via safe`", used)).to.equal("`--via safe`");
    // What comes next takes a key.
    expect(carried("`npx hardhat safe status`", { network: "readonly", dao: undefined })).to.equal(
      "`npx hardhat safe status --network live`",
    );
  });
});
