import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { parseEther, Wallet } from "ethers";
import { KEY } from "../../../relay/key.js";
import { KyosoError } from "../../../sdk/errors.js";
import { readFees } from "../../../sdk/execute/fees.js";
import { startRelayProcess } from "../../relay/process.js";
import { amountsFor, settingsText } from "../../relay/settings.js";
import type { Story } from "../story/story.js";

/** How long it may take to begin, and how often it is asked whether it has, in milliseconds. */
const LONGEST = 60_000;
const PERIOD = 200;

interface Wanted {
  /** Where its settings and its database go. */
  readonly folder: string;
  readonly recordFile: string;
  /** Origin of the page that may ask it. */
  readonly page: string;
  readonly chain: string;
  readonly port: number;
}

/** Starts a relay that pays for the members, with a key of its own. @returns What stops it. */
export async function startRelay(
  { hre, connection, launcher, record }: Story,
  { folder, recordFile, page, chain, port }: Wanted,
): Promise<() => Promise<void>> {
  const wallet = Wallet.createRandom();
  await (await launcher.sendTransaction({ to: wallet.address, value: parseEther("100") })).wait();
  const { base = 0n, tip } = await readFees(connection.ethers.provider, undefined);
  const price = base + tip;
  const settings = path.join(folder, "relay.yaml");
  const amounts = amountsFor(price);
  await writeFile(settings, settingsText({ record, recordFile, origins: [page], price, amounts, port }));
  const env = { KYOSO_RPC_URL: chain, [KEY]: wallet.privateKey };
  const child = await startRelayProcess(hre.config.paths.root, settings, env, "ignore");
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  for (const until = Date.now() + LONGEST; !(await answers(port));) {
    if (child.exitCode === null && Date.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, PERIOD));
      continue;
    }
    if (child.exitCode === null) await stop();
    throw KyosoError.of("demo.broken", {
      data: { detail: "The relay didn't begin" },
      message: "The relay didn't begin: what it says stands above",
    });
  }
  return stop;
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/status`)).ok;
  } catch {
    return false;
  }
}
