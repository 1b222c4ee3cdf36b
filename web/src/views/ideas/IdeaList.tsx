import type { ReactNode } from "react";
import { Fragment, useId, useState } from "react";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallView, IdeaSummary } from "../../reader/ideaAnswers.js";
import { IdeaRow } from "./IdeaRow.js";

const TEXTS = catalogue({
  ja: {
    none: "まだアイデアはありません。さいしょのひとつを、あなたから。",
    noneFound: "見つかりませんでした。",
    find: "言葉でさがす",
    look: "さがす",
    all: "すべて見る",
    more: (left: string) => `つづきを見る(あと${left}件)`,
    line: (count: string) => `いまは、ここまでの${count}件がえらばれます`,
    lined: (count: string) => `ここまでの${count}件がえらばれました`,
    ties: "同じ数のときは、先に出されたほうが上になります。",
  },
  en: {
    none: "There are no ideas yet. The first one could be yours.",
    noneFound: "There is none with these words.",
    find: "Look for words in titles",
    look: "Look",
    all: "Show all",
    more: (left: string) => `See more (${left} left)`,
    line: (count: string) =>
      count === "1" ? "As it stands, the one above wins" : `As it stands, the ${count} above win`,
    lined: (count: string) => (count === "1" ? "The one above won" : `The ${count} above won`),
    ties: "Where two have the same, the one that was there earlier comes first.",
  },
});

/** From so many ideas on, somebody looks for one by its words. */
const MANY = 30;

interface Props {
  readonly of: IdeaCallView;
  /** What each can be chosen with. */
  readonly control?: (idea: IdeaSummary) => ReactNode;
  /** Shows more of them. */
  readonly more: () => void;
  readonly find: string;
  readonly look: (find: string) => void;
}

/** The ideas of a call, as many as are read so far. */
export function IdeaList({ of: view, control, more, find, look }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { list, found, state, isPoll, counting, symbol, turnout, ideas, leaders } = view;
  const isCounted = state !== "ideas";
  const winning = list.filter(({ rank }) => rank !== null).length;
  const hasLine = isCounted && winning > 0 && winning === leaders.length && find === "";
  const left = found - list.length;
  return (
    <div className="stack">
      {ideas > MANY && <Find find={find} look={look} />}
      {found === 0 && !isPoll && <p className="quiet">{find === "" ? texts.none : texts.noneFound}</p>}
      <ol className="rows far ideas">
        {list.map((idea, i) => (
          <Fragment key={idea.id}>
            <li>
              <IdeaRow of={idea} {...{ counting, symbol, turnout, isCounted }} control={control?.(idea)} />
            </li>
            {hasLine && i === winning - 1 && (
              <li className="winning-line">
                {(state === "final" ? texts.lined : texts.line)(format.number(winning))}
              </li>
            )}
          </Fragment>
        ))}
      </ol>
      {isCounted && list.some(({ isTied, rank }) => isTied && rank !== null) && (
        <p className="small quiet">{texts.ties}</p>
      )}
      {left > 0 && (
        <p>
          <button className="button second" type="button" onClick={more}>
            {texts.more(format.number(left))}
          </button>
        </p>
      )}
    </div>
  );
}

function Find({ find, look }: { readonly find: string; readonly look: (find: string) => void }) {
  const texts = useTexts(TEXTS);
  const id = useId();
  const [typed, setTyped] = useState(find);
  return (
    <form
      className="adding"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        look(typed.trim());
      }}
    >
      <div className="field">
        <label htmlFor={id}>{texts.find}</label>
        <input
          id={id}
          type="search"
          value={typed}
          autoComplete="off"
          onChange={({ target }) => {
            setTyped(target.value);
          }}
        />
      </div>
      <button className="button second" type="submit">
        {texts.look}
      </button>
      {find !== "" && (
        <button
          className="link"
          type="button"
          onClick={() => {
            setTyped("");
            look("");
          }}
        >
          {texts.all}
        </button>
      )}
    </form>
  );
}
