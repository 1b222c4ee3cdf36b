import { useContext } from "react";
import { Link } from "wouter";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallsView, IdeaCallSummary } from "../../reader/ideaAnswers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { DocumentContext } from "../../ui/Address.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { OpenCall } from "./OpenCall.js";
import { TEXTS as COMMON, weightIn } from "./texts.js";

const TEXTS = catalogue({
  ja: {
    title: "アイデア",
    lede: "お店がたずね、みんなで出しあい、えらびます。えらばれたものは、商品や場になっていきます。",
    none: "まだ募集はありません。始まったら、ここと表紙でお知らせします。",
    noneOpen: "いま受けつけている募集はありません。",
    past: "これまで",
    count: (count: string) => `${count}件`,
    chosen: (title: string) => `「${title}」がえらばれました`,
    others: (count: string) => `、ほか${count}件`,
    nothing: "応援が集まらず、えらばれたものはありません。",
    how: "アイデアが形になるまで",
    steps: [
      "お店がたずねます。",
      "バッジを持つ会員が、アイデアを出します。",
      "みんなが、ほしいものを応援します。",
      "えらばれたものを、提案と投票で採用します。",
      "お店が形にし、出した人にバッジが贈られます。",
    ].join("\n"),
  },
  en: {
    title: "Ideas",
    lede: "The shop asks, members have ideas, and everyone says which they want. What wins can become real.",
    none: "The shop hasn’t asked for anything yet. When it does, you’ll see it here and on the cover.",
    noneOpen: "Nothing is being asked right now.",
    past: "Until now",
    count: (count: string) => count,
    chosen: (title: string) => `“${title}” won`,
    others: (count: string) => `, and ${count} more`,
    nothing: "Nobody said which they want, so nothing won.",
    how: "From an idea to the shelf",
    steps: [
      "The shop asks.",
      "Members with a badge put ideas forward.",
      "Everyone says which they want.",
      "What wins is adopted by a proposal and a vote.",
      "The shop makes it, and whoever had the idea gets a badge.",
    ].join("\n"),
  },
});

/** All calls for ideas: those that are open first. */
export function IdeaCalls() {
  const texts = useTexts(TEXTS);
  useTitle(texts.title, useContext(DocumentContext)?.record.name ?? "");
  const known = useAnswer({ what: "ideaCalls" });
  return (
    <>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
      </div>
      <Shown of={known} rows={6}>
        {(view) => <Lists of={view} />}
      </Shown>
    </>
  );
}

function Lists({ of: { open, over, now, symbol } }: { readonly of: IdeaCallsView }) {
  const texts = useTexts(TEXTS);
  const { number } = useFormat();
  return (
    <div className="spread">
      <div className="column">
        {open.length === 0 && <p>{over.length === 0 ? texts.none : texts.noneOpen}</p>}
        {open.length > 0 && (
          <div className="stack loose">
            {open.map((call, i) => (
              <OpenCall key={call.number} of={call} now={now} symbol={symbol} first={i === 0} />
            ))}
          </div>
        )}
        {over.length > 0 && (
          <Section title={texts.past} aside={texts.count(number(over.length))}>
            <ul className="rows far">
              {over.map((call) => (
                <li key={call.number}>
                  <PastCall of={call} now={now} symbol={symbol} />
                </li>
              ))}
            </ul>
          </Section>
        )}
      </div>
      <aside className="beside stack">
        <div className="section-head bare">
          <h2>{texts.how}</h2>
        </div>
        <ol className="numbered small">
          {texts.steps.split("\n").map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </aside>
    </div>
  );
}

interface PastProps {
  readonly of: IdeaCallSummary;
  readonly now: number;
  readonly symbol: string;
}

function PastCall({ of: call, now, symbol }: PastProps) {
  const texts = useTexts(TEXTS);
  const common = useTexts(COMMON);
  const language = useLanguage();
  const format = useFormat();
  const [leader, ...others] = call.leaders;
  return (
    <Link className="row proposal-row" href={`/calls/${call.number}`}>
      <div className="stack snug">
        <p className="title" lang={languageOf(call.question)}>
          <bdi>{call.question}</bdi>
        </p>
        <p className="small quiet">
          {leader === undefined ? (
            texts.nothing
          ) : (
            <>
              <bdi dir="ltr">{texts.chosen(leader.title ?? common.hidden)}</bdi>
              {others.length > 0 && texts.others(format.number(others.length))}{" "}
              <span className="num unbroken">
                ({weightIn(language, format, { counting: call.counting, symbol }, leader.tally)})
              </span>
            </>
          )}
        </p>
        <p className="tiny quiet">{format.date(call.end, now)}</p>
      </div>
      <span className="stamp yes">{common.decided}</span>
    </Link>
  );
}
