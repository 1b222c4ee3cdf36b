import { FunctionFragment, Interface } from "ethers";
import type { AddressBook } from "../calls/book.js";
import { FOREIGN, INTERFACES } from "../calls/known.js";
import { KyosoError } from "../errors.js";
import { quote } from "../units.js";
import { suggest } from "./values.js";

const AMOUNT_FUNCTIONS = ["transfer", "approve", "transferFrom"];

/** A contract that an action calls. */
export interface Target {
  /** Its name in the address book, or its address. */
  readonly name: string;
  readonly address: string;
  readonly interface: Interface;
  /** Whether it has no other functions than these. */
  readonly complete: boolean;
}

/** What is known of the contract at an address. */
export function targetAt(address: string, book: AddressBook): Target {
  const name = book.nameOf(address) ?? address;
  const contract = book.contractAt(address);
  if (contract !== undefined) return { name, address, interface: INTERFACES[contract], complete: true };
  return {
    name,
    address,
    interface: name === "safe" ? FOREIGN.safe : FOREIGN.asset,
    complete: false,
  };
}

/**
 * The function that is meant.
 *
 * @param text Its name where there is one of it, or `transfer(address,uint256)`. Of a contract that isn't known any
 * signature will do, also with names: `mint(address to, uint256 amount)`.
 * @throws KyosoError for one that isn't there, isn't the only one, or changes nothing.
 */
export function findFunction(text: string, target: Target): FunctionFragment {
  const known = target.interface.fragments.filter((fragment) => FunctionFragment.isFragment(fragment));
  const written = text.includes("(") ? parseSignature(text) : undefined;
  const matches = known.filter((fragment) =>
    written === undefined ? fragment.name === text.trim() : fragment.selector === written.selector,
  );
  const changing = matches.filter(({ constant }) => !constant);
  const [found, ...others] = changing;
  if (found !== undefined && others.length === 0) return found;
  if (matches.length === 0 && written !== undefined && !target.complete) return written;
  if (found !== undefined) {
    throw KyosoError.of("function.ambiguous", {
      data: {
        text,
        contract: target.name,
        signatures: changing.map((fragment) => fragment.format("sighash")),
      },
      message: `${target.name} has several functions ${quote(text)}`,
      remedy: `write one of ${changing.map((fragment) => quote(fragment.format("sighash"))).join(", ")}`,
    });
  }
  if (matches.length > 0) {
    throw KyosoError.of("function.read-only", {
      data: { text, contract: target.name },
      message: `${quote(text)} of ${target.name} only reads: a proposal that calls it changes nothing`,
      remedy: "call a function that changes something",
    });
  }
  const names = [...new Set(known.filter(({ constant }) => !constant).map(({ name }) => name))].sort();
  const list = suggest(written?.name ?? text.trim(), names);
  throw KyosoError.of("function.unknown", {
    data: { text, contract: target.name, names, complete: target.complete },
    message: `${target.name} has no function ${quote(text)}${target.complete ? "" : " that is known here"}`,
    remedy: target.complete ? list : `write its whole signature, as "mint(address,uint256)"; by name ${list}`,
  });
}

/** Path of the argument of a function of any ERC-20 that is an amount of it; undefined for other functions. */
export function amountOf({ name, selector, inputs }: FunctionFragment): string | undefined {
  // They have it last. What goes by an id is not an amount.
  if (!AMOUNT_FUNCTIONS.includes(name) || !FOREIGN.asset.hasFunction(selector)) return undefined;
  const last = inputs.at(-1)?.name ?? "";
  return last === "" ? (inputs.length - 1).toString() : last;
}

/** An interface with one function. */
export function interfaceOf(fragment: FunctionFragment): Interface {
  return new Interface([fragment]);
}

function parseSignature(text: string): FunctionFragment {
  try {
    return FunctionFragment.from(`function ${text.trim()}`);
  } catch (cause) {
    throw KyosoError.of("function.signature-unreadable", {
      data: { text },
      message: `${quote(text)} isn't the signature of a function`,
      remedy: 'write its name and the types of its arguments, as in "transfer(address,uint256)"',
      cause,
    });
  }
}
