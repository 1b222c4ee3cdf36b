import type { UserInterruptionHooks } from "hardhat/types/hooks";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { Wallet } from "ethers";
import { KyosoError } from "../../sdk/errors.js";
import { KEY, walletOf } from "../../relay/key.js";
import { action } from "../action.js";
import { done, print, printJson } from "../output.js";
import { findKey } from "./account.js";

interface Arguments {
  json: boolean;
}

/** How the keystore asks for what it is to keep, and not for its password. */
const ASKS_FOR_SECRET = "Enter secret to store";

export default action<Arguments>(async ({ json }, hre) => {
  const known = await findKey(hre);
  const { address } = known === undefined ? await makeKey(hre) : walletOf(known);
  const made = known === undefined;
  if (json) {
    printJson({ address, made });
    return;
  }
  if (made) done("The relay has a key now, in Hardhat's keystore. Nobody has seen it.");
  print(`The relay pays with ${address}. It needs ether on the DAO's chain, no role and no tokens.`);
});

/** Makes a key, and has the keystore keep it: it isn't shown, and in no file that isn't encrypted. */
async function makeKey(hre: HardhatRuntimeEnvironment): Promise<{ readonly address: string }> {
  const { privateKey, address } = Wallet.createRandom();
  let given = 0;
  const handler: Partial<UserInterruptionHooks> = {
    requestSecretInput: (context, asker, asked, next) => {
      if (!asked.startsWith(ASKS_FOR_SECRET)) return next(context, asker, asked);
      given++;
      return Promise.resolve(privateKey);
    },
  };
  hre.hooks.registerHandlers("userInterruptions", handler);
  try {
    await hre.tasks.getTask(["keystore", "set"]).run({ key: KEY });
  } finally {
    hre.hooks.unregisterHandlers("userInterruptions", handler);
  }
  if (given === 1 && (process.exitCode ?? 0) === 0) return { address };
  throw KyosoError.of("relay.key-not-kept", {
    data: {},
    place: "keystore",
    message: "It didn't keep the relay's key",
    remedy: `Make a key in another way, and keep it with npx hardhat keystore set ${KEY}.`,
  });
}
