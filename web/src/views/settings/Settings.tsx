import type { Language } from "@kyoso/sdk/page";
import { Suspense, useContext } from "react";
import { AccountSettings } from "../../account/AccountSettings.js";
import { useAccount } from "../../account/useAccount.js";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { lateOf } from "../../start/late.js";
import { DocumentContext } from "../../ui/Address.js";
import { Section } from "../../ui/Section.js";
import { useTitle } from "../../ui/states.js";
import { OwnNames } from "./OwnNames.js";

// Read when somebody has an account: whoever only reads needs none of it.
const Nickname = lateOf(() => import("./Nickname.js"), "Nickname");

const TEXTS = catalogue({
  ja: {
    title: "設定",
    lede: "会員証と、このページの見え方を決めます。",
    account: "会員証",
    language: "ことば",
    names: "この端末での呼び名",
  },
  en: {
    title: "Settings",
    lede: "Your account, and how this page looks to you.",
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
  const { account } = useAccount();
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
          {account !== undefined && (
            <Suspense>
              <Nickname key={account.address} account={account} />
            </Suspense>
          )}
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
