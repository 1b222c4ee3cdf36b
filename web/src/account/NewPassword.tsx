import { useId, useState } from "react";
import { catalogue, useTexts } from "../language/language.js";

/** Fewer letters are guessed by whoever finds the file. */
const LEAST = 10;

const TEXTS = catalogue({
  ja: {
    password: "パスワード",
    least: (least: string) => `${least}文字以上`,
    again: "もう一度",
    show: "文字を表示する",
    differ: "2つのパスワードがちがいます。",
    short: (least: string) => `${least}文字以上にしてください。`,
    lost: "忘れると、だれにも元に戻せません。お店もパスワードを知りません。",
    busy: "鍵をかけています。数秒かかります。",
  },
  en: {
    password: "Password",
    least: (least: string) => `${least} letters or more`,
    again: "Once more",
    show: "Show it",
    differ: "The two passwords differ.",
    short: (least: string) => `It takes ${least} letters or more.`,
    lost: "Nobody can bring it back if you forget it. The shop doesn’t know it either.",
    busy: "Locking it. This takes some seconds.",
  },
});

interface Props {
  readonly label: string;
  readonly isBusy: boolean;
  readonly chosen: (password: string) => void;
}

/** Asks for a new password, twice. */
export function NewPassword({ label, isBusy, chosen }: Props) {
  const texts = useTexts(TEXTS);
  const id = useId();
  const [isShown, setShown] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const type = isShown ? "text" : "password";
  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [password, again] = [form.get("password"), form.get("again")];
        if (typeof password !== "string") return;
        // As it will be compared: letters that look the same count as the same.
        const differs = typeof again === "string" && again.normalize("NFKC") !== password.normalize("NFKC");
        const found =
          Array.from(password).length < LEAST ? texts.short(`${LEAST}`) : differs ? texts.differ : undefined;
        setWrong(found);
        if (found === undefined) chosen(password);
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-1`}>
          {texts.password}
          <small>{texts.least(`${LEAST}`)}</small>
        </label>
        <input
          id={`${id}-1`}
          name="password"
          type={type}
          autoComplete="new-password"
          aria-describedby={`${id}-3`}
          aria-invalid={wrong !== undefined}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-2`}>{texts.again}</label>
        <input id={`${id}-2`} name="again" type={type} autoComplete="new-password" />
      </div>
      <div className="stack snug">
        <label className="tick">
          <input
            type="checkbox"
            checked={isShown}
            onChange={({ target }) => {
              setShown(target.checked);
            }}
          />
          {texts.show}
        </label>
        <p className="tiny quiet" id={`${id}-3`}>
          {texts.lost}
        </p>
        <p className="small" role="alert">
          {wrong}
        </p>
      </div>
      <div className="stack snug">
        <p>
          <button className="button wide" type="submit" disabled={isBusy}>
            {label}
          </button>
        </p>
        <p className="small quiet" role="status">
          {isBusy && texts.busy}
        </p>
      </div>
    </form>
  );
}
