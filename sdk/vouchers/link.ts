import {
  computeAddress,
  concat,
  dataSlice,
  getAddress,
  getBytes,
  hexlify,
  toBeHex,
  toBigInt,
  toNumber,
} from "ethers";
import { fromBase64Url, toBase64Url } from "../bytes.js";
import { KyosoError } from "../errors.js";
import { payloadsIn } from "../pasted.js";
import { quote } from "../units.js";
import type { Voucher } from "./voucher.js";
import { VOUCHER_FILE } from "./voucher.js";

/** What a link begins with where the brand has no page for it. */
const SCHEME = "kyoso-voucher:";

const FORMAT = "0x01";

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

const HEAD = FIELDS.reduce((sum, [, bytes]) => sum + bytes, 0);

/**
 * A voucher and its key in one text, for links and QR codes: whoever has it can have the badge. It is in the part of the
 * link after the `#`, which browsers keep to themselves.
 *
 * @param base The page that redeems it, such as `https://example.com/claim`; without it the link is for the command line.
 * @throws KyosoError for a voucher without a key, and for a base that has a `#` already.
 */
export function linkOf(voucher: Voucher, base?: string): string {
  const { key } = voucher;
  if (key === undefined) {
    throw KyosoError.of("voucher.no-key", {
      data: { nonce: BigInt(voucher.nonce) },
      place: `voucher ${voucher.nonce}`,
      message: "It has no claim key: it is for one account, which redeems the file",
      remedy: "Make links of vouchers with claim keys: npx hardhat badge voucher sign <kind> --keys <count>.",
    });
  }
  if (base !== undefined && !/^https?:\/\/[^\s#]+$/u.test(base)) {
    throw KyosoError.of("link.page", {
      data: { text: base },
      place: "--link",
      message: `${quote(base)} isn't the address of a page`,
      remedy: 'Write it as in "https://example.com/claim", without a "#".',
    });
  }
  const number = (value: string | number, bytes: number) => toBeHex(BigInt(value), bytes);
  const packed = concat([
    FORMAT,
    number(voucher.chainId, 8),
    voucher.badge,
    voucher.issuer,
    number(voucher.badgeKind, 4),
    number(voucher.referralKind, 4),
    number(voucher.expiry, 6),
    number(voucher.nonce, 32),
    voucher.evidence,
    key,
    voucher.signature,
  ]);
  const text = toBase64Url(getBytes(packed));
  return base === undefined ? `${SCHEME}${text}` : `${base}#${text}`;
}

// cspell:ignore AQAAAA
/** Whether a text is meant to be a link, or what comes after its "#", and not a path. */
export function isLink(text: string): boolean {
  return text.includes(SCHEME) || /https?:\/\/|AQAAAA[\w-]{20}/iu.test(text);
}

/**
 * Reads a link back.
 *
 * @throws KyosoError where it isn't whole, or no link of a voucher.
 */
export function parseLink(text: string): Voucher {
  try {
    const packed = packedIn(text);
    const value = (name: FieldName) => slice(packed, name);
    if (value("format") !== FORMAT) throw new TypeError("another format");
    const key = value("key");
    const voucher = {
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
      signature: dataSlice(packed, HEAD),
      key,
    };
    return VOUCHER_FILE.schema.parse(voucher);
  } catch (cause) {
    throw KyosoError.of("link.damaged", {
      data: {},
      // Not the link itself: it is worth a badge.
      place: "link",
      message: "It isn't a whole link of a voucher",
      remedy: "Copy all of it, from its beginning to its last character.",
      cause,
    });
  }
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
