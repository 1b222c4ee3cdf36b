/** The SDK's second room: what lies on a disk, or needs Node's processes or Safe's kit. */
// Records, exclusive use of a folder, secrets, exports
export * from "./export.js";
export * from "./files.js";
export * from "./lock.js";
export * from "./record.js";
export * from "./secrets.js";

// Badges: kinds, awards, members, recovery, titles
export * from "./badges/contributions.js";
export * from "./badges/journal.js";
export * from "./badges/pending.js";
export * from "./badges/prepare.js";
export * from "./badges/refusals.js";

// Logs that are kept in files
export * from "./chain/fileLogs.js";

// Brand files
export * from "./config/load.js";

// Campaigns: making them from tables, keys, folders
export * from "./drop/claimKeys.js";
export * from "./drop/customers.js";
export * from "./drop/folder.js";
export * from "./drop/gather.js";
export * from "./drop/lineProblems.js";
export * from "./drop/lines.js";
export * from "./drop/make.js";
export * from "./drop/prepare.js";
export * from "./drop/proofs.js";
export * from "./drop/publish.js";
export * from "./drop/qrCodes.js";
export * from "./drop/relay.js";

// Sending a plan
export * from "./execute/outbox.js";
export * from "./execute/safe.js";

// Proposals and votes
export * from "./community/nicknameRelay.js";
export * from "./governance/ballotRelay.js";
export * from "./ideas/supportRelay.js";
export * from "./governance/proposalFile.js";

// Launching
export * from "./launch/context.js";
export * from "./launch/cost.js";
export * from "./launch/launch.js";
export * from "./launch/plan.js";

// The community page's folder
export * from "./page/headers.js";
export * from "./page/page.js";
export * from "./page/site.js";

// The brand's Safe: making, sharing and building with Safe's kit
export * from "./safe/account.js";
export * from "./safe/build.js";
export * from "./safe/canonical.js";
export * from "./safe/create.js";
export * from "./safe/exchange.js";
export * from "./safe/files.js";
export * from "./safe/follow.js";
export * from "./safe/kit.js";
export * from "./safe/prepare.js";
export * from "./safe/service.js";
export * from "./safe/several.js";

// Tables
export * from "./tables/bufferedFile.js";
export * from "./tables/cells.js";
export * from "./tables/table.js";

// Files of what people sign
export * from "./signed/files.js";

// The token and its votes
export * from "./token/relay.js";

// Vouchers
export * from "./vouchers/cancel.js";
export * from "./vouchers/journal.js";
export * from "./vouchers/redeem.js";
export * from "./vouchers/sign.js";

// Names that two modules have.
export { type RelayOptions } from "./governance/ballotRelay.js";
export { type RelayOptions as DelegationRelayOptions } from "./token/relay.js";
