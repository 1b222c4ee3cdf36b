// Of the contracts' ABI, what claiming takes: whole ABIs and what reads them would be larger than all the rest of the route.
// test/web/claiming.ts holds each against the contracts' own.

/** Functions that are called, by their signatures' selectors. */
export const FUNCTIONS = {
  "campaignOf(bytes32)": "0xc79e5416",
  "isClaimed(bytes32,uint256)": "0x85f5276f",
  "claim(bytes32,(uint256,address,bool,uint128,uint32,bytes32),bytes32[],address,address,bytes)":
    "0xcb8882ad",
  "redeem((address,uint32,address,bool,bytes32,uint32,uint48,uint256),bytes,address,address,bytes)":
    "0x1474749e",
  "isVoucherUsed(address,uint256)": "0x44a918ba",
  "halted()": "0xb9b8af0b",
  "kindOf(uint32)": "0x0f18c851",
  "memberOf(address)": "0x3b4c9891",
  "titleOf(address)": "0x9820857c",
  "currentSeason()": "0xbcb39621",
  "symbol()": "0x95d89b41",
  "badge()": "0x91d768de",
  "drop()": "0xf751cd8f",
  "token()": "0xfc0c546a",
} as const;

export type FunctionName = keyof typeof FUNCTIONS;

/** Events that say who received something. */
export const EVENTS = {
  "Claimed(bytes32,uint256,address,uint256)":
    "0x53e1382837b65097f1436df00ad198ee1ef46d20d3209d9d951b2c5560e9e623",
  "VoucherRedeemed(address,uint256,address,uint256)":
    "0x5ce9968cfa14c0562cd074649c4dbdb65e3374fb93214462703ffc4fe00605e1",
} as const;

/** What a contract says that it refuses for, and what that is to people. */
export type Why =
  | "used"
  | "over"
  | "unknown"
  | "halted"
  | "later"
  | "gone"
  | "ended-kind"
  | "referrer"
  | "changed"
  | "other-account";

export const ERRORS: Readonly<Record<string, readonly [selector: string, why: Why]>> = {
  "LoyaltyDropNonexistentCampaign(bytes32)": ["0x0ce16de8", "unknown"],
  "LoyaltyDropCampaignOver(bytes32)": ["0x3ff93a0c", "over"],
  "LoyaltyDropAlreadyClaimed(bytes32,uint256)": ["0xd843d598", "used"],
  "LoyaltyDropInvalidProof(bytes32,uint256)": ["0x83ba4b6b", "changed"],
  "LoyaltyDropUnderfunded(bytes32,uint256,uint256)": ["0x878d6410", "gone"],
  "LoyaltyDropIssuerRotated(bytes32)": ["0x19a28a4a", "ended-kind"],
  "LoyaltyDropNoReferrals(bytes32)": ["0xd2ef9826", "referrer"],
  "ClaimantMismatch(address,address)": ["0x82ba4f3c", "other-account"],
  "ClaimantInvalidSignature(address)": ["0x43ce577b", "changed"],
  "ContributionBadgeHalted()": ["0xc8c86f94", "halted"],
  "ContributionBadgeKindClosed(uint32)": ["0xe7812ad6", "ended-kind"],
  "ContributionBadgeNonexistentKind(uint32)": ["0x237dd1c7", "ended-kind"],
  "ContributionBadgeNotClaimable(uint32)": ["0xca610424", "ended-kind"],
  "ContributionBadgeSupplyLimited(uint32,uint256,uint256)": ["0xaef20e62", "gone"],
  "ContributionBadgeDailyPointsLimited(uint32,uint256,uint256)": ["0xb4571305", "later"],
  "ContributionBadgeSeasonPointsLimited(uint256,uint256)": ["0x4b3e6c55", "later"],
  "ContributionBadgeNotMember(address)": ["0xba006d13", "referrer"],
  "ContributionBadgeSelfReferral(address)": ["0xd17eb1a1", "referrer"],
  "ContributionBadgeNoReferrals()": ["0x9a84651b", "referrer"],
  "ContributionBadgeInvalidVoucher(address)": ["0xb99d0088", "changed"],
  "ContributionBadgeVoucherExpired(uint48)": ["0xc8c1dbc8", "over"],
  "ContributionBadgeVoucherUsed(address,uint256)": ["0x8537737d", "used"],
};

/** Why a contract refuses; undefined for what isn't known here. */
export function whyIn(data: unknown): Why | undefined {
  const text = typeof data === "object" && data !== null && "data" in data ? data.data : data;
  if (typeof text !== "string") return undefined;
  return Object.values(ERRORS).find(([selector]) => text.startsWith(selector))?.[1];
}

const WORD = 64;

export function word(value: string | number | bigint | boolean): string {
  const digits =
    typeof value === "string" && value.startsWith("0x")
      ? value.slice(2).toLowerCase()
      : BigInt(value).toString(16);
  if (digits.length > WORD || digits.startsWith("-")) throw new RangeError("It takes more than a word");
  return digits.padStart(WORD, "0");
}

/** A function's call: values of a word each. */
export function callOf(
  name: FunctionName,
  ...words: readonly (string | number | bigint | boolean)[]
): string {
  return FUNCTIONS[name] + words.map((each) => word(each)).join("");
}

/** Bytes as they stand behind the values of fixed size: how many, and then themselves, filled up. */
function tail(bytes: string): string {
  const digits = bytes.slice(2).toLowerCase();
  return word(digits.length / 2) + digits.padEnd(Math.ceil(digits.length / WORD) * WORD, "0");
}

const BYTES_IN_WORD = 32;

interface ClaimCall {
  readonly campaign: string;
  readonly leaf: {
    readonly index: number;
    readonly claimant: string;
    readonly byKey: boolean;
    readonly amount: bigint;
    readonly kind: number;
    readonly evidence: string;
  };
  readonly proof: readonly string[];
  readonly account: string;
  readonly referrer: string;
  readonly signature: string;
}

export function claimData({ campaign, leaf, proof, account, referrer, signature }: ClaimCall): string {
  const { index, claimant, byKey, amount, kind, evidence } = leaf;
  const nodes = word(proof.length) + proof.map((node) => word(node)).join("");
  const head = 11 * BYTES_IN_WORD;
  const words = [
    ...[campaign, index, claimant, byKey, amount, kind, evidence, head, account, referrer],
    head + nodes.length / 2,
  ];
  const name = "claim(bytes32,(uint256,address,bool,uint128,uint32,bytes32),bytes32[],address,address,bytes)";
  return callOf(name, ...words) + nodes + tail(signature);
}

interface RedeemCall {
  readonly voucher: {
    readonly issuer: string;
    readonly badgeKind: number;
    readonly claimant: string;
    readonly byKey: boolean;
    readonly evidence: string;
    readonly referralKind: number;
    readonly expiry: number;
    readonly nonce: string;
    readonly signature: string;
  };
  readonly account: string;
  readonly referrer: string;
  readonly signature: string;
}

export function redeemData({ voucher, account, referrer, signature }: RedeemCall): string {
  const { issuer, badgeKind, claimant, byKey, evidence, referralKind, expiry, nonce } = voucher;
  const issuers = tail(voucher.signature);
  const head = 12 * BYTES_IN_WORD;
  const words = [
    ...[issuer, badgeKind, claimant, byKey, evidence, referralKind, expiry, nonce],
    ...[head, account, referrer, head + issuers.length / 2],
  ];
  const name =
    "redeem((address,uint32,address,bool,bytes32,uint32,uint48,uint256),bytes,address,address,bytes)";
  return callOf(name, ...words) + issuers + tail(signature);
}

/** What a function returned, read word by word. */
export class Returned {
  readonly #digits: string;

  constructor(data: unknown) {
    if (typeof data !== "string" || !/^0x[0-9a-f]*$/iu.test(data) || data.length % WORD !== 2) {
      throw new TypeError("The node's answer isn't what the contract returns");
    }
    this.#digits = data.slice(2);
  }

  /** @param at Byte that it begins with. */
  number(at: number): number {
    const value = Number(this.bigint(at));
    if (!Number.isSafeInteger(value)) throw new RangeError("The node's answer has too large a number");
    return value;
  }

  bigint(at: number): bigint {
    return BigInt(`0x${this.#slice(at, 32)}`);
  }

  bytes32(at: number): string {
    return `0x${this.#slice(at, 32).toLowerCase()}`;
  }

  address(at: number): string {
    return `0x${this.#slice(at + 12, 20).toLowerCase()}`;
  }

  /** A text whose place, counted from `base`, stands at `at`. */
  text(at: number, base = 0): string {
    const start = base + this.number(at);
    const digits = this.#slice(start + 32, this.number(start));
    const bytes = Uint8Array.from(digits.match(/../gu) ?? [], (byte) => parseInt(byte, 16));
    return new TextDecoder().decode(bytes);
  }

  #slice(at: number, bytes: number): string {
    const digits = this.#digits.slice(2 * at, 2 * (at + bytes));
    if (digits.length !== 2 * bytes) throw new RangeError("The node's answer ends too early");
    return digits;
  }
}
