import { AsyncLocalStorage } from "node:async_hooks";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Signer } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { BrandConfig } from "../sdk/config/schema.js";
import type { Problem } from "../sdk/errors.js";
import { formatProblem, inPlace, KyosoError } from "../sdk/errors.js";
import type { Account } from "../sdk/execute/account.js";
import type { LiveDao } from "../sdk/live.js";
import type { DaoRecord } from "../sdk/daoRecord.js";
import type { Release } from "../sdk/node/releases.js";
import { readReleases } from "../sdk/node/releases.js";
import { IMPLEMENTATIONS } from "../typechain-types/abi/implementations.js";
import { RecordStore } from "../sdk/node/record.js";
import { formatCost, parseAddress } from "../sdk/units.js";
import type { Network } from "./network/network.js";
import { openNetwork } from "./network/network.js";
import { print, printAside, progress, styled } from "./output.js";
import { confirmed, secondNodeFor } from "./secondNode.js";
import { sentInThisRun } from "./sent.js";

/** The configuration variable of which an error says that it is neither in the environment nor in Hardhat's keystore. */
export function variableMissing(error: unknown): string | undefined {
  return /Configuration Variable "(\w+)" not found/u.exec(String(error))?.[1];
}

/** The network that a task works on: the one that --network names. */
export async function connect(hre: HardhatRuntimeEnvironment) {
  const connected = await openConnection(hre);
  const run = runs.getStore();
  if (run !== undefined) run.connected = connected;
  return connected;
}

const runs = new AsyncLocalStorage<{ connected?: Connected }>();

/** Runs a command; its connection is remembered. */
export function withConnection<Result>(run: () => Promise<Result>): Promise<Result> {
  return runs.run({}, run);
}

/** The connection of this run, once it has one. */
export function connectedInThisRun(): Connected | undefined {
  return runs.getStore()?.connected;
}

async function openConnection(hre: HardhatRuntimeEnvironment) {
  const network = await openNetwork(hre);
  const { provider, eip1193 } = network;
  const second = await secondNodeFor(eip1193, logsFolder(hre));
  try {
    const { chainId } = await provider.getNetwork();
    const { maxFee, patience } = hre.globalOptions;
    const sending = { folder: path.join(hre.config.paths.root, "sent"), maxFee, patience };
    return { network, provider, eip1193, chainId, second, store: recordStore(hre, network), sending };
  } catch (cause) {
    const missing = variableMissing(cause);
    if (missing !== undefined) {
      throw KyosoError.of("network.variable-missing", {
        data: { network: network.name, variable: missing },
        place: `network ${network.name}`,
        message: `${missing} isn't set`,
        remedy: `Put it into the keystore: npx hardhat keystore set ${missing}. To look, or to prepare what others sign, --network readonly needs no key.`,
        cause,
      });
    }
    throw KyosoError.of("node.silent", {
      data: { network: network.name },
      place: `network ${network.name}`,
      message: "The node doesn't answer",
      remedy: "Start it (npx hardhat node), or check the network's URL in hardhat.config.ts.",
      cause,
    });
  }
}

/** Where logs are kept that were read. */
function logsFolder(hre: HardhatRuntimeEnvironment): string {
  return path.join(hre.config.paths.cache, "kyoso");
}

export type Connected = Awaited<ReturnType<typeof openConnection>>;

/** Records are kept for chains that outlive the command. */
function recordStore(hre: HardhatRuntimeEnvironment, { simulated }: Network): RecordStore | undefined {
  return simulated ? undefined : new RecordStore(path.join(hre.config.paths.root, "deployments"));
}

/** The records of the chain; an error where it is one that begins and ends with the command. */
export function requireStore({ store, network }: Connected): RecordStore {
  if (store !== undefined) return store;
  throw KyosoError.of("network.not-kept", {
    data: { network: network.name },
    place: `network ${network.name}`,
    message: "This chain begins and ends with the command: there is no DAO on it",
    remedy: "Choose another one with --network, for example localhost with `npx hardhat node` running.",
  });
}

/** A live DAO, and the connection that it was found with. */
export type Opened = Connected & { readonly live: LiveDao };

/** A DAO that is live, by its slug or as the only one of the chain; and the connection that it was found with. */
export async function openLive(hre: HardhatRuntimeEnvironment, slug: string | undefined): Promise<Opened> {
  const connected = await connect(hre);
  const record = await requireStore(connected).find(connected.chainId, slug);
  const bar = progress("Reading the chain");
  const [{ openDao }, { LogCache }, { LongLogs }] = await Promise.all([
    import("../sdk/live.js"),
    import("../sdk/chain/logCache.js"),
    import("./longLogs.js"),
  ]);
  const live = await openDao(record, connected.provider, connected.eip1193, {
    cache: new LogCache(new LongLogs(logsFolder(hre)), connected.second?.remember),
    onProgress: bar,
    onWarning: warnLoudly,
    trust: await trust(hre, record),
  });
  return { ...connected, live };
}

/**
 * Factories of other versions that may have made a DAO. Nobody asks for any where this version's own did, as nearly always: then
 * no release is read. See {@link Trust}.
 */
export async function trust(
  hre: HardhatRuntimeEnvironment,
  { factory }: DaoRecord,
): Promise<{ readonly factories: readonly string[] }> {
  const isOwn = factory === IMPLEMENTATIONS.BrandDAOFactory;
  return { factories: knownFactories(isOwn ? [] : await readReleases(hre.config.paths.root)) };
}

/** The factories of releases, and the one that the user says is known. */
export function knownFactories(releases: readonly Release[]): string[] {
  const factory = process.env.KYOSO_FACTORY?.trim() ?? "";
  const named = factory === "" ? [] : [inPlace("KYOSO_FACTORY", () => parseAddress(factory))];
  return [...named, ...releases.map(({ contracts }) => contracts.BrandDAOFactory.address)];
}

/** Says something that nobody should overlook, also beside what is for programs. */
export function warnLoudly(problem: Problem): void {
  printAside(`${styled(["bold", "red"], "!")} ${formatProblem(problem).replaceAll("\n", "\n  ")}\n`);
}

/** Where files go that are passed on to others: Safe transactions, ballots, drafts of proposals. */
export function outbox(hre: HardhatRuntimeEnvironment, { record }: LiveDao): string {
  return path.join(hre.config.paths.root, "outbox", record.chainId, record.slug);
}

/** Where files go that hold personal data, and stay with the brand. */
export function privateFolder(hre: HardhatRuntimeEnvironment, { record }: Pick<LiveDao, "record">): string {
  return path.join(hre.config.paths.root, "private", record.chainId, record.slug);
}

/** A signer of ethers that says its address at once. */
export type NamedSigner = Signer & { readonly address: string };

/** Who signs: the account that --from names, or the network's only one, or its first. What sends takes {@link requireAccount}. */
export async function requireSigner(
  { network, second }: Connected,
  from: string | undefined,
): Promise<NamedSigner> {
  const signers: readonly NamedSigner[] =
    network.wallets === undefined
      ? await (await network.connection()).ethers.getSigners()
      : await network.wallets();
  const address = from === undefined ? undefined : parseAddress(from);
  const signer = address === undefined ? signers[0] : signers.find((known) => known.address === address);
  if (signer !== undefined) return second === undefined ? signer : confirmed(signer, second);
  throw KyosoError.of("network.no-signer", {
    data: { network: network.name, address, signers: signers.map((known) => known.address) },
    place: `network ${network.name}`,
    message: address === undefined ? "There is no account to act with" : `There is no key for ${address}`,
    remedy:
      signers.length === 0
        ? "Put its key into the keystore: npx hardhat keystore set KYOSO_PRIVATE_KEY."
        : `Choose one with --from: ${signers
            .slice(0, 5)
            .map((known) => known.address)
            .join(", ")}.`,
  });
}

/**
 * The account that sends; see {@link requireSigner}. To be asked for before the chain is looked at: where an earlier command
 * has sent something as it, it is found out first what became of that, and then everything is looked at anew.
 */
export async function requireAccount(
  connected: Connected,
  from: string | undefined,
  { dryRun, json }: { readonly dryRun: boolean; readonly json: boolean },
): Promise<Account> {
  const signer = await requireSigner(connected, from);
  const account = await accountFor(connected, signer, json);
  if (!dryRun) await account.settle();
  return account;
}

async function accountFor(
  { store, second, sending: { folder, maxFee, patience } }: Connected,
  signer: NamedSigner,
  json: boolean,
): Promise<Account> {
  const [{ Account: Sending }, { senderOf }, { parseGasPrice }, { paceFor }] = await Promise.all([
    import("../sdk/execute/account.js"),
    import("../sdk/execute/sender.js"),
    import("../sdk/execute/fees.js"),
    import("../sdk/execute/pace.js"),
  ]);
  const outbox =
    store === undefined
      ? {}
      : { outbox: new (await import("../sdk/node/execute/outbox.js")).FileOutbox(folder, sayWaiting) };
  const account = new Sending(await senderOf(signer), {
    ...outbox,
    ...(second === undefined ? {} : { confirm: () => second.confirm() }),
    known: sentInThisRun().known,
    maxFee: maxFee === undefined || maxFee === "" ? undefined : parseGasPrice(maxFee, "--max-fee"),
    pace: patience === undefined || patience === "" ? {} : paceFor(patience, "--patience"),
    onCost: ({ likely, most }) => {
      if (!json)
        print(styled("dim", `  Costs about ${formatCost(likely)}, and ${formatCost(most)} at most.`));
    },
    onRaised: ({ purpose, attempts }) => {
      printAside(
        `"${purpose}" isn't on the chain yet: sent again with a higher fee, ${attempts.at(-1)?.hash ?? ""}`,
      );
    },
  });
  sentInThisRun().accounts.add(account);
  return account;
}

function sayWaiting(holder: number): void {
  printAside(`Another command (process ${holder}) is sending as the same account; waiting for it …`);
}

/**
 * The brand file that is meant: a path, or the name of a file in `brands/`.
 *
 * @throws KyosoError with those that there are, where it is neither.
 */
export async function loadBrand(hre: HardhatRuntimeEnvironment, brand: string): Promise<BrandConfig> {
  const folder = path.join(hre.config.paths.root, "brands");
  const { loadBrandFile } = await import("../sdk/node/config/load.js");
  for (const file of [path.join(folder, `${brand}.yaml`), path.join(folder, brand), path.resolve(brand)]) {
    if (existsSync(file)) return loadBrandFile(file);
  }
  const { missingBrand } = await import("../sdk/node/config/missing.js");
  throw await missingBrand(brand, folder);
}
