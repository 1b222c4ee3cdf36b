import { payloadsIn } from "../pasted.js";
import { looksLikeCode, mayBePartOfCode } from "./code.js";

/** Whether a text that has to be something else has a link in it, or a part of one that tells its secret. */
export function hidesLink(text: string): boolean {
  if (looksLikeCode(text)) return true;
  for (const payload of payloadsIn(text)) if (payload.length >= LEAST_PAYLOAD) return true;
  return false;
}

/** No word that begins as payloads do is as long. */
const LEAST_PAYLOAD = 26;

/**
 * As much as may be shown of a text that was to be something else, and may be a part of a link, and so of a claim key: what it
 * takes to recognise it, or nothing.
 */
export function beginningOf(text: string): string {
  const shown = text.trim();
  if (mayBePartOfCode(shown) || hidesLink(shown)) return "";
  return shown.length > 42 ? `${shown.slice(0, 12)}…` : shown;
}
