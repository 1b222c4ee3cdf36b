import { parseDuration, parsePercent, TOKEN_DECIMALS } from "../units.js";
import { FIELDS } from "./fields.js";
import type { Moment } from "./values.js";

/** The cap in the smallest unit. */
export function capUnits(capTokens: bigint): bigint {
  return capTokens * 10n ** BigInt(TOKEN_DECIMALS);
}

/** The extension, by default never longer than the voting period: the contract would refuse that. */
export function extensionOf(extension: number | undefined, votingPeriod: number): number {
  return extension ?? Math.min(parseDuration(FIELDS["governance.lateQuorumExtension"].default), votingPeriod);
}

/** The limit on contribution votes, by default a fraction of the cap. */
export function contributionLimitOf(limit: bigint | undefined, capTokens: bigint): bigint {
  const bps = BigInt(parsePercent(FIELDS["contributionVotes.limit"].default));
  return limit ?? (capUnits(capTokens) * bps) / 10_000n;
}

const ONE_HOUR = 3_600;

/** The dispute window, by default at most half of a season, in whole hours as the contract counts it. */
export function disputeWindowOf(window: number | undefined, season: number): number {
  const half = Math.floor(season / 2 / ONE_HOUR) * ONE_HOUR;
  return window ?? Math.min(parseDuration(FIELDS["rewards.disputeWindow"].default), half);
}

/** The end of the veto, by default not after the community takes over. */
export function vetoOf(veto: Moment | "none" | undefined, community: Moment): Moment | "none" {
  if (veto !== undefined) return veto;
  const after = parseDuration(FIELDS["handover.veto"].default);
  return { after: "after" in community ? Math.min(after, community.after) : after };
}
