import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { TypedDataEncoder } from "ethers";
import type { Call } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { INTERFACES } from "../calls/known.js";
import type { Problem, ProblemCode, Telling } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf } from "../signed/domain.js";
import { signTyped } from "../signed/ecdsa.js";
import { foreignTo } from "../signed/foreign.js";
import { checkSignature } from "../signed/wallets.js";
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
  const account = await signer.getAddress();
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
  const domain = await domainOf(live, live.contracts.nicknames);
  await onSigning?.(unsigned);
  return { ...unsigned, signature: await signTyped(signer, domain, NICKNAME_TYPES, messageOf(unsigned)) };
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
  const { valid, contract } = await checkSignature(live.provider, account, hash, signed.signature);
  if (!valid) {
    return contract
      ? refuse("signed.wallet-refuses", {
          data: { file, wallet: account },
          message: `The wallet ${account} doesn't accept its signature, or takes too much gas to say so (ERC-1271)`,
          remedy: `Ask for a new one: ${again}.`,
        })
      : refuse("signed.not-signed", {
          data: { file, signer: account },
          message: `It isn't signed by ${account}, or was changed after that`,
          remedy: `Ask for a new one: ${again}.`,
        });
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
