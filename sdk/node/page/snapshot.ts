import { logsUntil } from "../../chain/whole.js";
import type { Block } from "ethers";
import { readNewestLedger } from "../../badges/ledger.js";
import { snapshotText } from "../../chain/snapshotLogs.js";
import { readerAt } from "../../chain/reads.js";
import type { OwnContract } from "../../daoRecord.js";
import { governorRead, readProposalsAndQuorums } from "../../governance/proposals.js";
import type { SettledProposal } from "../../governance/settled.js";
import { settledText } from "../../governance/settled.js";
import { isFinal, PROPOSAL_STATES } from "../../governance/states.js";
import { readIdeaCalls } from "../../ideas/board.js";
import type { LiveDao } from "../../live.js";
import { addressOf, ownContracts } from "../../modules/module.js";
import type { PageSnapshot, SnapshotFile } from "../../page/document.js";
import { readRewardLogs } from "../../rewards/logs.js";
import { readHolders } from "../../token/holders.js";
import type { ExportedFile } from "../export.js";
import { hashOf } from "./headers.js";

/** The contracts whose logs the page reads, where the DAO has them. Of passes are few, and nothing says how many there are. */
const CONTRACTS = [
  "governor",
  "badge",
  "rewards",
  "token",
  "board",
] as const satisfies readonly OwnContract[];

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
  const hash = block?.hash ?? null;
  if (block === null || hash === null || block.number < live.record.startBlock) return undefined;
  const to = block.number;
  const { contracts, modules } = live.record;
  const [settled] = await Promise.all([
    settledAt(live, block),
    ...[readNewestLedger(live), readRewardLogs(live), readHolders(live)],
    ...(modules?.board === undefined ? [] : [readIdeaCalls(live)]),
  ]);
  const files: Partial<Record<OwnContract, SnapshotFile>> = {};
  const made: ExportedFile[] = [];
  const add = (name: string, text: string): SnapshotFile => {
    const integrity = hashOf("sha384", text);
    // Named by its hash, as all that hosts and browsers may keep for good.
    const file = `assets/${name}-${integrity.slice(7, 15).replaceAll(/[+/]/gu, "_")}.json`;
    made.push({ file, text });
    return { file, integrity };
  };
  const own = ownContracts(live.record);
  for (const contract of CONTRACTS.filter((name) => own.includes(name))) {
    const place = { chainId: live.chainId, address: addressOf(live.record, contract) };
    const logs = logsUntil(await live.logsOf(contract), to);
    const text = snapshotText(place, { from: live.record.startBlock, to, hash, logs });
    files[contract] = add(`logs-${contract}`, text);
  }
  return {
    snapshot: {
      block: to,
      files,
      settled: add(
        "settled",
        settledText({ chainId: live.chainId, address: contracts.governor }, { number: to, hash }, settled),
      ),
    },
    files: made,
  };
}

/** The proposals that were over at a block already. */
async function settledAt(live: LiveDao, { number, timestamp }: Block): Promise<SettledProposal[]> {
  const { proposals, quorums } = await readProposalsAndQuorums(live);
  // Others weren't made by then, and the governor wouldn't know them.
  const old = proposals.flatMap((proposal, i) =>
    proposal.snapshot < timestamp
      ? [{ id: proposal.id, number: proposal.number, tally: proposal.tally, quorum: quorums[i] ?? 0n }]
      : [],
  );
  const states = await readerAt(
    live.eip1193,
    number,
  )<bigint>(old.map(({ id }) => governorRead(live, "state", [BigInt(id)])));
  return old.flatMap(({ number: which, tally, quorum }, i) => {
    const state = PROPOSAL_STATES[Number(states[i])];
    return state !== undefined && isFinal(state) ? [{ number: which, state, tally, quorum }] : [];
  });
}

/** The newest final block that the DAO was read at; a node that knows none makes no difference to the rest of the page. */
async function finalBlock({ provider, block: newest }: LiveDao): Promise<Block | null> {
  const found = await provider.getBlock("finalized").catch(() => null);
  return found !== null && found.number > newest ? provider.getBlock(newest) : found;
}
