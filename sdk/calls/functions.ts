import type { FunctionFragment, Interface, Result } from "ethers";
import { dataLength, getAddress } from "ethers";
import { BrandDAOFactory } from "../../typechain-types/abi/index.js";
import { MULTICALL3 } from "../chain/multicall.js";
import type { AddressBook } from "./book.js";
import { readExactly } from "./canonical.js";
import { FOREIGN, INTERFACES } from "./known.js";
import { MULTI_SENDS } from "./multiSend.js";
import type { RawCall, UnreadReason } from "./raw.js";

/** The function that a call calls, and with what. */
export interface CalledFunction {
  readonly fragment: FunctionFragment;
  readonly args: Result;
  /**
   * How it is known: of the contract itself; of a standard for tokens; or of another contract only, which has a function with
   * the same selector.
   */
  readonly knownBy: "contract" | "standard" | "likeness";
}

/** Which function a call calls; or why that can't be said. */
export function functionOf(raw: RawCall, book: AddressBook): CalledFunction | UnreadReason {
  if (dataLength(raw.data) < 4) return "function";
  const own = interfacesAt(raw.to, book);
  const candidates: readonly (readonly [CalledFunction["knownBy"], Interface])[] =
    own?.map((contract) => ["contract", contract] as const) ?? elsewhere();
  for (const [knownBy, contract] of candidates) {
    const read = readExactly(contract, raw.data);
    if (read !== undefined && isOf(read.fragment, raw.to)) return { ...read, knownBy };
  }
  const selector = raw.data.slice(0, 10);
  return candidates.some(([, contract]) => contract.getFunction(selector) !== null) ? "encoding" : "function";
}

/** The functions of what is known at an address; undefined for a contract of strangers. */
function interfacesAt(address: string, book: AddressBook): Interface[] | undefined {
  const contract = book.contractAt(address);
  if (contract !== undefined) return [INTERFACES[contract]];
  const name = book.nameOf(address);
  if (name === "safe") return [FOREIGN.safe, FOREIGN.safeExecution];
  if (name === "factory") return [BrandDAOFactory.createInterface()];
  const at = getAddress(address);
  if (at === MULTICALL3) return [FOREIGN.multicall];
  return MULTI_SENDS.includes(at) ? [FOREIGN.safe] : undefined;
}

function elsewhere(): (readonly [CalledFunction["knownBy"], Interface])[] {
  const like = [...Object.values(INTERFACES), FOREIGN.safe, FOREIGN.safeExecution];
  return [["standard", FOREIGN.standard], ...like.map((contract) => ["likeness", contract] as const)];
}

/** What bundles a Safe's calls has one function, and nothing else has it. */
function isOf({ name }: FunctionFragment, address: string): boolean {
  return (name === "multiSend") === MULTI_SENDS.includes(getAddress(address));
}
