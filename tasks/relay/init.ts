import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { formatEther } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KEY, walletOf } from "../../relay/key.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import { KyosoError } from "../../sdk/errors.js";
import { readFees } from "../../sdk/execute/fees.js";
import { findDrops } from "../../sdk/node/drop/folder.js";
import { unbroken } from "../../sdk/text.js";
import { action } from "../action.js";
import { shownPath } from "../commandLine.js";
import { connect, requireStore } from "../context.js";
import { dropsFolder } from "../drop/folders.js";
import { done, print, printJson } from "../output.js";
import { amountsFor, settingsText } from "./settings.js";

interface Arguments {
  out: string | undefined;
  page: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ out, page, dao, json }, hre) => {
  const connected = await connect(hre);
  const store = requireStore(connected);
  const record = await store.find(connected.chainId, dao);
  const origins = page === undefined ? await originsOf(hre, record) : [originOf(page)];
  const { base = 0n, tip } = await readFees(connected.provider, undefined);
  const amounts = amountsFor(base + tip);
  const file = path.resolve(out ?? "relay.yaml");
  const recordFile = path.relative(path.dirname(file), store.file(connected.chainId, record.slug));
  await writeNew(file, settingsText({ record, recordFile, origins, price: base + tip, amounts }));
  const key = process.env[KEY]?.trim() ?? "";
  const account = key === "" ? null : walletOf(key).address;
  if (json) {
    printJson({ file, dao: record.slug, chainId: record.chainId, origins, account });
    return;
  }
  done(`Wrote the settings of a relay of ${unbroken(record.name)} into ${shownPath(file)}.`);
  print("  Read them: the amounts are guesses, from what gas costs at this moment. Then");
  const fund = `${formatEther(2n * amounts.least)} ether on chain ${record.chainId}`;
  print(
    account === null
      ? `  1. npx hardhat relay key   makes its key in Hardhat's keystore, and says its account`
      : `  1. Its key is in ${KEY}.`,
  );
  print(`  2. Send ${fund} to ${account ?? "that account"}: it needs no role and no tokens.`);
  print(`  3. npm run relay${out === undefined ? "" : ` -- ${shownPath(file)}`}   starts it`);
  if (origins.length === 0) print("  No page may ask it yet: write its origin into the settings.");
  print("  docs/relay.md says how to run it for long.");
});

/** Pages of the campaigns that were made on this computer: links lead there, and so does who claims. */
async function originsOf(hre: HardhatRuntimeEnvironment, record: DaoRecord): Promise<string[]> {
  const folders = await findDrops(dropsFolder(hre, { record }));
  return [...new Set([...folders.values()].map(({ manifest }) => originOf(manifest.link)))];
}

/** @throws KyosoError for what is no page's address. */
function originOf(page: string): string {
  const url = URL.canParse(page) ? new URL(page) : undefined;
  if (url?.protocol === "https:" || (url?.protocol === "http:" && url.hostname === "localhost")) {
    return url.origin;
  }
  throw KyosoError.of("relay.page", {
    data: { text: page },
    place: "--page",
    message: "It isn't the address of a page",
    remedy: "Write it with https, such as https://members.example.com.",
  });
}

/** @throws KyosoError where there is such a file. */
async function writeNew(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  try {
    await writeFile(file, text, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw KyosoError.of("relay.settings-there", {
      data: { file },
      place: file,
      message: "There is such a file already, and it stays as it is",
      remedy: "Change it by hand, or name another one with --out.",
      cause: error,
    });
  }
}
