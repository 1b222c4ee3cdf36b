import { getAddress, ZeroAddress } from "ethers";
import { IMPLEMENTATIONS } from "../../typechain-types/abi/implementations.js";
import type { DaoRecord } from "../daoRecord.js";
import type { NamedContract } from "../namedContracts.js";
import { DAO_CONTRACTS, DAO_MODULES } from "../daoRecord.js";
import { NAMED_CONTRACTS, SHARED_CONTRACTS } from "../namedContracts.js";

/** Names for a DAO's addresses. */
export class AddressBook {
  readonly #byName = new Map<string, string>();
  readonly #byAddress = new Map<string, string>();

  /** @param safe The brand's Safe at present; undefined where nothing vouches for it: then it has no name. */
  constructor(record: Pick<DaoRecord, "contracts" | "factory" | "modules">, safe: string | undefined) {
    for (const name of DAO_CONTRACTS) this.#add(name, record.contracts[name]);
    for (const name of DAO_MODULES) {
      const address = record.modules?.[name];
      if (address !== undefined) this.#add(name, address);
    }
    // Where their code says, and not where a record says.
    for (const [name, contract] of Object.entries(SHARED_CONTRACTS))
      this.#add(name, IMPLEMENTATIONS[contract]);
    if (safe !== undefined) this.#add("safe", safe);
    this.#add("factory", record.factory);
    // People look for the money under another name than auditors do.
    this.#byName.set("treasury", getAddress(record.contracts.timelock));
  }

  /** The address that a name stands for. */
  addressOf(name: string): string | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  /** The name of an address; undefined for one that isn't the DAO's. */
  nameOf(address: string): string | undefined {
    return this.#byAddress.get(address.toLowerCase());
  }

  /** Which of the DAO's contracts, or of those that DAOs share, is at an address. */
  contractAt(address: string): NamedContract | undefined {
    const name = this.nameOf(address);
    return NAMED_CONTRACTS.find((contract) => contract === name);
  }

  get names(): string[] {
    return [...this.#byName.keys()];
  }

  /** An address as people read it: with its name, if it has one. */
  show(address: string): string {
    if (address === ZeroAddress) return "nobody (0x0)";
    const name = this.nameOf(address);
    return name === undefined ? getAddress(address) : `${name} (${getAddress(address)})`;
  }

  #add(name: string, address: string): void {
    this.#byName.set(name, getAddress(address));
    this.#byAddress.set(address.toLowerCase(), name);
  }
}
