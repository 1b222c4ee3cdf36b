import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { Abi } from "abitype/zod";
import { Contract, getAddress, Interface } from "ethers";
import { parse } from "yaml";
import { OWN_CONTRACTS } from "../../../sdk/daoRecord.js";
import { SHARED_CONTRACTS } from "../../../sdk/namedContracts.js";
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
    const { contracts, modules, safe, chainId } = JSON.parse(textOf("addresses.json")) as {
      contracts: Record<string, string>;
      modules: Record<string, string>;
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
    for (const [name, source] of [
      ["board", "IdeaBoard"],
      ["pass", "MembershipPass"],
    ] as const) {
      const module = new Contract(modules[name] ?? "", abi(source), context.provider);
      expect(await module.getFunction("badge").staticCall()).to.equal(contracts.badge);
    }
  });

  it("writes ABIs that strict tools take", async () => {
    const { files } = await exported();
    const abis = files.filter(({ file }) => file.startsWith("abis/"));
    expect(abis).to.have.length(OWN_CONTRACTS.length + Object.keys(SHARED_CONTRACTS).length);
    for (const { file, text } of abis) {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- it is what tools ask today
      const parsed = Abi.safeParse(JSON.parse(text));
      expect(parsed.error?.issues[0]?.path, file).to.equal(undefined);
    }
  });

  it("writes what a governance page and an indexer are configured with", async () => {
    const { textOf, record } = await exported();
    const degov = parse(textOf("degov.yml")) as Record<string, unknown>;
    expect(degov).to.deep.include({
      name: "ブルー自転車",
      code: record.slug,
      // viem knows it: https://viem.sh/docs/chains/introduction
      chain: { id: 31_337 },
      contracts: {
        governor: record.contracts.governor,
        governorToken: { address: record.contracts.token, standard: "ERC20" },
        timeLock: record.contracts.timelock,
      },
    });
    // The page makes a link of each Safe; of this chain nobody knows how.
    expect(degov).not.to.have.any.keys("safes", "timeLockAssets");
    expect(parse(textOf("degov-indexer.yml"))).to.deep.equal({
      chains: [
        {
          chainId: 31_337,
          networkName: "chain-31337",
          contracts: [
            {
              daoCode: record.slug,
              governor: record.contracts.governor,
              governorToken: record.contracts.token,
              tokenStandard: "ERC20",
              timelock: record.contracts.timelock,
              startBlock: record.launchBlock,
            },
          ],
        },
      ],
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

  it("calls a public chain as Safe{Wallet} and The Graph do, and says what a page has to know of one that viem doesn't", async () => {
    const world = await load(launchedWorld);
    const live = await openDao(world.record, world.context.provider, world.connection.provider);
    const read = async (chainId: bigint) => {
      const files = await exportDao({ ...live, chainId });
      const textOf = (name: string) => files.find(({ file }) => file === name)?.text ?? "";
      return {
        degov: parse(textOf("degov.yml")) as Record<string, unknown>,
        networks: Object.keys(JSON.parse(textOf("networks.json")) as object),
      };
    };
    const arbitrum = await read(42_161n);
    expect(arbitrum.networks).to.deep.equal(["arbitrum-one"]);
    expect(arbitrum.degov.safes).to.deep.equal([
      { name: "Safe", chainId: 42_161, link: `https://app.safe.global/home?safe=arb1:${live.safe}` },
    ]);
    const unknown = await read(987_654_321n);
    expect(unknown.degov).not.to.have.property("safes");
    expect(unknown.degov.chain).to.deep.include({ id: 987_654_321, explorers: [] });
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
