import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { NetworkConnection } from "hardhat/types/network";
import type { RawCall } from "../../../sdk/calls/decode.js";
import type { Call, Plan } from "../../../sdk/calls/plan.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { connectDao } from "../../../sdk/dao.js";
import { sendTransaction } from "../../../sdk/node/execute/safe.js";
import type { LiveDao } from "../../../sdk/live.js";
import { openDao } from "../../../sdk/live.js";
import type { KitAccount } from "../../../sdk/node/safe/account.js";
import { openSafe } from "../../../sdk/node/safe/account.js";
import type { CheckedTransaction } from "../../../sdk/safe/transactions/check.js";
import { checkSafeFile } from "../../../sdk/safe/transactions/check.js";
import { FolderExchange } from "../../../sdk/node/safe/exchange.js";
import type { SafeFile } from "../../../sdk/safe/sharing/file.js";
import type { PreparedTransaction } from "../../../sdk/node/safe/prepare.js";
import { prepare } from "../../../sdk/node/safe/prepare.js";
import { signTransaction } from "../../../sdk/safe/transactions/signatures.js";
import type { Signer } from "../../helpers/chain.js";
import {
  brandTree,
  launchedWorld,
  type LaunchedWorld,
  launchOnce,
  load,
  preparedWorld,
  readBrand,
} from "../support.js";

export const NO_EVIDENCE = `0x${"00".repeat(32)}`;

export const STEWARD_DELAY = 2 * 86_400;

/** A live DAO whose Safe announces two days ahead what it does as a steward. */
export async function delayedWorld(connection: NetworkConnection): Promise<LaunchedWorld> {
  const world = await preparedWorld(connection);
  const addresses = (accounts: readonly Signer[]) => accounts.map(({ address }) => address);
  const tree = brandTree(addresses(world.owners), addresses(world.holders));
  const brand = readBrand({ ...tree, safe: { ...tree.safe, stewardDelay: "2 days" } });
  const context = { ...world.context, brand };
  const { plan, record } = await launchOnce(context);
  return { ...world, context, plan, record, dao: connectDao(record, world.launcher) };
}

/** What the owners of a brand's Safe work with, as it is at present. */
export class Owners {
  readonly world: LaunchedWorld;
  readonly folder: string;
  readonly exchange: FolderExchange;

  constructor(world: LaunchedWorld, folder: string) {
    this.world = world;
    this.folder = folder;
    this.exchange = new FolderExchange(path.join(folder, "outbox"));
  }

  /** The DAO and its Safe, read anew. */
  async look(): Promise<{ live: LiveDao; account: KitAccount }> {
    const { context, record } = this.world;
    const live = await openDao(record, context.provider, context.eip1193);
    return { live, account: await openSafe(context.provider, context.eip1193, live.safe) };
  }

  async prepare(...plans: readonly Plan[]): Promise<PreparedTransaction[]> {
    const { live, account } = await this.look();
    const { transactions } = await this.exchange.pending(account.nonce);
    return prepare(live, account, plans, transactions);
  }

  /** Makes a transaction of calls, writes its file, and returns the path. */
  async share(...calls: readonly Call[]): Promise<string> {
    const [prepared] = await this.prepare({ title: "A test", calls });
    if (prepared === undefined) throw new Error("nothing was prepared");
    return this.exchange.propose(prepared.file);
  }

  /** Has an owner sign a file, without any check. */
  async sign(place: string, ...signers: readonly Signer[]): Promise<void> {
    const { account } = await this.look();
    for (const { address } of signers) {
      const shared = await this.exchange.open(place);
      const signature = await signTransaction(account, shared.file.transaction, address);
      await this.exchange.confirm(shared, signature);
    }
  }

  async check(place: string): Promise<CheckedTransaction> {
    const { live, account } = await this.look();
    const { file } = await this.exchange.open(place);
    return checkSafeFile(live, account, file, place);
  }

  /** Sends a signed file, from an account that is no owner. */
  async send(place: string) {
    const { account } = await this.look();
    return sendTransaction(account, await this.check(place), this.world.stranger);
  }

  /** Changes what a file says; JSON, as somebody would who opens it in an editor. */
  async tamper(place: string, change: (file: Tampered) => unknown): Promise<void> {
    const file = JSON.parse(await readFile(place, "utf8")) as Tampered;
    change(file);
    await writeFile(place, JSON.stringify(file));
  }

  /** The call that awards a badge of a kind to the stranger. */
  async award(kind: number): Promise<Call> {
    const { dao, stranger } = this.world;
    const badge = await named("badge", dao.badge);
    return call(badge, "award", [kind, stranger.address, NO_EVIDENCE], `Award kind ${kind}`);
  }

  /** The call that adds a kind of badge: for a steward. */
  async addKind(name: string): Promise<Call> {
    const config = {
      name,
      description: "",
      image: "",
      points: 5,
      votes: 0,
      issuerRole: 3,
      supplyLimit: 0,
      dailyPointsLimit: 0,
    };
    return call(await named("badge", this.world.dao.badge), "addKind", [config], `Add ${name}`);
  }

  /** The call that appoints an issuer: for a steward, and of the manager itself. */
  async appoint(account: string): Promise<Call> {
    return call(await named("manager", this.world.dao.manager), "grantRole", [3, account, 0], "Appoint");
  }

  async badges(): Promise<bigint> {
    return (await this.world.dao.badge.memberOf(this.world.stranger.address)).badges;
  }

  async pass(seconds: number): Promise<void> {
    await this.world.connection.networkHelpers.time.increase(seconds);
  }
}

type Writable<Type> = { -readonly [Key in keyof Type]: Writable<Type[Key]> };

/** A file as an editor has it: numbers of calls in texts. */
export type Tampered = Writable<Omit<SafeFile, "followUp">> & {
  followUp?: { title: string; calls: { to: string; data: string; value: string }[] };
};

/** A payment of ETH. */
export function payment(to: string, value: bigint): Call {
  const raw: RawCall = { to, data: "0x", value };
  return { ...raw, contract: to, signature: "", args: [], purpose: "Pay" };
}

/** Runs `use` with the owners of a DAO's Safe, on a chain of its own, and a folder that is removed afterwards. */
export async function withOwners(
  use: (owners: Owners) => Promise<void>,
  fixture: (connection: NetworkConnection) => Promise<LaunchedWorld> = launchedWorld,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-safe-"));
  try {
    await use(new Owners(await load(fixture), folder));
  } finally {
    await rm(folder, { recursive: true });
  }
}
