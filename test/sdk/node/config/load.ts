// cspell:ignore dayz perod governence quorumfloor nota
import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadBrandFile } from "../../../../sdk/node/config/load.js";
import { parseBrandFile } from "../../../../sdk/config/brandFile.js";
import { KyosoError, type Problem } from "../../../../sdk/errors.js";
import { ALICE, BOB, brandText, expectOne, problems, problemsIn } from "../../config/support.js";

function problemsOfText(text: string): readonly Problem[] {
  return problemsIn(() => parseBrandFile(text, "brands/blue.yaml"));
}

describe("reading a brand file", () => {
  describe("from disk", () => {
    let directory: string;

    beforeEach(async () => {
      directory = await mkdtemp(join(tmpdir(), "kyoso-"));
    });

    afterEach(async () => {
      await rm(directory, { recursive: true });
    });

    async function problemsOfFile(file: string): Promise<readonly Problem[]> {
      try {
        await loadBrandFile(file);
      } catch (error) {
        if (error instanceof KyosoError) return error.problems;
        throw error;
      }
      return expect.fail("no KyosoError was thrown");
    }

    it("keeps where it is from, and doesn't mind a byte order mark", async () => {
      const file = join(directory, "blue.yaml");
      await writeFile(file, `\ufeff${brandText()}`);
      expect(await loadBrandFile(file)).to.deep.include({ file });
    });

    it("says that there is no such file", async () => {
      const file = join(directory, "blue.yaml");
      expectOne(await problemsOfFile(file), file, "no such file", "check the path");
    });

    it("says that a file can't be read", async () => {
      expectOne(await problemsOfFile(directory), directory, "can't be read (EISDIR)", "that it is a file");
    });

    it("says that a file isn't in UTF-8", async () => {
      const file = join(directory, "blue.yaml");
      // "さくら" in Shift-JIS.
      await writeFile(file, Buffer.from([0x82, 0xb3, 0x82, 0xad, 0x82, 0xe7]));
      expectOne(await problemsOfFile(file), file, "isn't in UTF-8", "save it");
    });
  });

  describe("that isn't YAML", () => {
    const refusals: [what: string, text: string, line: number, message: string, remedy: string][] = [
      [
        "a key that is there twice",
        "brand:\n  name: a\n  name: b\n",
        3,
        'the key "name" is there twice',
        "keep one",
      ],
      ["tabs", "brand:\n\tname: a\n", 2, '"name: a" isn\'t valid YAML', "indent with spaces"],
      [
        "a colon in a text",
        "brand:\n  name: Blue: Bicycle\n",
        2,
        '"name: Blue: Bicycle" isn\'t',
        "needs quotes",
      ],
      ["an open quote", 'brand:\n  name: "Blue\n', 3, "isn't valid YAML", "close what is open"],
      ["an open bracket", "safe:\n  owners: [a, b\n", 3, "isn't valid YAML", "indented and quoted"],
      ["a reserved sign", "brand:\n  name: @blue\n", 2, '"name: @blue" isn\'t valid YAML', "in quotes"],
      ["two documents", "brand:\n---\ntoken:\n", 2, "isn't valid YAML", "remove the line ---"],
      ["a tag", "brand:\n  name: !blue x\n", 2, '"name: !blue x" isn\'t valid YAML', "in quotes"],
    ];
    for (const [what, text, line, message, remedy] of refusals) {
      it(`names the line of ${what}`, () => {
        const list = problemsOfText(text);
        expect(list[0]?.place).to.equal(`brands/blue.yaml:${line}`);
        expect(list[0]?.message).to.include(message);
        expect(list[0]?.remedy).to.include(remedy);
      });
    }

    it("says so where it is empty, or has no sections", () => {
      const example = "brands/sakura-coffee.yaml";
      expectOne(problemsOfText(""), "brands/blue.yaml", "is empty", example);
      expectOne(problemsOfText("# only a comment\n"), "brands/blue.yaml", "is empty", example);
      expectOne(problemsOfText("- brand\n"), "brands/blue.yaml", "no sections", example);
      expectOne(problemsOfText("brand\n"), "brands/blue.yaml", "no sections", example);
    });

    it("says so where a reference leads nowhere", () => {
      expectOne(problemsOfText("brand: *other\n"), "brands/blue.yaml", "other", "write values out");
    });
  });

  describe("with amounts that have commas inside { }", () => {
    it("says that YAML ends the amount there", () => {
      const text = brandText().replace(
        /- to: treasury\n\s+amount: 600,000/u,
        "- { to: treasury, amount: 600,000 }",
      );
      expectOne(problemsOfText(text), "token.allocations[0].000", '"000"', '"600,000", or write 600_000');
    });

    it("says it also where it makes a key twice", () => {
      const text = brandText().replace(
        /- to: treasury\n\s+amount: 600,000/u,
        "- { to: treasury, amount: 1,000,000 }",
      );
      const list = problemsOfText(text);
      expect(list.map(({ place }) => place)).to.deep.equal([
        "brands/blue.yaml:8",
        "token.allocations[0].000",
      ]);
      expect(list[0]?.message).to.include('"000" is there twice');
      expect(list[0]?.remedy).to.include("inside { }");
    });
  });

  it("takes values as they are written, whatever YAML makes of them elsewhere", () => {
    const text = brandText()
      .replace("Blue Bicycle", "1.10")
      .replace(`"${ALICE}"`, ALICE)
      .replace("symbol: BLUE", "symbol: NO");
    const config = parseBrandFile(text, "blue.yml");
    expect(config.brand.name).to.equal("1.10");
    expect(config.token.symbol).to.equal("NO");
    expect(config.token.allocations[1]?.to).to.equal(ALICE);
  });

  describe("with unknown keys", () => {
    const refusals: [path: string, place: string, remedy: string][] = [
      ["governance.votingPerod", "governance.votingPerod", "did you mean votingPeriod?"],
      ["governance.voting_period", "governance.voting_period", "did you mean votingPeriod?"],
      ["governance.flavour", "governance.flavour", "the keys here are votingDelay, votingPeriod"],
      ["governence", "governence", "did you mean governance?"],
      ["quorum", "quorum", "it belongs under governance"],
      ["minting", "minting", "it belongs under token"],
      ["token.badges", "token.badges", "it belongs at the top level"],
      ["token.limit", "token.limit", "it belongs under token.minting or under contributionVotes"],
      ["token.allocations.1.nota", "token.allocations[1].nota", "did you mean note?"],
    ];
    for (const [path, place, remedy] of refusals) {
      it(path, () => {
        expectOne(problems({ [path]: "x" }), place, `no key "${place.split(".").at(-1) ?? ""}" here`, remedy);
      });
    }

    it("__proto__", () => {
      expectOne(
        problemsOfText(`${brandText()}__proto__: x\n`),
        "__proto__",
        '"__proto__"',
        "the keys here are",
      );
    });
  });

  describe("with something else where a section or a list belongs", () => {
    const refusals: [path: string, value: unknown, message: string, remedy: string][] = [
      ["badges", "many", '"many" is no section', "indented: season, pointsPerSeason, kinds"],
      ["badges", ["many"], "is no section", "indented: season, pointsPerSeason, kinds"],
      ["badges.kinds", "many", '"many" is no list', '"- "'],
      ["badges.kinds", { name: "Review" }, "is no list", '"- "'],
      ["token.minting", "1,000", '"1,000" is no section', "indented: limit, per"],
      ["safe", "mine", '"mine" is no section', "address, owners"],
      ["safe", { owners: ALICE }, "is no list", '"- "'],
      ["token.allocations", "treasury", '"treasury" is no list', '"- "'],
      ["token", "BLUE", '"BLUE" is no section', "symbol, cap"],
      ["governance", "BLUE", '"BLUE" is no section', "votingDelay, votingPeriod"],
      ["brand", "Blue", '"Blue" is no section', "name, slug"],
      ["titles", "many", '"many" is no list', '"- "'],
      ["titles", { name: "Guest" }, "is no list", '"- "'],
      ["titles", ["Guest"], '"Guest" is no section', "name, points"],
      ["rewards", "none", '"none" is no section', "disputeWindow"],
      ["referrals", 5, '"5" is no section', "perSeason"],
      ["recoveries", ["5"], "is no section", "perSeason"],
      ["handover", "soon", '"soon" is no section', "veto, community"],
      ["contributionVotes", "none", '"none" is no section', "share, limit, per"],
    ];
    for (const [path, value, message, remedy] of refusals) {
      it(`${path}: ${JSON.stringify(value)}`, () => {
        const inside: Record<string, string> = { safe: "safe.owners", titles: "titles[0]" };
        const nested =
          path === "safe" ? typeof value === "object" : path === "titles" && Array.isArray(value);
        const place = nested ? (inside[path] ?? path) : path;
        expectOne(problems({ [path]: value }), place, message, remedy);
      });
    }

    it("and in a list", () => {
      const list = problems({ "token.allocations": ["treasury", { to: ALICE, amount: "40,000" }] });
      expectOne(list, "token.allocations[0]", '"treasury" is no section', "to, amount, note");
    });
  });

  it("says everything at once", () => {
    const list = problems({
      brand: { name: "共".repeat(30), slug: "blue" },
      "token.symbol": "blue",
      "token.cap": "100,000",
      "token.allocations.0.to": BOB.toLowerCase(),
      "governance.votingPeriod": "5 dayz",
      "governance.votingDelay": 5,
      "governance.quorum": "70%",
      "governance.quorumfloor": "1",
      "safe.owners": [ALICE, ALICE],
      "handover.veto": "3 years",
      "badges.kinds": [{ name: "Review" }],
    });
    expect(list.map(({ place }) => place)).to.deep.equal([
      "brand.name",
      "token.symbol",
      "token.allocations[0].to",
      "governance.votingDelay",
      "governance.votingPeriod",
      "governance.quorum",
      "governance.quorumfloor",
      "badges.kinds[0].points",
      "token.allocations",
      "safe",
      "safe.owners[1]",
      "handover.veto",
    ]);
    // Nothing of zod's or ours is left without words of its own.
    for (const { message, remedy } of list) {
      expect(message).to.not.match(/invalid|expected|received|undefined/iu);
      expect(remedy).to.be.a("string").and.to.not.include("undefined");
    }
  });
});
