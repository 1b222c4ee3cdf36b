import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { stringify } from "yaml";
import { deployImplementations, implementationAddresses } from "../../deploy/implementations.js";
import { parseBrandFile } from "../../sdk/config/brandFile.js";
import type { BrandConfig } from "../../sdk/config/schema.js";
import { connectDao } from "../../sdk/dao.js";
import { KyosoError, type Words } from "../../sdk/errors.js";
import { Account } from "../../sdk/execute/account.js";
import type { Pace } from "../../sdk/execute/pace.js";
import { senderOf } from "../../sdk/execute/sender.js";
import type { LaunchContext } from "../../sdk/node/launch/context.js";
import { createSafe, launch } from "../../sdk/node/launch/launch.js";
import { planLaunch } from "../../sdk/node/launch/plan.js";
import { RecordStore } from "../../sdk/node/record.js";
import { deploySafeContracts } from "../../sdk/node/safe/canonical.js";
import type { Signer } from "../helpers/chain.js";
import { expectData } from "../helpers/problems.js";

/** A chain in this process, and what the SDK's tests find on it. */
export interface World {
  readonly connection: NetworkConnection;
  readonly context: LaunchContext;
  readonly launcher: Signer;
  readonly owners: readonly [Signer, Signer, Signer];
  readonly holders: readonly [Signer, Signer, Signer];
  readonly stranger: Signer;
}

/** A brand file's tree, for tests to change. */
export type BrandTree = ReturnType<typeof brandTree>;

/** Which of the chain's accounts does what. */
const LAUNCHER = 0;
const OWNERS = [1, 2, 3] as const;
const HOLDERS = [4, 5, 6] as const;
const STRANGER = 7;

const chains = new Map<object, Promise<NetworkConnection>>();

/**
 * What `fixture` returns, with the chain as it leaves it. Each fixture has a chain of its own, on which it runs once;
 * it is then restored.
 */
export async function load<T>(fixture: (connection: NetworkConnection) => Promise<T>): Promise<T> {
  const chain = chains.get(fixture) ?? hre.network.create("hardhat");
  chains.set(fixture, chain);
  return (await chain).networkHelpers.loadFixture(fixture);
}

/** Addresses of the accounts that the brand file of {@link brandTree} names. */
export function brandTree(owners: readonly string[], holders: readonly string[]) {
  const amounts = ["60,000", "40,000", "30,000"];
  return {
    brand: { name: "ブルー自転車", slug: "blue" },
    token: {
      symbol: "BLUE",
      cap: "1,000,000",
      minting: { limit: "1,000", per: "365 days" },
      allocations: [
        { to: "treasury", amount: "20,000" },
        ...holders.map((to, i) => ({ to, amount: amounts[i] ?? "1" })),
      ],
    },
    governance: {
      votingDelay: "1 day",
      votingPeriod: "3 days",
      timelockDelay: "2 days",
      proposalThreshold: "500",
      quorumFloor: "25,000",
    },
    // What can be bought for a quorum is what there is to take: 25,000 less 3,900, and 20,000 and 1,000.
    contributionVotes: { share: "3%" },
    safe: { owners: [...owners], threshold: "2" },
    handover: { veto: "1 year", community: "2 years" },
    badges: {
      kinds: [
        { name: "レビュー", points: "10" },
        { name: "Ambassador", points: "30", votes: "100" },
      ],
    },
  };
}

/** A brand as its file would be read. */
export function readBrand(tree: object, slug = "blue"): BrandConfig {
  return parseBrandFile(stringify(tree), `brands/${slug}.yaml`);
}

/** A chain with nothing on it but accounts. */
export async function emptyWorld(connection: NetworkConnection): Promise<World> {
  const signers = await connection.ethers.getSigners();
  const at = (index: number): Signer => {
    const signer = signers[index];
    if (signer === undefined) throw new Error("the chain has too few accounts");
    return signer;
  };
  const owners = [at(OWNERS[0]), at(OWNERS[1]), at(OWNERS[2])] as const;
  const holders = [at(HOLDERS[0]), at(HOLDERS[1]), at(HOLDERS[2])] as const;
  const addresses = (accounts: readonly Signer[]) => accounts.map(({ address }) => address);
  const context: LaunchContext = {
    provider: connection.ethers.provider,
    eip1193: connection.provider,
    signer: at(LAUNCHER),
    brand: readBrand(brandTree(addresses(owners), addresses(holders))),
    implementations: await implementationAddresses(hre),
    store: undefined,
  };
  return { connection, context, launcher: at(LAUNCHER), owners, holders, stranger: at(STRANGER) };
}

/** A chain on which everything is that a launch shares with others: the Safe contracts and the implementations. */
export async function preparedWorld(connection: NetworkConnection): Promise<World> {
  const world = await emptyWorld(connection);
  await deploySafeContracts(world.launcher);
  await deployImplementations(hre, connection, world.context.implementations);
  return world;
}

/** A chain with a live DAO. */
export async function launchedWorld(connection: NetworkConnection) {
  const world = await preparedWorld(connection);
  const { plan, record } = await launchOnce(world.context);
  return { ...world, plan, record, dao: connectDao(record, world.launcher) };
}

export type LaunchedWorld = Awaited<ReturnType<typeof launchedWorld>>;

/** What `dao launch` does once the implementations are there. */
export async function launchOnce(context: LaunchContext) {
  const plan = await planLaunch(context);
  await createSafe(context, plan);
  return { plan, record: await launch(context, plan) };
}

/** Runs `use` with a store of records in a folder that is removed afterwards. */
export async function withStore(use: (store: RecordStore, root: string) => Promise<void>): Promise<void> {
  const root = await mkdtemp(path.join(tmpdir(), "kyoso-records-"));
  try {
    await use(new RecordStore(root), root);
  } finally {
    await rm(root, { recursive: true });
  }
}

/** The KyosoError that `promise` is rejected with. */
export async function kyosoError(promise: Promise<unknown>): Promise<KyosoError> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    error.problems.forEach(expectData);
    return error;
  }
  return expect.fail("no KyosoError was thrown");
}

/** The one problem that `promise` is rejected with; every problem says where it is and what to do about it. */
export async function problemOf(promise: Promise<unknown>): Promise<Required<Words>> {
  const { problems } = await kyosoError(promise);
  expect(problems).to.have.length(1);
  const { place = "", message = "", remedy = "" } = problems[0] ?? {};
  expect(place, "the place").not.to.equal("");
  expect(message, "the message").not.to.equal("");
  expect(remedy, "the remedy").not.to.equal("");
  return { place, message, remedy };
}

/** For what isn't going to answer: it is asked for moments only. */
export const IMPATIENT: Partial<Pace> = { look: 5, silence: 50 };

/** An account that sends as a signer of which nobody knows better, and doesn't wait long. */
export async function impatient(signer: Signer): Promise<Account> {
  return new Account(await senderOf(signer), { pace: IMPATIENT });
}

/**
 * A signer of which only the first `count` transactions get through.
 *
 * @param sent Whether the one that breaks reaches the chain nevertheless, and only its answer is lost.
 */
export function breakingSigner(signer: Signer, count: number, sent = false): Signer {
  let left = count;
  const sendTransaction: Signer["sendTransaction"] = async (transaction) => {
    left -= 1;
    if (left >= 0) return signer.sendTransaction(transaction);
    if (sent) await signer.sendTransaction(transaction);
    throw new Error("the connection broke");
  };
  return new Proxy(signer, {
    get(target, key) {
      if (key === "sendTransaction") return sendTransaction;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}
