import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { DaoRecord, Eip1193Provider } from "../../sdk/index.js";
import { threeBadges } from "./badges/support.js";

const readme = path.resolve(import.meta.dirname, "../../sdk/README.md");

/** Makes a function of the example: what it imports is given to it instead, and so is what it prints with. */
function functionOf(example: string, names: readonly string[]): (...given: unknown[]) => Promise<void> {
  const body = example.replaceAll(/^import .*$/gmu, "");
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- it is our own page that is run
  return new Function(...names, `return (async () => {${body}})();`) as (
    ...given: unknown[]
  ) => Promise<void>;
}

describe("sdk/README.md", () => {
  it("has an example of ten lines that runs", async () => {
    const text = await readFile(readme, "utf8");
    const [, example = ""] = /```ts\n(.*?)```/su.exec(text) ?? [];
    expect(example.trim().split("\n").length).to.be.at.most(10);

    const sdk = await import("../../sdk/index.js");
    const { context, record, holders } = await threeBadges();
    const printed: unknown[][] = [];
    const world = {
      LogCache: sdk.LogCache,
      openDao: sdk.openDao,
      readBoard: sdk.readBoard,
      readProposals: sdk.readProposals,
      // What only a browser has: test/browser tests that.
      BrowserLogs: sdk.MemoryLogs,
      BrowserProvider: function provider() {
        return context.provider;
      },
      wallet: context.eip1193 satisfies Eip1193Provider,
      record: record satisfies DaoRecord,
      console: { log: (...line: unknown[]) => printed.push(line) },
    };
    for (const name of [...example.matchAll(/import \{ (.*?) \}/gu)].flatMap(([, list = ""]) =>
      list.split(", "),
    )) {
      expect(world).to.have.property(name);
    }
    await functionOf(example, Object.keys(world))(...Object.values(world));
    expect(printed).to.have.length(1);
    expect(printed[0]?.slice(0, 2)).to.deep.equal([1, holders[0].address]);
  });
});
