import { EvidenceJournal } from "../../sdk/node/badges/journal.js";
import type { Member, MemberBadge } from "../../sdk/badges/members/members.js";
import { readMember } from "../../sdk/badges/members/members.js";
import type { Recovery } from "../../sdk/badges/recovery/recoveries.js";
import { findNicknames } from "../../sdk/community/nicknames.js";
import type { LiveDao } from "../../sdk/live.js";
import { formatMoment } from "../../sdk/time.js";
import { parseAccount, roleOf } from "../../sdk/token/account.js";
import { oneLine } from "../../sdk/text.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive, privateFolder } from "../context.js";
import { alignRight, heading, print, printJson, styled, table } from "../output.js";
import { showAccount } from "../token/show.js";
import { number } from "./format.js";
import { none } from "./kindTable.js";

interface Arguments {
  account: string;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const journal = await EvidenceJournal.open(privateFolder(hre, live));
  const member = await readMember(live, parseAccount(live, account), journal);
  const { record } = live;
  const { referrer, brought } = member.referrals;
  const nicknames = await findNicknames(live, [
    member.account,
    ...(referrer === null ? [] : [referrer]),
    ...brought,
  ]);
  if (json) {
    const nickname = nicknames.get(member.account) ?? null;
    printJson({ dao: record.slug, role: roleOf(live, member.account) ?? null, nickname, ...member });
  } else printMember(member, live, nicknames);
});

function printMember(member: Member, live: LiveDao, nicknames: ReadonlyMap<string, string>): void {
  const { account, points, title, season, votes, withheld, badges, referrals, recoveries } = member;
  const { now, symbol } = live;
  const show = (each: string) => showAccount(each, roleOf(live, each), nicknames.get(each));
  heading(`${live.record.name}: ${show(account)}`);
  table([
    ...(title === null ? [] : [["Title", oneLine(title.name)]]),
    ["Points", number(points)],
    [`In season ${season.number}`, `${number(season.points)}; it ends ${formatMoment(season.end, now)}`],
    ["Votes earned", votes === 0n ? "none" : formatAmount(votes, symbol)],
    ...(withheld === 0n
      ? []
      : [["Votes withheld", `${formatAmount(withheld, symbol)}, until badge grant-votes`]]),
    ...(referrals.referrer === null ? [] : [["Brought by", show(referrals.referrer)]]),
    ...(referrals.brought.length === 0 ? [] : [["Has brought", referrals.brought.map(show).join("\n")]]),
    ...recoveries.map((recovery) => recoveryRow(account, recovery, now)),
  ]);
  heading(badges.length === 0 ? "No badges" : `Badges (${number(badges.length)})`);
  if (badges.length === 0) return;
  const rows = badges.map((badge) => [
    badge.id.toString(),
    oneLine(badge.name),
    number(badge.points),
    votesOf(badge, symbol),
    formatMoment(badge.awardedAt, now),
    badge.season.toString(),
    evidenceOf(badge),
  ]);
  const head = ["no.", "badge", "points", "votes", "awarded", "season", "for"];
  const [first, ...rest] = alignRight([head, ...rows], 0, 2, 3, 5);
  table(rest, first);
  if (badges.some(({ evidence: { hash, text } }) => hash !== null && text === null)) {
    print(
      styled(
        "dim",
        "  Where a hash is shown, what the badge is for is with the brand, and not on this computer.",
      ),
    );
  }
}

/** A badge has all votes of its kind, or none of them yet. */
function votesOf({ votes, withheld }: MemberBadge, symbol: string): string {
  if (withheld !== 0n) return styled("dim", `${formatAmount(withheld, symbol)} withheld`);
  return votes === 0n ? none() : formatAmount(votes, symbol);
}

/** What a recovery is to one of its accounts. */
function recoveryRow(
  account: string,
  { oldAccount, newAccount, state, eta }: Recovery,
  now: number,
): string[] {
  const leaves = account === oldAccount;
  const other = leaves ? newAccount : oldAccount;
  switch (state) {
    case "waiting":
      return [leaves ? "To be recovered into" : "To receive from", `${other}, ${formatMoment(eta, now)}`];
    case "ready":
      return [leaves ? "To be recovered into" : "To receive from", `${other}, now`];
    case "moving":
      return [leaves ? "Being recovered into" : "Receiving from", other];
    case "done":
      return [leaves ? "Recovered into" : "Recovered from", other];
    default:
      return [leaves ? "Recovered in part into" : "Recovered in part from", other];
  }
}

function evidenceOf({ evidence: { hash, text, uri } }: MemberBadge): string {
  const unknown = hash === null ? none() : styled("dim", `${hash.slice(0, 10)}…`);
  const known = text === null ? unknown : oneLine(text);
  return uri === null ? known : `${known} ${styled("dim", oneLine(uri))}`.trim();
}
