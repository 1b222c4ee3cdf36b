import { formatAmount } from "../../sdk/units.js";

/** An account, and what it is to the DAO: `0x… (treasury)`. */
export function showAccount(account: string, role: string | undefined): string {
  return role === undefined ? account : `${account} (${role})`;
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
