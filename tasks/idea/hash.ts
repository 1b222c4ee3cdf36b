import { isHexString } from "ethers";
import { KyosoError } from "../../sdk/errors.js";
import { quote } from "../../sdk/text.js";

/** A hash that an option gives; undefined without it. */
export function hashOption(text: string | undefined, place: string): string | undefined {
  const hash = text?.trim();
  if (hash === undefined || isHexString(hash, 32)) return hash?.toLowerCase();
  throw KyosoError.of("argument.not-bytes", {
    data: { text: hash, length: 32 },
    place,
    message: `${quote(hash)} isn't 32 bytes in hexadecimal`,
    remedy: "Write 0x and 64 digits.",
  });
}
