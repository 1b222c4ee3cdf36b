import { catalogue, useTexts } from "../language/language.js";
import { Suspense } from "react";
import type { Chosen } from "./AccountsContext.js";
import { hasPasskeys } from "./passkey.js";
import { Passkey } from "./PasskeyAccount.js";
import { lateOf } from "../start/late.js";

const TEXTS = catalogue({
  ja: {
    wallet: "持っているウォレットを使う",
    password: "パスワードの会員証にする",
    lost: "端末をなくしたら？",
    lostSays:
      "パスキーは、iCloudやGoogleの同期で新しい端末に戻ります。戻らないときは、お店に声をかけてください。バッジとポイントは、お店が日数をおいて新しい会員証に引き継げます。",
    none: "このブラウザーでは、パスキーが使えません。SafariかChromeで開くか、下の方法をおえらびください。",
  },
  en: {
    wallet: "Use a wallet that I have",
    password: "Make one with a password",
    lost: "What if I lose this device?",
    lostSays:
      "iCloud or Google brings passkeys back on your next device. If they don’t, talk to the shop: after some days it can move your badges and points to a new account.",
    none: "This browser can’t use passkeys here. Open the page in Safari or Chrome, or choose another way below.",
  },
});

// Few come to these, and the way to a passkey is to be short.
const Wallets = lateOf(() => import("./WalletList.js"), "Wallets");
const Password = lateOf(() => import("./PasswordAccount.js"), "Password");

/** The three kinds of accounts, the easiest first. */
export function ChooseAccount({ done }: { readonly done: Chosen }) {
  const texts = useTexts(TEXTS);
  const canTouch = hasPasskeys();
  return (
    <div className="stack loose">
      {canTouch ? <Passkey done={done} /> : <p className="notice care">{texts.none}</p>}
      <div>
        <details className="ruled">
          <summary>{texts.wallet}</summary>
          <div>
            <Suspense>
              <Wallets done={done} />
            </Suspense>
          </div>
        </details>
        <details open={!canTouch}>
          <summary>{texts.password}</summary>
          <div>
            <Suspense>
              <Password done={done} />
            </Suspense>
          </div>
        </details>
        <details>
          <summary>{texts.lost}</summary>
          <div>
            <p>{texts.lostSays}</p>
          </div>
        </details>
      </div>
    </div>
  );
}
