/** What is signed (EIP-712), as the SDK's builders hand it to a signer. */
export interface SignedData {
  readonly domain: {
    readonly name?: string | null | undefined;
    readonly version?: string | null | undefined;
    readonly chainId?: string | number | bigint | null | undefined;
    readonly verifyingContract?: string | null | undefined;
  };
  /** Without that of the domain. */
  readonly types: Readonly<Record<string, readonly { readonly name: string; readonly type: string }[]>>;
  readonly primaryType: string;
  readonly message: Readonly<Record<string, unknown>>;
}

/** A transaction, as an account is asked to send it. */
export interface AccountCall {
  readonly to: string;
  readonly data: string;
  /** In wei. */
  readonly value?: bigint;
  readonly gas?: bigint;
}

/** Somebody's account, as this page uses it. */
export interface Account {
  readonly kind: "passkey" | "password" | "wallet";
  /** In its EIP-55 spelling. */
  readonly address: string;
  /**
   * Signs this DAO's own typed data (Claim, Redemption, Ballot, ExtendedBallot, Delegation, Support), and Nickname, and nothing else. May ask the person:
   * to be called when they have just pressed something.
   *
   * @returns The signature, as contracts take it: 65 bytes that end with 27 or 28, and of a contract wallet whatever it gives.
   * @throws AccountTrouble where it isn't signed.
   */
  readonly sign: (data: SignedData) => Promise<string>;
  /**
   * Only a wallet's: sends a transaction on the DAO's chain, which it pays for. Of a Safe's wallet it may be long until it is
   * carried out.
   *
   * @returns Its hash.
   * @throws AccountTrouble where it isn't sent.
   */
  readonly send?: (call: AccountCall) => Promise<string>;
}
