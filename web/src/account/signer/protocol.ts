import type { Claimable, Voucher } from "@kyoso/sdk/links";
import type { SignedData } from "../account.js";
import type { TroubleCode, Troubles } from "../trouble.js";
import type { SignerDao } from "./typed.js";

/** What a link gives, without the key that it holds: that stays where it is read. */
export type OpenedClaim = Omit<Claimable, "key">;

/** What a link says of itself. Of a short one, what it gives is published beside the page. */
export type ReadLink =
  | { readonly of: "claim"; readonly claim: OpenedClaim }
  | { readonly of: "short"; readonly id: string; readonly shard: number }
  | { readonly of: "voucher"; readonly voucher: Omit<Voucher, "key"> };

/** What is published of a short link's campaign, and what the chain says of it. */
export interface Published {
  /** The text of `meta.json`. */
  readonly meta: string;
  readonly shard: Uint8Array;
}

/** What the page asks the Worker that signs. */
export type Task =
  /** Makes the account of what a passkey gave; see Vault. Returns its address. */
  | { readonly do: "derive"; readonly secret: ArrayBuffer; readonly expected?: string }
  /** Makes a new account, whose key is encrypted with a password. */
  | { readonly do: "make"; readonly password: string }
  /** Opens an encrypted key. Returns its address. */
  | { readonly do: "open"; readonly keystore: string; readonly password: string; readonly expected?: string }
  /** Encrypts the account's key with a password, for a backup. */
  | { readonly do: "backup"; readonly password: string }
  /** The account's key itself, in hexadecimal. */
  | { readonly do: "reveal" }
  | { readonly do: "sign"; readonly data: SignedData }
  /** Whose key it has; null for nobody's. */
  | { readonly do: "who" }
  | { readonly do: "lock" }
  /** Reads a link, and keeps its key until another one is read. */
  | { readonly do: "read"; readonly text: string; readonly as: "claim" | "voucher" }
  /** The id of the campaign that is published, where it is the one of the short link that was read. */
  | { readonly do: "campaign"; readonly meta: string }
  /** Opens the short link that was read, with what is published; checked against the campaign's root. */
  | { readonly do: "unfold"; readonly published: Published; readonly root: string }
  /** Whether the claim that was read leads to a root. */
  | { readonly do: "prove"; readonly root: string }
  /** Signs, with the key of the link that was read, who receives what it gives. */
  | {
      readonly do: "assign";
      readonly account: string;
      readonly referrer: string;
      readonly domain: SignedData["domain"];
    }
  | { readonly do: "forget" };

interface Results {
  readonly derive: { readonly address: string; readonly isReady: boolean };
  readonly make: { readonly address: string; readonly keystore: string };
  readonly open: { readonly address: string };
  readonly backup: { readonly address: string; readonly keystore: string };
  readonly reveal: string;
  readonly sign: string;
  readonly who: string | null;
  readonly lock: null;
  readonly read: ReadLink;
  readonly campaign: string;
  readonly unfold: OpenedClaim;
  readonly prove: boolean;
  readonly assign: string;
  readonly forget: null;
}

export type ResultOf<Asked extends Task> = Results[Asked["do"]];

/** Why something wasn't done. */
export type Refusal =
  | { readonly of: "account"; readonly code: TroubleCode; readonly data?: Troubles[TroubleCode] }
  /** The SDK's code of what is wrong with a link, or with what is published of it. */
  | { readonly of: "link"; readonly code: string }
  | { readonly of: "defect"; readonly message: string };

export type ToSigner = { readonly dao: SignerDao } | { readonly id: number; readonly task: Task };

export type FromSigner =
  | { readonly id: number; readonly result: Results[keyof Results] }
  | { readonly id: number; readonly refusal: Refusal };
