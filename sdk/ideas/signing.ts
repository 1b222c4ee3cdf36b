import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { TypedDataEncoder } from "ethers";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf } from "../signed/domain.js";
import { signFor } from "../signed/wallets.js";
import { boardAddress } from "./board.js";
import type { IdeaSupport } from "./supportFile.js";

export { SUPPORT_FILE, type IdeaSupport } from "./supportFile.js";

/** What the board has supporters sign. There is no number: what stops a second is that an idea is supported once. */
export const SUPPORT_TYPES: Record<string, TypedDataField[]> = {
  Support: [
    { name: "supporter", type: "address" },
    { name: "ideas", type: "uint256[]" },
  ],
};

/** What is to be supported, and by whom. */
export interface Supporting {
  readonly ideas: readonly number[];
  /** A contract wallet that the signer signs for; the signer itself without it. */
  readonly supporter?: string | undefined;
  /** The same, as other owners of a Safe have signed it. */
  readonly existing?: IdeaSupport | undefined;
  /** Told of it before it is signed; where it throws, nothing is. */
  readonly onSigning?: ((unsigned: IdeaSupport) => Promise<void>) | undefined;
}

/** Signed support, and whether it is signed by as many as it takes. */
export interface SignedSupport {
  readonly support: IdeaSupport;
  /** Of a Safe: how many of its owners have signed, and how many have to. 1 and 1 for anybody else. */
  readonly signatures: number;
  readonly threshold: number;
}

/**
 * Signs support that anybody can hand in. Sends nothing. Whether it could be taken isn't looked at here: see
 * {@link supportReadiness}.
 *
 * @throws KyosoError where a wallet doesn't accept the signature, or the signer can't sign for it.
 */
export async function signSupport(
  live: LiveDao,
  signer: Signer,
  { ideas, supporter: asked, existing, onSigning }: Supporting,
): Promise<SignedSupport> {
  const supporter = asked ?? (await signer.getAddress());
  const unsigned: IdeaSupport = {
    kind: "support",
    version: 1,
    dao: live.record.slug,
    chainId: live.chainId.toString(),
    board: boardAddress(live),
    supporter,
    ideas: ideas.map(String),
    signature: "0x",
  };
  const { signature, ...count } = await signFor(live, signer, supporter, {
    domain: await domainOf(live, live.contracts.board),
    types: SUPPORT_TYPES,
    message: messageOf(unsigned),
    existing: existing !== undefined && sameSupport(unsigned, existing) ? existing.signature : undefined,
    onSigning: async () => onSigning?.(unsigned),
    notWallet: () =>
      KyosoError.of("support.supporter-not-wallet", {
        data: { supporter },
        place: "--supporter",
        message: `${supporter} is no contract wallet: only its own key can sign for it`,
        remedy: "Leave --supporter out, and sign with that account's key (--from).",
      }),
    instead: "support",
  });
  return { support: { ...unsigned, signature }, ...count };
}

/** The hash that a supporter signs. */
export function supportHash(domain: TypedDataDomain, support: IdeaSupport): string {
  return TypedDataEncoder.hash(domain, SUPPORT_TYPES, messageOf(support));
}

/** Whether two say the same, whoever has signed them. */
export function sameSupport(one: IdeaSupport, other: IdeaSupport): boolean {
  const keys = ["chainId", "board", "supporter"] as const;
  return keys.every((key) => one[key] === other[key]) && one.ideas.join() === other.ideas.join();
}

function messageOf({ supporter, ideas }: IdeaSupport): Record<string, unknown> {
  return { supporter, ideas };
}
