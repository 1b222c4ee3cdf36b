import { useMemo } from "react";
import { languageOf } from "../../language/languageOf.js";
import { htmlOf, isQuick } from "./html.js";

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

/**
 * A stranger's Markdown. Raw HTML stays text, as micromark has it; no picture is loaded, its words stand there instead; links
 * lead to HTTPS only, say where they lead, and tell nobody where they were.
 */
export function Markdown({ of: text }: { readonly of: string }) {
  // What would keep the page busy for minutes is shown as it was written.
  const html = useMemo(
    () => (isQuick(text) ? (policy?.createHTML(text) ?? htmlOf(text)) : undefined),
    [text],
  );
  if (html === undefined) return <pre className="said">{text}</pre>;
  return <div className="prose" lang={languageOf(text)} dangerouslySetInnerHTML={{ __html: html }} />;
}
