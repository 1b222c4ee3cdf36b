import type { Problem } from "../sdk/errors.js";
import { KyosoError } from "../sdk/errors.js";

/** A task that was asked to carry out what isn't possible fails, though all the rest is done. */
export function requireNoneRefused(
  outcomes: readonly { readonly file: string; readonly problem: Problem | undefined }[],
  what: string,
  dryRun: boolean,
): void {
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
