/**
 * A text that anybody may have written, as a terminal can show it: what would move the cursor, colour what follows or turn
 * the writing round shows as `\u001b`. Line breaks and tabs stay.
 */
export function visible(text: string): string {
  return text.replaceAll(
    /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** {@link visible}, on one line. */
export function oneLine(text: string): string {
  return visible(text.trim().replaceAll(/\s+/gu, " "));
}

/** A text as messages show it: in quotes, and not longer than a line. */
export function quote(text: string): string {
  const characters = Array.from(text.replace(/\s+/gu, " "));
  return `"${characters.length > 60 ? `${characters.slice(0, 57).join("")}…` : characters.join("")}"`;
}

/** A text as it may be shown to people: without characters that would move the cursor or turn the writing round. */
export function plainText(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, "�");
}
