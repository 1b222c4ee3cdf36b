import { useId } from "react";
import { catalogue, useTexts } from "../language/language.js";
import { saveFile } from "../files/saveFile.js";
import { Trouble } from "./TroubleNotice.js";
import { AccountTrouble } from "./trouble.js";
import { useTask } from "./useTask.js";

const TEXTS = catalogue({
  ja: {
    save: "控えを保存する",
    saveSays: "「account-」ではじまるファイルが1つできます。パスワードと合わせて、これが会員証のすべてです。",
    read: "保存したファイルをえらぶ",
    readSays: "ちゃんと保存できたか、はじめに確かめておきます。",
  },
  en: {
    save: "Save the backup",
    saveSays:
      "It’s one file, and its name begins with “account-”. With the password it is all that your account is.",
    read: "Choose the file you saved",
    readSays: "So that we know it’s really there.",
  },
});

interface Props {
  readonly address: string;
  /** The encrypted key, as text. */
  readonly keystore: string;
  /** Once the file was read back. */
  readonly done: () => void;
}

/** Has somebody save the encrypted key, and reads the file back: a backup that isn't there is none. */
export function SaveBackup({ address, keystore, done }: Props) {
  const texts = useTexts(TEXTS);
  const id = useId();
  const { error, run } = useTask();
  const read = (file: File | undefined) => {
    if (file === undefined) return;
    run(async () => {
      if ((await file.text()) !== keystore) throw new AccountTrouble("other-backup");
      done();
    });
  };
  return (
    <div className="stack loose">
      <div className="stack snug">
        <p className="small">{texts.saveSays}</p>
        <p>
          <button
            className="button wide"
            type="button"
            onClick={() => {
              saveFile(`account-${address.slice(-4).toLowerCase()}.json`, keystore);
            }}
          >
            {texts.save}
          </button>
        </p>
      </div>
      <div className="field">
        <label htmlFor={id}>{texts.read}</label>
        <input
          id={id}
          type="file"
          accept="application/json,.json"
          onChange={({ target }) => {
            read(target.files?.[0]);
          }}
        />
        <p className="tiny quiet">{texts.readSays}</p>
      </div>
      {error !== undefined && <Trouble of={error} />}
    </div>
  );
}
