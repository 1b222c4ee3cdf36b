import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KEY, KEY_FILE, keyFrom, walletOf } from "../../relay/key.js";
import { KyosoError } from "../../sdk/errors.js";
import { action } from "../action.js";
import { variableMissing } from "../context.js";
import { findKey } from "./account.js";
import { startRelayProcess } from "./process.js";

interface Arguments {
  settings: string;
}

const URL_VARIABLE = "KYOSO_RPC_URL";

export default action<Arguments>(async ({ settings }, hre) => {
  const { root } = hre.config.paths;
  const env = { [URL_VARIABLE]: await nodeUrl(hre), [KEY]: await keyOf(hre) };
  const child = await startRelayProcess(root, settings, env, "inherit");
  const forward = (signal: NodeJS.Signals) => {
    child.kill(signal);
  };
  process.on("SIGINT", forward).on("SIGTERM", forward);
  try {
    process.exitCode = await new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => {
        resolve(code ?? 1);
      });
    });
  } finally {
    process.off("SIGINT", forward).off("SIGTERM", forward);
  }
});

/** The key, where the environment names no file with it: of the environment, or of Hardhat's keystore. */
async function keyOf(hre: HardhatRuntimeEnvironment): Promise<string> {
  const own = (process.env[KEY] ?? "") === "" && (process.env[KEY_FILE] ?? "") !== "";
  const key = own ? await keyFrom(process.env) : await findKey(hre);
  if (key !== undefined) return walletOf(key).privateKey;
  throw KyosoError.of("relay.variable-missing", {
    data: { variable: KEY },
    place: KEY,
    message: "The relay has no key",
    remedy: "Make one for it alone, which Hardhat's keystore keeps: `npx hardhat relay key`.",
  });
}

/** The node of the network that --network names; of one that lives in a process alone, the one of KYOSO_RPC_URL. */
async function nodeUrl({ config, globalOptions }: HardhatRuntimeEnvironment): Promise<string> {
  const named = config.networks[globalOptions.network];
  const network = named?.type === "http" ? named : config.networks.live;
  if (network?.type !== "http") throw new TypeError("hardhat.config.ts has no network called live");
  try {
    return await network.url.getUrl();
  } catch (cause) {
    if (variableMissing(cause) === undefined) throw cause;
    throw KyosoError.of("relay.variable-missing", {
      data: { variable: URL_VARIABLE },
      place: URL_VARIABLE,
      message: "It isn't set",
      remedy: `Put the address of a node of the DAO's chain into the keystore: npx hardhat keystore set ${URL_VARIABLE}.`,
      cause,
    });
  }
}
