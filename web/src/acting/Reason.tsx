import { saidByRelay } from "@kyoso/sdk";
import { catalogue, useLanguage, useTexts } from "../language/language.js";
import { reasonFor } from "./reasons.js";

const TEXTS = catalogue({
  ja: { said: (words: string) => `理由として、こう言われています。${words}` },
  en: { said: (words: string) => `The reason given is: ${words}` },
});

interface Props {
  readonly code: string;
  /** What was said of it: a stranger's words, perhaps. */
  readonly text: string;
}

/** Why something can't be done: in the page's own words, or in quotes as it was said. */
export function Reason({ code, text }: Props) {
  const texts = useTexts(TEXTS);
  const own = reasonFor(code, useLanguage());
  if (own !== undefined) return own;
  return <bdi>{texts.said(saidByRelay(text))}</bdi>;
}
