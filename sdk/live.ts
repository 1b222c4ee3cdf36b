import type { Provider } from "ethers";
import { AddressBook } from "./calls/book.js";
import type { ChainLog } from "./chain/logCache.js";
import { LogCache } from "./chain/logCache.js";
import type { OnProgress } from "./chain/logs.js";
import { logSource } from "./chain/logSource.js";
import type { Read } from "./chain/reads.js";
import type { Patience } from "./chain/patience.js";
import { until } from "./chain/patience.js";
import { readerAt } from "./chain/reads.js";
import { requireLaunch, twice } from "./chain/whole.js";
import type { Dao } from "./dao.js";
import { connectDao } from "./dao.js";
import type { Problem } from "./errors.js";
import { KyosoError } from "./errors.js";
import type { DaoModule, DaoRecord, OwnContract } from "./daoRecord.js";
import { addressOf, ownContracts } from "./modules/module.js";
import type { Addresses } from "./implementationNames.js";
import type { SettledCopy, SettledProposals } from "./governance/settled.js";
import type { Eip1193Provider } from "./chain/eip1193.js";
import type { SeasonTerms, Trust } from "./verify.js";
import { otherSafeProblem, verifyDao } from "./verify.js";

/** A DAO on a chain, and ways to read it that are sparing of the node. */
export interface LiveDao {
  /** With the modules that the chain has. */
  readonly record: DaoRecord;
  readonly chainId: bigint;
  readonly provider: Provider;
  readonly eip1193: Eip1193Provider;
  readonly contracts: Dao;
  /** The brand's Safe at present. */
  readonly safe: string;
  readonly book: AddressBook;
  /** Where its modules are, or will be: nothing else can ever be there. */
  readonly modulePlaces: Addresses<DaoModule>;
  /** The token's. */
  readonly symbol: string;
  readonly seasons: SeasonTerms;
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
  readonly logsOf: (contract: OwnContract) => Promise<readonly ChainLog[]>;
  /** Forgets the logs that are kept of a contract. */
  readonly forgetLogs: (contract: OwnContract) => Promise<void>;
  /** What is known to have become of proposals for good: the governor isn't asked for it. */
  readonly settled: () => Promise<SettledProposals>;
  /** See {@link readerAt}. */
  readonly readMany: <Result>(reads: readonly Read[]) => Promise<Result[]>;
}

export interface LiveOptions {
  readonly cache?: LogCache;
  readonly onProgress?: OnProgress;
  /** Called with what has to be said loudly, and doesn't keep the DAO from being opened. */
  readonly onWarning?: (problem: Problem) => void;
  readonly trust?: Trust;
  /** Contracts whose logs are read together: whoever wants those of one wants those of the others as well. */
  readonly together?: readonly OwnContract[];
  /** What is known of proposals that are over. */
  readonly settled?: SettledCopy;
}

/**
 * Opens a DAO by its record.
 *
 * @throws KyosoError where the chain isn't the record's, or a contract isn't what the record calls it: see {@link verifyDao}.
 */
export async function openDao(
  recorded: DaoRecord,
  provider: Provider,
  eip1193: Eip1193Provider,
  { cache = new LogCache(undefined), onProgress, onWarning, trust, together = [], settled }: LiveOptions = {},
): Promise<LiveDao> {
  const { chainId } = await provider.getNetwork();
  requireChain(recorded, chainId);
  const block = await provider.getBlock("latest");
  const blockNumber = block?.number ?? 0;
  const verified = await verifyDao(recorded, provider, eip1193, blockNumber, trust);
  const { safe, symbol, seasons, modules, places, strangeModules, isRecordsSafe } = verified;
  const record: DaoRecord = { ...recorded, modules };
  for (const strange of strangeModules) onWarning?.(strange);
  const otherSafe = isRecordsSafe ? undefined : otherSafeProblem(record, safe);
  if (otherSafe !== undefined) onWarning?.(otherSafe);
  const contracts = connectDao(record, provider);
  const own = ownContracts(record);
  const forgetLogs = (contract: OwnContract) => cache.forget(chainId, addressOf(record, contract));
  const readLogs = sharing(async (names: readonly OwnContract[]) => {
    const addresses = names.map((name) => addressOf(record, name));
    const source = logSource(eip1193);
    const all = await cache.readTogether(
      source,
      chainId,
      addresses,
      record.startBlock,
      onProgress,
      blockNumber,
    );
    return new Map(names.map((name, i) => [name, all[i] ?? []]));
  });
  return {
    record,
    chainId,
    provider,
    eip1193,
    contracts,
    safe,
    book: new AddressBook({ ...record, modules: places }, isRecordsSafe ? safe : undefined),
    modulePlaces: places,
    symbol,
    seasons,
    block: blockNumber,
    now: block?.timestamp ?? 0,
    logsOf: async (contract) => {
      // A wallet can be on another chain than the provider, and change it at any time: no logs there would read as none here.
      requireChain(record, BigInt(String(await eip1193.request({ method: "eth_chainId" }))));
      return twice(
        async () => {
          const names = together.includes(contract)
            ? own.filter((name) => together.includes(name))
            : [contract];
          const logs = (await readLogs(names)).get(contract) ?? [];
          requireLaunch(contract, logs);
          return logs;
        },
        () => forgetLogs(contract),
      );
    },
    forgetLogs,
    settled: async () =>
      (await settled?.read(async (number) => (await provider.getBlock(number))?.hash ?? undefined)) ??
      new Map(),
    readMany: readerAt(eip1193, blockNumber),
  };
}

/** Whoever asks for what is being read already gets the same. */
function sharing<Found>(read: (names: readonly OwnContract[]) => Promise<Found>) {
  const under = new Map<string, Promise<Found>>();
  return (names: readonly OwnContract[]): Promise<Found> => {
    const key = names.join();
    const known = under.get(key);
    if (known !== undefined) return known;
    const reading = read(names).finally(() => under.delete(key));
    under.set(key, reading);
    return reading;
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
  patience: Patience = { attempts: 7, firstWait: 250 },
): Promise<LiveDao> {
  const block = await until(
    (newest) => newest === null || newest.number >= after,
    () => live.provider.getBlock("latest"),
    patience,
  );
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
    readMany: readerAt(live.eip1193, block.number),
  };
}
