import { decodeBase64, encodeBase64 } from "ethers";

/** Bytes one after the other. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes as base64url writes them (RFC 4648, 5), without "=" at the end. */
export function toBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "");
}

/** Reads {@link toBase64Url}: a text of letters, digits, "-" and "_". What is left of a text that was cut off is dropped. */
export function fromBase64Url(text: string): Uint8Array {
  // A single character at the end holds less than a byte.
  const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
  const padded = whole.padEnd(Math.ceil(whole.length / 4) * 4, "=");
  return decodeBase64(padded.replaceAll("-", "+").replaceAll("_", "/"));
}

/** How many bytes a text has in UTF-8. */
export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
