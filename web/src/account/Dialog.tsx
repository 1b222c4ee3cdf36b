import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";
import { catalogue, useTexts } from "../language/language.js";

const TEXTS = catalogue({ ja: { close: "閉じる" }, en: { close: "Close" } });

interface Props {
  readonly title: string;
  /** It was closed, by whatever means. */
  readonly closed: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page, which is open as long as it is there. */
export function Dialog({ title, closed, children }: Props) {
  const texts = useTexts(TEXTS);
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return (
    <dialog className="sheet" ref={dialog} aria-labelledby={id} onClose={closed}>
      <div className="stack loose">
        <h2 id={id}>{title}</h2>
        {children}
        <p>
          <button
            className="link"
            type="button"
            onClick={() => {
              dialog.current?.close();
            }}
          >
            {texts.close}
          </button>
        </p>
      </div>
    </dialog>
  );
}
