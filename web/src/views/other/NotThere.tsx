import { useContext } from "react";
import { Link } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import { DocumentContext } from "../../ui/Address.js";
import { useTitle } from "../../ui/states.js";

const TEXTS = catalogue({
  ja: {
    title: "このページは見あたりません",
    says: "リンクが途中で切れているか、まだないもののようです。",
    home: "ホームへ",
  },
  en: {
    title: "There is no such page",
    says: "The link may be cut off, or what it leads to isn’t there yet.",
    home: "Go home",
  },
});

export function NotThere() {
  const texts = useTexts(TEXTS);
  useTitle(texts.title, useContext(DocumentContext)?.record.name ?? "");
  return (
    <div className="page-head">
      <h1>{texts.title}</h1>
      <p className="lede">{texts.says}</p>
      <p>
        <Link className="button second" href="/">
          {texts.home}
        </Link>
      </p>
    </div>
  );
}
