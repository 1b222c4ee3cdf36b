import type { Claimable, ShardMeta, ShortLink, Voucher } from "@kyoso/sdk/links";
import {
  campaignDigest,
  domainOfMeta,
  hashLeaf,
  hasNewerCode,
  isShort,
  KyosoError,
  openShard,
  parseMeta,
  readLink,
  rootOf,
  shardOf,
  shortId,
  unpackVoucher,
} from "@kyoso/sdk/links";
import type { SignedData } from "../account.js";
import { getBytes } from "./ethers.js";
import type { OpenedClaim, Published, ReadLink } from "./protocol.js";
import type { SignerDao } from "./typed.js";
import { digestOf, Foreign } from "./typed.js";
import { signed } from "./vault.js";

/** Where what is published of a campaign is from, in words that nobody sees. */
const PLACE = "drops";

/** Reads links, and keeps the key of the last one: the page itself never has it. */
export class Links {
  readonly #dao: SignerDao;
  #short: ShortLink | undefined;
  #claim: Claimable | undefined;
  #voucher: Voucher | undefined;

  constructor(dao: SignerDao) {
    this.#dao = dao;
  }

  forget(): void {
    this.#short?.seed.fill(0);
    this.#short = undefined;
    this.#claim = undefined;
    this.#voucher = undefined;
  }

  /**
   * @param as What it is most likely to be: the other kind is read too, as people mix up the pages.
   * @throws KyosoError where a text has no link in it, half of one, or several; and for a link of another DAO.
   */
  read(text: string, as: "claim" | "voucher"): ReadLink {
    this.forget();
    const [first, second] = as === "claim" ? CLAIM_FIRST : VOUCHER_FIRST;
    try {
      return this.#readAs(text, first);
    } catch (error) {
      try {
        return this.#readAs(text, second);
      } catch {
        throw error;
      }
    }
  }

  #readAs(text: string, as: "claim" | "voucher"): ReadLink {
    if (as === "voucher") {
      const voucher = unpackVoucher(text);
      this.#requireOwn(voucher.chainId, voucher.badge, this.#dao.badge);
      this.#voucher = voucher;
      const open: Omit<Voucher, "key"> & { readonly key?: undefined } = { ...voucher, key: undefined };
      return { of: "voucher", voucher: open };
    }
    const link = linkIn(text);
    if (isShort(link)) {
      this.#short = link;
      return { of: "short", id: link.id, shard: shardOf(link.index) };
    }
    this.#requireOwn(link.chainId.toString(), link.drop, this.#dao.drop);
    this.#claim = link;
    return { of: "claim", claim: withoutKey(link) };
  }

  /**
   * The campaign that is published, for the page to ask the chain of it.
   *
   * @throws KyosoError where it isn't the short link's, or another DAO's.
   */
  campaign(meta: string): string {
    return this.#metaOf(meta).campaign;
  }

  /** @throws KyosoError where what is published isn't the campaign's, or the link doesn't open its line. */
  unfold({ meta, shard: bytes }: Published, root: string): OpenedClaim {
    if (this.#short === undefined) throw new Foreign("No short link was read");
    const found = this.#metaOf(meta);
    const shard = { meta: found, bytes, place: PLACE, root };
    this.#claim = openShard(this.#short, campaignDigest(domainOfMeta(found)), shard);
    return withoutKey(this.#claim);
  }

  prove(root: string): boolean {
    const { leaf, proof, chainId, drop, campaign } = this.#claimable();
    const node = getBytes(hashLeaf({ chainId, drop, campaign }, leaf));
    return (
      rootOf(
        node,
        proof.map((each) => getBytes(each)),
      ) === root
    );
  }

  /** Signs who receives it, with the link's own key. "0x" where it has none. */
  assign(account: string, referrer: string, domain: SignedData["domain"]): string {
    const [key, data] = this.#voucher === undefined ? this.#claimData() : this.#voucherData(this.#voucher);
    if (key === undefined) return "0x";
    const whole = { ...data, domain, message: { ...data.message, account, referrer } };
    return signed(digestOf(this.#dao, whole, undefined), getBytes(key));
  }

  #claimData() {
    const { key, campaign, leaf } = this.#claimable();
    const fields = [field("campaign", "bytes32"), field("index", "uint256"), ...RECEIVER];
    return [
      key,
      { types: { Claim: fields }, primaryType: "Claim", message: { campaign, index: leaf.index } },
    ] as const;
  }

  #voucherData({ key, issuer, nonce }: Voucher) {
    const fields = [field("issuer", "address"), field("nonce", "uint256"), ...RECEIVER];
    return [
      key,
      { types: { Redemption: fields }, primaryType: "Redemption", message: { issuer, nonce } },
    ] as const;
  }

  #claimable(): Claimable {
    if (this.#claim === undefined) throw new Foreign("No link was read");
    return this.#claim;
  }

  #metaOf(text: string): ShardMeta {
    const meta = parseMeta(text);
    if (meta === undefined) throw refusal("proofs.damaged", { file: PLACE });
    if (shortId(domainOfMeta(meta)) !== this.#short?.id) {
      throw refusal("proofs.other-campaign", { file: PLACE, campaign: meta.campaign });
    }
    this.#requireOwn(meta.chainId, meta.drop, this.#dao.drop);
    return meta;
  }

  #requireOwn(chainId: string, contract: string, own: string): void {
    if (chainId !== this.#dao.chainId) {
      throw refusal("signed.other-chain", { file: PLACE, chainId, here: BigInt(this.#dao.chainId) });
    }
    if (contract !== own) {
      throw refusal("signed.other-contract", {
        ...{ file: PLACE, address: contract, dao: undefined },
        contract: own === this.#dao.badge ? "badge" : "drop",
      });
    }
  }
}

const CLAIM_FIRST = ["claim", "voucher"] as const;
const VOUCHER_FIRST = ["voucher", "claim"] as const;

const field = (name: string, type: string) => ({ name, type });
const RECEIVER = [field("account", "address"), field("referrer", "address")];

/** What is no link at all isn't one of a later version either, though it looks like that to who reads its first byte. */
function linkIn(text: string) {
  try {
    return readLink(text);
  } catch (error) {
    const isOther = error instanceof KyosoError && error.problems[0]?.code === "link.version";
    throw isOther && !hasNewerCode(text) ? refusal("link.damaged", {}) : error;
  }
}

function withoutKey(claim: Claimable): OpenedClaim {
  const { chainId, drop, campaign, leaf, proof } = claim;
  return { chainId, drop, campaign, leaf, proof };
}

/** The page words them: see views/claim. */
function refusal<Code extends Parameters<typeof KyosoError.of>[0]>(
  code: Code,
  data: Parameters<typeof KyosoError.of<Code>>[1]["data"],
): KyosoError {
  return KyosoError.of(code, { data, message: code });
}
