import type { Provider } from "ethers";
import { dataSlice, getAddress } from "ethers";
import { PROXIES } from "./audit/code.js";
import { AddressBook } from "./calls/book.js";
import type { ChainLog } from "./chain/logCache.js";
import { LogCache } from "./chain/logCache.js";
import type { OnProgress } from "./chain/logs.js";
import { logSource } from "./chain/logSource.js";
import type { Read } from "./chain/reads.js";
import type { Patience } from "./chain/patience.js";
import { sleep } from "./chain/patience.js";
import { readMany } from "./chain/reads.js";
import { requireLaunch, twice } from "./chain/whole.js";
import type { Dao } from "./dao.js";
import { connectDao } from "./dao.js";
import { KyosoError } from "./errors.js";
import { IMPLEMENTATION_SLOT } from "./launch/predict.js";
import type { DaoContract, DaoRecord } from "./daoRecord.js";
import type { Eip1193Provider } from "./chain/eip1193.js";

/** A DAO on a chain, and ways to read it that are sparing of the node. */
export interface LiveDao {
  readonly record: DaoRecord;
  readonly chainId: bigint;
  readonly provider: Provider;
  readonly eip1193: Eip1193Provider;
  readonly contracts: Dao;
  /** The brand's Safe at present. */
  readonly safe: string;
  readonly book: AddressBook;
  /** The token's. */
  readonly symbol: string;
  /** Newest block when the DAO was opened: what is read with {@link LiveDao.readMany} is as of it. */
  readonly block: number;
  /** Its timestamp: "now" on the chain. */
  readonly now: number;
  /**
   * All logs of a contract since the launch. What is made of them goes through {@link fromLogs}, which compares it with what
   * the chain says otherwise.
   *
   * @throws KyosoError where not even those of the launch are there.
   */
  readonly logsOf: (contract: DaoContract) => Promise<ChainLog[]>;
  /** Forgets the logs that are kept of a contract. */
  readonly forgetLogs: (contract: DaoContract) => Promise<void>;
  /** See {@link readMany}. */
  readonly readMany: <Result>(reads: readonly Read[]) => Promise<Result[]>;
}

export interface LiveOptions {
  readonly cache?: LogCache;
  readonly onProgress?: OnProgress;
}

/**
 * Opens a DAO by its record.
 *
 * @throws KyosoError where the chain isn't the record's, or a contract isn't there or runs other code than recorded.
 */
export async function openDao(
  record: DaoRecord,
  provider: Provider,
  eip1193: Eip1193Provider,
  { cache = new LogCache(undefined), onProgress }: LiveOptions = {},
): Promise<LiveDao> {
  const { chainId } = await provider.getNetwork();
  requireChain(record, chainId);
  const block = await provider.getBlock("latest");
  await checkImplementations(record, provider);
  const blockNumber = block?.number ?? 0;
  const contracts = connectDao(record, provider);
  const [safe, symbol] = await Promise.all([contracts.handover.safe(), contracts.token.symbol()]);
  const forgetLogs = (contract: DaoContract) => cache.forget(chainId, record.contracts[contract]);
  return {
    record,
    chainId,
    provider,
    eip1193,
    contracts,
    safe,
    book: new AddressBook(record, safe),
    symbol,
    block: blockNumber,
    now: block?.timestamp ?? 0,
    logsOf: async (contract) => {
      // A wallet can be on another chain than the provider, and change it at any time: no logs there would read as none here.
      requireChain(record, BigInt(String(await eip1193.request({ method: "eth_chainId" }))));
      return twice(
        async () => {
          const address = record.contracts[contract];
          const source = logSource(eip1193);
          const logs = await cache.read(source, chainId, address, record.startBlock, onProgress, blockNumber);
          requireLaunch(contract, logs);
          return logs;
        },
        () => forgetLogs(contract),
      );
    },
    forgetLogs,
    readMany: (reads) => readMany(eip1193, blockNumber, reads),
  };
}

/** @throws KyosoError where a chain isn't the record's. */
function requireChain(record: DaoRecord, chainId: bigint): void {
  if (record.chainId === chainId.toString()) return;
  throw KyosoError.of("dao.other-chain", {
    data: { slug: record.slug, chainId: record.chainId, here: chainId },
    place: `record of "${record.slug}"`,
    message: `It is of chain ${record.chainId}, and this is chain ${chainId}`,
    remedy: "Choose the DAO's network with --network.",
  });
}

/**
 * The same DAO as of the newest block.
 *
 * @param after A block that has to be in it: of several nodes behind one address some may be a little behind.
 * @throws KyosoError if it is still not there after some seconds.
 */
export async function refreshed(
  live: LiveDao,
  after = 0,
  { attempts, firstWait }: Patience = { attempts: 7, firstWait: 250 },
): Promise<LiveDao> {
  let block = await live.provider.getBlock("latest");
  for (let attempt = 1; attempt < attempts && block !== null && block.number < after; attempt++) {
    await sleep(firstWait * 2 ** (attempt - 1));
    block = await live.provider.getBlock("latest");
  }
  if (block !== null && block.number < after) {
    throw KyosoError.of("node.behind", {
      data: { block: block.number, after },
      place: "node",
      message: `It has come to block ${block.number} only, and block ${after} was confirmed`,
      remedy: "What was sent is done. Look again in a moment.",
    });
  }
  if (block === null || block.number === live.block) return live;
  return {
    ...live,
    block: block.number,
    now: block.timestamp,
    readMany: (reads) => readMany(live.eip1193, block.number, reads),
  };
}

async function checkImplementations(record: DaoRecord, provider: Provider): Promise<void> {
  const slots = await Promise.all(
    PROXIES.map(([name]) => provider.getStorage(record.contracts[name], IMPLEMENTATION_SLOT)),
  );
  for (const [i, [name, implementation]] of PROXIES.entries()) {
    const found = getAddress(dataSlice(slots[i] ?? "0x", 12));
    const recorded = record.implementations[implementation];
    if (found === recorded) continue;
    const place = `${name} ${record.contracts[name]}`;
    if (BigInt(found) === 0n) {
      throw KyosoError.of("dao.no-contract", {
        data: { contract: place },
        place,
        message: "There is no contract of this DAO on the chain",
        remedy: "Check that the node is up to date and of the right chain, and that the record is the DAO's.",
      });
    }
    throw KyosoError.of("dao.other-implementation", {
      data: { implementation, found, recorded },
      place,
      message: `It runs ${found}, and the record says ${recorded}`,
      remedy: `Find out why with \`npx hardhat dao audit\`. If a passed proposal upgraded it, write the new address into the record, at implementations.${implementation}.`,
    });
  }
}
