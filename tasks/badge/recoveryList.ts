import type { OpenRecovery, Recovery } from "../../sdk/badges/recovery/recoveries.js";
import {
  isOpen,
  readOpen,
  readRecoveries,
  readRecoveryAllowance,
} from "../../sdk/badges/recovery/recoveries.js";
import { findNicknames } from "../../sdk/community/nicknames.js";
import type { LiveDao } from "../../sdk/live.js";
import { formatMoment } from "../../sdk/time.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { heading, print, printJson, styled, table } from "../output.js";
import { showAccount } from "../token/show.js";
import { number, plural } from "./format.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const [all, allowance] = await Promise.all([readRecoveries(live), readRecoveryAllowance(live)]);
  const [open, nicknames] = await Promise.all([
    readOpen(live, all),
    findNicknames(
      live,
      all.flatMap(({ oldAccount, newAccount }) => [oldAccount, newAccount]),
    ),
  ]);
  if (json) {
    const left = [...open];
    const recoveries = all.map((recovery) => ({
      ...(isOpen(recovery) ? left.shift() : recovery),
      oldNickname: nicknames.get(recovery.oldAccount) ?? null,
      newNickname: nicknames.get(recovery.newAccount) ?? null,
    }));
    printJson({ dao: live.record.slug, ...allowance, recoveries });
    return;
  }
  const named = (account: string) => showAccount(account, undefined, nicknames.get(account));
  heading(`${live.record.name}: recoveries`);
  print(`  ${number(allowance.requested)} of the ${number(allowance.limit)} of this season requested`);
  if (open.length > 0) {
    heading("Under way");
    for (const recovery of open) printOpen(recovery, live, named);
  }
  const over = all.filter((recovery) => !isOpen(recovery));
  if (over.length === 0) return;
  heading("Over");
  table(
    over.map((recovery) => [named(recovery.oldAccount), named(recovery.newAccount), outcomeOf(recovery)]),
    ["from", "into", "outcome"],
  );
});

function printOpen(
  recovery: OpenRecovery,
  { now, symbol }: LiveDao,
  named: (account: string) => string,
): void {
  const { oldAccount, newAccount, state, eta, badges, points, votes, moved } = recovery;
  const when = {
    waiting: `can be finished from ${formatMoment(eta, now)} on`,
    ready: styled("green", "can be finished now"),
    moving: `${plural(moved.length, "badge")} moved; to be finished`,
  } as const;
  const count = `${plural(badges, "badge")}, ${plural(points, "point")}`;
  table([
    ["From", named(oldAccount)],
    ["Into", named(newAccount)],
    ["Moves", `${count}${votes === 0n ? "" : `, ${formatAmount(votes, symbol)} of votes`}`],
    ["State", state in when ? when[state as keyof typeof when] : state],
  ]);
  print();
}

function outcomeOf({ state, moved }: Recovery): string {
  return state === "done" || moved.length > 0 ? `${state}: ${plural(moved.length, "badge")} moved` : state;
}
