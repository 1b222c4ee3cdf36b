import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { formatAmount } from "../../sdk/units.js";
import { describeCommandLine, expectSuccess, runAlone } from "./support.js";

/** The demo cuts amounts off after the second decimal. */
const CENT = 10n ** 16n;

/** The lines of a chapter, which its heading begins. */
function chapter(told: string, number: number): string[] {
  const [, lines = ""] = new RegExp(`^${number}\\. .*\\n((?:.+\\n)+)`, "mu").exec(told) ?? [];
  return lines.trimEnd().split("\n");
}

/** What a table says of somebody, cell by cell. */
function rowOf(lines: readonly string[], name: string): string[] {
  const row = lines.find((line) => line.startsWith(`  ${name}  `)) ?? "";
  return row.trim().split(/ {2,}/u).slice(1);
}

/** The number before a word. */
function numberBefore(text: string | undefined, word: string): bigint {
  const [, digits = ""] = new RegExp(`([\\d,]+) ${word}`, "u").exec(text ?? "") ?? [];
  return BigInt(digits.replaceAll(",", ""));
}

describeCommandLine("the demo", function () {
  this.timeout(120_000);
  let told = "";

  before(async () => {
    const outcome = await runAlone(["dao", "demo"]);
    expectSuccess(outcome);
    expect(outcome.stderr).to.equal("");
    told = outcome.stdout;
  });

  it("tells the whole story, and closes with an audit", () => {
    expect(told).to.match(/Told in \d+ s\./);
    for (const area of ["code", "parameters", "powers"]) {
      expect(told).to.match(new RegExp(`✓ ${area}: (\\d+) of \\1 as the brand file says`));
    }
    expect(told.indexOf("Audit")).to.be.greaterThan(told.indexOf("propos"));
    expect(told).not.to.include("✗");
  });

  it("gives fifty customers a link, of whom some claim and say who told them", () => {
    const lines = chapter(told, 2);
    expect(lines.join("\n"))
      .to.include("✓ 50 links are made")
      .and.to.include("✓ 12 of them claim")
      .and.to.include("12 customers of 50 so far");
    // The claim, and the one whom it brought.
    expect(rowOf(lines, "aoki@example.com")).to.deep.equal(["常連", "40 points"]);
    expect(rowOf(lines, "ueda@example.com")).to.deep.equal([
      "常連",
      "40 points",
      "brought by aoki@example.com",
    ]);
  });

  it("has them contribute, and one of them rise in title by it", () => {
    const lines = chapter(told, 3);
    expect(rowOf(lines, "aoki@example.com")).to.deep.equal([
      "常連 → アンバサダー",
      "4 badges",
      "100 points",
      "+500 votes",
    ]);
    expect(rowOf(lines, "ueda@example.com")).to.deep.equal(["常連", "3 badges", "50 points"]);
  });

  it("rewards them by their points when the season ends", () => {
    const lines = chapter(told, 6);
    const sum = lines.find((line) => line.includes(" points, so that each gets"));
    const [budget, total] = [numberBefore(sum, "SKR"), numberBefore(sum, "points")];
    for (const name of ["aoki@example.com", "ueda@example.com", "takahashi@example.com"]) {
      const [points, share, ...rest] = rowOf(lines, name);
      const earned = rowOf(chapter(told, 3), name)[2];
      expect(points, name).to.equal(earned);
      const cents = (budget * 100n * numberBefore(points, "points")) / total;
      expect(share, name).to.equal(formatAmount(cents * CENT, "SKR"));
      expect(rest, name).to.deep.equal([]);
    }
    // All but those who only took what their link gave have been paid.
    const others = lines.find((line) => line.endsWith("not claimed yet"));
    const paid = (budget * 100n * (total - numberBefore(others, "points"))) / total;
    expect(lines.at(-1)).to.match(new RegExp(`^✓ ${formatAmount(paid * CENT, "SKR")} of `, "u"));
  });

  it("is what the README shows of it", async () => {
    const readme = await readFile(path.join(hre.config.paths.root, "README.md"), "utf8");
    const [, shown = ""] = /```\n(2\. .*?)\n```/su.exec(readme) ?? [];
    expect(shown.split("\n").length).to.be.greaterThan(5);
    expect(told.split("\n")).to.include.members(shown.split("\n"));
  });
});
