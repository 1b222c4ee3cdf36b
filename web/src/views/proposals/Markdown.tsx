import { micromark } from "micromark";
import { gfmTable, gfmTableHtml } from "micromark-extension-gfm-table";
import { useMemo } from "react";
import { languageOf } from "../../language/languageOf.js";

/** Of Trusted Types, what is needed here. */
interface Policies {
  createPolicy(
    name: string,
    rules: { createHTML: (markdown: string) => string },
  ): { createHTML(markdown: string): string };
}

/** It takes Markdown and no markup: nothing else can be made with it. */
const policy = (globalThis as { readonly trustedTypes?: Policies }).trustedTypes?.createPolicy("kyoso-md", {
  createHTML: (markdown) => htmlOf(markdown),
});

/** Longer than any proposal that people read; what is longer is shown as it was written. */
const LONGEST = 100_000;

/**
 * A stranger's Markdown. Raw HTML stays text, as micromark has it; no picture is loaded, its words stand there instead; links
 * lead to HTTPS only, say where they lead, and tell nobody where they were.
 */
export function Markdown({ of: text }: { readonly of: string }) {
  const html = useMemo(
    () => (text.length > LONGEST ? undefined : (policy?.createHTML(text) ?? htmlOf(text))),
    [text],
  );
  if (html === undefined) return <pre className="said">{text}</pre>;
  return <div className="prose" lang={languageOf(text)} dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Headings of the text stand below the page's own: a `#` is an `<h3>`. */
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
