import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { requireCallerOf } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { CHOICES, COUNTINGS } from "../../sdk/ideas/choices.js";
import { readIdeaCalls } from "../../sdk/ideas/board.js";
import { guardedBoard, planOpen } from "../../sdk/ideas/plans.js";
import type { CallTerms } from "../../sdk/ideas/terms.js";
import { readNewCall } from "../../sdk/ideas/terms.js";
import { refreshed } from "../../sdk/live.js";
import { oneLine } from "../../sdk/text.js";
import { formatDuration } from "../../sdk/units.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { number, plural, printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, heading, printJson, table } from "../output.js";
import { submit } from "../submit.js";

interface Arguments extends ActingArguments {
  question: string;
  options: string[];
  ideasFor: string | undefined;
  supportFor: string | undefined;
  ideasPerMember: string | undefined;
  winners: string | undefined;
  counting: string | undefined;
  choice: string | undefined;
  memberDays: string | undefined;
  badge: string | undefined;
  rules: string | undefined;
  rulesHash: string | undefined;
}

export default action<Arguments>(async ({ dao, via: asked, from, dryRun, json, service, ...texts }, hre) => {
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const actor = await actorOf(opened, via, { from, dryRun, json });
  const kinds = await readKinds(live);
  const terms = await readNewCall(live, texts, kinds, via);
  await requireCallerOf(live, actor, guardedBoard(live), "open");
  if (!json) {
    const kind = kinds.find((each) => each.number === terms.badgeKind);
    heading(`${terms.options.length > 0 ? "New poll" : "New call"}: ${oneLine(terms.question)}`);
    table(rowsOf(terms, kind?.name));
  }
  const submitted = await submit(hre, opened, [planOpen(live, terms)], {
    via: asked,
    from,
    dryRun,
    json,
    service,
  });
  const [hash] = submitted.transactions;
  const receipt = hash === undefined ? null : await live.provider.getTransactionReceipt(hash);
  const after = receipt === null ? [] : await readIdeaCalls(await refreshed(live, receipt.blockNumber));
  const opening = after.find(({ transaction }) => transaction === hash);
  if (json) {
    const call = { number: opening?.number ?? null, ...terms, ...named(terms) };
    printJson({ dao: live.record.slug, dryRun, ...submitted, call });
  } else if (dryRun) printDryRun();
  else if (opening !== undefined) {
    done(
      terms.options.length > 0
        ? `Call ${opening.number} takes support of its options.`
        : `Call ${opening.number} takes ideas.`,
    );
  }
});

/** What the board has by its place, by its name. */
function named({ counting, choice, badgeKind }: CallTerms) {
  return {
    counting: COUNTINGS[counting] ?? null,
    choice: CHOICES[choice] ?? null,
    badgeKind: badgeKind === 0 ? null : badgeKind,
  };
}

function rowsOf(terms: CallTerms, kind: string | undefined): string[][] {
  const isPoll = terms.options.length > 0;
  const { counting, choice } = named(terms);
  return [
    ...(isPoll ? [["Options", terms.options.map(oneLine).join("\n")]] : []),
    ...(isPoll
      ? []
      : [["Ideas", `${formatDuration(terms.ideasFor)}, ${plural(terms.ideasPerMember, "idea")} a member`]]),
    ["Support", formatDuration(terms.supportFor)],
    [
      "Counted are",
      counting === "weight"
        ? "votes at the moment that support begins"
        : terms.memberDays === 0
          ? "members, one voice each"
          : `members since ${number(terms.memberDays)} days, one voice each`,
    ],
    ["Each supports", choice === "approve" ? "up to ten" : "one"],
    ["Winners", number(terms.winners)],
    ...(isPoll
      ? []
      : [
          [
            "Authors of winners are awarded",
            kind === undefined ? "nothing" : `"${oneLine(kind)}", when they ship`,
          ],
        ]),
    ...(terms.rulesURI === "" ? [] : [["Rules", oneLine(terms.rulesURI)]]),
  ];
}
