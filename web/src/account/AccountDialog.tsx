import { catalogue, useTexts } from "../language/language.js";
import { ChooseAccount } from "./ChooseAccount.js";
import { Dialog } from "./Dialog.js";

const TEXTS = catalogue({ ja: { title: "会員証" }, en: { title: "Your account" } });

/** The dialog in which somebody chooses an account, or makes one. */
export function AccountDialog({ close }: { readonly close: () => void }) {
  const texts = useTexts(TEXTS);
  return (
    <Dialog title={texts.title} closed={close}>
      <ChooseAccount done={close} />
    </Dialog>
  );
}
