import type { Claim, Redemption } from "@kyoso/sdk";
import type { PageDocument } from "@kyoso/sdk/page";
import type { Account, AccountCall, SignedData } from "../account/account.js";
import { checksummed } from "../account/checksum.js";
import type { Signer } from "../account/signer/client.js";
import { claimData, redeemData } from "./abi.js";
import type { ClaimChain } from "./chain.js";
import type { Offer } from "./offer.js";

/** What anybody can carry out: as its file has it, and as the call that it is. There is no secret in it. */
export interface Signed {
  readonly file: Claim | Redemption;
  readonly call: AccountCall;
}

const NOBODY = `0x${"00".repeat(20)}`;

const field = (name: string, type: string) => ({ name, type });
const RECEIVER = [field("account", "address"), field("referrer", "address")];

interface Parts {
  readonly document: PageDocument;
  readonly signer: Signer;
  readonly chain: ClaimChain;
}

/**
 * Signs that what is offered goes to an account, and tries it. Nothing is sent.
 *
 * @param referrer Who brought it; undefined for nobody.
 * @throws Refused where the contract wouldn't carry it out; AccountTrouble where the account doesn't sign.
 */
export async function signFor(
  offer: Offer,
  account: Account,
  referrer: string | undefined,
  parts: Parts,
): Promise<Signed> {
  const { address } = account;
  // Nobody brought itself: the account may have been chosen after that was written.
  const named = referrer === undefined ? undefined : checksummed(referrer);
  const brought = named === address ? undefined : named;
  const signature = await signatureOf(offer, account, brought ?? NOBODY, parts);
  const made = signedOf(offer, address, brought, signature, parts.document);
  parts.chain.forget();
  await parts.chain.attempt(made.call.to, made.call.data);
  return made;
}

async function signatureOf(
  { source, only, namesReferrer }: Offer,
  account: Account,
  referrer: string,
  { document, signer }: Parts,
): Promise<string> {
  const { chainId, contracts } = document.record;
  const isClaim = source.of === "claim";
  const domain: SignedData["domain"] = {
    name: isClaim ? "LoyaltyDrop" : "ContributionBadge",
    version: "1",
    chainId,
    verifyingContract: isClaim ? contracts.drop : contracts.badge,
  };
  // The link's own key says where it goes.
  if (only === undefined) return signer.ask({ do: "assign", account: account.address, referrer, domain });
  if (!namesReferrer || source.of !== "claim") return "0x";
  const { campaign, leaf } = source.claim;
  return account.sign({
    domain,
    types: { Claim: [field("campaign", "bytes32"), field("index", "uint256"), ...RECEIVER] },
    primaryType: "Claim",
    message: { campaign, index: leaf.index, account: account.address, referrer },
  });
}

function signedOf(
  { source }: Offer,
  account: string,
  referrer: string | undefined,
  signature: string,
  { record }: PageDocument,
): Signed {
  const { drop, badge } = record.contracts;
  const receiver = { account, referrer: referrer ?? NOBODY, signature };
  if (source.of === "voucher") {
    const { voucher } = source;
    const file: Redemption = {
      ...voucher,
      kind: "redemption",
      dao: record.slug,
      account,
      referrer: referrer ?? NOBODY,
      claimSignature: signature,
    };
    return { file, call: { to: badge, data: redeemData({ voucher, ...receiver }) } };
  }
  const { campaign, leaf, proof } = source.claim;
  const file: Claim = {
    kind: "claim",
    version: 1,
    dao: record.slug,
    chainId: record.chainId,
    drop,
    campaign,
    leaf: { ...leaf, amount: leaf.amount.toString() },
    proof: [...proof],
    account,
    referrer: referrer ?? null,
    signature,
  };
  return { file, call: { to: drop, data: claimData({ campaign, leaf, proof, ...receiver }) } };
}

/** Whether what was offered was received, and by whom, as far as the node tells. */
export async function isReceived(
  { source }: Offer,
  chain: ClaimChain,
): Promise<{ readonly account: string | undefined } | undefined> {
  chain.forget();
  if (source.of === "voucher") {
    const { issuer, nonce } = source.voucher;
    if (!(await chain.isVoucherUsed(issuer, nonce))) return undefined;
    return { account: (await chain.redeemer(issuer, nonce))?.account };
  }
  const { campaign, leaf } = source.claim;
  if (!(await chain.isClaimed(campaign, leaf.index))) return undefined;
  return { account: (await chain.claimer(campaign, leaf.index))?.account };
}
