import type { ReactNode } from "react";
import { Suspense, useContext, useEffect, useSyncExternalStore } from "react";
import { Link, useLocation } from "wouter";
import type { Language } from "@kyoso/sdk/page";
import { catalogue, useLanguage, useTexts } from "../language/language.js";
import { ReaderContext } from "../reader/ReaderContext.js";
import { DocumentContext } from "../ui/Address.js";
import { Emboss, Rings } from "../ui/icons.js";
import { CoverWords } from "../views/home/CoverWords.js";
import { BASE, isLeaf } from "../start/base.js";
import { Contents } from "./late.js";

const TEXTS = catalogue({
  ja: {
    skip: "本文へ進む",
    cover: "表紙",
    colophon: "奥付",
    shop: "お店",
    more: "そのほか",
    settings: "設定",
    evidence: "記録をたしかめる",
    unused: "記録の写しは使わず、すべて接続先から読んでいます",
    unusedWhy: "表示の内容は変わりません。初めて開くときに、少し時間がかかることがあります。",
  },
  en: {
    skip: "Skip to content",
    cover: "Cover",
    colophon: "Colophon",
    shop: "Shop",
    more: "More",
    settings: "Settings",
    evidence: "Check a record",
    unused: "Read from the nodes alone, without the page’s copy of the records",
    unusedWhy: "What you see is the same. The first visit may take a little longer.",
  },
});

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { ja: "日本語", en: "English" };

interface Props {
  readonly speak: (language: Language) => void;
  readonly children: ReactNode;
}

/** The book that every view is a page of: cover, contents, colophon. */
export function Frame({ speak, children }: Props) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const document_ = useContext(DocumentContext);
  const [path] = useLocation();
  const name = document_?.record.name ?? "";
  useEffect(() => {
    document.body.className = isLeaf(path) ? "leaf claim" : path === "/" ? "opening" : "";
    document.documentElement.lang = language;
  }, [path, language]);
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [path]);
  return (
    <>
      <a className="skip" href="#main">
        {texts.skip}
      </a>
      <aside className="spine" aria-label={texts.cover}>
        <div className="cover">
          <Emboss />
          <Link className="slip" href="/">
            {name}
          </Link>
          {path === "/" && <CoverWords />}
          <span className="binding" aria-hidden="true">
            <i /> <i /> <i /> <i />
          </span>
        </div>
      </aside>
      <header className="masthead">
        <Link className="brand" href="/">
          <Mark />
          <b>{name}</b>
        </Link>
        {!isLeaf(path) && (
          <Suspense>
            <Contents path={path} />
          </Suspense>
        )}
      </header>
      <main className="page" id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="colophon" aria-label={texts.colophon}>
        <dl>
          <dt>{texts.shop}</dt>
          <dd>{name}</dd>
        </dl>
        <nav aria-label={texts.more}>
          <Link href="/settings">{texts.settings}</Link>
          <Link href="/evidence">{texts.evidence}</Link>
          {document_?.page.links.map(({ name: link, url }) => (
            <a key={url} href={url} rel="noreferrer">
              {link}
            </a>
          ))}
          {document_?.page.languages
            .filter((each) => each !== language)
            .map((each) => (
              <button
                key={each}
                className="link"
                type="button"
                lang={each}
                onClick={() => {
                  speak(each);
                }}
              >
                {LANGUAGE_NAMES[each]}
              </button>
            ))}
        </nav>
        <Snapshot />
      </footer>
    </>
  );
}

/** A quiet word where the page's snapshot of the logs can't be used: whoever looks after the page can mend that. */
function Snapshot() {
  const texts = useTexts(TEXTS);
  const reader = useContext(ReaderContext);
  const unused = useSyncExternalStore(reader?.listen ?? never, reader?.unused ?? nothing);
  if (unused === undefined) return null;
  return (
    <details className="snapshot">
      <summary>{texts.unused}</summary>
      <p>{texts.unusedWhy}</p>
      <p>
        <code>{unused}</code>
      </p>
    </details>
  );
}

const never = () => () => undefined;
const nothing = () => undefined;

/** The brand's logo; two rings where it has none. */
function Mark() {
  const logo = useContext(DocumentContext)?.page.logo ?? null;
  return logo === null ? <Rings /> : <img className="logo" src={new URL(logo, BASE).href} alt="" />;
}
