import type { Language } from "@kyoso/sdk/page";
import { createContext, useContext } from "react";

/** A text, or what makes one of values. */
type Text = string | ((...values: never[]) => string);

/** Texts of a view, by name. Both languages have the same: one that is missing doesn't compile. */
export type Catalogue<Texts> = Readonly<Record<Language, Texts>>;

/** The same names, each with what may stand there in another language. */
type Same<Texts> = { readonly [Name in keyof Texts]: Texts[Name] extends string ? string : Texts[Name] };

/** Japanese comes first, and says which texts there are and what they take. */
export function catalogue<Texts extends Readonly<Record<string, Text>>>(texts: {
  readonly ja: Texts;
  readonly en: NoInfer<Same<Texts>>;
}): Catalogue<Same<Texts>> {
  return { ja: texts.ja as Same<Texts>, en: texts.en };
}

export const LanguageContext = createContext<Language>("ja");

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The texts in the reader's language. */
export function useTexts<Texts>(texts: Catalogue<Texts>): Texts {
  return texts[useLanguage()];
}

/** Key of what the reader chose, on this device. */
const CHOSEN = "kyoso-language";

/** The language that the reader chose on this device; else the first of the browser's that the page speaks; else the first. */
export function languageFor(spoken: readonly Language[], wanted: readonly string[]): Language {
  const chosen = stored();
  const asked = [...(chosen === null ? [] : [chosen]), ...wanted].map((tag) => tag.split("-")[0]);
  const found = asked.map((tag) => spoken.find((each) => each === tag)).find((each) => each !== undefined);
  return found ?? spoken[0] ?? "ja";
}

export function remember(language: Language): void {
  try {
    localStorage.setItem(CHOSEN, language);
  } catch {
    // A browser that keeps nothing asks anew next time.
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(CHOSEN);
  } catch {
    return null;
  }
}
