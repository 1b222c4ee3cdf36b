import {
  concat,
  Contract,
  dataLength,
  dataSlice,
  getAddress,
  getBytes,
  hashMessage,
  recoverAddress,
  toBeHex,
  toNumber,
  ZeroHash,
  zeroPadValue,
} from "ethers";
import { reasonOf } from "../../calls/revert.js";
import type { Problem, ProblemCode, Telling } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { SafeAccount } from "../account.js";
import type { SafeTransactionData } from "./transaction.js";
import { SAFE_CORE, transactionHash, transactionPreimage, typedTransaction } from "./transaction.js";
import { ecdsaForm } from "../../signed/ecdsa.js";
import { callsOf } from "./unpack.js";

const WORD = 32;

/** What an account's signature takes, and the head of a contract's. */
const SIGNATURE_BYTES = 65;

/** What an owner signed of a transaction, as it is passed on. */
export interface OwnerSignature {
  readonly signer: string;
  /** 65 bytes of an account; of a contract, whatever it takes. */
  readonly signature: string;
}

/** A signature that counts: it was checked, and `kind` says how it is given to the Safe. */
export interface CheckedSignature extends OwnerSignature {
  readonly kind: "account" | "contract" | "approved on chain";
}

/**
 * Has an owner sign a transaction: the provider is asked with `eth_signTypedData_v4`. Nothing is signed of which it can't be
 * told what it does, and no signature is returned that the Safe wouldn't take.
 *
 * @throws KyosoError if the account isn't an owner, its wallet refuses or signs something else, or the transaction could do
 * anything else than make calls.
 */
export async function signTransaction(
  account: SafeAccount,
  transaction: SafeTransactionData,
  signer: string,
): Promise<OwnerSignature> {
  requireOwner(account, signer);
  callsOf(account, transaction, `transaction ${transaction.nonce} of the Safe`);
  let signed: string;
  try {
    const params = [signer, typedTransaction(account, transaction)];
    signed = (await account.eip1193.request({ method: "eth_signTypedData_v4", params })) as string;
  } catch (cause) {
    throw KyosoError.of("account.did-not-sign", {
      data: { account: signer, reason: reasonOf(cause) },
      place: `account ${signer}`,
      message: `It didn't sign: ${reasonOf(cause)}`,
      remedy: "Check that the wallet is unlocked and that its owner agrees, and run the same command again.",
      cause,
    });
  }
  const made = { signer, signature: ecdsaForm(signed) };
  const { valid } = await checkSignatures(account, transaction, [made], `account ${signer}`);
  if (valid.length === 1) return made;
  throw KyosoError.of("safe.signed-otherwise", {
    data: { account: signer },
    place: `account ${signer}`,
    message: "What its wallet returned isn't its signature of this transaction",
    remedy: "Check that the wallet uses this account and this chain, and run the same command again.",
  });
}

/** @throws KyosoError if an account isn't an owner of the Safe. */
export function requireOwner(account: SafeAccount, signer: string): void {
  if (account.owners.includes(signer)) return;
  throw KyosoError.of("safe.not-owner", {
    data: { account: signer, safe: account.address, threshold: account.threshold, owners: account.owners },
    message: `${signer} is not an owner of the Safe`,
    place: `Safe ${account.address}`,
    remedy: `Sign with ${account.threshold} of its owners: ${account.owners.join(", ")}.`,
  });
}

/**
 * Which account made a signature of a hash: of the hash itself, or of a message with the hash (`eth_sign`), which a Safe
 * takes with a last byte that is greater by 4.
 *
 * @returns Undefined where it is no signature of an account that a Safe takes.
 */
export function signerOf(hash: string, signature: string): string | undefined {
  try {
    if (dataLength(signature) !== 65) return undefined;
    const last = toNumber(dataSlice(signature, 64));
    if (last === 27 || last === 28) return recoverAddress(hash, signature);
    if (last !== 31 && last !== 32) return undefined;
    const plain = `${dataSlice(signature, 0, 64)}${(last - 4).toString(16)}`;
    return recoverAddress(hashMessage(getBytes(hash)), plain);
  } catch {
    return undefined;
  }
}

/** A signature as the Safe takes it, where an account made it whose wallet ends signatures with 0 and 1; else as it is. */
function asAccountSigned(hash: string, signer: string, signature: string): string {
  const candidate = ecdsaForm(signature);
  return signerOf(hash, candidate) === signer ? candidate : signature;
}

/**
 * Checks signatures of a transaction, each by itself: that it is an owner's, and of this transaction. A contract that is
 * an owner is asked (ERC-1271), by way of the Safe.
 *
 * @param place What the messages name: the file that the signatures are from.
 * @returns Those that count, and what is wrong with the others. One that is there twice counts once.
 */
export async function checkSignatures(
  account: SafeAccount,
  transaction: SafeTransactionData,
  signatures: readonly OwnerSignature[],
  place: string,
): Promise<{ readonly valid: CheckedSignature[]; readonly problems: Problem[] }> {
  const hash = transactionHash(account, transaction);
  const valid = new Map<string, CheckedSignature>();
  const problems: Problem[] = [];
  for (const [i, { signer, signature: given }] of signatures.entries()) {
    const signature = asAccountSigned(hash, signer, given);
    const refuse = <Code extends ProblemCode>(code: Code, told: Telling<Code>) =>
      problems.push(problem(code, { place: `${place}, signatures[${i}]`, ...told }));
    const recovered = signerOf(hash, signature);
    if (!account.owners.includes(signer)) {
      refuse("safe.signature-of-stranger", {
        data: { file: place, index: i, signer, owners: account.owners },
        message: `${signer} is not an owner of the Safe${recovered === signer ? "" : ", and didn't make this signature"}`,
        remedy: `Take this signature out of the file. The owners are ${account.owners.join(", ")}.`,
      });
    } else if (valid.has(signer) && valid.get(signer)?.signature !== signature) {
      refuse("safe.signature-twice", {
        data: { file: place, index: i, signer },
        message: `${signer} is there twice, with another signature`,
        remedy: "Take one of the two out of the file.",
      });
    } else if (recovered === signer) {
      valid.set(signer, { signer, signature, kind: "account" });
    } else if (await contractSigned(account, transaction, { signer, signature })) {
      valid.set(signer, { signer, signature, kind: "contract" });
    } else {
      refuse("safe.signature-wrong", {
        data: { file: place, index: i, signer, recovered },
        message:
          recovered !== undefined && account.owners.includes(recovered)
            ? `The signature that is said to be of ${signer} is of ${recovered}`
            : `The signature of ${signer} isn't one of this transaction: what was signed, or the signature, is another`,
        remedy: `Take this signature out of the file, and have ${signer} sign it again.`,
      });
    }
  }
  return { valid: [...valid.values()], problems };
}

/** Owners who approved a transaction on the chain (`approveHash`), as contracts do that can't sign. */
export async function approvalsOf(account: SafeAccount, hash: string): Promise<CheckedSignature[]> {
  const safe = new Contract(account.address, SAFE_CORE, account.provider);
  const approved = await Promise.all(
    account.owners.map(async (owner) => {
      const mark = (await safe.getFunction("approvedHashes").staticCall(owner, hash)) as bigint;
      return mark > 0n ? [owner] : [];
    }),
  );
  return approved.flat().map((owner) => ({
    signer: getAddress(owner),
    signature: concat([zeroPadValue(owner, WORD), ZeroHash, "0x01"]),
    kind: "approved on chain",
  }));
}

/** Signatures as the Safe takes them: as many as it asks for, in the order of their signers. */
export function encodeSignatures(signatures: readonly CheckedSignature[], threshold: number): string {
  // What costs least gas first.
  const order = ["account", "approved on chain", "contract"];
  const chosen = [...signatures]
    .sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind))
    .slice(0, threshold)
    .sort((one, other) => (BigInt(one.signer) < BigInt(other.signer) ? -1 : 1));
  // What contracts signed has any length: it follows after the 65 bytes of each, which say where.
  const heads: string[] = [];
  const tails: string[] = [];
  let next = chosen.length * SIGNATURE_BYTES;
  for (const { signer, signature, kind } of chosen) {
    if (kind !== "contract") {
      heads.push(signature);
      continue;
    }
    const tail = concat([toBeHex(dataLength(signature), WORD), signature]);
    heads.push(concat([zeroPadValue(signer, WORD), toBeHex(next, WORD), "0x00"]));
    tails.push(tail);
    next += dataLength(tail);
  }
  return concat([...heads, ...tails]);
}

/** Whether a contract says that it signed: it is asked by the Safe itself, as it will be when the transaction is sent. */
async function contractSigned(
  account: SafeAccount,
  transaction: SafeTransactionData,
  { signer, signature }: OwnerSignature,
): Promise<boolean> {
  if ((await account.provider.getCode(signer)) === "0x") return false;
  const encoded = encodeSignatures([{ signer, signature, kind: "contract" }], 1);
  const data = SAFE_CORE.encodeFunctionData("checkNSignatures", [
    transactionHash(account, transaction),
    transactionPreimage(account, transaction),
    encoded,
    1,
  ]);
  try {
    await account.provider.call({ to: account.address, data });
    return true;
  } catch {
    // If it is the node that doesn't answer, this says so.
    await account.provider.getBlockNumber();
    return false;
  }
}
