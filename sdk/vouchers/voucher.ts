import type { TypedDataDomain, TypedDataField } from "ethers";
import { computeAddress, isHexString, TypedDataEncoder, ZeroAddress } from "ethers";
import * as z from "../zod.js";
import type { LiveDao } from "../live.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";

/** What an issuer signs (`IVouchers.Voucher`). */
export const VOUCHER: Record<string, TypedDataField[]> = {
  Voucher: [
    { name: "issuer", type: "address" },
    { name: "kind", type: "uint32" },
    { name: "claimant", type: "address" },
    { name: "byKey", type: "bool" },
    { name: "evidence", type: "bytes32" },
    { name: "referralKind", type: "uint32" },
    { name: "expiry", type: "uint48" },
    { name: "nonce", type: "uint256" },
  ],
};

/** What a claim key, or an account that names a referrer, signs. */
export const REDEMPTION: Record<string, TypedDataField[]> = {
  Redemption: [
    { name: "issuer", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "account", type: "address" },
    { name: "referrer", type: "address" },
  ],
};

const hex32 = z.string().refine((text): boolean => isHexString(text, 32));
const number32 = z
  .int()
  .nonnegative()
  .max(2 ** 32 - 1);

/** What the files of vouchers and of redemptions have in common. */
const body = {
  ...header,
  badge: fields.address,
  issuer: fields.address,
  /** Number of the badge's kind. */
  badgeKind: number32,
  /** For whom: an account, or the address of a claim key. */
  claimant: fields.address,
  byKey: z.boolean(),
  /** Salted hash of what it is for. */
  evidence: hex32,
  /** Kind that the member earns who brought the newcomer; 0 where nobody may be named. */
  referralKind: number32,
  /** Timestamp from which on it can't be redeemed. */
  expiry: z
    .int()
    .nonnegative()
    .max(2 ** 48 - 1),
  nonce: fields.decimal,
  /** The issuer's; of a Safe, those of its owners who have signed so far. */
  signature: fields.signature,
} as const;

const voucherSchema = z
  .strictObject({
    kind: z.literal("voucher"),
    ...body,
    /** The claim key: whoever has it can have the badge. */
    key: hex32.optional(),
  })
  .refine(({ key, byKey, claimant }) => key === undefined || (byKey && addressOfKey(key) === claimant), {
    path: ["key"],
  });

const redemptionSchema = z.strictObject({
  kind: z.literal("redemption"),
  ...body,
  /** Who gets the badge. */
  account: fields.address,
  /** Who brought it; the zero address for nobody. */
  referrer: z.union([fields.address, z.literal(ZeroAddress)]),
  /** The claimant's; empty where it needn't sign. */
  claimSignature: fields.signature,
});

/** A voucher as its file has it. One with a key is as good as the badge. */
export type Voucher = Readonly<z.infer<typeof voucherSchema>>;

/** A redemption that anybody can carry out, as its file has it. */
export type Redemption = Readonly<z.infer<typeof redemptionSchema>>;

/** What both have: all that the issuer signed, and the signature. */
export type VoucherBody = Pick<Voucher, keyof typeof body>;

export const VOUCHER_FILE: FileKind<Voucher> = {
  kind: "voucher",
  schema: voucherSchema,
  writtenBy: "badge voucher sign <kind>",
};

export const REDEMPTION_FILE: FileKind<Redemption> = {
  kind: "redemption",
  schema: redemptionSchema,
  writtenBy: "badge voucher redeem <voucher> --out <file>",
};

/** The EIP-712 domain of the badge's vouchers, which VoucherVerifier has in its code. */
export function voucherDomain(live: Pick<LiveDao, "chainId" | "record">): TypedDataDomain {
  return {
    name: "ContributionBadge",
    version: "1",
    chainId: live.chainId,
    verifyingContract: live.record.contracts.badge,
  };
}

/** What the issuer signs of a voucher. */
export function typedVoucher(voucher: Omit<VoucherBody, "signature">) {
  return { types: VOUCHER, message: voucherStruct(voucher) };
}

/** The hash that the issuer signs. */
export function voucherHash(domain: TypedDataDomain, voucher: Omit<VoucherBody, "signature">): string {
  const { types, message } = typedVoucher(voucher);
  return TypedDataEncoder.hash(domain, types, message);
}

/** The hash that the claimant signs. */
export function redemptionHash(
  domain: TypedDataDomain,
  { issuer, nonce }: Pick<VoucherBody, "issuer" | "nonce">,
  account: string,
  referrer: string,
): string {
  return TypedDataEncoder.hash(domain, REDEMPTION, { issuer, nonce, account, referrer });
}

/** A voucher as the contract takes it. */
export function voucherStruct(voucher: Omit<VoucherBody, "signature">) {
  const { issuer, badgeKind: kind, claimant, byKey, evidence, referralKind, expiry, nonce } = voucher;
  return { issuer, kind, claimant, byKey, evidence, referralKind, expiry, nonce: BigInt(nonce) };
}

/** What a redemption has of its voucher. */
export function bodyOf(voucher: VoucherBody): VoucherBody {
  const { version, dao, chainId, badge, issuer, badgeKind, claimant, byKey } = voucher;
  const { evidence, referralKind, expiry, nonce, signature } = voucher;
  return {
    version,
    dao,
    chainId,
    badge,
    issuer,
    badgeKind,
    claimant,
    byKey,
    evidence,
    referralKind,
    expiry,
    nonce,
    signature,
  };
}

function addressOfKey(key: string): string | undefined {
  try {
    return computeAddress(key);
  } catch {
    // Zero, or above the curve's order.
    return undefined;
  }
}
