import { languageFor } from "../language/language.js";

const TEXTS = {
  ja: {
    title: "このページは、まだ準備ができていません",
    says: "お店の設定ファイルが読めないため、何も表示していません。なくなったものはありません。お店にお知らせください。",
  },
  en: {
    title: "This page isn’t ready yet",
    says: "The shop’s settings can’t be read, so nothing is shown. Nothing is lost. Please tell the shop.",
  },
} as const;

/** What stands there where nothing says whose page it is. */
export function Refused({ because }: { readonly because: string }) {
  const { title, says } = TEXTS[languageFor(["ja", "en"], navigator.languages)];
  return (
    <main className="page" id="main">
      <div className="notice stop" role="alert">
        <h1>{title}</h1>
        <p>{says}</p>
        <p>
          <code>{because}</code>
        </p>
      </div>
    </main>
  );
}
