import { KyosoError } from "../errors.js";
import { quote } from "../units.js";
import type { Support } from "./events.js";
import { SUPPORTS } from "./events.js";

/**
 * Reads how a ballot is marked.
 *
 * @throws KyosoError for anything but "for", "against" and "abstain".
 */
export function parseSupport(text: string): Support {
  const support = SUPPORTS.find((known) => known === text.trim().toLowerCase());
  if (support !== undefined) return support;
  throw KyosoError.of("vote.unknown", {
    data: { text },
    place: "support",
    message: `${quote(text)} is no way to vote`,
    remedy: 'Write "for", "against" or "abstain".',
  });
}
