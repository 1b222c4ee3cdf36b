import type { Provider, Signer, TypedDataDomain, TypedDataField } from "ethers";
import { concat, dataLength, dataSlice, getAddress, Interface, TypedDataEncoder } from "ethers";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { SafeInfo } from "../safe/safe.js";
import { readSafe } from "../safe/safe.js";
import { signerOf } from "./domain.js";
import { signTyped } from "./ecdsa.js";

const ERC1271 = new Interface([
  "function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)",
]);
const ACCEPTED = "0x1626ba7e";

/**
 * Most gas that a contract wallet may take to look at a signature, as whoever relays a ballot pays for it. A Safe takes some
 * 10,000 for each owner; a wallet that verifies passkeys by itself, some 300,000.
 */
export const MOST_WALLET_GAS = 1_000_000n;

/** What a Safe has its owners sign for a message of others, here the hash of a ballot. */
export const SAFE_MESSAGE: Record<string, TypedDataField[]> = {
  SafeMessage: [{ name: "message", type: "bytes" }],
};

/** Length of a signature of an account, in bytes. */
const SIGNATURE_LENGTH = 65;

/** Whether a signature is its signer's. */
export interface Verdict {
  readonly valid: boolean;
  /** Whether the signer is a contract, which is asked (ERC-1271). */
  readonly contract: boolean;
  /** What the contract takes to answer, at most; 0 for an account. */
  readonly gas: bigint;
}

/**
 * Checks a signature as contracts do: a signer with code is asked, within a limit of gas, and any other has to have signed
 * itself. With EIP-7702 an account can have code too.
 */
export async function checkSignature(
  provider: Provider,
  signer: string,
  hash: string,
  signature: string,
): Promise<Verdict> {
  if ((await provider.getCode(signer)) === "0x") {
    return { valid: signerOf(hash, signature) === signer, contract: false, gas: 0n };
  }
  const refused: Verdict = { valid: false, contract: true, gas: 0n };
  const data = ERC1271.encodeFunctionData("isValidSignature", [hash, signature]);
  // What any transaction costs is taken from it too.
  const gasLimit = MOST_WALLET_GAS + 21_000n + 16n * BigInt(dataLength(data));
  try {
    const answer = await provider.call({ to: signer, data, gasLimit });
    if (dataLength(answer) < 32 || dataSlice(answer, 0, 4) !== ACCEPTED) return refused;
    const gas = await provider.estimateGas({ to: signer, data, gasLimit });
    // A fifth more: when it counts, other things may have been touched before.
    return { valid: true, contract: true, gas: (gas * 6n) / 5n };
  } catch {
    // If it is the node that doesn't answer, this says so.
    await provider.getBlockNumber();
    return refused;
  }
}

/** The Safe at an address; undefined for a contract that is none. */
export async function findSafe(provider: Provider, address: string): Promise<SafeInfo | undefined> {
  try {
    const safe = await readSafe(provider, address);
    return { ...safe, owners: safe.owners.map((owner) => getAddress(owner)) };
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    // If it is the node that doesn't answer, this says so.
    await provider.getBlockNumber();
    return undefined;
  }
}

/** The domain that a Safe's owners sign with. */
export function safeDomain({ chainId }: Pick<LiveDao, "chainId">, safe: string) {
  return { chainId, verifyingContract: safe };
}

/** What the owners of a Safe sign for it to have signed `hash`. */
export function safeMessageHash(live: Pick<LiveDao, "chainId">, safe: string, hash: string): string {
  return TypedDataEncoder.hash(safeDomain(live, safe), SAFE_MESSAGE, { message: hash });
}

/**
 * Takes the signature of a Safe apart.
 *
 * @param hash What its owners sign: {@link safeMessageHash}.
 * @returns Those of its accounts that signed; without what isn't an owner's signature.
 */
export function ownersWhoSigned(safe: SafeInfo, hash: string, signature: string): Map<string, string> {
  const signed = new Map<string, string>();
  for (let at = 0; at + SIGNATURE_LENGTH <= dataLength(signature); at += SIGNATURE_LENGTH) {
    const piece = dataSlice(signature, at, at + SIGNATURE_LENGTH);
    const owner = signerOf(hash, piece);
    if (owner !== undefined && safe.owners.includes(owner)) signed.set(owner, piece);
  }
  return signed;
}

/** The signature of a Safe: those of its owners, in the order of their addresses, as the Safe wants them. */
export function joinSignatures(signed: ReadonlyMap<string, string>): string {
  const sorted = [...signed].sort(([one], [other]) => (BigInt(one) < BigInt(other) ? -1 : 1));
  return concat(sorted.map(([, signature]) => signature));
}

/** The signature of a Safe, and whether as many of its owners have signed as it takes. */
export interface OwnersSignature {
  readonly signature: string;
  readonly signatures: number;
  readonly threshold: number;
}

/**
 * Adds the signature of a Safe's owner to those that there are.
 *
 * @param hash What the Safe is to have signed.
 * @param existing Those that there are; of another hash, they count for nothing.
 * @throws KyosoError where the signer is no owner.
 */
export async function signAsOwner(
  live: Pick<LiveDao, "chainId">,
  signer: Signer,
  safe: SafeInfo,
  hash: string,
  existing: string | undefined,
): Promise<OwnersSignature> {
  const owner = await signer.getAddress();
  if (!safe.owners.includes(owner)) {
    throw KyosoError.of("safe.not-owner", {
      data: { account: owner, safe: safe.address, threshold: safe.threshold, owners: safe.owners },
      place: `Safe ${safe.address}`,
      message: `${owner} is not an owner of the Safe`,
      remedy: `Sign with ${safe.threshold} of its owners: ${safe.owners.join(", ")}.`,
    });
  }
  const message = safeMessageHash(live, safe.address, hash);
  const before = existing === undefined ? [] : ownersWhoSigned(safe, message, existing);
  const own = await signTyped(signer, safeDomain(live, safe.address), SAFE_MESSAGE, { message: hash });
  const signed = new Map([...before, [owner, own]]);
  return { signature: joinSignatures(signed), signatures: signed.size, threshold: safe.threshold };
}

/** How something is to be signed for an account. */
export interface SigningFor {
  readonly domain: TypedDataDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
  /** Of a Safe: the signatures of other owners for the same. */
  readonly existing: string | undefined;
  /** Called before it is signed; where it throws, nothing is. */
  readonly onSigning: () => Promise<void>;
  /** Makes the error for an account that is somebody else's, and no wallet. */
  readonly notWallet: () => KyosoError;
  /** What an owner of a wallet can do instead that takes no signature: "vote". */
  readonly instead: string;
}

/**
 * Signs typed data (EIP-712) for an account: with its own key, as an owner of it where it is a Safe, or with a key that another
 * contract wallet accepts.
 *
 * @returns The signature, and of a Safe how many of its owners have signed; 1 and 1 for anybody else.
 * @throws KyosoError where the signer can't sign for it, or a wallet doesn't accept the signature.
 */
export async function signFor(
  live: LiveDao,
  signer: Signer,
  account: string,
  { domain, types, message, existing, onSigning, notWallet, instead }: SigningFor,
): Promise<OwnersSignature> {
  const own = await signer.getAddress();
  const safe = account === own ? undefined : await findSafe(live.provider, account);
  if (account !== own && safe === undefined && (await live.provider.getCode(account)) === "0x")
    throw notWallet();
  await onSigning();
  const hash = TypedDataEncoder.hash(domain, types, message);
  const signed =
    safe === undefined
      ? { signature: await signTyped(signer, domain, types, message), signatures: 1, threshold: 1 }
      : await signAsOwner(live, signer, safe, hash, existing);
  // What other owners are still to sign, nobody accepts yet.
  if (signed.signatures < signed.threshold) return signed;
  const { valid } = await checkSignature(live.provider, account, hash, signed.signature);
  if (valid) return signed;
  throw KyosoError.of("signature.not-accepted", {
    data: { wallet: account, signer: own },
    place: `wallet ${account}`,
    message: `It doesn't accept the signature of ${own} (ERC-1271)`,
    remedy: `Sign with a key that the wallet accepts signatures of, or ${instead} from the wallet itself.`,
  });
}
