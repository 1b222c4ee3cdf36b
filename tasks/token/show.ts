import { formatAmount } from "../../sdk/units.js";

/**
 * An account, what it is to the DAO, and what it calls itself: `0x… (treasury) “Hana”`. The last is never without the first, as
 * anybody can call itself anything.
 */
export function showAccount(account: string, role: string | undefined, nickname?: string | null): string {
  return `${account}${role === undefined ? "" : ` (${role})`}${showNickname(nickname)}`;
}

/** What somebody calls itself, to stand behind its account; empty for nothing. */
export function showNickname(nickname: string | null | undefined): string {
  return nickname === undefined || nickname === null ? "" : ` “${nickname}”`;
}

/** Votes in words: "1,234.5 votes". */
export function showVotes(votes: bigint): string {
  return `${formatAmount(votes)} ${votes === 10n ** 18n ? "vote" : "votes"}`;
}

/** A fraction as people read it: 0.1234 is "12.34%". */
export function showShare(share: number): string {
  if (share > 0 && share < 0.0001) return "under 0.01%";
  return `${(share * 100).toFixed(2).replace(/\.?0+$/u, "")}%`;
}
