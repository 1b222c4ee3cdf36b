// In the place of ethers in the Worker that signs: what the SDK's modules for links take of it, made of the library that signs
// there anyway. The whole would be four times as large. test/web/signer.ts compares each with ethers' own.
import { sha256 as sha256Of } from "@noble/hashes/sha2.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { checksummed } from "../checksum.js";
import { publicKeyOf } from "./curve.js";

type BytesLike = string | Uint8Array;

export const ZeroAddress = `0x${"00".repeat(20)}`;

export function isHexString(value: unknown, length?: number | boolean): value is string {
  if (typeof value !== "string" || !/^0x[0-9a-f]*$/iu.test(value)) return false;
  if (typeof length === "number") return value.length === 2 + 2 * length;
  return length !== true || value.length % 2 === 0;
}

export function getBytes(value: BytesLike): Uint8Array {
  if (typeof value !== "string") return value;
  if (!isHexString(value, true)) throw new TypeError("They aren't bytes");
  return hexToBytes(value.slice(2));
}

export function hexlify(value: BytesLike): string {
  return `0x${bytesToHex(getBytes(value))}`;
}

export function concat(parts: readonly BytesLike[]): string {
  return `0x${parts.map((part) => hexlify(part).slice(2)).join("")}`;
}

export function dataLength(value: BytesLike): number {
  return getBytes(value).length;
}

export function dataSlice(value: BytesLike, start = 0, end?: number): string {
  const bytes = getBytes(value);
  if (end !== undefined && end > bytes.length) throw new RangeError("There are fewer bytes");
  return hexlify(bytes.subarray(start, end));
}

export function toBigInt(value: string | number | bigint): bigint {
  return BigInt(value);
}

export function toNumber(value: string | number | bigint): number {
  const number = Number(BigInt(value));
  if (!Number.isSafeInteger(number)) throw new RangeError("It is too large a number");
  return number;
}

export function toBeHex(value: string | number | bigint, length: number): string {
  const digits = BigInt(value).toString(16);
  if (digits.startsWith("-") || digits.length > 2 * length) throw new RangeError("It takes more bytes");
  return `0x${digits.padStart(2 * length, "0")}`;
}

export function zeroPadValue(value: BytesLike, length: number): string {
  const digits = hexlify(value).slice(2);
  if (digits.length > 2 * length) throw new RangeError("It takes more bytes");
  return `0x${digits.padStart(2 * length, "0")}`;
}

export function keccak256(value: BytesLike): string {
  return hexlify(keccak_256(getBytes(value)));
}
keccak256._ = (bytes: Uint8Array) => keccak_256(bytes);

export function sha256(value: BytesLike): string {
  return hexlify(sha256Of(getBytes(value)));
}

/** Takes addresses in one case, and in mixed case those whose checksum is right, as ethers does. */
export function getAddress(value: string): string {
  if (!isHexString(value, 20)) throw new TypeError("It isn't an address");
  const address = checksummed(value);
  const digits = value.slice(2);
  const mixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  if (mixed && value !== address) throw new TypeError("Its checksum is wrong");
  return address;
}

/** The address of a key of 32 bytes. */
export function computeAddress(key: BytesLike): string {
  return checksummed(hexlify(keccak_256(publicKeyOf(getBytes(key)).subarray(1)).subarray(12)));
}

export function decodeBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

export function encodeBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
