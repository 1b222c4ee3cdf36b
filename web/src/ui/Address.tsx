import type { PageDocument } from "@kyoso/sdk/page";
import { createContext, useContext, useState } from "react";
import { catalogue, useTexts } from "../language/language.js";

export const DocumentContext = createContext<PageDocument | undefined>(undefined);

const TEXTS = catalogue({
  ja: { copy: "コピーする", copied: "コピーしました", explorer: "エクスプローラーで見る" },
  en: { copy: "Copy", copied: "Copied", explorer: "See it in the explorer" },
});

/** An address in full, to copy and to look up. */
export function Address({ of }: { readonly of: string }) {
  const texts = useTexts(TEXTS);
  const explorer = useContext(DocumentContext)?.page.explorer ?? null;
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(of).then(() => {
      setCopied(true);
    });
  };
  return (
    <div className="address">
      <code>{of}</code>
      <p>
        {/* Only where the page came by HTTPS, or from this computer. */}
        {"clipboard" in navigator && (
          <button className="link" type="button" onClick={copy}>
            <span aria-live="polite">{copied ? texts.copied : texts.copy}</span>
          </button>
        )}
        {explorer !== null && (
          <a
            className="link"
            href={`${explorer.replace(/\/$/u, "")}/address/${of}`}
            target="_blank"
            rel="noreferrer"
          >
            {texts.explorer}
          </a>
        )}
      </p>
    </div>
  );
}
