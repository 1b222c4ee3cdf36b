import { getAddress } from "ethers";
import { KyosoError } from "./errors.js";
import { quote } from "./text.js";

/**
 * Reads an address. Only its EIP-55 spelling will do, the one whose capitals are a checksum: a slip of the hand in any
 * other would go unnoticed, and what is sent to a wrong address is lost.
 *
 * @returns The address, in that spelling.
 * @throws KyosoError for a wrong checksum (naming the right one), the zero address, an ENS name, anything else.
 */
export function parseAddress(text: string): string {
  const input = text.trim();
  const remedy = "copy it from your wallet: 0x and 40 letters and digits";
  const prefixed = /^[a-z0-9-]+:(0x[0-9a-f]{40})$/iu.exec(input);
  if (prefixed !== null) {
    throw KyosoError.of("address.chain-prefix", {
      data: { text, address: getAddress((prefixed[1] ?? "").toLowerCase()) },
      message: `${quote(text)} names a chain before the address`,
      remedy: `leave it out, if this is the address you mean: ${getAddress((prefixed[1] ?? "").toLowerCase())}`,
    });
  }
  if (/^[^\s.]+(?:\.[^\s.]+)+$/u.test(input)) {
    throw KyosoError.of("address.ens", {
      data: { text },
      message: `${quote(text)} looks like an ENS name, and these are not supported`,
      remedy: "write the address that the name stands for: 0x and 40 letters and digits",
    });
  }
  if (!/^0x[0-9a-f]*$/iu.test(input)) {
    throw KyosoError.of("address.unreadable", {
      data: { text },
      message: `${quote(text)} isn't an address`,
      remedy,
    });
  }
  if (input.length !== 42) {
    throw KyosoError.of("address.length", {
      data: { text, digits: input.length - 2 },
      message: `${quote(text)} has ${input.length - 2} letters and digits after 0x, not 40`,
      remedy,
    });
  }
  const address = getAddress(`0x${input.slice(2).toLowerCase()}`);
  if (/^0x0{40}$/u.test(address)) {
    throw KyosoError.of("address.zero", {
      data: { text },
      message: `${quote(text)} is the zero address, which nobody holds`,
      remedy,
    });
  }
  if (input !== address) {
    throw KyosoError.of("address.checksum", {
      data: { text, address },
      message: `${quote(text)} has a wrong checksum (its capital and small letters)`,
      remedy: `check every character; if this is the address you mean: ${address}`,
    });
  }
  return address;
}

/** The short form of an address, for people to recognise: "0xf39F…2266". */
export function formatAddress(address: string): string {
  const full = parseAddress(address);
  return `${full.slice(0, 6)}…${full.slice(-4)}`;
}
