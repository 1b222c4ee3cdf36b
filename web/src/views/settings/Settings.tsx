import type { Language } from "@kyoso/sdk/page";
import { useContext } from "react";
import { AccountSettings } from "../../account/AccountSettings.js";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { DocumentContext } from "../../ui/Address.js";
import { Section } from "../../ui/Section.js";
import { useTitle } from "../../ui/states.js";
import { OwnNames } from "./OwnNames.js";

const TEXTS = catalogue({
  ja: {
    title: "設定",
    lede: "ここで決めたことは、この端末だけに残ります。",
    account: "会員証",
    language: "ことば",
    names: "この端末での呼び名",
  },
  en: {
    title: "Settings",
    lede: "What you choose here stays on this device.",
    account: "Account",
    language: "Language",
    names: "Names on this device",
  },
});

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ja: "日本語", en: "English" };

/** Language, account, backup, and names on this device. */
export function Settings({ speak }: { readonly speak: (language: Language) => void }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const page = useContext(DocumentContext);
  useTitle(texts.title, page?.record.name ?? "");
  return (
    <>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
      </div>
      <div className="spread">
        <div className="column">
          <Section title={texts.account}>
            <AccountSettings />
          </Section>
        </div>
        <div className="column">
          <Section title={texts.language}>
            <div className="choice" role="radiogroup" aria-label={texts.language}>
              {page?.page.languages.map((each) => (
                <label key={each} lang={each}>
                  <input
                    type="radio"
                    name="language"
                    checked={each === language}
                    onChange={() => {
                      speak(each);
                    }}
                  />
                  {LANGUAGE_NAMES[each]}
                </label>
              ))}
            </div>
          </Section>
          <Section title={texts.names}>
            <OwnNames />
          </Section>
        </div>
      </div>
    </>
  );
}
