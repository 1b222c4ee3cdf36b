import { findNicknames } from "../../sdk/community/nicknames.js";
import type { CallWithIdeas, Idea, IdeaLife, TimedStep } from "../../sdk/ideas/board.js";
import { readIdea, readIdeaCall } from "../../sdk/ideas/board.js";
import { textInURI } from "../../sdk/ideas/inline.js";
import { parseCall, parseIdea } from "../../sdk/ideas/names.js";
import { formatWeight } from "../../sdk/ideas/readiness.js";
import { callWithIdeasAsJson, ideaLifeAsJson } from "../../sdk/ideas/views.js";
import type { Voices } from "../../sdk/ideas/voices.js";
import { readVoices, YOUNG_DAYS } from "../../sdk/ideas/voices.js";
import type { LiveDao } from "../../sdk/live.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { number, plural } from "../badge/format.js";
import { openLive } from "../context.js";
import { alignRight, formatMoment, heading, print, printJson, shorten, styled, table } from "../output.js";
import { showNickname } from "../token/show.js";
import { showCallState, showTally } from "./print.js";

interface Arguments {
  what: string;
  all: boolean;
  dao: string | undefined;
  json: boolean;
}

/** Columns of a terminal that a title may take. */
const TITLE_WIDTH = 60;

export default action<Arguments>(async ({ what, all, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  if (isCall(what)) {
    const call = await readIdeaCall(live, parseCall(what, "what"));
    const voices = await readVoices(live, call.number);
    if (json) printJson(callWithIdeasAsJson(live, call, call.list, voices));
    else printCall(live, call, voices, all);
    return;
  }
  const life = await readIdea(live, parseIdea(what, "what"));
  const { author, steps } = life.idea;
  const people = [author, ...steps.map(({ by }) => by)].filter((account) => account !== null);
  const nicknames = await findNicknames(live, people);
  if (json) printJson(ideaLifeAsJson(live, life, nicknames));
  else printLife(live, life, nicknames);
});

/** A small number is a call's; ideas have a dash, or a large one. */
function isCall(text: string): boolean {
  return /^\s*#?\d{1,4}\s*$/u.test(text.normalize("NFKC"));
}

function printCall(live: LiveDao, call: CallWithIdeas, voices: Voices, all: boolean): void {
  heading(`Call ${call.number}: ${oneLine(call.question)}`);
  const { now } = live;
  table([
    ["State", showCallState(call)],
    ...(call.isPoll ? [] : [["Ideas until", formatMoment(call.snapshot, now)]]),
    ["Support until", formatMoment(call.end, now)],
    ["Counted are", countedBy(call)],
    ["Each supports", call.choice === "approve" ? "up to ten" : "one"],
    ["Winners", number(call.winners)],
    ...(call.rules.uri === "" ? [] : [["Rules", oneLine(call.rules.uri)]]),
    ["Supporters", supporters(voices)],
  ]);
  const shown = call.list.filter((idea) => all || (!idea.hidden && idea.status !== "withdrawn"));
  const left = call.list.length - shown.length;
  if (shown.length === 0) print("\n  No idea yet.");
  else {
    print();
    const sorted = call.state === "ideas" ? shown : shown.toSorted(byResult);
    const rows = sorted.map((idea) => [
      idea.rank === null ? "" : `${idea.rank}.`,
      idea.name,
      shorten(oneLine(idea.title), TITLE_WIDTH),
      showTally(live, call, idea.tally),
      idea.supporters.toString(),
      stateOf(idea),
    ]);
    const head = ["", "no.", call.isPoll ? "option" : "idea", "support", "of", ""];
    const [first, ...lines] = alignRight([head, ...rows], 0, 3, 4);
    table(lines, first);
  }
  if (left > 0) print(styled("dim", `\n  and ${left} that are hidden or withdrawn: add --all.`));
}

function byResult(one: Idea, other: Idea): number {
  if (one.rank !== null || other.rank !== null) return (one.rank ?? Infinity) - (other.rank ?? Infinity);
  return one.tally === other.tally ? one.id - other.id : one.tally > other.tally ? -1 : 1;
}

function stateOf({ status, hidden }: Pick<Idea, "status" | "hidden">): string {
  const state = status === "submitted" ? "" : styled(status === "withdrawn" ? "dim" : "green", status);
  return [state, ...(hidden ? [styled("yellow", "hidden")] : [])].filter((part) => part !== "").join(", ");
}

function countedBy({ counting, memberDays }: CallWithIdeas): string {
  if (counting === "weight") return "votes at the moment that support begins";
  return memberDays === 0
    ? "members, one voice each"
    : `members since ${number(memberDays)} days, one voice each`;
}

function supporters({ count, young, strangers }: Voices): string {
  if (count === 0) return "none yet";
  const parts = [
    ...(young === 0 ? [] : [`${number(young)} with their first badge for less than ${YOUNG_DAYS} days`]),
    ...(strangers === 0 ? [] : [`${number(strangers)} who never had a badge`]),
  ];
  return parts.length === 0 ? number(count) : `${number(count)}, of them ${parts.join(" and ")}`;
}

function printLife(live: LiveDao, { call, idea }: IdeaLife, nicknames: ReadonlyMap<string, string>): void {
  const { now } = live;
  const show = (account: string) => `${live.book.show(account)}${showNickname(nicknames.get(account))}`;
  heading(`Idea ${idea.name}: ${oneLine(idea.title)}`);
  const text = textInURI(idea.uri);
  table([
    ["Of call", `${call.number}, “${oneLine(call.question)}”`],
    ...(idea.author === null ? [] : [["Author", show(idea.author)]]),
    ["Number on the chain", idea.id.toString()],
    ["Status", [idea.status, ...(idea.hidden ? ["hidden"] : [])].join(", ")],
    [
      "Support",
      `${idea.tally === 0n ? "none" : formatWeight(live, call, idea.tally)}, by ${plural(idea.supporters, "account")}`,
    ],
    [
      "Among the winners",
      idea.rank === null
        ? "no"
        : `${idea.rank}. of ${call.winners}${call.state === "final" ? "" : " at this moment"}`,
    ],
    ...(text === undefined
      ? idea.uri === ""
        ? []
        : [["More", oneLine(idea.uri)]]
      : [["Text", oneLine(text)]]),
    ...(idea.contentHash === null ? [] : [["Hash", idea.contentHash]]),
  ]);
  heading("Its life");
  table(
    idea.steps.map((step) => [
      formatMoment(step.at, now),
      step.what,
      step.by === null ? "" : show(step.by),
      detailOf(step),
    ]),
  );
}

function detailOf({ reason, uri, badge }: TimedStep): string {
  return [
    ...(reason === "" ? [] : [`“${oneLine(reason)}”`]),
    ...(badge === null ? [] : [`badge ${badge}`]),
    ...(uri === "" ? [] : [oneLine(uri)]),
  ].join(", ");
}
