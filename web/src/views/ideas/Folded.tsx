import { Link } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallView } from "../../reader/ideaAnswers.js";
import { TEXTS as COMMON } from "./texts.js";

const TEXTS = catalogue({
  ja: {
    hidden: (count: string) => `お店が表示をひかえているもの(${count}件)`,
    says: "表示をひかえても、数え方は変わりません。理由は、だれでも読めます。",
    rest: (count: string) => `ほかに${count}件あります。`,
    withdrawn: (count: string) => `出した人が取り下げたものが、${count}件あります。`,
  },
  en: {
    hidden: (count: string) => `Not shown, at the shop’s wish (${count})`,
    says: "They count as all others do. Anyone can read why they aren’t shown.",
    rest: (count: string) => `There are ${count} more.`,
    withdrawn: (count: string) =>
      count === "1"
        ? "One was withdrawn by whoever had it."
        : `${count} were withdrawn by those who had them.`,
  },
});

/** Ideas that a steward asks pages not to show: folded away, each with the public reason. */
export function Folded({ of: { hidden, hiddenCount, withdrawn } }: { readonly of: IdeaCallView }) {
  const texts = useTexts(TEXTS);
  const common = useTexts(COMMON);
  const format = useFormat();
  return (
    <>
      {withdrawn > 0 && <p className="small quiet spaced">{texts.withdrawn(format.number(withdrawn))}</p>}
      {hiddenCount > 0 && (
        <details className="ruled spaced">
          <summary>{texts.hidden(format.number(hiddenCount))}</summary>
          <div className="stack snug">
            <p className="small quiet">{texts.says}</p>
            <ul className="stack snug">
              {hidden.map(({ id, name, hidden: reason }) => (
                <li key={id} className="small">
                  <Link className="num" href={`/ideas/${name}`}>
                    {name}
                  </Link>{" "}
                  <bdi lang={languageOf(reason ?? "")}>{common.hiddenWhy(reason ?? "")}</bdi>
                </li>
              ))}
            </ul>
            {hiddenCount > hidden.length && (
              <p className="small quiet">{texts.rest(format.number(hiddenCount - hidden.length))}</p>
            )}
          </div>
        </details>
      )}
    </>
  );
}
