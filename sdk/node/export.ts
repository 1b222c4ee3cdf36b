import path from "node:path";
import { stringify } from "yaml";
import {
  BrandAccessManager,
  BrandGovernor,
  BrandTimelock,
  BrandToken,
  ContributionBadge,
  ContributionRewards,
  DecisionRecorder,
  Handover,
  IdeaBoard,
  LoyaltyDrop,
  MembershipPass,
  ModuleFactory,
  Nicknames,
} from "../../typechain-types/abi/index.js";
import { chainNames } from "../chain/names.js";
import type { LiveDao } from "../live.js";
import type { NamedContract } from "../namedContracts.js";
import { SHARED_CONTRACTS } from "../namedContracts.js";
import { addressOf, ownContracts } from "../modules/module.js";
import { clearSigning } from "./clearSigning.js";
import { daoDocument } from "./daoDocument.js";
import { jsonText, replaceFile } from "./files.js";

/** What each contract is called in the sources. */
const SOURCES: Readonly<Record<NamedContract, string>> = {
  manager: "BrandAccessManager",
  token: "BrandToken",
  timelock: "BrandTimelock",
  governor: "BrandGovernor",
  badge: "ContributionBadge",
  drop: "LoyaltyDrop",
  rewards: "ContributionRewards",
  handover: "Handover",
  board: "IdeaBoard",
  pass: "MembershipPass",
  ...SHARED_CONTRACTS,
};

/** The ABIs as the compiler gave them: ethers' own form of them leaves out what it can infer, and other tools ask for. */
const ABIS: Readonly<Record<NamedContract, readonly unknown[]>> = {
  manager: BrandAccessManager.abi,
  token: BrandToken.abi,
  timelock: BrandTimelock.abi,
  governor: BrandGovernor.abi,
  badge: ContributionBadge.abi,
  drop: LoyaltyDrop.abi,
  rewards: ContributionRewards.abi,
  handover: Handover.abi,
  board: IdeaBoard.abi,
  pass: MembershipPass.abi,
  modules: ModuleFactory.abi,
  nicknames: Nicknames.abi,
  decisions: DecisionRecorder.abi,
};

/** A file for other programs: its path in the folder, and its text. */
export interface ExportedFile {
  readonly file: string;
  readonly text: string;
}

/**
 * What other programs ask about a DAO, in forms that they read:
 *
 * - `addresses.json`: all addresses, the chain, and the block to read from;
 * - `abis/<name>.json`: what the contract at each address understands, for a front-end;
 * - `networks.json`: addresses and first blocks as The Graph's tools take them, under the network's name in its registry;
 * - `dao.json`: its description of itself for directories (ERC-4824), with members, contracts, proposals and votes;
 * - `erc7730/<name>.json`: what wallets need to say in words what is signed for a contract (ERC-7730);
 * - `degov.yml`: the configuration of a DeGov governance page, as far as the chain knows it;
 * - `degov-indexer.yml`: that of its indexer.
 */
export async function exportDao(live: LiveDao): Promise<ExportedFile[]> {
  const { record, chainId, safe, symbol, contracts } = live;
  const [name, timelockDelay] = await Promise.all([contracts.token.name(), contracts.timelock.getMinDelay()]);
  const startBlock = record.launchBlock ?? record.startBlock;
  const own = ownContracts(live.record);
  const addresses = {
    name,
    slug: record.slug,
    symbol,
    chainId: Number(chainId),
    startBlock,
    clock: "mode=timestamp",
    timelockDelay: Number(timelockDelay),
    contracts: record.contracts,
    modules: record.modules ?? {},
    treasury: record.contracts.timelock,
    safe,
    factory: record.factory,
    implementations: record.implementations,
  };
  const graph = Object.fromEntries(
    own.map((contract) => [SOURCES[contract], { address: addressOf(record, contract), startBlock }]),
  );
  const names = chainNames(chainId);
  const degov = {
    name,
    code: record.slug,
    chain: await chainOf(chainId),
    indexer: { startBlock },
    contracts: {
      governor: record.contracts.governor,
      governorToken: { address: record.contracts.token, standard: "ERC20" },
      timeLock: record.contracts.timelock,
    },
    treasuryAssets: [{ name: symbol, contract: record.contracts.token, standard: "ERC20" }],
    // The page makes a link of each, and breaks where there is none.
    ...(names === undefined
      ? {}
      : {
          safes: [
            {
              name: "Safe",
              chainId: Number(chainId),
              link: `https://app.safe.global/home?safe=${names.short}:${safe}`,
            },
          ],
        }),
  };
  const indexer = {
    chains: [
      {
        chainId: Number(chainId),
        networkName: names?.graph ?? names?.short ?? `chain-${chainId}`,
        contracts: [
          {
            daoCode: record.slug,
            governor: record.contracts.governor,
            governorToken: record.contracts.token,
            tokenStandard: "ERC20",
            timelock: record.contracts.timelock,
            startBlock,
          },
        ],
      },
    ],
  };
  return [
    { file: "addresses.json", text: jsonText(addresses) },
    { file: "dao.json", text: jsonText(await daoDocument(live, name)) },
    { file: "networks.json", text: jsonText({ [names?.graph ?? chainId.toString()]: graph }) },
    {
      file: "degov.yml",
      text: `# What the chain knows. Add the page's own: logo, siteUrl, links, the chain's RPC, the indexer's endpoint.\n${stringify(degov)}`,
    },
    {
      file: "degov-indexer.yml",
      text: `# The part of this DAO in the configuration of DeGov's indexer. Add where it reads logs: datalens, rpc.\n${stringify(indexer)}`,
    },
    ...(await clearSigning(live, name)).map(({ contract, content }) => ({
      file: `erc7730/${SOURCES[contract]}.json`,
      text: jsonText(content),
    })),
    ...[...own, ...(Object.keys(SHARED_CONTRACTS) as (keyof typeof SHARED_CONTRACTS)[])].map((contract) => ({
      file: `abis/${SOURCES[contract]}.json`,
      text: jsonText(ABIS[contract]),
    })),
  ];
}

/** The chain as a DeGov page takes it: by its number where viem knows it, else with what a page has to say of it. */
async function chainOf(chainId: bigint): Promise<object> {
  const id = Number(chainId);
  const known = Object.values(await import("viem/chains")).some((chain) => chain.id === id);
  if (known) return { id };
  return {
    id,
    name: `Chain ${id}`,
    rpcs: [],
    explorers: [],
    nativeToken: { symbol: "ETH", decimals: 18 },
  };
}

/** Writes files into a folder, each as a whole or not at all. */
export async function writeFiles(folder: string, files: readonly ExportedFile[]): Promise<void> {
  for (const { file, text } of files) {
    await replaceFile(path.join(folder, file), text);
  }
}
