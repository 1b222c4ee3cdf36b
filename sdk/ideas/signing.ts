import type { Signer, TypedDataDomain, TypedDataField } from "ethers";
import { TypedDataEncoder } from "ethers";
import { KyosoError } from "../errors.js";
import type { LiveDao } from "../live.js";
import { domainOf } from "../signed/domain.js";
import { signTyped } from "../signed/ecdsa.js";
import { checkSignature, findSafe, signAsOwner } from "../signed/wallets.js";
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
  const signerAddress = await signer.getAddress();
  const supporter = asked ?? signerAddress;
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
  const domain = await domainOf(live, live.contracts.board);
  if (supporter !== signerAddress) {
    const safe = await findSafe(live.provider, supporter);
    if (safe !== undefined) {
      await onSigning?.(unsigned);
      const hash = supportHash(domain, unsigned);
      const before =
        existing !== undefined && sameSupport(unsigned, existing) ? existing.signature : undefined;
      const { signature, ...count } = await signAsOwner(live, signer, safe, hash, before);
      const support = { ...unsigned, signature };
      if (count.signatures >= count.threshold) await requireAccepted(live, domain, support, signerAddress);
      return { support, ...count };
    }
    if ((await live.provider.getCode(supporter)) === "0x") {
      throw KyosoError.of("support.supporter-not-wallet", {
        data: { supporter },
        place: "--supporter",
        message: `${supporter} is no contract wallet: only its own key can sign for it`,
        remedy: "Leave --supporter out, and sign with that account's key (--from).",
      });
    }
  }
  await onSigning?.(unsigned);
  const signature = await signTyped(signer, domain, SUPPORT_TYPES, messageOf(unsigned));
  const support = { ...unsigned, signature };
  await requireAccepted(live, domain, support, signerAddress);
  return { support, signatures: 1, threshold: 1 };
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

async function requireAccepted(
  live: LiveDao,
  domain: TypedDataDomain,
  support: IdeaSupport,
  signer: string,
): Promise<void> {
  const { supporter, signature } = support;
  const { valid } = await checkSignature(live.provider, supporter, supportHash(domain, support), signature);
  if (valid) return;
  throw KyosoError.of("signature.not-accepted", {
    data: { wallet: supporter, signer },
    place: `wallet ${supporter}`,
    message: `It doesn't accept the signature of ${signer} (ERC-1271)`,
    remedy: "Sign with a key that the wallet accepts signatures of, or support from the wallet itself.",
  });
}
