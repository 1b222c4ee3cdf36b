import type { Signer, TypedDataDomain } from "ethers";
import { TypedDataEncoder } from "ethers";
import type { Problem, ProblemCode, Telling } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf, signerOf } from "../signed/domain.js";
import { foreignTo } from "../signed/foreign.js";
import { formatMoment } from "../time.js";
import { alreadySo, delegationProblem, parseDelegatee } from "./delegate.js";
import type { Delegation } from "./delegationFile.js";
import { tokenRead } from "./holders.js";
import { signTyped } from "../signed/ecdsa.js";

export { DELEGATION_FILE, type Delegation } from "./delegationFile.js";

/** What the token has holders sign (ERC-5805). */
export const DELEGATION = {
  Delegation: [
    { name: "delegatee", type: "address" },
    { name: "nonce", type: "uint256" },
    { name: "expiry", type: "uint256" },
  ],
};

/**
 * Has a holder sign a delegation that anybody can carry out with `delegateBySig`. Sends nothing.
 *
 * @param signer A plain key: the token's standard (ERC-5805) knows no contract wallets.
 * @param to An address, or "self".
 * @param expiry Last second in which it can be used.
 * @param onSigning Told of the delegation before it is signed; where it throws, nothing is.
 * @throws KyosoError where the account or the delegate can't, and where it is so already.
 */
export async function signDelegation(
  live: LiveDao,
  signer: Signer,
  to: string,
  expiry: number,
  onSigning?: (unsigned: Delegation) => Promise<void>,
): Promise<Delegation> {
  const delegator = await signer.getAddress();
  const delegatee = parseDelegatee(live, delegator, to);
  const { token } = live.contracts;
  const [nonce, current] = await Promise.all([token.nonces(delegator), token.delegates(delegator)]);
  if (current === delegatee) throw new KyosoError(alreadySo(delegator, delegatee));
  const message = { delegatee, nonce, expiry };
  const unsigned: Delegation = {
    kind: "delegation",
    version: 1,
    dao: live.record.slug,
    chainId: live.chainId.toString(),
    token: live.record.contracts.token,
    delegator,
    delegatee,
    nonce: nonce.toString(),
    expiry,
    signature: "0x",
  };
  const domain = await domainOf(live, "token");
  await onSigning?.(unsigned);
  return { ...unsigned, signature: await signTyped(signer, domain, DELEGATION, message) };
}

/** Whether a delegation says the same as an earlier one, or comes after it was used. */
export function supersedes(delegation: Delegation, earlier: Delegation): boolean {
  const same = (["chainId", "token", "delegator"] as const).every((key) => delegation[key] === earlier[key]);
  const after = BigInt(delegation.nonce) - BigInt(earlier.nonce);
  return same && (after > 0n || (after === 0n && delegation.delegatee === earlier.delegatee));
}

/** What the chain says of a delegator. */
export interface DelegatorState {
  readonly nonce: bigint;
  readonly delegate: string;
  /** Tokens and earned votes, in the token's smallest unit. */
  readonly votes: bigint;
}

/** What a delegation is worth at this moment. */
export type DelegationCheck =
  { readonly status: "valid" | "so already" } | { readonly status: "refused"; readonly problem: Problem };

/** Reads what the chain says of delegators, as of the block at which the DAO was opened. Few requests. */
export async function readDelegators(
  live: LiveDao,
  accounts: readonly string[],
): Promise<Map<string, DelegatorState>> {
  const distinct = [...new Set(accounts)];
  const names = ["nonces", "delegates", "balanceOf", "contributionVotes"];
  const read = await live.readMany<bigint | string>(
    distinct.flatMap((account) => names.map((name) => tokenRead(live, name, [account]))),
  );
  return new Map(
    distinct.map((account, i) => {
      const [nonce, delegate, tokens, earned] = read.slice(i * names.length, (i + 1) * names.length) as [
        bigint,
        string,
        bigint,
        bigint,
      ];
      return [account, { nonce, delegate, votes: tokens + earned }];
    }),
  );
}

/**
 * Checks a delegation as the token would, and that it is this DAO's.
 *
 * @param domain The token's.
 * @param state What the chain says of the delegator once all that goes before it is carried out.
 */
export async function checkDelegation(
  live: LiveDao,
  domain: TypedDataDomain,
  file: string,
  delegation: Delegation,
  state: DelegatorState,
): Promise<DelegationCheck> {
  const refuse = <Code extends ProblemCode>(code: Code, told: Telling<Code>): DelegationCheck => ({
    status: "refused",
    problem: problem(code, { place: file, ...told }),
  });
  const { chainId, token, delegator, delegatee, expiry } = delegation;
  const nonce = BigInt(delegation.nonce);
  const to = { chainId, contract: "token", address: token, dao: delegation.dao } as const;
  const foreign = foreignTo(live, file, to);
  if (foreign !== undefined) return { status: "refused", problem: foreign };
  const hash = TypedDataEncoder.hash(domain, DELEGATION, { delegatee, nonce, expiry });
  if (signerOf(hash, delegation.signature) !== delegator) {
    return (await live.provider.getCode(delegator)) === "0x"
      ? refuse("signed.not-signed", {
          data: { file, signer: delegator },
          message: `It isn't signed by ${delegator}, or was changed after that`,
          remedy: "Ask for a new one: npx hardhat token sign <to>.",
        })
      : refuse("delegation.contract-wallet", {
          data: { file, wallet: delegator },
          message: `${delegator} is a contract wallet, and the token's standard (ERC-5805) takes signatures of plain keys only`,
          remedy: "Have the wallet itself call the token's `delegate`.",
        });
  }
  const impossible = delegationProblem(live, delegator, delegatee);
  if (impossible !== undefined) return { status: "refused", problem: { ...impossible, place: file } };
  if (state.delegate === delegatee && nonce <= state.nonce) return { status: "so already" };
  if (nonce < state.nonce) {
    return refuse("signed.nonce-used", {
      data: { file, signer: delegator, nonce },
      message: `Its nonce ${nonce} is used: ${delegator} has since signed something else that was carried out`,
      remedy: "Ask for a new one, if it still holds: npx hardhat token sign <to>.",
    });
  }
  if (expiry < live.now) {
    return refuse("signed.expired", {
      data: { file, expiry },
      message: `It could be used until ${formatMoment(expiry, live.now)}`,
      remedy: "Ask for a new one: npx hardhat token sign <to>.",
    });
  }
  if (nonce > state.nonce) {
    return refuse("signed.nonce-ahead", {
      data: { file, signer: delegator, nonce, next: state.nonce },
      message: `Its nonce is ${nonce}, and the next one of ${delegator} is ${state.nonce}`,
      remedy: "Relay what was signed before it first, or with it.",
    });
  }
  return { status: "valid" };
}
