import type { Signer } from "ethers";
import { ZeroAddress, ZeroHash } from "ethers";
import { signDelegation } from "../../sdk/token/delegations.js";
import type { Redemption } from "../../sdk/vouchers/voucher.js";
import { REDEMPTION, typedVoucher, voucherDomain } from "../../sdk/vouchers/voucher.js";
import { KIND } from "../sdk/badges/support.js";
import type { RelayedWorld } from "./support.js";
import { customers, payer, voterAt } from "./support.js";

/** Who signs: a wallet, or a signer of the chain's accounts. */
type Signing = Pick<Signer, "signTypedData"> & { readonly address: string };

/**
 * A voucher for an account, and what has it redeemed.
 *
 * @param signers Who signs in the place of the world's issuer; and the claim key, of one that is by key.
 */
export async function redemptionOf(
  { record, issuer, open }: RelayedWorld,
  nonce: number,
  account: string,
  expiry: number,
  { signer = issuer, key }: { readonly signer?: Signing; readonly key?: Signing } = {},
): Promise<Redemption> {
  const unsigned = {
    version: 1 as const,
    dao: record.slug,
    chainId: record.chainId,
    badge: record.contracts.badge,
    issuer: signer.address,
    badgeKind: KIND.REVIEW,
    claimant: key?.address ?? account,
    byKey: key !== undefined,
    evidence: ZeroHash,
    referralKind: 0,
    expiry,
    nonce: nonce.toString(),
  };
  const { types, message } = typedVoucher(unsigned);
  const domain = voucherDomain(await open());
  const signature = await signer.signTypedData(domain, types, message);
  const receiving = { account, referrer: ZeroAddress };
  const redemption = { issuer: signer.address, nonce, ...receiving };
  const claimSignature = (await key?.signTypedData(domain, REDEMPTION, redemption)) ?? "0x";
  return { kind: "redemption", ...unsigned, signature, ...receiving, claimSignature };
}

/** Something of each kind that is signed, and where it is handed in. */
export async function signedOfEach(world: RelayedWorld): Promise<(readonly [path: string, body: object])[]> {
  const live = await world.open();
  const { slug, chainId, contracts } = world.record;
  const { rewards, token } = contracts;
  const account = customers[0]?.address ?? "";
  const signer = voterAt(1).connect(world.context.provider);
  const reward = {
    kind: "reward",
    version: 1,
    dao: slug,
    chainId,
    rewards,
    season: 1,
    token,
    account,
    earlier: 0,
  };
  return [
    ["/claims", await world.claimOf(0)],
    ["/vouchers", await redemptionOf(world, 1, account, live.now + 100_000)],
    ["/ballots", await world.ballotOf(voterAt(0), "for", { reason: "理由" })],
    ["/delegations", await signDelegation(live, signer, payer.address, live.now + 100_000)],
    ["/rewards", reward],
    ["/supports", await world.supportOf(voterAt(2), [1, 3])],
    ["/nicknames", await world.nicknameOf(voterAt(3), "はな")],
  ];
}
