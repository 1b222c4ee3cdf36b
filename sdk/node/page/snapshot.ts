import type { Block } from "ethers";
import { readNewestLedger } from "../../badges/ledger.js";
import { snapshotText } from "../../chain/snapshotLogs.js";
import type { DaoContract } from "../../daoRecord.js";
import { readProposals } from "../../governance/proposals.js";
import type { LiveDao } from "../../live.js";
import type { PageSnapshot } from "../../page/document.js";
import { readRewardLogs } from "../../rewards/logs.js";
import { readHolders } from "../../token/holders.js";
import type { ExportedFile } from "../export.js";
import { hashOf } from "./headers.js";

/** The contracts whose logs the page reads. */
const CONTRACTS = ["governor", "badge", "rewards", "token"] as const satisfies readonly DaoContract[];

/** What is announced in `dao.json`, and the files. */
export interface MadeSnapshot {
  readonly snapshot: PageSnapshot;
  readonly files: readonly ExportedFile[];
}

/**
 * Packs what the DAO's contracts have logged up to the newest final block. What is made of the logs is compared first with
 * what the contracts say themselves, as the commands do.
 *
 * @returns Undefined where the chain doesn't say of any block since the launch that it is final.
 * @throws KyosoError where the node leaves logs out.
 */
export async function makeSnapshot(live: LiveDao): Promise<MadeSnapshot | undefined> {
  const block = await finalBlock(live);
  const { number: to, hash } = block ?? { number: -1, hash: null };
  if (hash === null || to < live.record.startBlock) return undefined;
  await Promise.all([readProposals(live), readNewestLedger(live), readRewardLogs(live), readHolders(live)]);
  const files: Partial<Record<DaoContract, PageSnapshot["files"][DaoContract] & object>> = {};
  const made: ExportedFile[] = [];
  for (const contract of CONTRACTS) {
    const place = { chainId: live.chainId, address: live.record.contracts[contract] };
    const logs = (await live.logsOf(contract)).filter(({ blockNumber }) => blockNumber <= to);
    const text = snapshotText(place, { from: live.record.startBlock, to, hash, logs });
    const integrity = hashOf("sha384", text);
    // Named by its hash, as all that hosts and browsers may keep for good.
    const file = `assets/logs-${contract}-${integrity.slice(7, 15).replaceAll(/[+/]/gu, "_")}.json`;
    files[contract] = { file, integrity };
    made.push({ file, text });
  }
  return { snapshot: { block: to, files }, files: made };
}

/** The newest final block that the DAO was read at; a node that knows none makes no difference to the rest of the page. */
async function finalBlock({ provider, block: newest }: LiveDao): Promise<Block | null> {
  const found = await provider.getBlock("finalized").catch(() => null);
  return found !== null && found.number > newest ? provider.getBlock(newest) : found;
}
