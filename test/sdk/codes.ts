import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { faultsOf, readCatalogue } from "../../tasks/dev/catalogue.js";
import { readSources, render } from "../../tasks/dev/errors.js";

const ROOT = path.join(import.meta.dirname, "../..");

/** A small SDK: what lists its problems, and what makes them. */
function smallSdk(list: string, feature: string, more: Record<string, string> = {}) {
  const codes = `/** Problems of shops. */\nexport interface ShopProblems {\n${list}\n}\n`;
  return readCatalogue(
    new Map(Object.entries({ "sdk/shop/codes.ts": codes, "sdk/shop/shop.ts": feature, ...more })),
  );
}

describe("codes of problems", () => {
  it("are all made somewhere, mean something and say what to do, and docs/errors.md lists them", async () => {
    const sections = readCatalogue(await readSources(ROOT));
    expect(faultsOf(sections)).to.deep.equal([]);
    const codes = sections.flatMap(({ entries }) => entries).map(({ code }) => code);
    expect(codes.length).to.be.greaterThan(400);
    expect(new Set(codes).size).to.equal(codes.length);
    for (const code of codes) expect(code).to.match(/^[a-z0-9]+(?:-[a-z0-9]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*$/u);
    expect(await readFile(path.join(ROOT, "docs/errors.md"), "utf8")).to.equal(render(sections));
  });

  it("are read with their data and with what the command line says", () => {
    const sections = smallSdk(
      `  /** A shop is closed, until \`opens\`. */
  "shop.closed": { readonly shop: string; readonly opens: number | undefined; readonly goods: readonly string[] };`,
      `import { KyosoError } from "../errors.js";
import { COME_BACK } from "./words.js";

export function buy(shop: string, opens: number | undefined, goods: readonly Good[]): void {
  const what = goods.length === 1 ? "a thing" : "things";
  throw KyosoError.of("shop.closed", {
    data: { shop, opens, goods: goods.map(({ name }) => name) },
    place: "shop",
    message: \`\${quote(shop)} is closed, and \${what} can't be had: \${goods.map(({ name }) => name).join(", ")}\`,
    remedy: opens === undefined ? "Go elsewhere." : \`\${COME_BACK} \${formatMoment(opens, now)}.\`,
  });
}`,
      { "sdk/shop/words.ts": 'export const COME_BACK = "Come back";' },
    );
    expect(faultsOf(sections)).to.deep.equal([]);
    expect(sections).to.deep.equal([
      {
        title: "Shop",
        about: "Problems of shops.",
        entries: [
          {
            code: "shop.closed",
            meaning: "A shop is closed, until `opens`.",
            data: [
              ["shop", "string"],
              ["opens", "number | undefined"],
              ["goods", "string[]"],
            ],
            noRemedy: undefined,
            sentences: [
              {
                messages: [
                  `"{shop}" is closed, and a thing can't be had: {goods}`,
                  `"{shop}" is closed, and things can't be had: {goods}`,
                ],
                remedies: ["Go elsewhere.", "Come back {opens}."],
              },
            ],
          },
        ],
      },
    ]);
    expect(render(sections)).to.include(
      [
        "### `shop.closed`",
        "",
        "A shop is closed, until `opens`.",
        "",
        "Data: `shop` (`string`), `opens` (`number | undefined`), `goods` (`string[]`).",
        "",
        "```text",
        `"{shop}" is closed, and a thing can't be had: {goods}`,
      ].join("\n"),
    );
  });

  it("take the remedy that a helper gives to all of its problems", () => {
    const [shop] = smallSdk(
      `  /** A shop is shut. */\n  "shop.shut": Nothing;`,
      `function refuse(code, told) { return KyosoError.of(code, { remedy: REMEDY, ...told }); }
const REMEDY = "Knock.";
throw refuse("shop.shut", { data: {}, message: "It is shut" });`,
    );
    expect(shop?.entries[0]?.sentences).to.deep.equal([{ messages: ["It is shut"], remedies: ["Knock."] }]);
  });

  describe("faults", () => {
    const made = `problem("shop.shut", { data: {}, message: "It is shut", remedy: "Knock." })`;
    const silent = `problem("shop.shut", { data: {}, message: "It is shut" })`;
    const cases: [what: string, list: string, feature: string, fault: string | undefined][] = [
      ["nothing makes it", '/** Shut. */ "shop.shut": Nothing;', "", "nothing makes"],
      ["it means nothing", '"shop.shut": Nothing;', made, "what it means"],
      ["it has no remedy", '/** Shut. */ "shop.shut": Nothing;', silent, "no remedy"],
      ["one of its places has none", '/** Shut. */ "shop.shut": Nothing;', `${made}; ${silent}`, "no remedy"],
      ["it needs none", '/** Shut.\n@noRemedy Shops do. */ "shop.shut": Nothing;', silent, undefined],
      [
        "it has one nevertheless",
        '/** Shut.\n@noRemedy Shops do. */ "shop.shut": Nothing;',
        made,
        "says @noRemedy",
      ],
    ];
    for (const [what, list, feature, fault] of cases) {
      it(`${fault === undefined ? "are not found" : "are found"} where ${what}`, () => {
        const faults = faultsOf(smallSdk(list, feature));
        expect(faults).to.have.length(fault === undefined ? 0 : 1);
        if (fault !== undefined)
          expect(faults[0])
            .to.match(/^shop\.shut: /u)
            .and.to.include(fault);
      });
    }
  });
});
