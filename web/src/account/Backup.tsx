import { useState } from "react";
import { catalogue, useTexts } from "../language/language.js";
import { NewPassword } from "./NewPassword.js";
import { SaveBackup } from "./SaveBackup.js";
import { Trouble } from "./TroubleNotice.js";
import { useAccounts } from "./useAccount.js";
import { useTask } from "./useTask.js";

const TEXTS = catalogue({ ja: { make: "控えをつくる" }, en: { make: "Make a backup" } });

/** Makes a backup of the account: its key, encrypted with a password, in a file that is read back. */
export function Backup({ done }: { readonly done: () => void }) {
  const texts = useTexts(TEXTS);
  const { kept, take, unlock, signer } = useAccounts();
  const [made, setMade] = useState<{ readonly address: string; readonly keystore: string }>();
  const { isBusy, error, run } = useTask();
  if (made !== undefined) {
    return (
      <SaveBackup
        {...made}
        done={() => {
          if (kept?.kind === "passkey") take({ ...kept, isSafe: true });
          done();
        }}
      />
    );
  }
  return (
    <div className="stack loose">
      {error !== undefined && <Trouble of={error} />}
      <NewPassword
        label={texts.make}
        isBusy={isBusy}
        chosen={(password) => {
          run(async () => {
            await unlock();
            setMade(await signer.ask({ do: "backup", password }));
          });
        }}
      />
    </div>
  );
}
