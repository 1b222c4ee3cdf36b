import { micromark } from "micromark";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";

/** More characters, or more of those that Markdown makes something of, than any proposal has that people read. */
const LONGEST = 100_000;
const MOST_SIGNS = 3_000;

/** Quotes in quotes in lists in quotes, deeper than anybody nests them. */
const TOO_DEEP = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t]))){20}/mu;

/** Whether a text is read in a moment: the time that some of it takes grows with the square of its signs, and of its depth. */
export function isQuick(text: string): boolean {
  const signs = text.match(/[*_[\]!`<]/gu)?.length ?? 0;
  return text.length <= LONGEST && signs <= MOST_SIGNS && !TOO_DEEP.test(text);
}

/**
 * Markup of a stranger's Markdown. Raw HTML stays text, as micromark has it; no picture is loaded, its words stand there instead;
 * links lead to HTTPS only, say where they lead, and tell nobody where they were. Headings stand below the page's own.
 */
export function htmlOf(text: string): string {
  return micromark(text, { extensions: [gfmTable()], htmlExtensions: [gfmTableHtml()] })
    .replaceAll(
      /<(\/?)h([1-6])>/gu,
      (_, end: string, level: string) => `<${end}h${Math.min(6, Number(level) + 2)}>`,
    )
    .replaceAll(
      /<img src="[^"]*" alt="([^"]*)"(?: title="[^"]*")? \/>/gu,
      (_, alt: string) => `<span class="picture">🖼 ${alt}</span>`,
    )
    .replaceAll(/<a href="([^"]*)"(?: title="[^"]*")?>/gu, (_, href: string) =>
      href.startsWith("https://")
        ? `<a href="${href}" title="${href}" target="_blank" rel="noreferrer nofollow ugc">`
        : "<a>",
    );
}
