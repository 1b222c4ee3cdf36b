import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import hre from "hardhat";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { JSON_KEYS } from "../../tasks/keys.js";
import { Brands, type BrandTree } from "./brands.js";
import { expectSuccess, launcher, type Outcome, run, type Running, start } from "./commandLine.js";
import { sentOn } from "./cut.js";
import { type LocalNode, startHardhatNode } from "./nodes.js";
import { taskOf } from "./owed.js";

/** A live DAO on a node, and the command line to work with it. Nobody else uses either until `stop`. */
export interface LiveNode {
  readonly node: LocalNode;
  readonly brands: Brands;
  readonly slug: string;
  readonly record: DaoRecord;
  /** Where that is kept, and where the brand file is. */
  readonly files: { readonly record: string; readonly brand: string };
  /** Runs a task for the DAO as an account. */
  readonly cli: (args: readonly string[], account?: HDNodeWallet) => Promise<Outcome>;
  /** Begins a task that runs beside others, in a process of its own. */
  readonly start: (args: readonly string[], account?: HDNodeWallet) => Running;
  /** Runs a task with `--json`, expects success, and returns what it printed. */
  readonly json: <Result>(args: readonly string[], account?: HDNodeWallet) => Promise<Result>;
  /** Lets time pass on the chain. */
  readonly pass: (seconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

type Brand = Awaited<ReturnType<Brands["write"]>>;

/** A node that all test files of this process share, with a DAO on it that was launched from the plain brand file. */
interface Ground {
  readonly node: LocalNode;
  readonly brands: Brands;
  readonly plain: Brand;
  /** The chain with that DAO and nothing else: a snapshot's number, which counts once. */
  snapshot: string;
}

let ground: Promise<Ground> | undefined;

/**
 * To start a node takes seconds of work, and to launch a DAO on a chain with nothing on it takes more. So the first test
 * file of a process pays for both, and each leaves the chain to the next as it found it.
 */
function commonGround(): Promise<Ground> {
  ground ??= prepareGround().catch((error: unknown) => {
    ground = undefined;
    throw error;
  });
  return ground;
}

async function prepareGround(): Promise<Ground> {
  const [node, brands] = await Promise.all([startHardhatNode(), Brands.create()]);
  node.endWithProcess();
  process.once("exit", () => {
    brands.remove();
  });
  const plain = await brands.write();
  expectSuccess(await run(["dao", "launch", plain.file], node));
  return { node, brands, plain, snapshot: await takeSnapshot(node) };
}

async function takeSnapshot({ provider }: LocalNode): Promise<string> {
  return (await provider.send("evm_snapshot", [])) as string;
}

/** Takes everything back that happened on the chain, and removes what was kept of it. */
async function restore(common: Ground, { contracts, modules }: DaoRecord): Promise<void> {
  expect(await common.node.provider.send("evm_revert", [common.snapshot])).to.equal(true);
  common.snapshot = await takeSnapshot(common.node);
  common.brands.tidy();
  for (const address of Object.values({ ...contracts, ...modules })) await forgetLogs(address);
  await rm(await sentOn(common.node.provider), { recursive: true, force: true });
}

/** Removes the logs of a contract that commands have kept. */
export async function forgetLogs(address: string): Promise<void> {
  const folder = path.join(hre.config.paths.cache, "kyoso", "31337");
  await rm(path.join(folder, `${address.toLowerCase()}.jsonl`), { force: true });
}

/**
 * A DAO that the command line launched: accounts 1 to 3 own its Safe, of whom two have to sign; 4 to 6 hold 60,000,
 * 40,000 and 30,000 tokens.
 *
 * @param change What its brand file has that the plain one hasn't. It is launched for this then, on a chain with what
 * all DAOs share.
 */
export async function launchLive(change?: (tree: BrandTree) => unknown): Promise<LiveNode> {
  const [common, brands] = await Promise.all([commonGround(), Brands.create()]);
  const { node } = common;
  const brand = change === undefined ? common.plain : await brands.write(change);
  if (change !== undefined) expectSuccess(await run(["dao", "launch", brand.file], node));
  const record = JSON.parse(await readFile(brand.record, "utf8")) as DaoRecord;
  const orderOf = (args: readonly string[], { privateKey: key }: HDNodeWallet = launcher) =>
    [[...args, "--dao", brand.slug], { url: node.url, key }] as const;
  const cli = (args: readonly string[], account?: HDNodeWallet) => run(...orderOf(args, account));
  return {
    node,
    brands,
    slug: brand.slug,
    record,
    files: { record: brand.record, brand: brand.file },
    cli,
    start: (args, account) => start(...orderOf(args, account)),
    json: async <Result>(args: readonly string[], account?: HDNodeWallet) => {
      const outcome = await cli([...args, "--json"], account);
      expectSuccess(outcome);
      const printed = JSON.parse(outcome.stdout) as Result;
      expectDocumented(args, printed);
      return printed;
    },
    pass: async (seconds) => {
      await node.provider.send("evm_increaseTime", [seconds]);
      await node.provider.send("evm_mine", []);
    },
    stop: async () => {
      await restore(common, record);
      brands.remove();
    },
  };
}

/** Expects that docs/tasks.md says what each key is that a task prints with `--json`. */
function expectDocumented(args: readonly string[], printed: unknown): void {
  const task = taskOf(args, Object.keys(JSON_KEYS));
  expect(task, `tasks/keys.ts has no keys of ${args.join(" ")}`).not.to.equal(undefined);
  const documented = Object.keys(JSON_KEYS[task ?? ""] ?? {});
  const first: unknown = Array.isArray(printed) ? printed[0] : printed;
  expect(documented).to.include.members(Object.keys(first ?? {}));
}
