import { JsonRpcProvider } from "ethers";
import { BrowserLogs } from "../../../sdk/browser/index.js";
import type { DaoRecord, Problem } from "../../../sdk/index.js";
import {
  boardAsJson,
  LogCache,
  memberRewardsAsJson,
  openDao,
  parseSeason,
  proposalsAsJson,
  readBoard,
  readMemberRewards,
  toJson,
  withNicknames,
} from "../../../sdk/index.js";

/** What a page, or a Worker, is asked to read. */
export interface Wanted {
  readonly url: string;
  readonly record: DaoRecord;
  readonly account: string;
}

/** What commands print with `--json`; how many blocks were searched for logs; and what the browser couldn't keep. */
export interface Reading {
  readonly proposals: unknown;
  readonly board: unknown;
  readonly season: unknown;
  readonly searched: number;
  readonly problems: readonly Problem[];
}

/** Reads a DAO as the commands do. */
export async function read({ url, record, account }: Wanted): Promise<Reading> {
  const provider = new JsonRpcProvider(url);
  const problems: Problem[] = [];
  let searched = 0;
  const eip1193 = {
    request: ({ method, params = [] }: { method: string; params?: readonly unknown[] }): Promise<unknown> => {
      if (method === "eth_getLogs") searched += blocksIn(params[0]);
      return provider.send(method, [...params]);
    },
  };
  try {
    const logs = new BrowserLogs({ onProblem: (problem) => problems.push(problem) });
    const live = await openDao(record, provider, eip1193, { cache: new LogCache(logs) });
    const proposals = toJson(await proposalsAsJson(live));
    const found = await readBoard(live, parseSeason(live, undefined));
    const board = toJson(boardAsJson(live, found, await withNicknames(live, found.entries)));
    const [named] = await withNicknames(live, [{ account }]);
    const rewards = await readMemberRewards(live, account);
    const season = toJson(memberRewardsAsJson(live, rewards, named?.nickname ?? null));
    return { proposals, board, season, searched, problems };
  } finally {
    provider.destroy();
  }
}

function blocksIn(filter: unknown): number {
  const { fromBlock, toBlock } = filter as { readonly fromBlock: string; readonly toBlock: string };
  return Number(toBlock) - Number(fromBlock) + 1;
}
