import { HDNodeWallet } from "ethers";

const TEST_ACCOUNTS = 20;

let known: ReadonlySet<string> | undefined;

/** Whether an address is one of Hardhat's test accounts, whose keys are known to everybody. */
export function isTestAccount(address: string): boolean {
  if (known === undefined) {
    const root = HDNodeWallet.fromPhrase(
      "test test test test test test test test test test test junk",
      "",
      "m/44'/60'/0'/0",
    );
    known = new Set(Array.from({ length: TEST_ACCOUNTS }, (_, i) => root.deriveChild(i).address));
  }
  return known.has(address);
}
