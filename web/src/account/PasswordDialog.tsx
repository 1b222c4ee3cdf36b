import { catalogue, useTexts } from "../language/language.js";
import { Dialog } from "./Dialog.js";
import { OldPassword } from "./OldPassword.js";
import { Trouble } from "./TroubleNotice.js";
import { useTask } from "./useTask.js";

const TEXTS = catalogue({ ja: { title: "会員証をひらく" }, en: { title: "Open your account" } });

interface Props {
  readonly open: (password: string) => Promise<void>;
  readonly done: () => void;
  readonly cancel: () => void;
}

/** Asks for the password of the account, until it is the right one. */
export function PasswordDialog({ open, done, cancel }: Props) {
  const texts = useTexts(TEXTS);
  const { isBusy, error, run } = useTask();
  return (
    <Dialog title={texts.title} closed={cancel}>
      {error !== undefined && <Trouble of={error} />}
      <OldPassword
        isBusy={isBusy}
        chosen={(password) => {
          run(async () => {
            await open(password);
            done();
          });
        }}
      />
    </Dialog>
  );
}
