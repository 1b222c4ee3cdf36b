import type { PageDocument } from "@kyoso/sdk/page";

/** What this device remembers of somebody's account. No key is in it: a passkey's is made anew, a password's is encrypted. */
export type KeptAccount =
  | { readonly kind: "wallet"; readonly address: string; readonly wallet: string }
  | {
      readonly kind: "passkey";
      readonly address: string;
      /** The passkey's id, in base64url. */
      readonly credential: string;
      /** Whether it outlives this device: the passkey is kept elsewhere too, or there is a backup. */
      readonly isSafe: boolean;
    }
  | {
      readonly kind: "password";
      readonly address: string;
      /** The encrypted key (web3 keystore, version 3), as text. */
      readonly keystore: string;
    };

/** An account whose key the Worker that signs has. */
export type KeyedAccount = Exclude<KeptAccount, { readonly kind: "wallet" }>;

/** Whose account it is: of one DAO on one chain. */
export type AccountPlace = Pick<PageDocument, "record">;

const keyOf = (what: string, { record }: AccountPlace) =>
  `kyoso-${what} ${record.chainId} ${record.contracts.governor}`;

export function readKept(place: AccountPlace): KeptAccount | undefined {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(keyOf("account", place)) ?? "null");
    return isKept(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

export function keep(place: AccountPlace, account: KeptAccount | undefined): void {
  write("account", place, account === undefined ? undefined : JSON.stringify(account));
}

/** A passkey that was made, and wasn't touched twice yet: it is used, and no other one made beside it. */
export function readBegun(place: AccountPlace): string | undefined {
  try {
    const found = localStorage.getItem(keyOf("passkey", place)) ?? "";
    return /^[\w-]{10,400}$/u.test(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

export function keepBegun(place: AccountPlace, credential: string | undefined): void {
  write("passkey", place, credential);
}

function write(what: string, place: AccountPlace, text: string | undefined): void {
  try {
    if (text === undefined) localStorage.removeItem(keyOf(what, place));
    else localStorage.setItem(keyOf(what, place), text);
  } catch {
    // A browser that keeps nothing asks anew next time.
  }
}

/** What each kind has besides its address. */
const FIELDS = {
  wallet: { wallet: "string" },
  passkey: { credential: "string", isSafe: "boolean" },
  password: { keystore: "string" },
} as const;

function isKept(value: unknown): value is KeptAccount {
  if (typeof value !== "object" || value === null) return false;
  const found = value as Readonly<Record<string, unknown>>;
  const { kind, address } = found;
  if (kind !== "wallet" && kind !== "passkey" && kind !== "password") return false;
  if (typeof address !== "string" || !/^0x[0-9a-fA-F]{40}$/u.test(address)) return false;
  return Object.entries(FIELDS[kind]).every(([name, type]) => typeof found[name] === type);
}
