import type { IdeaCall } from "../../sdk/ideas/board.js";
import { formatWeight } from "../../sdk/ideas/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { roughly, styled } from "../output.js";

/** What a call does at present, in its colour. */
export function showCallState({ state, isPoll }: Pick<IdeaCall, "state" | "isPoll">): string {
  switch (state) {
    case "ideas":
      return styled("cyan", "takes ideas");
    case "support":
      return styled("green", isPoll ? "poll" : "takes support");
    case "final":
      return styled("dim", "over");
  }
}

/** What comes next of a call: `support in 3 days`. Empty for what is over. */
export function showCallNext({ state, snapshot, end }: IdeaCall, now: number): string {
  switch (state) {
    case "ideas":
      return `support in ${roughly(snapshot - now)}`;
    case "support":
      return `ends in ${roughly(end - now)}`;
    case "final":
      return "";
  }
}

/** How an idea is supported: `12 voices`. */
export function showTally(live: LiveDao, call: IdeaCall, tally: bigint): string {
  return tally === 0n ? styled("dim", "none") : formatWeight(live, call, tally);
}
