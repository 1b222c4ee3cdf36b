import { readFile, readdir, stat, mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { build } from "esbuild";
import { encodeFunctionData } from "viem";
import { abiModule, writeAbis } from "../../../tasks/build/abi.js";
import { BrandToken__factory } from "../../../typechain-types/index.js";
import { BrandToken, brandTokenAbi } from "../../../typechain-types/abi/index.js";

const ABIS = path.resolve("typechain-types/abi");

describe("build: ABI modules", () => {
  it("are the ABIs of TypeChain's factories, one for each", async () => {
    const factories: Record<string, unknown> = await import("../../../typechain-types/index.js");
    const abis: Record<string, unknown> = await import("../../../typechain-types/abi/index.js");
    const names = Object.keys(factories).filter((name) => name.endsWith("__factory"));
    expect(names).to.include("BrandToken__factory");
    expect(Object.keys(abis)).to.have.length(2 * names.length);
    for (const factory of names) {
      const name = factory.replace("__factory", "");
      const { abi } = factories[factory] as { abi: unknown };
      expect(abis[`${name.charAt(0).toLowerCase()}${name.slice(1)}Abi`], name).to.deep.equal(abi);
      expect(abis[name], name).to.have.property("abi").that.deep.equals(abi);
    }
  });

  it("give ethers and viem the same typed contract", () => {
    const account = "0x00000000000000000000000000000000000000aa";
    const data = BrandToken__factory.createInterface().encodeFunctionData("balanceOf", [account]);
    expect(BrandToken.createInterface().encodeFunctionData("balanceOf", [account])).to.equal(data);
    expect(encodeFunctionData({ abi: brandTokenAbi, functionName: "balanceOf", args: [account] })).to.equal(
      data,
    );
    const token = BrandToken.connect(account);
    expect(token.target).to.equal(account);
    expect(token.interface).to.equal(BrandToken.createInterface());
  });

  it("import nothing but ethers, and hold no bytecode", async () => {
    for (const file of await readdir(ABIS)) {
      const text = await readFile(path.join(ABIS, file), "utf8");
      const imported = [...text.matchAll(/^(?:import(?! type)|export \*).* from "(.+)";$/gm)].map(
        ([, from]) => from,
      );
      // Nothing but addresses.
      if (file === "implementations.ts") {
        expect(imported).to.deep.equal([]);
        expect(text).not.to.match(/0x[0-9a-f]{41}/i);
        continue;
      }
      if (file !== "index.ts") expect(imported, file).to.deep.equal(["ethers"]);
      expect(text, file).not.to.match(/0x[0-9a-f]{40}/i);
    }
  });

  it("leave out of a bundle what isn't used", async () => {
    const bundle = async (contents: string) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: ABIS, loader: "ts" },
        bundle: true,
        external: ["ethers"],
        format: "esm",
        platform: "browser",
        write: false,
      });
      return outputFiles.map(({ text }) => text).join("");
    };
    const one = await bundle(
      'import { Handover } from "./index.js"; console.log(Handover.createInterface());',
    );
    expect(one).to.include("setCommunityDate").and.not.include("proposalVotes");
    expect(await bundle('import "./index.js";')).not.to.include("setCommunityDate");
  });

  describe("of another project", () => {
    const abi = [{ type: "function", name: "hi", inputs: [], outputs: [], stateMutability: "view" }];
    let root: string;
    const file = (...names: string[]) => path.join(root, ...names);
    const write = (artifacts: string[]) => writeAbis({ root, types: file("types"), artifacts });

    beforeEach(async () => {
      root = await mkdtemp(path.join(tmpdir(), "kyoso-abi-"));
      await mkdir(file("types"));
      await writeFile(file("types", "index.ts"), "export type { Hi } from './deep/Hi.js';\n");
      await writeFile(file("Hi.json"), JSON.stringify({ abi }));
    });
    afterEach(() => rm(root, { recursive: true }));

    it("are written once, and again when the ABI changes", async () => {
      await write([file("Hi.json")]);
      const text = await readFile(file("types", "abi", "Hi.ts"), "utf8");
      expect(text).to.equal(abiModule({ name: "Hi", abi, types: "../deep/Hi.js" }));
      const before = await stat(file("types", "abi", "Hi.ts"), { bigint: true });
      await write([file("Hi.json")]);
      expect((await stat(file("types", "abi", "Hi.ts"), { bigint: true })).mtimeNs).to.equal(before.mtimeNs);
      await writeFile(file("Hi.json"), JSON.stringify({ abi: [] }));
      await write([file("Hi.json")]);
      expect(await readFile(file("types", "abi", "Hi.ts"), "utf8")).to.include("hiAbi = [] as const");
    });

    it("go with their contract, though TypeChain's types stay", async () => {
      await write([file("Hi.json")]);
      await write([]);
      expect(await readdir(file("types", "abi"))).to.deep.equal(["index.ts"]);
    });

    it("aren't written where no types are", async () => {
      await writeAbis({ root, types: undefined, artifacts: [file("Hi.json")] });
      expect(await readdir(file("types"))).to.deep.equal(["index.ts"]);
    });
  });
});
