import { concat, getBytes, toBeHex } from "ethers";
import { toBase64Url } from "../bytes.js";
import { KyosoError } from "../errors.js";
import { quote } from "../text.js";
import { damagedLink, FORMAT, unpackVoucher } from "./packed.js";
import type { Voucher } from "./voucher.js";
import { VOUCHER_FILE } from "./voucher.js";

/** What a link begins with where the brand has no page for it. */
const SCHEME = "kyoso-voucher:";

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
  const voucher = unpackVoucher(text);
  const whole = VOUCHER_FILE.schema.safeParse(voucher);
  if (whole.success) return whole.data;
  throw damagedLink(whole.error);
}
