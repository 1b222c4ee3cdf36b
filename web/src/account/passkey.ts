import { AccountTrouble } from "./trouble.js";

// An account of a passkey: what the passkey gives for a fixed text (WebAuthn PRF) makes the key, in the Worker that signs. The
// passkey is the key: it is never overwritten, and no list of those that are valid is ever sent, as both delete it.

/** What every passkey is asked with: another one would make other accounts of all of them. */
const ASKED = new TextEncoder().encode("kyoso/account/1");

/** Milliseconds that somebody may take. */
const PATIENCE = 120_000;

/** What a passkey gave. */
export interface Touched {
  /** Its id, in base64url. */
  readonly credential: string;
  /** 32 bytes; to be handed on, and not kept. */
  readonly secret: ArrayBuffer;
  /** Whether the passkey is kept elsewhere too, so that it outlives the device. */
  readonly isBackedUp: boolean;
}

/** Whether passkeys can be used here at all; whether they make accounts is only known once one was touched. */
export function hasPasskeys(): boolean {
  return globalThis.isSecureContext && "credentials" in navigator && "PublicKeyCredential" in globalThis;
}

/**
 * Makes a passkey, and returns its id in base64url. What it gives then isn't used: some give something else afterwards.
 *
 * @param site What it is called in lists of passkeys.
 */
export function createPasskey(site: string): Promise<string> {
  return alone(async () => {
    const created = await navigator.credentials.create({
      publicKey: {
        challenge: random(32),
        rp: { id: location.hostname, name: site },
        // New each time: one that is used again overwrites the passkey of before.
        user: { id: random(32), name: site, displayName: site },
        pubKeyCredParams: [
          { type: "public-key", alg: -7 },
          { type: "public-key", alg: -257 },
        ],
        authenticatorSelection: {
          residentKey: "required",
          requireResidentKey: true,
          userVerification: "required",
        },
        extensions: { prf: { eval: { first: ASKED } } },
        timeout: PATIENCE,
      },
    });
    return toBase64Url(credentialOf(created).rawId);
  });
}

/**
 * Has somebody touch a passkey, and returns what it gives.
 *
 * @param credential The passkey's id; undefined where the device offers those that it has for this host.
 * @throws AccountTrouble where it isn't touched, or gives nothing.
 */
export function touchPasskey(credential: string | undefined): Promise<Touched> {
  return alone(async () => {
    const found = credentialOf(
      await navigator.credentials.get({
        publicKey: {
          challenge: random(32),
          rpId: location.hostname,
          allowCredentials:
            credential === undefined ? [] : [{ type: "public-key", id: fromBase64Url(credential) }],
          userVerification: "required",
          extensions: { prf: { eval: { first: ASKED } } },
          timeout: PATIENCE,
        },
      }),
    );
    // Not by way of its JSON: making that ends the page in some versions of Safari.
    const secret = bytesIn(found.getClientExtensionResults().prf?.results?.first);
    if (secret?.byteLength !== 32) throw new AccountTrouble("no-secret");
    return { credential: toBase64Url(found.rawId), secret, isBackedUp: isBackedUp(found) };
  });
}

/** A browser asks one thing at a time; a second one fails, and takes the first with it in some. */
let isAsking = false;

async function alone<Result>(ask: () => Promise<Result>): Promise<Result> {
  if (!hasPasskeys()) throw new AccountTrouble("no-passkeys");
  if (isAsking) throw new AccountTrouble("busy");
  isAsking = true;
  try {
    return await ask();
  } catch (error) {
    throw troubleOf(error);
  } finally {
    isAsking = false;
  }
}

/** A browser tells little: a cancel, a time-out, a failed check and a missing passkey are all the same to it. */
function troubleOf(error: unknown): Error {
  if (error instanceof AccountTrouble) return error;
  const name = error instanceof Error ? error.name : "";
  if (name === "NotAllowedError" || name === "AbortError")
    return new AccountTrouble("cancelled", undefined, { cause: error });
  if (name === "OperationError" || name === "InvalidStateError")
    return new AccountTrouble("busy", undefined, { cause: error });
  if (name === "NotSupportedError" || name === "SecurityError")
    return new AccountTrouble("no-passkeys", undefined, { cause: error });
  return error instanceof Error ? error : new Error(String(error));
}

function credentialOf(found: Credential | null): PublicKeyCredential {
  if (found instanceof PublicKeyCredential) return found;
  throw new AccountTrouble("cancelled");
}

/** In the flags of what an authenticator says: whether the passkey is backed up (BS). */
const BACKED_UP = 0x10;
const FLAGS_AT = 32;

function isBackedUp({ response }: PublicKeyCredential): boolean {
  if (!(response instanceof AuthenticatorAssertionResponse)) return false;
  const flags = new Uint8Array(response.authenticatorData)[FLAGS_AT] ?? 0;
  return (flags & BACKED_UP) !== 0;
}

/** Bytes of a buffer of their own. */
function bytesIn(source: BufferSource | undefined): ArrayBuffer | undefined {
  if (source === undefined) return undefined;
  if (source instanceof ArrayBuffer) return source;
  const copy = new Uint8Array(source.byteLength);
  const bytes = new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  copy.set(bytes);
  bytes.fill(0);
  return copy.buffer;
}

function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function toBase64Url(buffer: ArrayBuffer): string {
  const text = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
}
