import { useId } from "react";
import { useTexts } from "../../language/language.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly as: "claim" | "voucher";
  readonly read: (text: string) => void;
}

/** Where there is no link: a place to paste one. */
export function Paste({ as, read }: Props) {
  const texts = useTexts(TEXTS);
  return (
    <div className="narrow stack loose">
      <h1>{as === "claim" ? texts.title : texts.voucherTitle}</h1>
      <div className="notice">
        <h2>{texts.noLink}</h2>
        <p>{texts.noLinkSays}</p>
      </div>
      <PasteForm read={read} />
    </div>
  );
}

export function PasteForm({ read }: Pick<Props, "read">) {
  const texts = useTexts(TEXTS);
  const id = useId();
  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const text = new FormData(form).get("link");
        if (typeof text !== "string" || text.trim() === "") return;
        form.reset();
        read(text);
      }}
    >
      <div className="field">
        <label htmlFor={id}>
          {texts.paste}
          <small>{texts.pasteNote}</small>
        </label>
        {/* Such a field leaves nothing in the browser's history. */}
        <textarea id={id} name="link" rows={3} autoComplete="off" autoCapitalize="off" spellCheck={false} />
      </div>
      <p>
        <button className="button wide" type="submit">
          {texts.open}
        </button>
      </p>
    </form>
  );
}
