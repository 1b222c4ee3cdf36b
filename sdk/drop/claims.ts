import type { Signer, TypedDataDomain } from "ethers";
import { TypedDataEncoder, ZeroAddress } from "ethers";
import * as z from "../zod.js";
import { call } from "../calls/plan.js";
import type { Call } from "../calls/plan.js";
import { INTERFACES } from "../calls/known.js";
import type { LiveDao } from "../live.js";
import { domainOf } from "../signed/domain.js";
import type { FileKind } from "../signed/form.js";
import { fields, header } from "../signed/form.js";
import { formatAmount } from "../units.js";
import { campaignName } from "./campaign.js";
import type { Leaf } from "./leaf.js";
import type { Claimable } from "./link.js";
import { signTyped } from "../signed/ecdsa.js";

/** What a claimant signs: that it goes to `account`, and who brought that one. */
export const CLAIM = {
  Claim: [
    { name: "campaign", type: "bytes32" },
    { name: "index", type: "uint256" },
    { name: "account", type: "address" },
    { name: "referrer", type: "address" },
  ],
};

/** What a leaf can give at most: it has 16 bytes for that. */
const LARGEST_AMOUNT = 2n ** 128n - 1n;

const bytes32 = z.string().regex(/^0x[0-9a-f]{64}$/u);

const schema = z.strictObject({
  kind: z.literal("claim"),
  ...header,
  drop: fields.address,
  campaign: bytes32,
  leaf: z.strictObject({
    index: z.int().nonnegative().max(0xffff_ffff),
    claimant: fields.address,
    byKey: z.boolean(),
    // Also asked of what isn't a number.
    amount: fields.decimal.refine((text) => /^\d{1,39}$/u.test(text) && BigInt(text) <= LARGEST_AMOUNT),
    kind: z.int().nonnegative().max(0xffff_ffff),
    evidence: bytes32,
  }),
  proof: z.array(bytes32).max(32),
  account: fields.address,
  /** Null for nobody. */
  referrer: fields.address.nullable(),
  /** `0x` where nobody has to sign. */
  signature: fields.signature,
});

/** A claim that anybody can send, as its file has it. There is no secret in it. */
export type Claim = Readonly<z.infer<typeof schema>>;

export const CLAIM_FILE: FileKind<Claim> = {
  kind: "claim",
  schema,
  writtenBy: "drop claim --out <file>",
};

/** Where a claim goes. */
export interface Receiver {
  readonly account: string;
  /** Who brought the account; undefined for nobody. */
  readonly referrer: string | undefined;
}

/**
 * Makes a claim that anybody can send. Sends nothing.
 *
 * @param signer The claim key, or the account that a leaf is for; undefined where nobody has to sign.
 */
export async function makeClaim(
  live: LiveDao,
  { campaign, leaf, proof }: Claimable,
  { account, referrer }: Receiver,
  signer: Signer | undefined,
): Promise<Claim> {
  const message = { campaign, index: leaf.index, account, referrer: referrer ?? ZeroAddress };
  return {
    kind: "claim",
    version: 1,
    dao: live.record.slug,
    chainId: live.chainId.toString(),
    drop: live.record.contracts.drop,
    campaign,
    leaf: { ...leaf, amount: leaf.amount.toString() },
    proof: [...proof],
    account,
    referrer: referrer ?? null,
    signature:
      signer === undefined ? "0x" : await signTyped(signer, await domainOf(live, "drop"), CLAIM, message),
  };
}

/** What the claimant has signed, or had to sign. */
export function claimHash(domain: TypedDataDomain, { campaign, leaf, account, referrer }: Claim): string {
  const message = { campaign, index: leaf.index, account, referrer: referrer ?? ZeroAddress };
  return TypedDataEncoder.hash(domain, CLAIM, message);
}

/** The leaf of a claim, with its amount as a number. */
export function leafOfClaim({ leaf }: Claim): Leaf {
  return { ...leaf, amount: BigInt(leaf.amount) };
}

/** Whether a claim is for the same leaf: the file of one may be replaced by a later one. */
export function sameLeaf(claim: Claim, other: Claim): boolean {
  return (
    claim.chainId === other.chainId &&
    claim.drop === other.drop &&
    claim.campaign === other.campaign &&
    claim.leaf.index === other.leaf.index
  );
}

/** The call that carries a claim out. */
export function claimCall(live: LiveDao, claim: Claim): Call {
  const { campaign, proof, account, referrer, signature } = claim;
  const leaf = leafOfClaim(claim);
  const drop = { name: "drop", address: live.record.contracts.drop, interface: INTERFACES.drop };
  const gifts = [
    leaf.amount === 0n ? "" : formatAmount(leaf.amount, live.symbol),
    leaf.kind === 0 ? "" : `a badge of kind ${leaf.kind}`,
  ].filter((text) => text !== "");
  return call(
    drop,
    "claim",
    [campaign, leaf, proof, account, referrer ?? ZeroAddress, signature],
    `Claim ${gifts.join(" and ")} of ${campaignName(campaign)} for ${account}`,
  );
}
