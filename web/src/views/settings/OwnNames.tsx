import { useContext, useId } from "react";
import { catalogue, useTexts } from "../../language/language.js";
import { OwnNamesContext } from "../../people/PeopleContext.js";
import { Seal } from "../../people/Seal.js";
import { Address } from "../../ui/Address.js";

const TEXTS = catalogue({
  ja: {
    none: "まだありません。だれかのページのリンクと、呼び名を書いてください。",
    says: "ほかの人には見えません。",
    who: "その人のページのリンク",
    name: "呼び名",
    add: "覚える",
    forget: (name: string) => `「${name}」を忘れる`,
    address: "くわしい情報",
  },
  en: {
    none: "None yet. Paste a link to somebody’s page, and write what you call them.",
    says: "Nobody else sees these.",
    who: "A link to their page",
    name: "What you call them",
    add: "Remember",
    forget: (name: string) => `Forget “${name}”`,
    address: "Details",
  },
});

/** What this device calls people. */
export function OwnNames() {
  const texts = useTexts(TEXTS);
  const { names, rename } = useContext(OwnNamesContext);
  const id = useId();
  return (
    <div className="stack">
      <p className="small quiet">{names.size === 0 ? texts.none : texts.says}</p>
      {names.size > 0 && (
        <ul className="rows">
          {[...names].map(([address, name]) => (
            <li key={address}>
              <div className="row">
                <Seal of={address} />
                <b>
                  <bdi>{name}</bdi>
                </b>
                <button
                  className="link"
                  type="button"
                  onClick={() => {
                    rename(address, "");
                  }}
                >
                  {texts.forget(name)}
                </button>
              </div>
              <details>
                <summary>{texts.address}</summary>
                <div>
                  <Address of={address} />
                </div>
              </details>
            </li>
          ))}
        </ul>
      )}
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const data = new FormData(form);
          const [who, name] = [data.get("who"), data.get("name")];
          const address = typeof who === "string" ? /0x[0-9a-f]{40}(?![0-9a-f])/iu.exec(who)?.[0] : undefined;
          if (address === undefined || typeof name !== "string" || name.trim() === "") return;
          rename(address, name);
          form.reset();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-1`}>{texts.who}</label>
          <input id={`${id}-1`} name="who" autoComplete="off" required pattern=".*0x[0-9a-fA-F]{40}.*" />
        </div>
        <div className="field">
          <label htmlFor={`${id}-2`}>{texts.name}</label>
          <input id={`${id}-2`} name="name" autoComplete="off" required maxLength={40} />
        </div>
        <p>
          <button className="button second" type="submit">
            {texts.add}
          </button>
        </p>
      </form>
    </div>
  );
}
