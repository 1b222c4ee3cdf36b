import path from "node:path";
import { expect } from "chai";
import { build } from "esbuild";

const root = path.resolve(import.meta.dirname, "../..");

describe("What checks files", () => {
  it("makes no code at run time, also in a bundle", async () => {
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: ["sdk/governance/ballots.ts"],
      outdir: "never",
      bundle: true,
      write: false,
      format: "esm",
      external: ["ethers"],
    });
    // It is an effect of a module, and a bundler leaves modules out that say they have none.
    expect(outputFiles[0]?.text).to.match(/\bconfig\(\{ jitless: true \}\)/u);
  });
});
