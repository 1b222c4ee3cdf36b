import { languageFor } from "../language/language.js";

const TEXTS = {
  ja: {
    title: "このページは、まだ準備ができていません",
    says: "お店の設定ファイルが読めないため、何も表示していません。なくなったものはありません。お店にお知らせください。",
    old: "このブラウザーでは、ひらけません",
    oldSays: "新しいSafariかChromeでひらいてください。なくなったものはありません。",
  },
  en: {
    title: "This page isn’t ready yet",
    says: "The shop’s settings can’t be read, so nothing is shown. Nothing is lost. Please tell the shop.",
    old: "This browser can’t open the page",
    oldSays: "Please use a newer Safari, Chrome or Firefox. Nothing is lost.",
  },
} as const;

/** What stands there where nothing says whose page it is, or, without a reason, where the browser lacks what all of it needs. */
export function Refused({ because }: { readonly because: string | undefined }) {
  const { title, says, old, oldSays } = TEXTS[languageFor(["ja", "en"], navigator.languages)];
  return (
    <main className="page" id="main">
      <div className="notice stop" role="alert">
        <h1>{because === undefined ? old : title}</h1>
        <p>{because === undefined ? oldSays : says}</p>
        {because !== undefined && (
          <p>
            <code>{because}</code>
          </p>
        )}
      </div>
    </main>
  );
}
