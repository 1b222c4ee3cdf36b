import { useId, useState } from "react";
import { catalogue, useTexts } from "../language/language.js";
import type { Chosen } from "./AccountsContext.js";
import { NewPassword } from "./NewPassword.js";
import { OldPassword } from "./OldPassword.js";
import { SaveBackup } from "./SaveBackup.js";
import { Trouble } from "./TroubleNotice.js";
import { useAccounts } from "./useAccount.js";
import { useTask } from "./useTask.js";

const TEXTS = catalogue({
  ja: {
    says: "ファイル1つとパスワードが、会員証になります。どの端末でも使えますが、なくさないように保管してください。",
    make: "会員証をつくる",
    have: "保存したファイルでひらく",
    file: "会員証のファイル",
    anew: "新しくつくる",
  },
  en: {
    says: "One file and a password are your account. It works on any device; keep the file where you’ll find it.",
    make: "Make an account",
    have: "I have one: open its file",
    file: "The account’s file",
    anew: "Make a new one",
  },
});

interface Made {
  readonly address: string;
  readonly keystore: string;
}

/** Makes an account of a password and a file, or opens one. */
export function Password({ done }: { readonly done: Chosen }) {
  const texts = useTexts(TEXTS);
  const { signer, take } = useAccounts();
  const [has, setHas] = useState(false);
  const [made, setMade] = useState<Made>();
  const { isBusy, error, run } = useTask();
  if (made !== undefined) {
    return (
      <SaveBackup
        {...made}
        done={() => {
          done(take({ kind: "password", ...made }), true);
        }}
      />
    );
  }
  return (
    <div className="stack loose">
      <p className="small">{texts.says}</p>
      {error !== undefined && <Trouble of={error} />}
      {has ? (
        <Existing
          isBusy={isBusy}
          open={(keystore, password) => {
            run(async () => {
              const { address } = await signer.ask({ do: "open", keystore, password });
              done(take({ kind: "password", address, keystore }), true);
            });
          }}
        />
      ) : (
        <NewPassword
          label={texts.make}
          isBusy={isBusy}
          chosen={(password) => {
            run(async () => {
              setMade(await signer.ask({ do: "make", password }));
            });
          }}
        />
      )}
      <p>
        <button
          className="link"
          type="button"
          onClick={() => {
            setHas(!has);
          }}
        >
          {has ? texts.anew : texts.have}
        </button>
      </p>
    </div>
  );
}

interface ExistingProps {
  readonly isBusy: boolean;
  readonly open: (keystore: string, password: string) => void;
}

/** More than the file of an account has, in bytes. */
const LARGEST = 10_000;

function Existing({ isBusy, open }: ExistingProps) {
  const texts = useTexts(TEXTS);
  const id = useId();
  const [keystore, setKeystore] = useState<string>();
  return (
    <div className="stack loose">
      <div className="field">
        <label htmlFor={id}>{texts.file}</label>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file === undefined || file.size > LARGEST) return;
            void file.text().then(setKeystore);
          }}
        />
      </div>
      {keystore !== undefined && (
        <OldPassword
          isBusy={isBusy}
          chosen={(password) => {
            open(keystore, password);
          }}
        />
      )}
    </div>
  );
}
