import { toUtf8String, Utf8ErrorFuncs } from "ethers";
import { decodeBase64, encodeBase64, toUtf8Bytes } from "ethers";
import { LONGEST_URI } from "./texts.js";

/** What a URI begins with that is itself the text that others point to. */
const TEXT = "data:text/plain;charset=utf-8;base64,";

/** Bytes of a text that fits into a URI of the board's: four characters have three of them. */
export const LONGEST_TEXT = 3 * Math.floor((LONGEST_URI - TEXT.length) / 4);

/** A text as a URI that has all of it. */
export function textURI(text: string): string {
  return TEXT + encodeBase64(toUtf8Bytes(text.normalize("NFC")));
}

/** What a URI of a text begins with, by RFC 2397: of no other type, and in no other alphabet. */
const ANY_TEXT = /^data:(?:text\/plain)?(?:;charset=(?:utf-8|us-ascii))?(?<isBase64>;base64)?,/iu;

/**
 * The text that is in a URI itself, as this or another program wrote it; undefined where it points to it. It is a stranger's, and
 * anything may be in it.
 */
export function textInURI(uri: string): string | undefined {
  const begin = ANY_TEXT.exec(uri);
  if (begin === null) return undefined;
  const encoded = uri.slice(begin[0].length);
  try {
    if (begin.groups?.isBase64 === undefined) return decodeURIComponent(encoded);
    if (!/^[A-Za-z0-9+/]*={0,2}$/u.test(encoded)) return undefined;
    return toUtf8String(decodeBase64(encoded), Utf8ErrorFuncs.replace);
  } catch {
    return undefined;
  }
}
