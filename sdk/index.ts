/**
 * The SDK in the room that a browser, a Worker and Node share. README.md beside it is the map. What needs a disk or Safe's
 * kit is in `./node`, what needs a browser in `./browser`, the contracts' ABIs are in `./abi`.
 */
// The DAO itself: its record, opening it, errors, units
export * from "./addresses.js";
export * from "./bytes.js";
export * from "./codes.js";
export * from "./dao.js";
export * from "./daoRecord.js";
export * from "./namedContracts.js";
export * from "./errors.js";
export * from "./fileCodes.js";
export * from "./implementations.js";
export * from "./json.js";
export * from "./label.js";
export * from "./live.js";
export * from "./nothing.js";
export * from "./roles.js";
export * from "./status.js";
export * from "./text.js";
export * from "./time.js";
export * from "./unitCodes.js";
export * from "./units.js";
export * from "./verify.js";

// Whether the chain is as the record says
export * from "./audit/attempt.js";
export * from "./audit/audit.js";
export * from "./audit/check.js";
export * from "./audit/code.js";
export * from "./audit/parameters.js";
export * from "./audit/powers.js";
export * from "./audit/principals.js";
export * from "./audit/prove.js";
export * from "./audit/table.js";

// Badges: kinds, awards, members, recovery, titles
export * from "./badges/awards/awards.js";
export * from "./badges/awards/contribution.js";
export * from "./badges/awards/evidence.js";
export * from "./badges/awards/readiness.js";
export * from "./badges/awards/standing.js";
export * from "./badges/awards/trial.js";
export * from "./badges/awards/words.js";
export * from "./badges/codes.js";
export * from "./badges/held.js";
export * from "./badges/kinds/kinds.js";
export * from "./badges/kinds/newKind.js";
export * from "./badges/ledger.js";
export * from "./badges/members/board.js";
export * from "./badges/members/members.js";
export * from "./badges/members/referrals.js";
export * from "./badges/members/views.js";
export * from "./badges/plans.js";
export * from "./badges/powers.js";
export * from "./badges/reads.js";
export * from "./badges/recovery/recoveries.js";
export * from "./badges/recovery/recoveryPlans.js";
export * from "./badges/recovery/recoveryProblems.js";
export * from "./badges/recovery/refusals.js";
export * from "./badges/titles/titles.js";
export * from "./badges/withheld.js";

// The modules: idea board and membership pass
export * from "./modules/access.js";
export * from "./modules/codes.js";
export * from "./modules/deploy.js";
export * from "./modules/enable.js";
export * from "./modules/module.js";

// Calls: plans of them, decoding, trying
export * from "./calls/book.js";
export * from "./calls/decode.js";
export * from "./calls/known.js";
export * from "./calls/multiSend.js";
export * from "./calls/nested.js";
export * from "./calls/plan.js";
export * from "./calls/reading.js";
export * from "./calls/revert.js";
export * from "./calls/decided.js";
export * from "./calls/review.js";
export * from "./calls/sequence.js";
export * from "./calls/settings.js";
export * from "./calls/simulate.js";
export * from "./calls/unread.js";

// The chain: few requests, kept logs
export * from "./chain/abi.js";
export * from "./chain/answer.js";
export * from "./chain/batch.js";
export * from "./chain/codeHashes.js";
export * from "./chain/codes.js";
export * from "./chain/eip1193.js";
export * from "./chain/limits.js";
export * from "./chain/local.js";
export * from "./chain/logCache.js";
export * from "./chain/logSource.js";
export * from "./chain/names.js";
export * from "./chain/logStore.js";
export * from "./chain/logs.js";
export * from "./chain/packedLogs.js";
export * from "./chain/patience.js";
export * from "./chain/reads.js";
export * from "./chain/secondNode.js";
export * from "./chain/snapshotLogs.js";
export * from "./chain/testAccounts.js";
export * from "./chain/view.js";
export * from "./chain/whole.js";

// Nicknames, and decisions that move no money
export * from "./community/codes.js";
export * from "./community/decisions.js";
export * from "./community/imitation.js";
export * from "./community/nicknames.js";
export * from "./community/nicknameSigning.js";
export * from "./community/shared.js";

// Brand files
export * from "./config/brandFile.js";
export * from "./config/checks.js";
export * from "./config/codes.js";
export * from "./config/derived.js";
export * from "./config/fields.js";
export * from "./config/handoverChecks.js";
export * from "./config/memberChecks.js";
export * from "./config/placed.js";
export * from "./config/problems.js";
export * from "./config/schema.js";
export * from "./config/shape.js";
export * from "./config/values.js";
export * from "./config/yaml.js";

// Campaigns and claims
export * from "./drop/campaign.js";
export * from "./drop/campaigns.js";
export * from "./drop/claimProblems.js";
export * from "./drop/claims.js";
export * from "./drop/code.js";
export * from "./drop/codes.js";
export * from "./drop/hash.js";
export * from "./drop/leaf.js";
export * from "./drop/link.js";
export * from "./drop/manifest.js";
export * from "./drop/page.js";
export * from "./drop/plans.js";
export * from "./drop/preflight.js";
export * from "./drop/published.js";
export * from "./drop/readiness.js";
export * from "./drop/seeds.js";
export * from "./drop/shards.js";
export * from "./drop/tree.js";

// Sending a plan
export * from "./execute/account.js";
export * from "./execute/answers.js";
export * from "./execute/codes.js";
export * from "./execute/fate.js";
export * from "./execute/fees.js";
export * from "./execute/find.js";
export * from "./execute/follow.js";
export * from "./execute/gas.js";
export * from "./execute/idle.js";
export * from "./execute/outbox.js";
export * from "./execute/pace.js";
export * from "./execute/sender.js";
export * from "./execute/signer.js";
export * from "./execute/via.js";

// What can be wrong at the gate of a web server, which is a room of its own
export * from "./gate/codes.js";

// Proposals and votes
export * from "./governance/action.js";
export * from "./governance/actions.js";
export * from "./governance/ballotBatch.js";
export * from "./governance/ballotCheck.js";
export * from "./governance/ballots.js";
export * from "./governance/codes.js";
export * from "./governance/draft.js";
export * from "./governance/ending.js";
export * from "./governance/events.js";
export * from "./governance/functions.js";
export * from "./governance/numbers.js";
export * from "./governance/proposal.js";
export * from "./governance/proposals.js";
export * from "./governance/readiness.js";
export * from "./governance/ready.js";
export * from "./governance/settled.js";
export * from "./governance/states.js";
export * from "./governance/support.js";
export * from "./governance/values.js";
export * from "./governance/views.js";
export * from "./governance/watch.js";

// Handing power over
export * from "./handover/codes.js";
export * from "./handover/handover.js";
export * from "./handover/plans.js";

// Calls for ideas
export * from "./ideas/adoptions.js";
export * from "./ideas/board.js";
export * from "./ideas/choices.js";
export * from "./ideas/codes.js";
export * from "./ideas/events.js";
export * from "./ideas/inline.js";
export * from "./ideas/names.js";
export * from "./ideas/plans.js";
export * from "./ideas/proposal.js";
export * from "./ideas/readiness.js";
export * from "./ideas/signing.js";
export * from "./ideas/supportBatch.js";
export * from "./ideas/supportCheck.js";
export * from "./ideas/supportReadiness.js";
export * from "./ideas/terms.js";
export * from "./ideas/texts.js";
export * from "./ideas/views.js";
export * from "./ideas/voices.js";

// What a launch is going to make
export * from "./launch/codes.js";
export * from "./launch/config.js";
export * from "./launch/predict.js";
export * from "./launch/preflight.js";

// Membership passes and perks
export * from "./pass/choices.js";
export * from "./pass/codes.js";
export * from "./pass/conditions.js";
export * from "./pass/mint.js";
export * from "./pass/newPerk.js";
export * from "./pass/newTerms.js";
export * from "./pass/pass.js";
export * from "./pass/perks.js";

// What the community page and whoever makes its folder agree on
export * from "./page/codes.js";
export * from "./page/index.js";

// A relay, which pays the gas of what people signed
export * from "./relay/carryOut.js";
export * from "./relay/client.js";
export * from "./relay/codes.js";
export * from "./relay/url.js";
export * from "./relay/words.js";

// Seasons and their rewards
export * from "./rewards/claimAll.js";
export * from "./rewards/codes.js";
export * from "./rewards/logs.js";
export * from "./rewards/member.js";
export * from "./rewards/plans.js";
export * from "./rewards/readiness.js";
export * from "./rewards/reward.js";
export * from "./rewards/seasons.js";
export * from "./rewards/token.js";
export * from "./rewards/views.js";

// The brand's Safe
export * from "./safe/account.js";
export * from "./safe/codes.js";
export * from "./safe/powers.js";
export * from "./safe/safe.js";
export * from "./safe/schedule.js";
export * from "./safe/sharing/builder.js";
export * from "./safe/sharing/file.js";
export * from "./safe/sharing/overview.js";
export * from "./safe/sharing/shared.js";
export * from "./safe/transactions/check.js";
export * from "./safe/transactions/order.js";
export * from "./safe/transactions/ready.js";
export * from "./safe/transactions/signatures.js";
export * from "./safe/transactions/transaction.js";
export * from "./safe/transactions/trial.js";
export * from "./safe/transactions/turn.js";
export * from "./safe/transactions/unpack.js";

// What people sign
export * from "./signed/batches.js";
export * from "./signed/codes.js";
export * from "./signed/domain.js";
export * from "./signed/form.js";
export * from "./signed/wallets.js";

// The token and its votes
export * from "./token/account.js";
export * from "./token/asset.js";
export * from "./token/codes.js";
export * from "./token/delegate.js";
export * from "./token/delegates.js";
export * from "./token/delegations.js";
export * from "./token/holders.js";
export * from "./token/ledger.js";
export * from "./token/moment.js";
export * from "./token/send.js";
export * from "./token/votes.js";

// Vouchers
export { mustSign } from "./vouchers/attempt.js";
export type { Attempt } from "./vouchers/attempt.js";
export * from "./vouchers/check.js";
export * from "./vouchers/codes.js";
export * from "./vouchers/held.js";
export * from "./vouchers/link.js";
export { unpackVoucher } from "./vouchers/packed.js";
export * from "./vouchers/redemption.js";
export * from "./vouchers/use.js";
export * from "./vouchers/voucher.js";

// Names that two modules have.
export { type Claim } from "./drop/claims.js";
export { type Batch } from "./governance/ballotBatch.js";
export { type Batch as AwardBatch } from "./badges/awards/awards.js";
export { type Batch as BuilderBatch } from "./safe/sharing/builder.js";
export { type Claim as SeasonClaim } from "./rewards/logs.js";
export { type Title } from "./badges/titles/titles.js";
export { callsOf } from "./governance/proposal.js";
export { callsOf as callsOfSafe } from "./safe/transactions/unpack.js";
export { foreignProblem as foreignClaimProblem } from "./drop/readiness.js";
export { foreignProblem } from "./vouchers/check.js";
export { incomplete } from "./badges/ledger.js";
export { parseLink } from "./drop/link.js";
export { parseLink as parseVoucherLink } from "./vouchers/link.js";
export { requireReady } from "./governance/readiness.js";
export { requireReady as requireSafeReady } from "./safe/transactions/ready.js";
export { signerOf } from "./signed/domain.js";
export { signerOf as safeSignerOf } from "./safe/transactions/signatures.js";
