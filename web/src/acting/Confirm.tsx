import type { ReactNode } from "react";
import { Dialog } from "../account/Dialog.js";

interface Props {
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly title: string;
  readonly children: ReactNode;
}

/** What is looked over before it is done. The browser's own dialog: Escape leads back, and the focus stays within. */
export function Confirm({ isOpen, close, title, children }: Props) {
  return (
    isOpen && (
      <Dialog title={title} closed={close}>
        {children}
      </Dialog>
    )
  );
}
