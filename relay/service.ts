import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { ServerType } from "@hono/node-server";
import { serve } from "@hono/node-server";
import { formatEther } from "ethers";
import type { DaoRecord } from "../sdk/daoRecord.js";
import type { Pace } from "../sdk/execute/pace.js";
import { senderOf } from "../sdk/execute/sender.js";
import { requireRelay } from "../sdk/governance/ballotBatch.js";
import { FileLogs } from "../sdk/node/chain/fileLogs.js";
import { parseRecord } from "../sdk/node/record.js";
import type { Trust } from "../sdk/verify.js";
import { Admission } from "./api/admission.js";
import type { StatusAnswer } from "./api/document.js";
import { createApp } from "./api/app.js";
import type { RelayConfig } from "./config.js";
import { JobStore } from "./jobs/store.js";
import { openDesks, possibleKinds } from "./kinds/desks.js";
import { walletOf } from "./key.js";
import type { Logger } from "./log.js";
import { Metrics } from "./metrics.js";
import { ChainView } from "./worker/chain.js";
import { Purse } from "./worker/pay.js";
import { SecondNode } from "./worker/second.js";
import { Worker } from "./worker/worker.js";

/** How long after a round in which nothing was to be done the next one begins, in milliseconds. */
const REST_MS = 2_000;
/** How often what ended long ago is forgotten, and how often the balance is looked at. */
const TIDY_MS = 3_600_000;
const BALANCE_MS = 15_000;
/** How often what was deleted is erased from the database's files. */
const ERASE_MS = 60_000;
/** How many may wait for the same leaf, voter or voucher. */
const WAITING_OF_SUBJECT = 3;

const DAY_MS = 86_400_000;

/** What the relay is started with, besides its settings. */
export interface Start {
  readonly config: RelayConfig;
  readonly key: string;
  readonly url: string;
  /** A second node, which has to agree before something is final. */
  readonly secondUrl: string | undefined;
  readonly log: Logger;
  readonly trust?: Trust;
  /** What tests and chains with fast blocks want otherwise. */
  readonly pace?: Partial<Pace>;
  readonly rest?: number;
  readonly checks?: number;
}

/** The relay: its API, and its worker, which goes on until it is stopped. */
export class RelayService {
  readonly worker: Worker;
  readonly store: JobStore;
  readonly #start: Start;
  readonly #chain: ChainView;
  readonly #second: SecondNode | undefined;
  readonly #purse: Purse;
  readonly #metrics = new Metrics();
  #server: ServerType | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  #ending: Promise<void> | undefined;
  #wake: () => void = () => undefined;
  #balance: bigint | undefined;
  #balanceAt = 0;
  #roundAt = Date.now();
  #tidiedAt = 0;
  #erasedAt = 0;
  #counted: { readonly at: number; readonly counts: ReturnType<JobStore["counts"]> };

  private constructor(
    start: Start,
    chain: ChainView,
    second: SecondNode | undefined,
    store: JobStore,
    worker: Worker,
    purse: Purse,
  ) {
    this.#start = start;
    this.#chain = chain;
    this.#second = second;
    this.store = store;
    this.#counted = { at: Date.now(), counts: store.counts() };
    this.worker = worker;
    this.#purse = purse;
  }

  /**
   * Opens the chain and the database, and begins to listen and to work.
   *
   * @throws KyosoError where one of them isn't the DAO's, the key isn't one, or another relay has the database.
   */
  static async start(start: Start): Promise<RelayService> {
    const { config, url, secondUrl, log, key, pace = {}, trust } = start;
    const payer = walletOf(key);
    const record = parseRecord(await readFile(config.record, "utf8"), config.record);
    await mkdir(config.data, { recursive: true, mode: 0o700 });
    const limits = { waiting: config.limits.waiting, waitingOfSubject: WAITING_OF_SUBJECT };
    const identity = { chainId: record.chainId, governor: record.contracts.governor };
    const store = JobStore.open(path.join(config.data, "relay.sqlite"), identity, limits);
    // Closed in turn, from the last one, where it can't be started.
    const opened: { close(): void }[] = [store];
    try {
      const options = { record, finality: config.finality, ...(trust === undefined ? {} : { trust }) };
      const logs = new FileLogs(path.join(config.data, "logs"));
      const chain = await ChainView.open({ ...options, url, logs });
      opened.unshift(chain);
      const second =
        secondUrl === undefined
          ? undefined
          : await SecondNode.open({ ...options, url: secondUrl, logs: undefined }, log);
      if (second !== undefined) opened.unshift(second);
      // Else each ballot would be taken, and none could be cast.
      if (config.takes.includes("ballot")) await requireRelay(chain.live);
      const { day, campaign, call, account } = config.budget;
      const purse = new Purse(store, { all: day, campaign, call, account });
      const desks = openDesks(config.votes.least, config.tokens);
      const sender = await senderOf(payer.connect(chain.provider));
      const maxFee = config.gas.most;
      const worker = new Worker({ store, chain, second, purse, desks, payer: sender, maxFee, pace, log });
      const takes = await possibleKinds(chain.live, config.takes);
      for (const kind of config.takes) if (!takes.includes(kind)) log("warn", "kind-left-out", { kind });
      const service = new RelayService(
        { ...start, config: { ...config, takes: [...takes] } },
        chain,
        second,
        store,
        worker,
        purse,
      );
      const admission = new Admission(store, chain, worker.address, log, start.checks);
      await service.#listen(record, admission, desks);
      service.#running = service.#work();
      log("info", "started", {
        dao: record.slug,
        chain: record.chainId,
        account: worker.address,
        port: service.port,
        process: process.pid,
      });
      return service;
    } catch (error) {
      for (const each of opened) each.close();
      throw error;
    }
  }

  async #listen(record: DaoRecord, admission: Admission, desks: ReturnType<typeof openDesks>): Promise<void> {
    const { config, log } = this.#start;
    const app = createApp({
      store: this.store,
      admission,
      desks: new Map([...desks].filter(([kind]) => config.takes.includes(kind))),
      origins: config.origins,
      proxies: config.proxies,
      perMinute: config.limits.perMinute,
      status: () => this.status(record),
      metrics: () => this.#metrics.text(this.#gauged()),
      onAnswer: (of, status) => {
        this.#metrics.answered(of, status);
      },
      log,
    });
    const { host: hostname, port } = config.listen;
    await new Promise<void>((resolve, reject) => {
      const serverOptions = {
        headersTimeout: 5_000,
        requestTimeout: 10_000,
        keepAliveTimeout: 5_000,
        maxHeaderSize: 16_384,
        connectionsCheckingInterval: 1_000,
      };
      this.#server = serve({ fetch: app.fetch, hostname, port, serverOptions }, () => {
        resolve();
      });
      this.#server.once("error", reject);
    });
  }

  get port(): number {
    const address = this.#server?.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** What `GET /status` answers. */
  status({ slug, chainId, contracts }: DaoRecord): StatusAnswer {
    const { config } = this.#start;
    const { budget, balance } = config;
    const low = this.#balance !== undefined && this.#balance < balance.least;
    return {
      dao: slug,
      chainId,
      governor: contracts.governor,
      takes: config.takes,
      account: this.worker.address,
      balance: this.#balance === undefined ? null : formatEther(this.#balance),
      lowBalance: low,
      budget: { day: formatEther(budget.day), spent: formatEther(this.#purse.spent()) },
      jobs: this.#counts(),
      trouble: this.worker.trouble ?? null,
    };
  }

  /** How many jobs are in each state: counted once a second at most, as it takes longer the more are kept. */
  #counts() {
    const now = Date.now();
    if (now - this.#counted.at >= 1_000) this.#counted = { at: now, counts: this.store.counts() };
    return this.#counted.counts;
  }

  #gauged() {
    const { budget, balance } = this.#start.config;
    return {
      jobs: this.#counts(),
      balance: this.#balance,
      spent: this.#purse.spent(),
      budget: budget.day,
      troubled: this.worker.trouble !== undefined,
      lowBalance: this.#balance !== undefined && this.#balance < balance.least,
      quiet: Math.round((Date.now() - this.#roundAt) / 1000),
    };
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      const more = await this.worker.round();
      this.#roundAt = Date.now();
      await this.#look();
      if (!more) await this.#rest();
    }
  }

  /** Waits a little, or until it is stopped. */
  #rest(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#start.rest ?? REST_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #look(): Promise<void> {
    const { config, log } = this.#start;
    const now = Date.now();
    try {
      if (now - this.#erasedAt >= ERASE_MS) {
        this.store.erase();
        this.#erasedAt = now;
      }
      if (now - this.#balanceAt >= BALANCE_MS) {
        this.#balance = await this.#chain.provider.getBalance(this.worker.address);
        this.#balanceAt = now;
        if (this.#balance < config.balance.least) log("warn", "low-balance", { wei: this.#balance });
      }
      if (now - this.#tidiedAt >= TIDY_MS) {
        this.store.forget(now - config.forget * DAY_MS);
        this.#purse.tidy();
        this.#tidiedAt = now;
      }
    } catch (error) {
      log("warn", "look-failed", { code: error instanceof Error ? error.name : "unknown" });
    }
  }

  /**
   * Stops: what is being asked is answered, and what is being sent is followed to its end. Whoever doesn't want to wait kills it:
   * nothing is lost by that.
   */
  stop(): Promise<void> {
    return (this.#ending ??= this.#end());
  }

  async #end(): Promise<void> {
    this.#stopped = true;
    this.worker.stop();
    this.#wake();
    const server = this.#server;
    if (server !== undefined) {
      await new Promise((resolve) => {
        server.close(resolve);
        if ("closeIdleConnections" in server) server.closeIdleConnections();
      });
    }
    await this.#running;
    this.store.erase();
    this.#chain.close();
    this.#second?.close();
    this.store.close();
    this.#start.log("info", "stopped");
  }
}
