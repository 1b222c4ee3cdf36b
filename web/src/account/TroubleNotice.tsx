import { catalogue, useTexts } from "../language/language.js";
import type { TroubleCode } from "./trouble.js";
import { AccountTrouble } from "./trouble.js";

interface Told {
  readonly title: string;
  readonly says: string;
}

type Texts = Readonly<Record<TroubleCode | "unknown", Told>>;

const JA: Texts = {
  cancelled: {
    title: "とりやめました",
    says: "画面が閉じられたか、時間がすぎたようです。何も送っていません。もう一度お試しください。",
  },
  busy: {
    title: "ほかの画面が開いています",
    says: "先に開いた確認の画面を閉じてから、もう一度お試しください。",
  },
  "no-passkeys": {
    title: "このブラウザーでは、パスキーが使えません",
    says: "SafariかChromeで開くと使えます。ウォレットか、パスワードの会員証でも続けられます。",
  },
  "no-secret": {
    title: "このパスキーでは、会員証をつくれません",
    says: "お使いの端末か、パスキーの保存先が、必要なしくみにまだ対応していません。iPhone・iPad・Macは最新のOSに、AndroidとWindowsはGoogleパスワードマネージャーにすると使えます。パスワードの会員証でも続けられます。",
  },
  "two-secrets": {
    title: "同じ鍵でひらけませんでした",
    says: "たしかめるたびに、ちがう鍵が返ってきました。この会員証は使わず、ほかの方法をおえらびください。何も送っていません。",
  },
  "other-account": {
    title: "この端末が覚えている会員証と、ちがいます",
    says: "別のパスキーか、別のウォレットの口座がえらばれたようです。何も署名していません。いつものものをえらんで、もう一度お試しください。",
  },
  "no-wallet": {
    title: "ウォレットが見あたりません",
    says: "前に使ったウォレットが、このブラウザーにありません。ウォレットを入れなおすか、設定から選びなおしてください。",
  },
  "wallet-chain": {
    title: "ウォレットが、別のネットワークにつながっています",
    says: "ウォレットの画面で、このお店のネットワークに切りかえてから、もう一度お試しください。",
  },
  "wallet-failed": {
    title: "ウォレットから返事がありません",
    says: "何も送られていません。ウォレットを開きなおして、もう一度お試しください。",
  },
  "wallet-unable": {
    title: "このウォレットでは、できない操作です",
    says: "別のウォレットか、パスキーの会員証をお使いください。何も送られていません。",
  },
  "wrong-password": {
    title: "パスワードがちがいます",
    says: "大文字と小文字も、ちがう文字として扱われます。もう一度お試しください。",
  },
  "no-backup": {
    title: "会員証の控えではないようです",
    says: "「account-」ではじまるファイルをえらんでください。",
  },
  "other-backup": {
    title: "いま保存した控えではありません",
    says: "さきほど保存したファイルをえらんでください。見つからないときは、もう一度保存できます。",
  },
  foreign: {
    title: "このお店のものではありません",
    says: "署名を求められた内容が、このお店のものではないため、署名しませんでした。お店にお知らせください。",
  },
  "no-signer": {
    title: "署名のしくみを動かせませんでした",
    says: "ページを読みこみなおしてください。なくなったものはありません。",
  },
  unknown: {
    title: "うまくいきませんでした",
    says: "このページの不具合のようです。なくなったものはありません。お店にお知らせください。",
  },
};

const EN: Texts = {
  cancelled: {
    title: "Nothing was done",
    says: "The prompt was closed, or it timed out. Nothing was sent. Please try again.",
  },
  busy: { title: "Another prompt is open", says: "Close the one that opened first, and try again." },
  "no-passkeys": {
    title: "This browser can’t use passkeys here",
    says: "Safari or Chrome can. Or go on with a wallet, or with a password.",
  },
  "no-secret": {
    title: "This passkey can’t hold an account",
    says: "Your device, or where it keeps passkeys, doesn’t know how yet. The newest system on iPhone, iPad and Mac does, and so does Google Password Manager on Android and Windows. Or go on with a password.",
  },
  "two-secrets": {
    title: "It didn’t open with the same key",
    says: "Each check gave another key. Don’t use this account; choose another way. Nothing was sent.",
  },
  "other-account": {
    title: "That isn’t the account this device remembers",
    says: "Another passkey was chosen, or another account in the wallet. Nothing was signed. Choose the usual one, and try again.",
  },
  "no-wallet": {
    title: "The wallet isn’t here",
    says: "This browser doesn’t have the wallet that you used. Add it again, or choose another one in the settings.",
  },
  "wallet-chain": {
    title: "Your wallet is on another network",
    says: "Change to this shop’s network in your wallet, and try again.",
  },
  "wallet-failed": {
    title: "Your wallet didn’t answer",
    says: "Nothing was sent. Open the wallet again, and try once more.",
  },
  "wallet-unable": {
    title: "This wallet can’t do that",
    says: "Use another wallet, or an account with a passkey. Nothing was sent.",
  },
  "wrong-password": {
    title: "That isn’t the password",
    says: "Capital and small letters differ. Please try again.",
  },
  "no-backup": {
    title: "That doesn’t look like a backup",
    says: "Choose the file whose name begins with “account-”.",
  },
  "other-backup": {
    title: "That isn’t the backup you just saved",
    says: "Choose the file that you saved a moment ago. If you can’t find it, save it once more.",
  },
  foreign: {
    title: "That isn’t this shop’s",
    says: "What you were asked to sign doesn’t belong to this shop, so nothing was signed. Please tell the shop.",
  },
  "no-signer": {
    title: "The part that signs didn’t start",
    says: "Please reload the page. Nothing is lost.",
  },
  unknown: {
    title: "That didn’t work",
    says: "It looks like a fault of this page. Nothing is lost. Please tell the shop.",
  },
};

const TEXTS = catalogue({ ja: { details: "くわしい内容" }, en: { details: "Details" } });
const TOLD = { ja: JA, en: EN };

/** What kept an account from doing what it was asked for, and what to do. */
export function Trouble({ of: error }: { readonly of: unknown }) {
  const { title, says } = useTexts(TOLD)[error instanceof AccountTrouble ? error.code : "unknown"];
  const { details } = useTexts(TEXTS);
  const more = detailsOf(error);
  return (
    <div
      className={`notice ${error instanceof AccountTrouble && MILD.has(error.code) ? "care" : "stop"}`}
      role="alert"
    >
      <h2>{title}</h2>
      <p>{says}</p>
      {more !== undefined && (
        <details>
          <summary>{details}</summary>
          <div>
            <pre className="said">{more}</pre>
          </div>
        </details>
      )}
    </div>
  );
}

/** What the person did, or can put right at once. */
const MILD = new Set<TroubleCode>(["cancelled", "busy", "wrong-password", "no-backup", "other-backup"]);

function detailsOf(error: unknown): string | undefined {
  if (!(error instanceof AccountTrouble)) return error instanceof Error ? error.message : String(error);
  const { data } = error;
  if (data === undefined) return undefined;
  return Object.values(data).join("\n");
}
