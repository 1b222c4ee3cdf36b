import { topicOf } from "../../badges/ledger.js";
import { addressIn, readNumber } from "../../chain/abi.js";
import { LogCache } from "../../chain/logCache.js";
import { LogSearch } from "../../chain/logs.js";
import { logSource } from "../../chain/logSource.js";
import type { LogStore } from "../../chain/logStore.js";
import type { ChainLog } from "../../chain/packedLogs.js";
import { topicIn } from "../../chain/packedLogs.js";
import { incompleteLogs, requireLaunch } from "../../chain/whole.js";
import type { LiveDao } from "../../live.js";
import type { Condition } from "../../pass/conditions.js";
import { Holders } from "./holders.js";
import type { ChainView } from "./view.js";

const TRANSFER = topicOf("Transfer").slice(2);
const AWARDED = topicOf("BadgesAwarded").slice(2);
const RECOVERY_BEGUN = topicOf("RecoveryBegun").slice(2);

/** Blocks that are read again: a reorganisation may have changed them. */
const UNSETTLED_BLOCKS = 32;

/** Blocks that are read in one go: what took too long isn't read from its beginning the next time. */
const BLOCKS_AT_ONCE = 5_000;

/** More badges are named than a condition asks for, in case that some of them are gone. */
const SPARE_BADGES = 8;

/**
 * What proves that somebody meets conditions, as far as contracts have no list of it: which badges and passes an account has, and with
 * which accounts it took part in recoveries. It comes from logs, and says where to look only: the contracts decide.
 */
export class Proofs {
  readonly #live: LiveDao;
  readonly #pass: string;
  readonly #view: ChainView;
  readonly #badges = new Holders();
  readonly #passes = new Holders();
  /** First badge and kind of each award, in order. */
  readonly #awards: { readonly block: number; readonly firstId: number; readonly kind: number }[] = [];
  #recoveries: readonly { readonly block: number; readonly from: string; readonly to: string }[] = [];
  /** All until here is known. */
  #block: number;
  /** The newest block that anybody asked for. */
  #wanted: number;
  #reading: Promise<void> | undefined;

  private constructor(live: LiveDao, pass: string, view: ChainView) {
    this.#live = live;
    this.#pass = pass;
    this.#view = view;
    this.#block = live.block;
    this.#wanted = live.block;
  }

  /**
   * Reads all that there was until the DAO was opened.
   *
   * @throws KyosoError where the node leaves logs out.
   */
  static async read(live: LiveDao, pass: string, logs: LogStore, view: ChainView): Promise<Proofs> {
    const { record, chainId, eip1193, contracts, block } = live;
    const proofs = new Proofs(live, pass, view);
    const awarded = Number(await contracts.badge.totalAwarded({ blockTag: block }));
    const addresses = [record.contracts.badge, pass];
    const read = await new LogCache(logs).readTogether(
      logSource(eip1193),
      chainId,
      addresses,
      record.startBlock,
      undefined,
      block,
    );
    const [ofBadge = [], ofPass = []] = read;
    requireLaunch("badge", ofBadge);
    for (const log of ofBadge) proofs.#applyBadge(log);
    for (const log of ofPass) proofs.#applyPass(log);
    proofs.#settle();
    const { known } = proofs.#badges;
    if (known < awarded) {
      throw incompleteLogs("badge", `They say of ${known} of ${awarded} badges to whom they went`);
    }
    return proofs;
  }

  /**
   * Reads on, until a block. Whoever asks meanwhile waits for the same: a request that hangs holds up nobody for longer than the node may
   * take for one.
   *
   * @throws KyosoError "gate.node-away" where one takes longer. What was read until then stays.
   */
  async reach(block: number): Promise<void> {
    this.#wanted = Math.max(this.#wanted, block);
    while (this.#block < block) {
      await (this.#reading ??= this.#readOn(Math.min(this.#wanted, this.#block + BLOCKS_AT_ONCE)).finally(
        () => {
          this.#reading = undefined;
        },
      ));
    }
  }

  /** Badges of an account that are enough for the conditions, in ascending order, as far as it has them. */
  badgesFor(conditions: readonly Condition[], account: string): number[] {
    const asked = new Map<number, number>();
    for (const { kind, amount } of conditions) {
      if (kind !== null) asked.set(kind, Math.max(asked.get(kind) ?? 0, amount + SPARE_BADGES));
    }
    if (asked.size === 0) return [];
    return this.#badges.of(account).filter((id) => {
      const kind = this.#kindOf(id);
      const left = asked.get(kind) ?? 0;
      asked.set(kind, left - 1);
      return left > 0;
    });
  }

  /** The passes that an account has, in ascending order. */
  passesOf(account: string): number[] {
    return this.#passes.of(account);
  }

  /** Accounts that what an account earned was moved to, or from; not those that others of these took part with. */
  recoveriesOf(account: string): string[] {
    return this.#recoveries.flatMap(({ from, to }) =>
      from === account ? [to] : to === account ? [from] : [],
    );
  }

  async #readOn(block: number): Promise<void> {
    const { badge } = this.#live.record.contracts;
    const search = new LogSearch(logSource(this.#live.eip1193), { address: [badge, this.#pass] });
    const from = Math.max(this.#live.record.startBlock, this.#block + 1 - UNSETTLED_BLOCKS);
    const found = await this.#view.within(() => search.read(from, block));
    // What a reorganisation has undone isn't in any log.
    this.#rewind(from);
    for (const log of found) {
      if (log.address.toLowerCase() === badge.toLowerCase()) this.#applyBadge(log);
      else this.#applyPass(log);
    }
    this.#block = block;
    this.#settle();
  }

  #rewind(from: number): void {
    this.#badges.rewind(from);
    this.#passes.rewind(from);
    while ((this.#awards.at(-1)?.block ?? -1) >= from) this.#awards.pop();
    this.#recoveries = this.#recoveries.filter(({ block }) => block < from);
  }

  #settle(): void {
    const before = this.#block + 1 - UNSETTLED_BLOCKS;
    this.#badges.settle(before);
    this.#passes.settle(before);
  }

  #applyBadge(log: ChainLog): void {
    const { blockNumber: block } = log;
    const event = topicIn(log, 0);
    if (event === TRANSFER) this.#badges.apply(log);
    else if (event === AWARDED) {
      const [kind, firstId] = [readNumber(topicIn(log, 2), 0), readNumber(topicIn(log, 3), 0)];
      this.#awards.push({ block, firstId, kind });
    } else if (event === RECOVERY_BEGUN) {
      const [from, to] = [addressIn(topicIn(log, 1)), addressIn(topicIn(log, 2))];
      this.#recoveries = [...this.#recoveries, { block, from, to }];
    }
  }

  #applyPass(log: ChainLog): void {
    if (topicIn(log, 0) === TRANSFER) this.#passes.apply(log);
  }

  /** 0 for a badge that no award is known of. */
  #kindOf(id: number): number {
    let [low, high] = [0, this.#awards.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#awards[middle]?.firstId ?? Infinity) <= id) low = middle + 1;
      else high = middle;
    }
    return this.#awards[low - 1]?.kind ?? 0;
  }
}
