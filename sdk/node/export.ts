import path from "node:path";
import { stringify } from "yaml";
import { INTERFACES } from "../calls/known.js";
import type { LiveDao } from "../live.js";
import type { DaoContract } from "../daoRecord.js";
import { DAO_CONTRACTS } from "../daoRecord.js";
import { jsonText, replaceFile } from "./files.js";

/** What each contract of a DAO is called in the sources. */
const SOURCES: Readonly<Record<DaoContract, string>> = {
  manager: "BrandAccessManager",
  token: "BrandToken",
  timelock: "BrandTimelock",
  governor: "BrandGovernor",
  badge: "ContributionBadge",
  drop: "LoyaltyDrop",
  rewards: "ContributionRewards",
  handover: "Handover",
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
 * - `networks.json`: addresses and first blocks as The Graph's tools take them;
 * - `degov.yml`: the configuration of a DeGov governance page, as far as the chain knows it.
 */
export async function exportDao(live: LiveDao): Promise<ExportedFile[]> {
  const { record, chainId, safe, symbol, contracts } = live;
  const [name, timelockDelay] = await Promise.all([contracts.token.name(), contracts.timelock.getMinDelay()]);
  const startBlock = record.launchBlock ?? record.startBlock;
  const addresses = {
    name,
    slug: record.slug,
    symbol,
    chainId: Number(chainId),
    startBlock,
    clock: "mode=timestamp",
    timelockDelay: Number(timelockDelay),
    contracts: record.contracts,
    treasury: record.contracts.timelock,
    safe,
    factory: record.factory,
    implementations: record.implementations,
  };
  const graph = Object.fromEntries(
    DAO_CONTRACTS.map((contract) => [SOURCES[contract], { address: record.contracts[contract], startBlock }]),
  );
  const degov = {
    name,
    chain: { id: Number(chainId) },
    indexer: { startBlock },
    contracts: {
      governor: record.contracts.governor,
      governorToken: { address: record.contracts.token, standard: "ERC20" },
      timeLock: record.contracts.timelock,
    },
    timeLockAssets: [{ name: symbol, contract: record.contracts.token, standard: "ERC20" }],
    safes: [{ name: "Safe", chainId: Number(chainId), address: safe }],
  };
  return [
    { file: "addresses.json", text: jsonText(addresses) },
    { file: "networks.json", text: jsonText({ [chainId.toString()]: graph }) },
    {
      file: "degov.yml",
      text: `# What the chain knows. Add the page's own: logo, siteUrl, links, the chain's RPC, the indexer's endpoint.\n${stringify(degov)}`,
    },
    ...DAO_CONTRACTS.map((contract) => ({
      file: `abis/${SOURCES[contract]}.json`,
      text: jsonText(JSON.parse(INTERFACES[contract].formatJson())),
    })),
  ];
}

/** Writes files into a folder, each as a whole or not at all. */
export async function writeFiles(folder: string, files: readonly ExportedFile[]): Promise<void> {
  for (const { file, text } of files) {
    await replaceFile(path.join(folder, file), text);
  }
}
