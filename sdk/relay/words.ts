import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import { oneLine } from "../text.js";
import { formatTime } from "../time.js";

/** A problem as a relay tells it. Its code is one of the SDK's, if the relay is an honest one; nothing else is known of it. */
export interface RelayProblem {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string | null | undefined;
  readonly data?: unknown;
}

/** Characters of what a relay says that are shown. */
const LONGEST = 300;

/**
 * What a relay says, in quotes: a stranger's words, on one line, without what a terminal or a page would obey, and not passed
 * off as anybody else's.
 */
export function saidByRelay(text: string): string {
  const plain = Array.from(oneLine(text.slice(0, 2 * LONGEST)).replaceAll(/[`"“”]/gu, "'"));
  return `“${plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1).join("")}…` : plain.join("")}”`;
}

/** How long a relay is believed that it waits, in milliseconds: longer than votes take to open. */
const BELIEVED = 48 * 3_600_000;

/**
 * That a relay has something which it may not carry out yet.
 *
 * @param until When it goes on, as it says; and `now`: milliseconds.
 */
export function saidToWait(until: number, now: number): string {
  if (until - now <= BELIEVED) return "The relay goes on with it by itself.";
  const moment = saidByRelay(formatTime(until / 1000));
  return `It says that it goes on with it ${moment}, and nothing holds it to that. What was signed can be carried out without it.`;
}

/** That a relay doesn't take something, or couldn't carry it out. The code is in the data: it is the relay's to say. */
export function refusedBy({ code, message, remedy, data }: RelayProblem): Problem<"relay.refused"> {
  const advice = remedy === null || remedy === undefined ? "" : ` It advises: ${saidByRelay(remedy)}`;
  return problem("relay.refused", {
    data: { code, text: message, advice: remedy ?? null, details: data },
    place: "relay",
    message: `It refuses (${code}): ${saidByRelay(message)}`,
    remedy: `Nothing was carried out by it.${advice}`,
  });
}
