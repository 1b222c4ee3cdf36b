import type { Signer } from "ethers";
import { TypedDataEncoder } from "ethers";
import * as z from "../../zod.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { foreignTo } from "../../signed/foreign.js";
import type { FileKind } from "../../signed/form.js";
import { fields, header } from "../../signed/form.js";
import {
  checkSignature,
  findSafe,
  ownersWhoSigned,
  safeMessageHash,
  signAsOwner,
} from "../../signed/wallets.js";
import { voucherDomain } from "../../vouchers/voucher.js";
import type { AccountRecovery } from "./recoveries.js";
import { readRecoveries, readRecoveryOf } from "./recoveries.js";
import { requireRequested } from "./recoveryPlans.js";
import { refusalProblem } from "./recoveryProblems.js";
import { signTyped } from "../../signed/ecdsa.js";

/** What the badge has a member sign. The recovery's number makes it good for that one only. */
export const REFUSAL = {
  RecoveryRefusal: [
    { name: "recovery", type: "uint256" },
    { name: "oldAccount", type: "address" },
    { name: "newAccount", type: "address" },
  ],
};

const schema = z.strictObject({
  kind: z.literal("refusal"),
  ...header,
  badge: fields.address,
  /** The recovery's number. */
  recovery: fields.decimal,
  oldAccount: fields.address,
  newAccount: fields.address,
  /** Which of the two refuses. */
  account: fields.address,
  signature: fields.signature,
});

/** A signed refusal of a recovery, as its file has it. */
export type Refusal = Readonly<z.infer<typeof schema>>;

export const REFUSAL_FILE: FileKind<Refusal> = {
  kind: "refusal",
  schema,
  writtenBy: "badge recovery refuse --sign",
};

/** A refusal, and whether it is signed by as many as it takes. */
export interface SignedRefusal {
  readonly refusal: Refusal;
  /** Of a Safe: how many of its owners have signed, and how many have to. 1 and 1 for anybody else. */
  readonly signatures: number;
  readonly threshold: number;
}

/** Who refuses, where it isn't the signer itself. */
export interface RefusalOptions {
  /** A contract wallet that the signer signs for. */
  readonly account?: string | undefined;
  /** The same refusal, as other owners of a Safe have signed it. */
  readonly existing?: Refusal | undefined;
  /** Told of the refusal before it is signed; where it throws, nothing is. */
  readonly onSigning?: ((unsigned: Refusal) => Promise<void>) | undefined;
}

/** What a refusal is worth at this moment. */
export type RefusalCheck =
  { readonly status: "valid" | "so already" } | { readonly status: "refused"; readonly problem: Problem };

/**
 * Signs the refusal of the recovery that an account takes part in, which anybody can carry out. Sends nothing.
 *
 * @throws KyosoError where there is none, it has begun or is over, or the account doesn't accept the signature.
 */
export async function signRefusal(
  live: LiveDao,
  signer: Signer,
  { account: asked, existing, onSigning }: RefusalOptions = {},
): Promise<SignedRefusal> {
  const own = await signer.getAddress();
  const account = asked ?? own;
  const { id, oldAccount, newAccount } = await requireRequested(live, account);
  const unsigned: Refusal = {
    kind: "refusal",
    version: 1,
    dao: live.record.slug,
    chainId: live.chainId.toString(),
    badge: live.record.contracts.badge,
    recovery: id.toString(),
    oldAccount,
    newAccount,
    account,
    signature: "0x",
  };
  const hash = refusalHash(live, unsigned);
  const safe = account === own ? undefined : await findSafe(live.provider, account);
  await onSigning?.(unsigned);
  const signed =
    safe === undefined
      ? {
          signature: await signTyped(signer, voucherDomain(live), REFUSAL, messageOf(unsigned)),
          signatures: 1,
          threshold: 1,
        }
      : await signAsOwner(live, signer, safe, hash, existing?.signature);
  const { signature, ...count } = signed;
  const { valid, contract } = await checkSignature(live.provider, account, hash, signature);
  if (!valid && count.signatures >= count.threshold) {
    throw contract
      ? KyosoError.of("signature.not-accepted", {
          data: { wallet: account, signer: own },
          place: `wallet ${account}`,
          message: `It doesn't accept the signature of ${own} (ERC-1271)`,
          remedy: "Sign with a key that the wallet accepts signatures of, or refuse from the wallet itself.",
        })
      : KyosoError.of("recovery.not-wallet", {
          data: { account },
          place: "--account",
          message: `${account} is no contract wallet: only its own key can sign for it`,
          remedy: "Leave --account out, and sign with that account's key (--from).",
        });
  }
  return { refusal: { ...unsigned, signature }, ...count };
}

/** Whether two refusals say the same, whoever has signed them. */
export function sameRefusal(one: Refusal, other: Refusal): boolean {
  const keys = ["chainId", "badge", "recovery", "account"] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** Checks a refusal as the badge would, and that it is this DAO's; as of the block at which the DAO was opened. */
export async function checkRefusal(live: LiveDao, file: string, refusal: Refusal): Promise<RefusalCheck> {
  const { chainId, badge, account, dao } = refusal;
  const foreign = foreignTo(live, file, { chainId, contract: "badge", address: badge, dao });
  if (foreign !== undefined) return { status: "refused", problem: foreign };
  const unsigned = await signatureProblem(live, file, refusal);
  if (unsigned !== undefined) return { status: "refused", problem: unsigned };
  const recovery = await readRecoveryOf(live, account);
  if (recovery.id !== Number(refusal.recovery) || recovery.phase === "over") {
    return overCheck(live, file, refusal, recovery);
  }
  const begun = refusalProblem(account, recovery);
  return begun === undefined
    ? { status: "valid" }
    : { status: "refused", problem: { ...begun, place: file } };
}

/** What became of a recovery that can't be refused any more. They are numbered in the order of their requests. */
async function overCheck(
  live: LiveDao,
  file: string,
  { account, recovery: number }: Refusal,
  last: AccountRecovery,
): Promise<RefusalCheck> {
  const state = (await readRecoveries(live))[Number(number) - 1]?.state;
  if (state === "refused") return { status: "so already" };
  const over = refusalProblem(account, { ...last, phase: "over" });
  if (last.id === Number(number) && over !== undefined) {
    return { status: "refused", problem: { ...over, place: file } };
  }
  return {
    status: "refused",
    problem: problem("recovery.none", {
      data: { account },
      place: file,
      message: "The recovery that it is for is over",
      remedy: "See `npx hardhat badge recovery list`; for another one, sign another refusal.",
    }),
  };
}

async function signatureProblem(live: LiveDao, file: string, refusal: Refusal): Promise<Problem | undefined> {
  const { account, signature } = refusal;
  const hash = refusalHash(live, refusal);
  const { valid, contract } = await checkSignature(live.provider, account, hash, signature);
  if (valid) return undefined;
  const again = "npx hardhat badge recovery refuse --sign";
  if (!contract) {
    return problem("signed.not-signed", {
      data: { file, signer: account },
      place: file,
      message: `It isn't signed by ${account}, or was changed after that`,
      remedy: `Ask for a new one: ${again}.`,
    });
  }
  const safe = await findSafe(live.provider, account);
  const count =
    safe === undefined ? 0 : ownersWhoSigned(safe, safeMessageHash(live, account, hash), signature).size;
  if (safe !== undefined && count < safe.threshold) {
    return problem("signed.owners-missing", {
      data: { file, safe: account, count, threshold: safe.threshold },
      place: file,
      message: `${count} of the ${safe.threshold} owners of the Safe ${account} who have to sign have signed it`,
      remedy: `Have more owners sign the same file: ${again} --account ${account} --out <file>.`,
    });
  }
  return problem("signed.wallet-refuses", {
    data: { file, wallet: account },
    place: file,
    message: `The wallet ${account} doesn't accept its signature (ERC-1271)`,
    remedy: `Ask for a new one: ${again}.`,
  });
}

function refusalHash(live: LiveDao, refusal: Refusal): string {
  return TypedDataEncoder.hash(voucherDomain(live), REFUSAL, messageOf(refusal));
}

function messageOf({ recovery, oldAccount, newAccount }: Refusal) {
  return { recovery: BigInt(recovery), oldAccount, newAccount };
}
