import type { Idea, IdeaCall } from "../../sdk/ideas/board.js";
import { formatWeight } from "../../sdk/ideas/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { oneLine } from "../../sdk/text.js";
import { heading, table } from "../output.js";

/** Shows an idea before something is done with it. */
export function printIdea(live: LiveDao, call: IdeaCall, idea: Omit<Idea, "steps">): void {
  heading(`Idea ${idea.name}: ${oneLine(idea.title)}`);
  table([
    ["Of call", `${call.number}, “${oneLine(call.question)}”`],
    ...(idea.author === null ? [] : [["Author", live.book.show(idea.author)]]),
    ["Support", idea.tally === 0n ? "none" : formatWeight(live, call, idea.tally)],
    ["Among the winners", idea.rank === null ? "no" : `as no. ${idea.rank} of ${call.winners}`],
    ...(idea.hidden ? [["Hidden", "yes"]] : []),
  ]);
}
