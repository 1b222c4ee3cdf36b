import type { ReactNode } from "react";
import { useEffect, useId, useRef } from "react";
import { catalogue, useTexts } from "../language/language.js";

const TEXTS = catalogue({ ja: { back: "もどる" }, en: { back: "Back" } });

interface Props {
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly children: ReactNode;
}

/** What is looked over before it is done. The browser's own dialog: Escape leads back, and the focus stays within. */
export function Confirm({ isOpen, close, title, children }: Props) {
  const texts = useTexts(TEXTS);
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (current === null || current.open === isOpen) return;
    if (isOpen) current.showModal();
    else current.close();
  }, [isOpen]);
  return (
    <dialog ref={dialog} className="confirm" aria-labelledby={id} onClose={close}>
      {isOpen && (
        <div className="stack">
          <h2 id={id}>{title}</h2>
          {children}
          <p>
            <button className="link" type="button" onClick={close}>
              {texts.back}
            </button>
          </p>
        </div>
      )}
    </dialog>
  );
}
