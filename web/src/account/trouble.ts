/** What keeps an account from doing what it is asked for, and what is known of it. */
export interface Troubles {
  /** The person said no, or the device did: browsers tell neither apart from a time-out. */
  readonly cancelled: undefined;
  /** Something else is being asked of the person already. */
  readonly busy: undefined;
  /** This browser has no passkeys, or none here: without HTTPS, or inside of another app. */
  readonly "no-passkeys": undefined;
  /** The passkey gives no secret to make an account of (PRF). */
  readonly "no-secret": undefined;
  /** Asked twice, the passkey gave two secrets. */
  readonly "two-secrets": undefined;
  /** It isn't the account that this device remembers. */
  readonly "other-account": { readonly expected: string; readonly found: string };
  /** There is no such wallet in this browser. */
  readonly "no-wallet": undefined;
  /** The wallet is on another chain, and doesn't change that. */
  readonly "wallet-chain": { readonly chainId: string };
  readonly "wallet-failed": { readonly message: string };
  /** The wallet says that this is nothing it can do. */
  readonly "wallet-unable": { readonly message: string };
  readonly "wrong-password": undefined;
  /** A file isn't the backup of an account. */
  readonly "no-backup": undefined;
  /** A file is a backup, and not the one that was made just now. */
  readonly "other-backup": undefined;
  /** What is to be signed isn't this DAO's. */
  readonly foreign: { readonly why: string };
  /** The part of the page that signs didn't start, or stopped. */
  readonly "no-signer": { readonly message: string };
}

export type TroubleCode = keyof Troubles;

/** That an account didn't do what it was asked for. See `TroubleNotice.tsx` for what is said of it. */
export class AccountTrouble extends Error {
  readonly code: TroubleCode;
  readonly data: Troubles[TroubleCode];

  constructor(code: TroubleCode, data?: Troubles[TroubleCode], options?: ErrorOptions) {
    super(code, options);
    this.name = "AccountTrouble";
    this.code = code;
    this.data = data;
  }

  /** One of a kind, with what is known of it. */
  static of<Code extends TroubleCode>(
    code: Code,
    data: Troubles[Code],
    options?: ErrorOptions,
  ): AccountTrouble {
    return new AccountTrouble(code, data, options);
  }
}
