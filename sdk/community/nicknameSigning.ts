import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { TypedDataEncoder } from "ethers";
import type { Call } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { INTERFACES } from "../calls/known.js";
import type { Problem, ProblemCode, Telling } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf } from "../signed/domain.js";
import { foreignTo } from "../signed/foreign.js";
import { notSignedProblem } from "../signed/notSigned.js";
import { checkSignature, signFor } from "../signed/wallets.js";
import { quote } from "../text.js";
import { formatMoment } from "../time.js";
import type { SignedNickname } from "./nicknameFile.js";
import { readNewNickname, sameNickname } from "./nicknames.js";
import { shared } from "./shared.js";

export { NICKNAME_FILE, type SignedNickname } from "./nicknameFile.js";

/** What the contract has accounts sign. */
export const NICKNAME_TYPES: Record<string, TypedDataField[]> = {
  Nickname: [
    { name: "account", type: "address" },
    { name: "nickname", type: "string" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint48" },
  ],
};

/** How a nickname is signed. */
export interface NicknameSigning {
  /** A contract wallet that the signer signs for; the signer itself without it. */
  readonly account?: string | undefined;
  /** The same, as other owners of a Safe have signed it. */
  readonly existing?: SignedNickname | undefined;
  /** Told of it before it is signed; where it throws, nothing is. */
  readonly onSigning?: ((unsigned: SignedNickname) => Promise<void>) | undefined;
}

/** A nickname, and whether it is signed by as many as it takes. */
export interface NicknameSignatures {
  readonly signed: SignedNickname;
  /** Of a Safe: how many of its owners have signed, and how many have to. 1 and 1 for anybody else. */
  readonly signatures: number;
  readonly threshold: number;
}

/**
 * Has an account sign what it wants to be called, for anybody to hand in. Sends nothing.
 *
 * @param deadline From then on it can't be used any more.
 * @param onSigning Told of it before it is signed; where it throws, nothing is.
 * @throws KyosoError where it can't be called so, or is already.
 */
export async function signNickname(
  live: LiveDao,
  signer: Signer,
  text: string,
  deadline: number,
  onSigning?: (unsigned: SignedNickname) => Promise<void>,
): Promise<SignedNickname> {
  return (await signNicknameFor(live, signer, text, deadline, { onSigning })).signed;
}

/**
 * {@link signNickname}, also for a contract wallet.
 *
 * @throws KyosoError where it can't be called so, or is already; where a wallet doesn't accept the signature, or the signer can't
 * sign for it.
 */
export async function signNicknameFor(
  live: LiveDao,
  signer: Signer,
  text: string,
  deadline: number,
  { account: asked, existing, onSigning }: NicknameSigning = {},
): Promise<NicknameSignatures> {
  const account = asked ?? (await signer.getAddress());
  const nickname = readNewNickname(text);
  const [nonce, before] = await Promise.all([
    live.contracts.nicknames.nonces(account),
    live.contracts.nicknames.nicknameOf(account),
  ]);
  if (before === nickname) throw new KyosoError(sameNickname(account, nickname));
  const unsigned: SignedNickname = {
    kind: "nickname",
    version: 1,
    dao: live.record.slug,
    chainId: live.chainId.toString(),
    nicknames: shared("nicknames").address,
    account,
    nickname,
    nonce: nonce.toString(),
    deadline,
    signature: "0x",
  };
  const { signature, ...count } = await signFor(live, signer, account, {
    domain: await domainOf(live, live.contracts.nicknames),
    types: NICKNAME_TYPES,
    message: messageOf(unsigned),
    existing: existing !== undefined && isSameNickname(unsigned, existing) ? existing.signature : undefined,
    onSigning: async () => onSigning?.(unsigned),
    notWallet: () =>
      KyosoError.of("nickname.account-not-wallet", {
        data: { account },
        place: "--account",
        message: `${account} is no contract wallet: only its own key can sign for it`,
        remedy: "Leave --account out, and sign with that account's key (--from).",
      }),
    instead: "say it",
  });
  return { signed: { ...unsigned, signature }, ...count };
}

/** Whether two say the same, until the same moment, whoever has signed them. */
export function isSameNickname(one: SignedNickname, other: SignedNickname): boolean {
  const keys = ["chainId", "nicknames", "account", "nickname", "nonce", "deadline"] as const;
  return keys.every((key) => one[key] === other[key]);
}

/** Whether a nickname says the same as an earlier one, or comes after it was used. */
export function supersedesNickname(nickname: SignedNickname, earlier: SignedNickname): boolean {
  const same = (["chainId", "nicknames", "account"] as const).every((key) => nickname[key] === earlier[key]);
  const after = BigInt(nickname.nonce) - BigInt(earlier.nonce);
  return same && (after > 0n || (after === 0n && nickname.nickname === earlier.nickname));
}

/** What the chain says of an account. */
export interface NicknameState {
  readonly nonce: bigint;
  readonly nickname: string;
}

/** What a signed nickname is worth at this moment. */
export type NicknameCheck =
  { readonly status: "valid" | "so already" } | { readonly status: "refused"; readonly problem: Problem };

/** Reads what the chain says of accounts, as of the block at which the DAO was opened. */
export async function readNicknameStates(
  live: LiveDao,
  accounts: readonly string[],
): Promise<Map<string, NicknameState>> {
  const distinct = [...new Set(accounts)];
  const at = { address: shared("nicknames").address, interface: INTERFACES.nicknames };
  const read = await live.readMany<bigint | string>(
    distinct.flatMap((account) => ["nonces", "nicknameOf"].map((name) => ({ ...at, name, args: [account] }))),
  );
  return new Map(
    distinct.map((account, i) => {
      const [nonce, nickname] = read.slice(2 * i, 2 * i + 2) as [bigint, string];
      return [account, { nonce, nickname }];
    }),
  );
}

/**
 * Checks a signed nickname as the contract would.
 *
 * @param state What the chain says of the account once all that goes before it is carried out.
 */
export async function checkNickname(
  live: LiveDao,
  domain: TypedDataDomain,
  file: string,
  signed: SignedNickname,
  state: NicknameState,
): Promise<NicknameCheck> {
  const refuse = <Code extends ProblemCode>(code: Code, told: Telling<Code>): NicknameCheck => ({
    status: "refused",
    problem: problem(code, { place: file, ...told }),
  });
  const { chainId, nicknames: address, account, nickname, deadline, dao } = signed;
  const nonce = BigInt(signed.nonce);
  const to = { chainId, contract: "nicknames", address, dao, own: shared("nicknames").address } as const;
  const foreign = foreignTo(live, file, to);
  if (foreign !== undefined) return { status: "refused", problem: foreign };
  const hash = TypedDataEncoder.hash(domain, NICKNAME_TYPES, messageOf(signed));
  const again = `npx hardhat nickname sign ${quote(nickname)}`;
  const { signature } = signed;
  const { valid, contract } = await checkSignature(live.provider, account, hash, signature);
  if (!valid) {
    const signing = { signer: account, hash, signature, contract };
    const told = await notSignedProblem(live, file, signing, { command: again, option: "--account" });
    return { status: "refused", problem: told };
  }
  if (state.nickname === nickname && nonce <= state.nonce) return { status: "so already" };
  if (nonce < state.nonce) {
    return refuse("signed.nonce-used", {
      data: { file, signer: account, nonce },
      message: `Its nonce ${nonce} is used: ${account} has since said something else`,
      remedy: `Ask for a new one, if it still holds: ${again}.`,
    });
  }
  if (live.now >= deadline) {
    return refuse("signed.expired", {
      data: { file, expiry: deadline },
      message: `It could be used until ${formatMoment(deadline, live.now)}`,
      remedy: `Ask for a new one: ${again}.`,
    });
  }
  if (nonce > state.nonce) {
    return refuse("signed.nonce-ahead", {
      data: { file, signer: account, nonce, next: state.nonce },
      message: `Its nonce is ${nonce}, and the next one of ${account} is ${state.nonce}`,
      remedy: "Relay what was signed before it first, or with it.",
    });
  }
  return { status: "valid" };
}

/** The call that carries a signed nickname out. */
export function nicknameCall(signed: SignedNickname): Call {
  const { account, nickname, deadline, signature } = signed;
  const purpose = nickname === "" ? `Call ${account} nothing` : `Call ${account} ${quote(nickname)}`;
  return call(shared("nicknames"), "setBySig", [account, nickname, deadline, signature], purpose);
}

function messageOf({ account, nickname, nonce, deadline }: SignedNickname): Record<string, unknown> {
  return { account, nickname, nonce, deadline };
}
