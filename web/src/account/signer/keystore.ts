import { scrypt } from "@noble/hashes/scrypt.js";
import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

// The form in which every wallet reads an encrypted key: Web3 Secret Storage, version 3.

/** Memory and time that guessing a password takes: 128 MB, and half a second on a computer. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, dkLen: 32 } as const;
/** The most that a file may ask for: some wallets take twice as much. */
const LARGEST_N = 2 ** 18;

/** Why a file gives no key. */
export class NotOpened extends Error {
  readonly because: "wrong-password" | "no-backup";

  constructor(because: "wrong-password" | "no-backup") {
    super(because);
    this.name = "NotOpened";
    this.because = because;
  }
}

/**
 * Encrypts a key with a password, and reads it back at once: what is returned opens.
 *
 * @returns The file's text.
 */
export async function makeKeystore(key: Uint8Array, address: string, password: string): Promise<string> {
  const [salt, iv] = [random(32), random(16)];
  const derived = scrypt(passwordBytes(password), salt, SCRYPT);
  const ciphertext = await cipher(derived.subarray(0, 16), iv, key);
  const { N: n, r, p, dkLen: dklen } = SCRYPT;
  const text = JSON.stringify({
    version: 3,
    id: crypto.randomUUID(),
    address: address.slice(2).toLowerCase(),
    crypto: {
      cipher: "aes-128-ctr",
      cipherparams: { iv: bytesToHex(iv) },
      ciphertext: bytesToHex(ciphertext),
      kdf: "scrypt",
      kdfparams: { n, r, p, dklen, salt: bytesToHex(salt) },
      mac: bytesToHex(macOf(derived, ciphertext)),
    },
  });
  derived.fill(0);
  const again = await openKeystore(text, password);
  const same = again.every((byte, i) => byte === key[i]);
  again.fill(0);
  if (!same) throw new Error("The backup that was made doesn't open");
  return text;
}

/** @throws NotOpened for another password, and for what is no such file. */
export async function openKeystore(text: string, password: string): Promise<Uint8Array> {
  const { n, r, p, salt, iv, ciphertext, mac } = fieldsOf(text);
  const derived = scrypt(passwordBytes(password), salt, { N: n, r, p, dkLen: 32 });
  try {
    const found = macOf(derived, ciphertext);
    if (found.some((byte, i) => byte !== mac[i])) throw new NotOpened("wrong-password");
    return await cipher(derived.subarray(0, 16), iv, ciphertext);
  } finally {
    derived.fill(0);
  }
}

/** Letters that look the same are the same, however a keyboard composes them. */
function passwordBytes(password: string): Uint8Array {
  return utf8ToBytes(password.normalize("NFKC"));
}

function macOf(derived: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const both = new Uint8Array(16 + ciphertext.length);
  both.set(derived.subarray(16, 32));
  both.set(ciphertext, 16);
  return keccak_256(both);
}

/** AES-128-CTR, which goes both ways. */
async function cipher(key: Uint8Array, iv: Uint8Array, data: Uint8Array): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey("raw", copied(key), "AES-CTR", false, ["encrypt"]);
  const algorithm = { name: "AES-CTR", counter: copied(iv), length: 128 };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, imported, copied(data)));
}

/** Bytes of a buffer of their own, as WebCrypto takes them. */
function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  return copy;
}

function fieldsOf(text: string) {
  let whole: unknown;
  try {
    whole = JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch {
    throw new NotOpened("no-backup");
  }
  const file = objectOf(whole);
  const part = objectOf(file.crypto ?? file.Crypto);
  const params = objectOf(part.kdfparams);
  const known = Number(file.version) === 3 && part.cipher === "aes-128-ctr" && part.kdf === "scrypt";
  const [n, r, p] = [Number(params.n), Number(params.r), Number(params.p)];
  // What a stranger's file asks for is bounded: it would stop the device.
  const isBounded = Number.isInteger(Math.log2(n)) && n >= 2 && n <= LARGEST_N && r === 8 && p === 1;
  if (!known || !isBounded || Number(params.dklen) !== 32) throw new NotOpened("no-backup");
  return {
    ...{ n, r, p },
    salt: hexOf(params.salt),
    iv: hexOf(objectOf(part.cipherparams).iv, 16),
    ciphertext: hexOf(part.ciphertext, 32),
    mac: hexOf(part.mac, 32),
  };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  throw new NotOpened("no-backup");
}

function hexOf(value: unknown, length?: number): Uint8Array {
  if (typeof value !== "string" || !/^(?:[0-9a-f]{2}){1,64}$/iu.test(value)) throw new NotOpened("no-backup");
  const bytes = hexToBytes(value);
  if (length !== undefined && bytes.length !== length) throw new NotOpened("no-backup");
  return bytes;
}

function random(length: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(length));
}
