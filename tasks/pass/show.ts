import { findNicknames } from "../../sdk/community/nicknames.js";
import { readPass, readPassesOf } from "../../sdk/pass/pass.js";
import type { PassView } from "../../sdk/pass/pass.js";
import { oneLine } from "../../sdk/text.js";
import { formatTime } from "../../sdk/time.js";
import { parseAccount, roleOf } from "../../sdk/token/account.js";
import { action } from "../action.js";
import { number } from "../badge/format.js";
import { openLive, requireSigner } from "../context.js";
import { heading, print, printJson, table } from "../output.js";
import { showAccount } from "../token/show.js";

interface Arguments {
  account: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ account: text, dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const account =
    text === undefined ? (await requireSigner(opened, undefined)).address : parseAccount(live, text);
  const numbers = await readPassesOf(live, account);
  const passes = await Promise.all(numbers.map((each) => readPass(live, each)));
  const nickname = (await findNicknames(live, [account])).get(account) ?? null;
  if (json) {
    printJson({ dao: live.record.slug, account, nickname, passes });
    return;
  }
  heading(`${live.record.name}: ${showAccount(account, roleOf(live, account), nickname)}`);
  if (passes.length === 0) print("  No pass.");
  else table(rowsOf(passes));
});

/** All passes of a holder show the same standing. */
function rowsOf(passes: readonly PassView[]): string[][] {
  const [first] = passes;
  if (first === undefined) return [];
  const { title, ranks, points, memberSince } = first;
  return [
    [passes.length === 1 ? "Pass" : "Passes", passes.map((pass) => `No. ${number(pass.number)}`).join(", ")],
    ...(title === null ? [] : [["Title", `${oneLine(title.name)}, ${title.rank} of ${ranks}`]]),
    ["Points", number(points)],
    ["Member since", memberSince === null ? "never" : formatTime(memberSince).slice(0, 10)],
  ];
}
