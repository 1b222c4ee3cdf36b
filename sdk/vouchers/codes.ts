import type { Nothing } from "../nothing.js";

/** Problems of vouchers and of redeeming them. */
export interface VoucherProblems {
  /** It isn't said who gets a voucher's badge. */
  "voucher.account-missing": Nothing;
  /** A voucher was canceled. */
  "voucher.canceled": { readonly nonce: bigint };
  /** A voucher could be redeemed before `expiry`. */
  "voucher.expired": { readonly expiry: number };
  /** Vouchers are for nobody. */
  "voucher.for-nobody": Nothing;
  /** A voucher is for another account. */
  "voucher.for-other": { readonly claimant: string; readonly account: string };
  /** Who claims a voucher has to sign who gets the badge; with `byKey`, with the voucher's key. */
  "voucher.has-to-sign": { readonly claimant: string; readonly account: string; readonly byKey: boolean };
  /** A line of the journal of vouchers was changed or is broken. */
  "voucher.journal-damaged": { readonly file: string; readonly line: number };
  /** A voucher is for a kind of badges that there isn't. */
  "voucher.kind-unknown": { readonly kind: number };
  /** A voucher without a claim key can't be a link. */
  "voucher.no-key": { readonly nonce: bigint };
  /** A redemption isn't signed by the voucher's claimant, or was changed; with `byKey`, with the voucher's key. */
  "voucher.not-signed-by-claimant": {
    readonly claimant: string;
    readonly account: string;
    readonly byKey: boolean;
  };
  /** A number is larger than any voucher's. */
  "voucher.number-too-large": { readonly text: string };
  /** No voucher of this number was signed on this computer. */
  "voucher.number-unknown": { readonly nonce: bigint; readonly issuer: string };
  /** Only its issuer can cancel a voucher. */
  "voucher.of-other-issuer": { readonly issuer: string; readonly account: string };
  /** A voucher was redeemed already. */
  "voucher.redeemed-already": { readonly account: string; readonly badge: number };
  /** Fewer badges of a kind are left than vouchers would be signed. */
  "voucher.supply-short": {
    readonly kind: number;
    readonly name: string;
    readonly left: number;
    readonly limit: number;
    readonly count: number;
  };
  /** More vouchers would be signed at once than can be. */
  "voucher.too-many": { readonly count: number; readonly most: number };
}
