import { useState } from "react";
import { Link } from "wouter";
import { catalogue, useTexts } from "../language/language.js";
import { useNames } from "../people/PeopleContext.js";
import { Seal } from "../people/Seal.js";
import { Address } from "../ui/Address.js";
import { Backup } from "./Backup.js";
import { Trouble } from "./TroubleNotice.js";
import { useAccounts } from "./useAccount.js";
import { useTask } from "./useTask.js";

const TEXTS = catalogue({
  ja: {
    none: "この端末には、まだ会員証がありません。",
    choose: "会員証をえらぶ・つくる",
    passkey: "パスキーの会員証",
    password: "パスワードの会員証",
    wallet: "ウォレット",
    details: "会員証のくわしい情報",
    safe: "ほかの端末にも保管されているか、控えがあります。",
    unsafe: "この端末だけにあります。端末をなくす前に、控えをとってください。",
    backup: "控えをとる",
    backupSays: "パスワードで鍵をかけたファイルです。ほかの端末でも、たいていのウォレットでもひらけます。",
    backupDone: "控えをたしかめました。",
    key: "鍵そのものを見る",
    keySays: "これを知った人は、あなたの会員証を自由に使えます。お店が聞くことは、決してありません。",
    show: "表示する",
    hide: "かくす",
    lock: "鍵をかける",
    locked: "鍵をかけました。次に使うとき、もう一度ひらきます。",
    leave: "この端末から外す",
    leavePasskey: "パスキーは端末に残ります。「前につくった会員証でひらく」で、いつでも戻せます。",
    leavePassword: "保存したファイルとパスワードがないと、二度とひらけません。お持ちですか。",
    leaveWallet: "ウォレットはそのまま残ります。",
    reallyLeave: "外す",
  },
  en: {
    none: "There’s no account on this device yet.",
    choose: "Choose or make an account",
    passkey: "With a passkey",
    password: "With a password",
    wallet: "In a wallet",
    details: "About this account",
    safe: "It’s kept on your other devices too, or there is a backup.",
    unsafe: "It’s on this device only. Make a backup before you lose the device.",
    backup: "Make a backup",
    backupSays: "A file locked with a password. It opens on other devices, and in most wallets.",
    backupDone: "The backup is there.",
    key: "Show the key itself",
    keySays: "Whoever knows it can use your account. The shop never asks for it.",
    show: "Show it",
    hide: "Hide it",
    lock: "Lock",
    locked: "Locked. It’s opened again when you next use it.",
    leave: "Remove it from this device",
    leavePasskey: "The passkey stays. You can open the account again at any time with “I have one”.",
    leavePassword:
      "Without the file you saved, and the password, it can never be opened again. Do you have both?",
    leaveWallet: "Your wallet stays as it is.",
    reallyLeave: "Remove it",
  },
});

/** The account on this device: what it is, its backup, its key, and how to take it off. */
export function AccountSettings() {
  const texts = useTexts(TEXTS);
  const { kept, open, leave, lock } = useAccounts();
  const nameOf = useNames();
  const [isLocked, setLocked] = useState(false);
  if (kept === undefined) {
    return (
      <div className="stack">
        <p>{texts.none}</p>
        <p>
          <button className="button" type="button" onClick={open}>
            {texts.choose}
          </button>
        </p>
      </div>
    );
  }
  const leaving = {
    passkey: texts.leavePasskey,
    password: texts.leavePassword,
    wallet: texts.leaveWallet,
  }[kept.kind];
  return (
    <div className="stack loose">
      <Link className="by" href={`/members/${kept.address}`}>
        <Seal of={kept.address} look="pressed" />
        <span>
          <b>
            <bdi>{nameOf(kept.address).name}</bdi>
          </b>
          <br />
          {texts[kept.kind]}
        </span>
      </Link>
      {kept.kind === "passkey" && (
        <p className={kept.isSafe ? "small quiet" : "notice care"}>
          {kept.isSafe ? texts.safe : texts.unsafe}
        </p>
      )}
      <div>
        <details className="ruled">
          <summary>{texts.details}</summary>
          <div>
            <Address of={kept.address} />
          </div>
        </details>
        {kept.kind !== "wallet" && <Keys />}
        {kept.kind !== "wallet" && (
          <p>
            <button
              className="link"
              type="button"
              onClick={() => {
                lock();
                setLocked(true);
              }}
            >
              {texts.lock}
            </button>
          </p>
        )}
        <p className="small quiet" role="status">
          {isLocked && texts.locked}
        </p>
        <details className="ruled">
          <summary>{texts.leave}</summary>
          <div className="stack snug">
            <p>{leaving}</p>
            <p>
              <button className="button second" type="button" onClick={leave}>
                {texts.reallyLeave}
              </button>
            </p>
          </div>
        </details>
      </div>
    </div>
  );
}

/** The backup, and the key itself, which is shown only while it is looked at. */
function Keys() {
  const texts = useTexts(TEXTS);
  const { unlock, signer } = useAccounts();
  const [isBackedUp, setBackedUp] = useState(false);
  const [key, setKey] = useState<string>();
  const { isBusy, error, run } = useTask();
  return (
    <>
      <details>
        <summary>{texts.backup}</summary>
        <div className="stack">
          <p>{texts.backupSays}</p>
          {isBackedUp ? (
            <p role="status">{texts.backupDone}</p>
          ) : (
            <Backup
              done={() => {
                setBackedUp(true);
              }}
            />
          )}
        </div>
      </details>
      <details>
        <summary>{texts.key}</summary>
        <div className="stack snug">
          <p className="notice stop">{texts.keySays}</p>
          {error !== undefined && <Trouble of={error} />}
          {key !== undefined && <code>{key}</code>}
          <p>
            <button
              className="button second"
              type="button"
              disabled={isBusy}
              onClick={() => {
                if (key !== undefined) {
                  setKey(undefined);
                  return;
                }
                run(async () => {
                  await unlock();
                  setKey(await signer.ask({ do: "reveal" }));
                });
              }}
            >
              {key === undefined ? texts.show : texts.hide}
            </button>
          </p>
        </div>
      </details>
    </>
  );
}
