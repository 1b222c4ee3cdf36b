/**
 * What nobody sees, or what does something to what is seen: it would move the cursor, colour what follows, turn the writing
 * round, break a line, or hide among other characters. Half characters too, and what is none: no XML may have them.
 */
const HIDDEN =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029\u2800\ufff9-\ufffb]/gu;

/** Joins emoji into one, and letters of scripts that have two ways to be joined. */
const JOINERS = new Set(["\u200c", "\u200d"]);
const SCRIPTS =
  "\\p{Script=Arabic}\\p{Script=Devanagari}\\p{Script=Bengali}\\p{Script=Gurmukhi}\\p{Script=Gujarati}\\p{Script=Oriya}\\p{Script=Tamil}\\p{Script=Telugu}\\p{Script=Kannada}\\p{Script=Malayalam}\\p{Script=Sinhala}";
const JOINED_BEFORE = new RegExp(
  `(?:[\\p{Extended_Pictographic}\\p{Emoji_Modifier}]\\ufe0f?|[${SCRIPTS}])$`,
  "u",
);
const JOINED_AFTER = new RegExp(`^[\\p{Extended_Pictographic}${SCRIPTS}]`, "u");

/**
 * A text that anybody may have written, as a terminal can show it: what nobody would see, or what would do something, shows as
 * `\u001b`. Line breaks and tabs stay, and so do the joiners, the variants and the flags that belong to what is before them.
 * Takes a time that grows as the text does.
 */
export function visible(text: string): string {
  return text.replaceAll(HIDDEN, (character, at: number) =>
    character === "\n" || character === "\t" || belongs(character, text, at) ? character : escaped(character),
  );
}

/** `\u001b`, or `\u{e0041}` where four digits aren't enough. */
function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16).padStart(4, "0");
  return digits.length > 4 ? `\\u{${digits}}` : `\\u${digits}`;
}

/** Whether a character that isn't seen is part of the one before it. */
function belongs(character: string, text: string, at: number): boolean {
  const code = character.codePointAt(0) ?? 0;
  const before = text.slice(Math.max(0, at - 2), at);
  if (JOINERS.has(character)) {
    return (
      JOINED_BEFORE.test(text.slice(Math.max(0, at - 3), at)) && JOINED_AFTER.test(text.slice(at + 1, at + 3))
    );
  }
  // An emoji in colour or not; a variant of a Chinese character, of which some names are written with one.
  if (code === 0xfe0e || code === 0xfe0f) return /[\p{Emoji}\u20e3]$/u.test(before);
  if (code >= 0xe0100 && code <= 0xe01ef) return /\p{Unified_Ideograph}$/u.test(before);
  if (code >= 0xe0020 && code <= 0xe007f) return FLAG.test(text.slice(Math.max(0, at - LONGEST_FLAG), at));
  return false;
}

/** The flags of England, Scotland and Wales are a black flag and letters that aren't seen. */
const FLAG = /\u{1f3f4}[\u{e0061}-\u{e007a}]{0,6}$/u;
const LONGEST_FLAG = 16;

/** {@link visible}, on one line. */
export function oneLine(text: string): string {
  return visible(text.trim().replaceAll(/\s+/gu, " "));
}

/** {@link visible}, with line breaks and tabs as `\\u000a`: of names of files, in which spaces count. */
export function unbroken(text: string): string {
  return visible(text).replaceAll(/[\n\t]/gu, escaped);
}

/** More of a text than is ever shown of it in quotes. */
const LONGEST_QUOTED = 500;

/** A text as messages show it: in quotes, and not longer than a line. */
export function quote(text: string): string {
  const characters = Array.from(visible(text.slice(0, LONGEST_QUOTED).replace(/\s+/gu, " ")));
  return `"${characters.length > 60 ? `${characters.slice(0, 57).join("")}…` : characters.join("")}"`;
}
