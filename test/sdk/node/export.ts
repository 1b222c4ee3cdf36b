import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { Contract, getAddress, Interface } from "ethers";
import { parse } from "yaml";
import { exportDao, writeFiles } from "../../../sdk/node/export.js";
import { openDao } from "../../../sdk/live.js";
import { brandGovernorAbi } from "../../../typechain-types/abi/index.js";
import { launchedWorld, load } from "../support.js";

describe("exportDao", () => {
  async function exported() {
    const world = await load(launchedWorld);
    const live = await openDao(world.record, world.context.provider, world.connection.provider);
    const files = await exportDao(live);
    const textOf = (name: string) => files.find(({ file }) => file === name)?.text ?? "";
    return { ...world, files, textOf };
  }

  it("writes addresses that answer to the interfaces beside them", async () => {
    const { textOf, context } = await exported();
    const { contracts, safe, chainId } = JSON.parse(textOf("addresses.json")) as {
      contracts: Record<string, string>;
      safe: string;
      chainId: number;
    };
    expect(chainId).to.equal(31_337);
    const governorAbi = JSON.parse(textOf("abis/BrandGovernor.json")) as Record<string, unknown>[];
    expect(governorAbi, "as the compiler gave it").to.deep.equal(brandGovernorAbi);
    for (const entry of governorAbi.filter(({ type }) => type === "function")) {
      expect(entry).to.have.property("stateMutability");
    }
    const abi = (name: string) => Interface.from(textOf(`abis/${name}.json`));
    const governor = new Contract(contracts.governor ?? "", abi("BrandGovernor"), context.provider);
    const token = new Contract(contracts.token ?? "", abi("BrandToken"), context.provider);
    expect(await governor.getFunction("token").staticCall()).to.equal(contracts.token);
    expect(await token.getFunction("name").staticCall()).to.equal("ブルー自転車");
    const handover = new Contract(contracts.handover ?? "", abi("Handover"), context.provider);
    expect(await handover.getFunction("safe").staticCall()).to.equal(safe);
  });

  it("writes what a governance page and an indexer are configured with", async () => {
    const { textOf, record } = await exported();
    const degov = parse(textOf("degov.yml")) as Record<string, unknown>;
    expect(degov).to.deep.include({
      name: "ブルー自転車",
      chain: { id: 31_337 },
      contracts: {
        governor: record.contracts.governor,
        governorToken: { address: record.contracts.token, standard: "ERC20" },
        timeLock: record.contracts.timelock,
      },
    });
    const networks = JSON.parse(textOf("networks.json")) as Record<
      string,
      Record<string, { address: string; startBlock: number }>
    >;
    expect(networks["31337"]?.BrandToken).to.deep.equal({
      address: getAddress(record.contracts.token),
      startBlock: record.launchBlock,
    });
  });

  it("writes all files into a folder, and again over them", async () => {
    const { files } = await exported();
    const folder = await mkdtemp(path.join(tmpdir(), "kyoso-export-"));
    try {
      await writeFiles(folder, files);
      await writeFiles(folder, files);
      const written = (await readdir(folder, { recursive: true })).filter((file) => file.includes("."));
      expect(written.sort()).to.deep.equal(files.map(({ file }) => path.normalize(file)).sort());
      for (const { file, text } of files) {
        expect(await readFile(path.join(folder, file), "utf8")).to.equal(text);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
