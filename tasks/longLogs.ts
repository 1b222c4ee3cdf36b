import { createRequire } from "node:module";
import { keccak256 } from "ethers";
import type { KeptLines, LogPlace } from "../sdk/chain/logStore.js";
import { FileLogs } from "../sdk/node/chain/fileLogs.js";

/** Characters of a contract's kept logs from which on it is worth to prepare for many hashes. */
const LONG = 200_000;

/**
 * {@link FileLogs} of a command line: where they are long, what reads them hashes each proposal's content and each account anew,
 * and ethers does so with WebAssembly then, several times as fast as with JavaScript.
 */
export class LongLogs extends FileLogs {
  override async read(place: LogPlace): Promise<KeptLines> {
    const kept = await super.read(place);
    if (kept.lines.reduce((sum, { length }) => sum + length, 0) >= LONG) await hashQuickly();
    return kept;
  }
}

let ready: Promise<void> | undefined;

/** Has ethers take keccak256 from a module of WebAssembly, for the rest of this process. */
export function hashQuickly(): Promise<void> {
  ready ??= register();
  return ready;
}

async function register(): Promise<void> {
  // The file of this one hash, which is a tenth of the package.
  const { createKeccak } = createRequire(import.meta.url)("hash-wasm/dist/keccak.umd.min.js") as Pick<
    typeof import("hash-wasm"),
    "createKeccak"
  >;
  const hasher = await createKeccak(256);
  keccak256.register((data) => hasher.init().update(data).digest("binary"));
}
