import { computeAddress, dataLength, dataSlice, getAddress, hexlify, toBigInt, toNumber } from "ethers";
import { fromBase64Url } from "../bytes.js";
import { KyosoError } from "../errors.js";
import { payloadsIn } from "../pasted.js";
import { ecdsaForm } from "../signed/ecdsa.js";
import type { Voucher } from "./voucher.js";

export const FORMAT = "0x01";

/** Bytes of the fields before the signature, each in its order. */
const FIELDS = [
  ["format", 1],
  ["chainId", 8],
  ["badge", 20],
  ["issuer", 20],
  ["badgeKind", 4],
  ["referralKind", 4],
  ["expiry", 6],
  ["nonce", 32],
  ["evidence", 32],
  ["key", 32],
] as const;
type FieldName = (typeof FIELDS)[number][0];

/** Bytes of the shortest signature. */
const SIGNATURE = 65;

/** More than wallets of any kind need. */
const LONGEST_SIGNATURE = 8 * 1024;

const HEAD = FIELDS.reduce((sum, [, bytes]) => sum + bytes, 0);

/**
 * Reads the link of a voucher, with what a page can have without the checks of files: its fields are of fixed lengths, so that
 * each has the form that it should.
 *
 * @throws KyosoError where it isn't whole, or no link of a voucher.
 */
export function unpackVoucher(text: string): Voucher & { readonly key: string } {
  try {
    const packed = packedIn(text);
    const value = (name: FieldName) => slice(packed, name);
    if (value("format") !== FORMAT) throw new TypeError("another format");
    const key = value("key");
    const signature = dataSlice(packed, HEAD);
    if (dataLength(signature) > LONGEST_SIGNATURE) throw new TypeError("too long a signature");
    return {
      kind: "voucher",
      version: 1,
      dao: "link",
      chainId: toBigInt(value("chainId")).toString(),
      badge: getAddress(value("badge")),
      issuer: getAddress(value("issuer")),
      badgeKind: toNumber(value("badgeKind")),
      claimant: computeAddress(key),
      byKey: true,
      evidence: value("evidence"),
      referralKind: toNumber(value("referralKind")),
      expiry: toNumber(value("expiry")),
      nonce: toBigInt(value("nonce")).toString(),
      signature: ecdsaForm(signature),
      key,
    };
  } catch (cause) {
    throw damagedLink(cause);
  }
}

export function damagedLink(cause: unknown): KyosoError {
  return KyosoError.of("link.damaged", {
    data: {},
    // Not the link itself: it is worth a badge.
    place: "link",
    message: "It isn't a whole link of a voucher",
    remedy: "Copy all of it, from its beginning to its last character.",
    cause,
  });
}

/** The first payload that is long enough to be a voucher: what the issuer signed then tells whether it is whole. */
function packedIn(text: string): string {
  for (const payload of payloadsIn(text)) {
    const bytes = fromBase64Url(payload);
    if (bytes.length >= HEAD + SIGNATURE) return hexlify(bytes);
  }
  throw new TypeError("no payload");
}

function slice(packed: string, wanted: FieldName): string {
  let from = 0;
  for (const [name, bytes] of FIELDS) {
    if (name === wanted) return dataSlice(packed, from, from + bytes);
    from += bytes;
  }
  throw new RangeError(wanted);
}
