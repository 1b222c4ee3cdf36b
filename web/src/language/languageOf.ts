import type { Language } from "@kyoso/sdk/page";

/** The language that somebody's text looks like, so that it is set as that: by its writing. */
export function languageOf(text: string): Language | undefined {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return "ja";
  if (/\p{Script=Han}/u.test(text)) return "ja";
  return /[a-z]{2}/iu.test(text) ? "en" : undefined;
}
