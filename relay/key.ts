import { open } from "node:fs/promises";
import { Wallet } from "ethers";
import { KyosoError } from "../sdk/errors.js";

/** The variable of the environment that the key is in, and the one that names a file with it. */
export const KEY = "KYOSO_RELAY_KEY";
export const KEY_FILE = "KYOSO_RELAY_KEY_FILE";

/** More than a key has, in bytes. */
const MOST = 256;

/** That anybody may read a file, or others than its owner may change it. systemd hands a service its file by a list that shows as a group's right to read. */
const TOO_OPEN = 0o037;

/**
 * The relay's key, from the environment: itself, or from a file that the environment names, as systemd's credentials are.
 * What isn't a key isn't repeated.
 *
 * @throws KyosoError where there is none, or the file may be read by anybody.
 */
export async function keyFrom(env: Readonly<Record<string, string | undefined>>): Promise<string> {
  const key = env[KEY]?.trim() ?? "";
  if (key !== "") return key;
  const file = env[KEY_FILE]?.trim() ?? "";
  if (file !== "") return keyIn(file);
  throw KyosoError.of("relay.variable-missing", {
    data: { variable: KEY },
    place: KEY,
    message: "It isn't set",
    remedy: `Set it to the key of the account that pays, or ${KEY_FILE} to a file with it. With Hardhat's keystore, start the relay with \`npx hardhat relay start\`.`,
  });
}

async function keyIn(file: string): Promise<string> {
  let handle;
  try {
    handle = await open(file, "r");
    const stat = await handle.stat();
    if (process.platform !== "win32" && (stat.mode & TOO_OPEN) !== 0) {
      throw KyosoError.of("relay.key-file-open", {
        data: { file, mode: stat.mode & 0o777 },
        place: file,
        message: `Others may read or change it (mode ${(stat.mode & 0o777).toString(8).padStart(4, "0")})`,
        remedy: `Make it its owner's alone: chmod 600. If others could have read the key, make another one.`,
      });
    }
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MOST), 0, MOST, null);
    return buffer.toString("utf8", 0, bytesRead).trim();
  } catch (error) {
    if (error instanceof KyosoError) throw error;
    const { code: reason = "" } = error as NodeJS.ErrnoException;
    throw KyosoError.of("file.unreadable", {
      data: { file, reason },
      place: file,
      message: `It can't be read (${reason})`,
      remedy: `${KEY_FILE} names a file that has the relay's key, and nothing else.`,
      cause: error,
    });
  } finally {
    await handle?.close();
  }
}

/** @throws KyosoError for what isn't a key; it isn't repeated. */
export function walletOf(key: string): Wallet {
  try {
    return new Wallet(key.trim());
  } catch {
    throw KyosoError.of("relay.key-unreadable", {
      data: { variable: KEY },
      place: KEY,
      message: "It isn't the key of an account",
      remedy: "It is 0x and 64 letters and digits. Make one for the relay alone: `npx hardhat relay key`.",
    });
  }
}
