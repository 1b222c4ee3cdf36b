import type { PageDocument } from "@kyoso/sdk/page";
import type { Voucher } from "@kyoso/sdk";
import type { Signer } from "../account/signer/client.js";
import { LinkRefused } from "../account/signer/client.js";
import type { OpenedClaim } from "../account/signer/protocol.js";
import { BASE } from "../start/base.js";
import type { Why } from "./abi.js";
import type { ClaimChain, KindState, Receiver } from "./chain.js";

/** What keeps a link from giving something: what a contract says, and what is wrong with the link or what belongs to it. */
export type StopReason =
  | Exclude<Why, "referrer" | "other-account">
  | "refused"
  | "damaged"
  | "several"
  | "newer"
  | "foreign"
  | "stopped"
  | "unpublished"
  | "published-damaged";

/** That a link gives nothing, or not now. */
export class Stopped extends Error {
  readonly reason: StopReason;
  /** Who received it, where somebody did. */
  readonly receiver: Receiver | undefined;
  /** When it ended, where it did. */
  readonly at: number | undefined;

  constructor(reason: StopReason, { receiver, at }: { receiver?: Receiver | undefined; at?: number } = {}) {
    super(reason);
    this.name = "Stopped";
    this.reason = reason;
    this.receiver = receiver;
    this.at = at;
  }
}

/** What somebody is offered. */
export interface Offer {
  readonly source:
    | { readonly of: "claim"; readonly claim: OpenedClaim }
    | { readonly of: "voucher"; readonly voucher: Omit<Voucher, "key"> };
  /** The account that it is for; undefined where whoever has the link chooses. */
  readonly only: string | undefined;
  /** Null where it gives no badge. */
  readonly kind: KindState | null;
  /** In the token's smallest unit. */
  readonly amount: bigint;
  readonly symbol: string;
  readonly until: number;
  /** Whether somebody can be named who brought the newcomer. */
  readonly namesReferrer: boolean;
  readonly now: number;
}

interface Parts {
  readonly document: PageDocument;
  readonly signer: Signer;
  readonly chain: ClaimChain;
}

/**
 * Finds what a link gives. All of it is checked against the chain: the page's host can't make anything up.
 *
 * @throws Stopped where it gives nothing; NodesFailed where no node answers.
 */
export async function readOffer(text: string, as: "claim" | "voucher", parts: Parts): Promise<Offer> {
  const { signer, chain } = parts;
  try {
    const reading = signer.ask({ do: "read", text, as });
    reading.catch(() => undefined);
    // That the page is wrong comes first: a link that is right looks like another DAO's there.
    const now = await chain.open();
    const link = await reading;
    if (link.of === "voucher") return await voucherOffer(link.voucher, now, parts);
    if (link.of === "claim") return await claimOffer(link.claim, now, parts);
    const { meta, shard } = await readPublished(link.id, link.shard);
    const campaign = await chain.campaign(await signer.ask({ do: "campaign", meta }));
    if (campaign === undefined) throw new Stopped("unknown");
    const published = { meta, shard };
    return await claimOffer(await signer.ask({ do: "unfold", published, root: campaign.root }), now, parts);
  } catch (error) {
    throw error instanceof LinkRefused ? new Stopped(reasonOf(error.code)) : error;
  }
}

async function claimOffer(claim: OpenedClaim, now: number, { signer, chain }: Parts): Promise<Offer> {
  const { campaign: id, leaf } = claim;
  const [campaign, isClaimed, isHalted, symbol, kind] = await Promise.all([
    chain.campaign(id),
    chain.isClaimed(id, leaf.index),
    chain.isHalted(),
    chain.symbol(),
    leaf.kind === 0 ? null : chain.kind(leaf.kind),
  ]);
  if (campaign === undefined) throw new Stopped("unknown");
  if (!(await signer.ask({ do: "prove", root: campaign.root }))) throw new Stopped("changed");
  if (isClaimed) throw new Stopped("used", { receiver: await chain.claimer(id, leaf.index) });
  if (campaign.isStopped) throw new Stopped("stopped");
  if (now >= campaign.deadline) throw new Stopped("over", { at: campaign.deadline });
  if (isHalted) throw new Stopped("halted");
  return {
    source: { of: "claim", claim },
    only: leaf.byKey ? undefined : leaf.claimant,
    ...{ kind, symbol, now },
    amount: leaf.amount,
    until: campaign.deadline,
    namesReferrer: campaign.referralKind !== 0,
  };
}

async function voucherOffer(voucher: Omit<Voucher, "key">, now: number, { chain }: Parts): Promise<Offer> {
  const { issuer, nonce, expiry, badgeKind, referralKind } = voucher;
  const [isUsed, isHalted, symbol] = await Promise.all([
    chain.isVoucherUsed(issuer, nonce),
    chain.isHalted(),
    chain.symbol(),
  ]);
  if (isUsed) throw new Stopped("used", { receiver: await chain.redeemer(issuer, nonce) });
  if (now >= expiry) throw new Stopped("over", { at: expiry });
  if (isHalted) throw new Stopped("halted");
  return {
    source: { of: "voucher", voucher },
    only: undefined,
    kind: await chain.kind(badgeKind),
    ...{ symbol, now },
    amount: 0n,
    until: expiry,
    namesReferrer: referralKind !== 0,
  };
}

/** Bytes of what is published at most: of a shard of 256 lines, and the nodes above it. */
const LARGEST = 32_768;

/**
 * Reads what is published of a campaign, beside the page. The host learns 256 lines that it could be.
 *
 * @throws Stopped where it isn't there.
 */
async function readPublished(id: string, shard: number): Promise<{ meta: string; shard: Uint8Array }> {
  const folder = new URL(`drops/${id}/`, BASE);
  const [meta, bytes] = await Promise.all([readFile(folder, "meta.json"), readFile(folder, `${shard}.bin`)]);
  return { meta: new TextDecoder().decode(meta), shard: bytes };
}

async function readFile(folder: URL, name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(name, folder), { credentials: "omit", redirect: "error" });
  // Hosts of pages answer what isn't there with the page itself.
  const isPage = response.headers.get("content-type")?.startsWith("text/html") === true;
  if (!response.ok || isPage) throw new Stopped("unpublished");
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > LARGEST) throw new Stopped("published-damaged");
  return bytes;
}

function reasonOf(code: string): StopReason {
  switch (code) {
    case "link.several":
      return "several";
    case "link.version":
      return "newer";
    case "signed.other-chain":
    case "signed.other-contract":
      return "foreign";
    case "proofs.damaged":
    case "proofs.other-campaign":
    case "proofs.not-of-campaign":
    case "link.other-line":
      return "published-damaged";
    default:
      return "damaged";
  }
}
