import { KyosoError } from "../errors.js";

/** Who carries a plan out: an account, the brand's Safe, or the DAO by a proposal. */
export const VIAS = ["signer", "safe", "proposal"] as const;
export type Via = (typeof VIAS)[number];

/** Reads a `--via`; the Safe administers where nothing else is said. */
export function parseVia(text: string | undefined): Via {
  const via = VIAS.find((known) => known === (text ?? "safe"));
  if (via !== undefined) return via;
  throw KyosoError.of("via.unknown", {
    data: { text, known: VIAS },
    place: "--via",
    message: `"${text ?? ""}" is none of the ways to act`,
    remedy: `Write ${VIAS.map((known) => `"${known}"`).join(", ")}.`,
  });
}
