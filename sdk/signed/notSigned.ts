import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { findSafe, ownersWhoSigned, safeMessageHash } from "./wallets.js";

/** Something that is signed, by the hash that its signer signs. */
export interface SignedHash {
  readonly signer: string;
  readonly hash: string;
  readonly signature: string;
  /** Whether the signer is a contract. */
  readonly contract: boolean;
}

/** How whoever has a file gets another one. */
export interface Renewal {
  /** The command that signs it: `npx hardhat idea sign 3-1`. */
  readonly command: string;
  /** Its option for a contract wallet: `--supporter`. */
  readonly option: string;
}

/**
 * Why a signature that isn't accepted isn't: of a Safe, how many of its owners are missing.
 *
 * @param file Where it is from, for messages.
 */
export async function notSignedProblem(
  live: Pick<LiveDao, "chainId" | "provider">,
  file: string,
  { signer, hash, signature, contract }: SignedHash,
  { command, option }: Renewal,
): Promise<Problem> {
  const again = `Ask for a new one: ${command}.`;
  if (!contract) {
    return problem("signed.not-signed", {
      data: { file, signer },
      place: file,
      message: `It isn't signed by ${signer}, or was changed after that`,
      remedy: again,
    });
  }
  const safe = await findSafe(live.provider, signer);
  const by =
    safe === undefined ? 0 : ownersWhoSigned(safe, safeMessageHash(live, safe.address, hash), signature).size;
  if (safe !== undefined && by < safe.threshold) {
    return problem("signed.owners-missing", {
      data: { file, safe: safe.address, count: by, threshold: safe.threshold },
      place: file,
      message: `${by} of the ${safe.threshold} owners of the Safe ${safe.address} who have to sign have signed it`,
      remedy: `Have more owners sign the same file: ${command} ${option} ${signer} --out <file>.`,
    });
  }
  return problem("signed.wallet-refuses", {
    data: { file, wallet: signer },
    place: file,
    message: `The wallet ${signer} doesn't accept its signature, or takes too much gas to say so (ERC-1271)`,
    remedy: again,
  });
}
