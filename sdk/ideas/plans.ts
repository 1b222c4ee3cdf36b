import { ZeroHash } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { Guarded } from "../badges/powers.js";
import type { Problem } from "../errors.js";
import { KyosoError } from "../errors.js";
import { textProblem } from "../label.js";
import type { LiveDao } from "../live.js";
import { quote } from "../text.js";
import { boardAddress } from "./board.js";
import type { CallTerms } from "./terms.js";
import { callOfIdea, ideaName } from "./names.js";
import { titleProblem, uriProblem } from "./texts.js";

/** A board as a contract whose functions the AccessManager guards. */
export function guardedBoard(live: LiveDao): Guarded {
  return { name: "board", address: boardAddress(live), interface: INTERFACES.board };
}

/** Plans to open a call. */
export function planOpen(live: LiveDao, terms: CallTerms): Plan {
  return boardPlan(live, "open", [terms], `Open the call ${quote(terms.question)}`);
}

/** What an author says of an idea. */
export interface IdeaTexts {
  readonly title: string;
  /** Where more is said; may be empty. */
  readonly uri: string;
  /** Hash of what is there, 32 bytes; undefined for none. */
  readonly contentHash: string | undefined;
}

/**
 * Plans to put an idea forward.
 *
 * @throws KyosoError naming everything that is wrong with its texts.
 */
export function planSubmit(live: LiveDao, number: number, { title, uri, contentHash }: IdeaTexts): Plan {
  requireFit(titleProblem(title, "title"), uriProblem(uri, "--uri"));
  const args = [number, title, uri, contentHash ?? ZeroHash];
  return boardPlan(live, "submit", args, `Put forward ${quote(title)} in call ${number}`);
}

/** Plans to withdraw an idea. */
export function planWithdraw(live: LiveDao, idea: number): Plan {
  return boardPlan(live, "withdraw", [idea], `Withdraw idea ${ideaName(idea)}`);
}

/** Plans to support ideas of one call. */
export function planSupport(live: LiveDao, ideas: readonly number[]): Plan {
  return boardPlan(live, "support", [ideas], `Support ${ideas.map(ideaName).join(", ")}`);
}

/** Plans to adopt an idea. */
export function planAdopt(live: LiveDao, idea: number): Plan {
  return boardPlan(live, "adopt", [idea], `Adopt idea ${ideaName(idea)}`);
}

/** Plans to say that an idea was carried out, which awards a winner's author the badge of its call. */
export function planShip(
  live: LiveDao,
  idea: number,
  { uri, evidence }: { readonly uri: string; readonly evidence: string | undefined },
): Plan {
  requireFit(uriProblem(uri, "--uri"));
  return boardPlan(live, "ship", [idea, evidence ?? ZeroHash, uri], `Ship idea ${ideaName(idea)}`);
}

/** Plans to ask pages not to show an idea, or to show it again. */
export function planHide(live: LiveDao, idea: number, hidden: boolean, reason: string): Plan {
  requireFit(textProblem(reason, "reason", 1, MOST_REASON));
  const title = `${hidden ? "Hide" : "Show"} idea ${ideaName(idea)}`;
  return boardPlan(live, hidden ? "hide" : "show", [idea, reason], title);
}

/** Bytes of a reason: the board takes any, and nobody reads more. */
const MOST_REASON = 2_000;

/**
 * The call that ideas are of, which are to be supported together.
 *
 * @throws KyosoError where they are of several, or one is named twice, or none is named.
 */
export function oneCallOf(ideas: readonly number[]): number {
  const calls = [...new Set(ideas.map(callOfIdea))];
  const [first] = calls;
  if (first === undefined) {
    throw KyosoError.of("idea.none-named", {
      data: {},
      place: "ideas",
      message: "There is none",
      remedy: 'Name those that you want, such as "3-1" "3-4".',
    });
  }
  if (calls.length > 1) {
    throw KyosoError.of("idea.several-calls", {
      data: { calls },
      place: "ideas",
      message: `They are of several calls: ${calls.join(", ")}`,
      remedy: "Support those of one call, and then those of the next.",
    });
  }
  const twice = ideas.find((idea, i) => ideas.indexOf(idea) < i);
  if (twice !== undefined) {
    throw KyosoError.of("idea.named-twice", {
      data: { idea: ideaName(twice) },
      place: "ideas",
      message: `${ideaName(twice)} is named twice`,
      remedy: "Name each once.",
    });
  }
  return first;
}

function boardPlan(live: LiveDao, name: string, args: readonly unknown[], title: string): Plan {
  return { title, calls: [call(guardedBoard(live), name, args, title)] };
}

function requireFit(...found: readonly (Problem | undefined)[]): void {
  const problems = found.filter((each): each is Problem => each !== undefined);
  if (problems.length > 0) throw new KyosoError(problems);
}
