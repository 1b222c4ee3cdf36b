import type { Provider } from "ethers";
import type { SafeInfo } from "./safe.js";
import type { Eip1193Provider } from "../chain/eip1193.js";

/** A Safe as it is now, and what its transactions are read and sent with. */
export interface SafeAccount extends SafeInfo {
  readonly chainId: bigint;
  readonly provider: Provider;
  readonly eip1193: Eip1193Provider;
  /** Number of the next transaction: they are carried out in order, each number once. */
  readonly nonce: number;
  /** What bundles calls, without and with inner delegatecalls: the only contracts that the Safe may delegate to. */
  readonly multiSends: readonly [callOnly: string, full: string];
}
