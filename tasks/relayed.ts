import type { Problem } from "../sdk/errors.js";
import { KyosoError } from "../sdk/errors.js";
import { releaseSent } from "./sent.js";

/** How what isn't known or wasn't sent is shown. */
export const UNSENT = { "not known": "yellow", "not sent": "dim" } as const;

interface Outcome {
  readonly file: string;
  readonly status: string;
  readonly problem: Problem | undefined;
}

/** A task that was asked to carry out what isn't possible fails, though all the rest is done. */
export async function requireAllCarriedOut(
  outcomes: readonly Outcome[],
  what: string,
  dryRun: boolean,
): Promise<void> {
  // The table has told what became of each.
  await releaseSent();
  const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
  const [unclear, unsent] = [count("not known"), count("not sent")];
  if (unclear + unsent > 0) {
    throw KyosoError.of("signed.not-all-sent", {
      data: { what, of: outcomes.length, unclear, unsent },
      place: `${what}s`,
      message: [
        ...(unclear === 0 ? [] : [`of ${unclear} of ${outcomes.length} ${what}s it isn't known what became`]),
        ...(unsent === 0
          ? []
          : [`${unsent} of ${outcomes.length} ${what}s ${unsent === 1 ? "wasn't" : "weren't"} sent`]),
      ].join(", and "),
      remedy: "Run the same command again: it finds out what became of what it sent, and does nothing twice.",
    });
  }
  const refused = outcomes.filter(({ problem }) => problem !== undefined);
  if (refused.length === 0) return;
  throw KyosoError.of("signed.some-refused", {
    data: {
      count: refused.length,
      of: outcomes.length,
      what,
      nothing: dryRun || refused.length === outcomes.length,
    },
    place: refused.length === 1 ? (refused[0]?.file ?? what) : `${what}s`,
    message: `${refused.length} of ${outcomes.length} ${what}${outcomes.length === 1 ? "" : "s"} ${refused.length === 1 ? "was" : "were"} refused`,
    remedy:
      dryRun || refused.length === outcomes.length
        ? "Nothing was sent."
        : "All others are carried out. The same command can be run again: it does nothing twice.",
  });
}
