import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { formatAmount } from "../../sdk/units.js";
import { BrandGovernor__factory } from "../../typechain-types/index.js";
import {
  answers,
  describeCommandLine,
  expectSuccess,
  type LocalNode,
  runAlone,
  startProjectsNode,
} from "./support.js";

const ROOT = hre.config.paths.root;
const SLUG = "sakura-coffee";
/** The network `localhost`. */
const PORT = 8545;

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

/** The commands of README.md's quick start, as they stand there. */
async function commands(): Promise<string[]> {
  const readme = await readFile(path.join(ROOT, "README.md"), "utf8");
  const [, block = ""] = /<!-- quick start:.*?```sh\n(.*?)```/s.exec(readme) ?? [];
  return block
    .trim()
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, ""));
}

/** A line of a shell, without what the quick start has no use for. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

/**
 * What the demo said. It takes long to tell, so it is told once: on the quick start's node. CI has it told on a chain that
 * begins and ends with the command, and names a file with that in KYOSO_DEMO.
 */
let told = "";

describeCommandLine("the README's quick start", function () {
  const record = path.join(ROOT, "deployments", "31337", `${SLUG}.json`);
  let node: LocalNode | undefined;

  before(async function () {
    // Somebody's own node: it isn't for tests.
    if (await answers(`http://127.0.0.1:${PORT}`)) {
      if (process.env.CI === "true") throw new Error(`Port ${PORT} is taken: the quick start can't be tried`);
      this.skip();
    }
    node = await startProjectsNode(PORT);
  });

  after(async () => {
    if (node === undefined) return;
    await node.stop();
    await rm(record, { force: true });
  });

  it("leads from nothing to a vote, in five commands", async () => {
    const [install, start, ...rest] = await commands();
    expect([install, start]).to.deep.equal(["npm ci", "npx hardhat node"]);
    expect(rest).to.have.length(3);
    for (const line of rest) {
      const [npx, hardhat, ...args] = words(line);
      expect([npx, hardhat]).to.deep.equal(["npx", "hardhat"]);
      // Other tests may have left records.
      const which = args[0] === "proposal" ? ["--dao", SLUG] : [];
      const outcome = await runAlone([...args, ...which]);
      expectSuccess(outcome);
      if (args[1] !== "demo") continue;
      expect(outcome.stderr).to.equal("");
      told = outcome.stdout;
    }

    const { contracts, startBlock } = JSON.parse(await readFile(record, "utf8")) as DaoRecord;
    const governor = BrandGovernor__factory.connect(contracts.governor, node?.provider);
    const votes = await governor.queryFilter(governor.filters.VoteCast(), startBlock);
    const last = votes.at(-1)?.args;
    expect(last?.voter).to.equal("0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65");
    expect(last?.reason).to.equal("賛成です");
  });
});

describeCommandLine("the demo", function () {
  before(async () => {
    if (process.env.KYOSO_DEMO !== undefined) told = await readFile(process.env.KYOSO_DEMO, "utf8");
    if (told !== "") return;
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

  it("has them choose the next blend without gas, the DAO pay for it, and its author credited once it is on the shelf", () => {
    const lines = chapter(told, 7);
    expect(rowOf(lines, "1-1")).to.deep.equal(["夜明けの深煎り", "常連 山本さん", "8 voices", "wins"]);
    expect(rowOf(lines, "1-2")).to.deep.equal(["桜の葉のブレンド", "常連 中村さん", "6 voices"]);
    // Of so many customers, some want two.
    expect(rowOf(lines, "1-3")).to.deep.equal(["カフェインレスの春", "常連 小林さん", "4 voices"]);
    expect(rowOf(lines, "常連 山本さん")).to.deep.equal(["常連 → アンバサダー", "190 points"]);
    expect(lines.join("\n"))
      .to.include("✓ 12 customers sign what they want")
      .and.to.include("proposes:「アイデア1-1を採用する：夜明けの深煎り」")
      .and.to.include("the brand has 3,000 SKR for the beans")
      .and.to.include("is awarded the badge「共創メンバー」");
  });

  it("gives members a card, and says of each whether it opens what the brand gives", () => {
    const lines = chapter(told, 8);
    expect(rowOf(lines, "aoki@example.com")).to.deep.equal(["アンバサダー", "100 points", "gets it"]);
    expect(rowOf(lines, "ueda@example.com")).to.deep.equal(["常連", "50 points", "gets it"]);
    expect(rowOf(lines, "ishikawa@example.com")).to.deep.equal([
      "常連",
      "10 points",
      "still needs 50 points",
    ]);
    expect(lines.join("\n"))
      .to.include("✓ 3 members get a card")
      .and.to.include("「新しい豆の先行販売」, for 1 pass and 50 points")
      .and.to.include("wants to be called「あおちゃん」, and signs it without gas");
  });

  it("is what the README shows of it", async () => {
    const readme = await readFile(path.join(hre.config.paths.root, "README.md"), "utf8");
    const [, shown = ""] = /```\n(2\. .*?)\n```/su.exec(readme) ?? [];
    expect(shown.split("\n").length).to.be.greaterThan(5);
    expect(told.split("\n")).to.include.members(shown.split("\n"));
  });
});
