import { KyosoError } from "../errors.js";
import { quote } from "../units.js";

/** How a transaction is followed. All are milliseconds but the number of raises. */
export interface Pace {
  /** Before it is looked for the second time; longer each time after that. */
  readonly look: number;
  readonly lookAtMost: number;
  /** How long one answer of a node is waited for. */
  readonly answer: number;
  /** After how long the same bytes are handed in again. */
  readonly handAgain: number;
  /** After how long without being included its fee is raised, and how often at most in one run. */
  readonly raiseAfter: number;
  readonly raises: number;
  /** How long it goes on though nobody answers, or the node says that it doesn't take what it may have. */
  readonly silence: number;
  /** How long it is followed altogether. */
  readonly patience: number;
  /** How old what an earlier run wrote may be for its bytes to be handed in again, where the node doesn't know them. */
  readonly fresh: number;
}

/** What suits a chain with a block every few seconds. */
export const PACE: Pace = {
  look: 100,
  lookAtMost: 4_000,
  answer: 30_000,
  handAgain: 15_000,
  raiseAfter: 75_000,
  raises: 5,
  silence: 20_000,
  patience: 600_000,
  fresh: 3_600_000,
};

/**
 * How a transaction is followed by somebody who has said how long.
 *
 * @param text Seconds, from 1 to a day.
 * @param place Where it was said.
 * @throws KyosoError for what isn't such a number.
 */
export function paceFor(text: string, place: string): Pick<Pace, "answer" | "patience" | "silence"> {
  const seconds = /^\d{1,5}$/u.test(text.trim()) ? Number(text) : 0;
  if (seconds < 1 || seconds > 86_400) {
    throw KyosoError.of("patience.unreadable", {
      data: { text },
      place,
      message: `${quote(text)} isn't a number of seconds from 1 to 86,400`,
      remedy: "Write whole seconds, such as 60.",
    });
  }
  const patience = seconds * 1000;
  const { answer, silence } = PACE;
  return { patience, answer: Math.min(patience, answer), silence: Math.min(patience, silence) };
}
