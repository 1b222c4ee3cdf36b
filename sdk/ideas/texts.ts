import type { Problem } from "../errors.js";
import { textProblem } from "../label.js";

/** Bytes of titles, questions and options, and of URIs: contracts/ideas/CallChecks.sol. */
export const LONGEST_TITLE = 200;
export const LONGEST_URI = 2_000;

/** What is wrong with the title of an idea, a question or an option; undefined if nothing is. */
export function titleProblem(text: string, place: string): Problem | undefined {
  return textProblem(text, place, 1, LONGEST_TITLE);
}

/** What is wrong with a URI; undefined if nothing is, also with none. */
export function uriProblem(text: string, place: string): Problem | undefined {
  return textProblem(text, place, 0, LONGEST_URI);
}
