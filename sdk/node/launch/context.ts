import type { Provider } from "ethers";
import type { SendingSigner } from "../../execute/account.js";
import type { BrandConfig } from "../../config/schema.js";
import type { Addresses, ImplementationName } from "../../implementations.js";
import type { RecordStore } from "../record.js";
import type { Eip1193Provider } from "../../chain/eip1193.js";

/** What a launch works with. */
export interface LaunchContext {
  readonly provider: Provider;
  readonly eip1193: Eip1193Provider;
  readonly signer: SendingSigner;
  readonly brand: BrandConfig;
  readonly implementations: Addresses<ImplementationName>;
  /** The release that these are; none where the checkout was changed. */
  readonly release?: string | undefined;
  /** Where records are kept; undefined for a chain that ends with the command. */
  readonly store: RecordStore | undefined;
}
