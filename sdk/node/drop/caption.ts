/** Lines below a code. */
const MOST_LINES = 2;

/** How much of its room a text may take, as it is measured here, for it to fit in whatever a "sans-serif" is. */
export const SURE = 0.8;

/** Widths of characters in usual fonts, in parts of their height; small ones first. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Mark}\u200b-\u200f]+$/u, 0],
  [/^[ijl.,:;'|!\u00b7]/u, 0.26],
  [/^[ ftrI\-()[\]/\\`"]/u, 0.34],
  [/^[mwMW@%\u2026\u2014]/u, 0.95],
  [/^[A-Z&]/u, 0.7],
  [/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u, 1],
  [/^\p{Extended_Pictographic}/u, 1.3],
];
const USUAL = 0.57;

const letters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** About how wide a text is, in heights of its letters. */
export function widthOf(text: string): number {
  let sum = 0;
  for (const { segment } of letters.segment(text)) sum += letterWidth(segment);
  return sum;
}

function letterWidth(letter: string): number {
  return WIDTHS.find(([which]) => which.test(letter))?.[1] ?? USUAL;
}

/**
 * A text on two lines at most, each of them no wider than that: broken before an "@" or at a space where that fits, and cut off
 * where there is more.
 *
 * @param room In heights of its letters.
 */
export function captionLines(text: string, room: number): string[] {
  if (widthOf(text) <= room) return [text];
  const lines: string[] = [];
  let rest = text;
  while (rest !== "" && lines.length < MOST_LINES - 1) {
    const fits = beginningWithin(rest, room);
    const line = rest.slice(0, breakOf(rest, fits));
    lines.push(line.trimEnd());
    rest = rest.slice(line.length).trimStart();
  }
  lines.push(widthOf(rest) <= room ? rest : `${beginningWithin(rest, room - letterWidth("\u2026"))}\u2026`);
  return lines;
}

/** As much of a text as there is room for; something of it always. */
function beginningWithin(text: string, room: number): string {
  let [length, left] = [0, room];
  for (const { segment } of letters.segment(text)) {
    left -= letterWidth(segment);
    if (left < 0 && length > 0) break;
    length += segment.length;
  }
  return text.slice(0, length);
}

/** Where a text is best broken, of which so much fits: not in its first third. */
function breakOf(text: string, { length }: string): number {
  const at = text.slice(0, length + 1).lastIndexOf("@");
  if (at > length / 3) return at;
  const space = text.slice(0, length + 1).lastIndexOf(" ");
  return space > length / 3 ? space : length;
}
