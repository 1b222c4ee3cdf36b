import { useState } from "react";
import { useTexts } from "../../language/language.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly app: string;
  /** The address that goes on in the browser: made when it is needed, and not before. */
  readonly link: () => string;
  readonly goOn: () => void;
}

/** Inside of another app no passkey can be made: the link is handed to the browser, whole. */
export function InApp({ app, link, goOn }: Props) {
  const texts = useTexts(TEXTS);
  const [copied, setCopied] = useState(false);
  return (
    <div className="narrow stack loose">
      <h1>{texts.title}</h1>
      <div className="notice care">
        <h2>{texts.inApp(app)}</h2>
        <p>{texts.inAppSays}</p>
        <p>
          {app === "LINE" ? (
            <button
              className="button"
              type="button"
              onClick={() => {
                location.href = link();
              }}
            >
              {texts.openOutside}
            </button>
          ) : (
            <button
              className="button"
              type="button"
              onClick={() => {
                void navigator.clipboard.writeText(link()).then(() => {
                  setCopied(true);
                });
              }}
            >
              {texts.copyLink}
            </button>
          )}
        </p>
        <p role="status">{copied && texts.copied}</p>
      </div>
      <p>
        <button className="link" type="button" onClick={goOn}>
          {texts.goOn}
        </button>
      </p>
    </div>
  );
}
