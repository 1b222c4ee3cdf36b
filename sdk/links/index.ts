/**
 * What reads claim links and links of vouchers, and nothing else: without ABIs, without the forms of files, and of ethers no more
 * than bytes and hashes. For pages where somebody receives something, which are to be small.
 */
export { campaignDigest, hasNewerCode, shortId } from "../drop/code.js";
export type { ShortLink } from "../drop/code.js";
export { hashLeaf } from "../drop/leaf.js";
export { isShort, readLink } from "../drop/link.js";
export type { Claimable } from "../drop/link.js";
export { domainOfMeta, openShard, parseMeta, shardOf } from "../drop/shards.js";
export type { ShardMeta } from "../drop/shards.js";
export { rootOf } from "../drop/tree.js";
export { KyosoError } from "../errors.js";
export { unpackVoucher } from "../vouchers/packed.js";
export type { Voucher } from "../vouchers/voucher.js";
