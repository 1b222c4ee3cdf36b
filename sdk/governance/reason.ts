import { utf8Length } from "../bytes.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";

/** Most bytes that a reason may have: whoever relays the ballot pays for each. */
export const LONGEST_REASON = 2_000;

/** What is wrong with a reason; undefined if nothing is. */
export function reasonProblem(reason: string): Problem | undefined {
  if (/\p{Cs}/u.test(reason)) {
    return problem("ballot.reason-half-character", {
      data: {},
      message: "The reason has a character that is cut in half",
      remedy: "Write it anew.",
    });
  }
  const bytes = utf8Length(reason);
  if (bytes <= LONGEST_REASON) return undefined;
  return problem("ballot.reason-too-long", {
    data: { bytes, most: LONGEST_REASON },
    message: `The reason has ${bytes.toLocaleString("en")} bytes, more than ${LONGEST_REASON.toLocaleString("en")}`,
    remedy: "Shorten it, or write it elsewhere and give a link. A Japanese character has 3 bytes.",
  });
}
