import { useId } from "react";
import { catalogue, useTexts } from "../language/language.js";

const TEXTS = catalogue({
  ja: { password: "パスワード", open: "ひらく", busy: "鍵をあけています。数秒かかります。" },
  en: { password: "Password", open: "Open", busy: "Unlocking it. This takes some seconds." },
});

interface Props {
  readonly isBusy: boolean;
  readonly chosen: (password: string) => void;
}

/** Asks for a password that there is. */
export function OldPassword({ isBusy, chosen }: Props) {
  const texts = useTexts(TEXTS);
  const id = useId();
  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        const password = new FormData(event.currentTarget).get("password");
        if (typeof password === "string" && password !== "") chosen(password);
      }}
    >
      <div className="field">
        <label htmlFor={id}>{texts.password}</label>
        <input id={id} name="password" type="password" autoComplete="current-password" />
      </div>
      <div className="stack snug">
        <p>
          <button className="button wide" type="submit" disabled={isBusy}>
            {texts.open}
          </button>
        </p>
        <p className="small quiet" role="status">
          {isBusy && texts.busy}
        </p>
      </div>
    </form>
  );
}
