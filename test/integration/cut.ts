import { existsSync, readdirSync, rmSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { JsonRpcProvider, Transaction } from "ethers";
import hre from "hardhat";
import { NodeProxy } from "./proxy.js";
import type { Outcome } from "./warm/process.js";

/**
 * Runs a command through a line that breaks at each of its requests twice: before the node gets it, and before its answer
 * comes back. What it sent nevertheless is on the chain, once, and nothing is written down as under way any more; that the
 * outcome is the one that was meant, the test expects that runs it.
 *
 * @param url The node's.
 * @param run Runs the command with another node.
 * @returns Also whether something was sent, and all of it was carried out.
 */
export async function cutEverywhere(
  url: string,
  run: (url: string) => Promise<Outcome>,
): Promise<{ readonly outcome: Outcome; readonly hasSent: boolean }> {
  const proxy = await NodeProxy.before({ url });
  const provider = new JsonRpcProvider(url, undefined, { staticNetwork: true, cacheTimeout: -1 });
  try {
    const sent = proxy.cutEachTwice();
    const outcome = await run(proxy.url);
    const faults = (await Promise.all([...sent].map((raw) => faultsOf(raw, sent, provider)))).flat();
    // One that fails may have sent what is refused, as its test expects.
    if (outcome.code === 0) expect(faults).to.deep.equal([]);
    return { outcome, hasSent: sent.size > 0 && faults.length === 0 };
  } finally {
    provider.destroy();
    await proxy.close();
  }
}

async function faultsOf(
  raw: string,
  all: ReadonlySet<string>,
  provider: JsonRpcProvider,
): Promise<readonly string[]> {
  const { hash, from } = Transaction.from(raw);
  const receipt = hash === null ? null : await provider.getTransactionReceipt(hash);
  const same = [...all].filter((other) => deedOf(other) === deedOf(raw));
  return [
    ...(receipt?.status === 1 ? [] : [`not carried out: ${raw}`]),
    ...(same.length === 1 ? [] : [`sent under several numbers: ${same.join(" ")}`]),
    ...(await underWay(provider, from ?? "")).map((file) => `written down as under way: ${file}`),
  ];
}

function deedOf(raw: string): string {
  const { from, to, data, value } = Transaction.from(raw);
  return [from, to, data, value].join();
}

/** Files of transactions of an account that are still written down. */
export async function underWay(provider: JsonRpcProvider, account: string): Promise<readonly string[]> {
  const folder = await folderOf(provider, account);
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
}

/** Has them forgotten. */
export async function forgetUnderWay(provider: JsonRpcProvider, account: string): Promise<void> {
  rmSync(await folderOf(provider, account), { recursive: true, force: true });
}

async function folderOf(provider: JsonRpcProvider, account: string): Promise<string> {
  return path.join(await sentOn(provider), account.toLowerCase());
}

/** The folder of what was sent on a node's chain. */
export async function sentOn(provider: JsonRpcProvider): Promise<string> {
  const first = await provider.getBlock(0);
  return path.join(hre.config.paths.root, "sent", `31337-${first?.hash?.slice(2, 18) ?? ""}`);
}
