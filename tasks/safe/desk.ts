import path from "node:path";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { LiveDao } from "../../sdk/live.js";
import { withLock } from "../../sdk/node/lock.js";
import type { KitAccount } from "../../sdk/node/safe/account.js";
import { openSafe } from "../../sdk/node/safe/account.js";
import type { Exchange, SharedTransaction } from "../../sdk/safe/sharing/shared.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { checkSafeFile } from "../../sdk/safe/transactions/check.js";
import { requireOwner, signTransaction } from "../../sdk/safe/transactions/signatures.js";
import { FolderExchange } from "../../sdk/node/safe/exchange.js";
import type { Opened } from "../context.js";
import { outbox } from "../context.js";

/** All that the owners' tasks work with. */
export interface Desk {
  readonly live: LiveDao;
  readonly account: KitAccount;
  readonly exchange: Exchange;
}

const API_KEY = "KYOSO_SAFE_API_KEY";

/** @param service URL of a Safe transaction service; without it, transactions are shared as files alone. */
export async function openDesk(
  hre: HardhatRuntimeEnvironment,
  { live }: Opened,
  service: string | undefined,
): Promise<Desk> {
  const exchange = await openExchange(hre, live, service);
  return { live, account: await openSafe(live.provider, live.eip1193, live.safe), exchange };
}

/** Does what takes a number that no other command may take at the same time. */
export function withOutbox<Result>(
  hre: HardhatRuntimeEnvironment,
  { live }: Pick<Desk, "live">,
  use: () => Promise<Result>,
): Promise<Result> {
  const { chainId, slug } = live.record;
  const lock = path.join(hre.config.paths.cache, "kyoso", chainId, `${slug}.safe.lock`);
  return withLock(lock, "A transaction of the Safe", use);
}

/** Has an owner sign a transaction, unless it did so before, and shares the signature. */
export async function sign(
  { live, account, exchange }: Desk,
  shared: SharedTransaction,
  { transaction }: CheckedTransaction,
  signer: string,
): Promise<CheckedTransaction> {
  requireOwner(account, signer);
  const known = shared.file.signatures.find((signature) => signature.signer === signer);
  const signature = known ?? (await signTransaction(account, transaction, signer));
  const { file, place } = await exchange.confirm(shared, signature);
  return checkSafeFile(live, account, file, place);
}

async function openExchange(
  hre: HardhatRuntimeEnvironment,
  live: LiveDao,
  service: string | undefined,
): Promise<Exchange> {
  const files = new FolderExchange(outbox(hre, live));
  if (service === undefined) return files;
  // Not loaded by those who don't use it.
  const { needsApiKey, ServiceExchange } = await import("../../sdk/node/safe/service.js");
  const apiKey = needsApiKey(service) ? await secret(hre, API_KEY) : undefined;
  return new ServiceExchange(files, {
    url: service,
    dao: live.record.slug,
    chainId: live.chainId,
    safe: live.safe,
    ...(apiKey === undefined ? {} : { apiKey }),
  });
}

/** A variable of the keystore or of the environment; undefined where neither has it. */
async function secret(hre: HardhatRuntimeEnvironment, name: string): Promise<string | undefined> {
  return hre.hooks
    .runHandlerChain(
      "configurationVariables",
      "fetchValue",
      [{ _type: "ConfigurationVariable", name, format: "{variable}" }],
      (_, variable) => Promise.resolve(process.env[variable.name] ?? ""),
    )
    .then((value) => (value === "" ? undefined : value));
}
