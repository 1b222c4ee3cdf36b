import { ZeroAddress, ZeroHash } from "ethers";
import { signDelegation } from "../../sdk/token/delegations.js";
import type { Redemption } from "../../sdk/vouchers/voucher.js";
import { typedVoucher, voucherDomain } from "../../sdk/vouchers/voucher.js";
import { KIND } from "../sdk/badges/support.js";
import type { RelayedWorld } from "./support.js";
import { customers, payer, voterAt } from "./support.js";

/** A voucher of the world's issuer for an account, and what has it redeemed. */
export async function redemptionOf(
  { record, issuer, open }: RelayedWorld,
  nonce: number,
  account: string,
  expiry: number,
): Promise<Redemption> {
  const unsigned = {
    version: 1 as const,
    dao: record.slug,
    chainId: record.chainId,
    badge: record.contracts.badge,
    issuer: issuer.address,
    badgeKind: KIND.REVIEW,
    claimant: account,
    byKey: false,
    evidence: ZeroHash,
    referralKind: 0,
    expiry,
    nonce: nonce.toString(),
  };
  const { types, message } = typedVoucher(unsigned);
  const signature = await issuer.signTypedData(voucherDomain(await open()), types, message);
  const nobody = { account, referrer: ZeroAddress, claimSignature: "0x" };
  return { kind: "redemption", ...unsigned, signature, ...nobody };
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
  ];
}
