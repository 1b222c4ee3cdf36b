import { useId } from "react";
import { Link } from "wouter";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallSummary } from "../../reader/ideaAnswers.js";
import { CallHead } from "./CallHead.js";
import { TEXTS as COMMON, weightIn } from "./texts.js";

const TEXTS = catalogue({
  ja: {
    none: "まだアイデアはありません。さいしょのひとつを、あなたから。",
    some: (count: string) => `いま${count}件のアイデアが集まっています。`,
    nobody: "まだだれも応援していません。",
    leads: "いま先頭にあるのは",
    read: "読んで、出してみる",
    choose: "読んで、応援する",
  },
  en: {
    none: "There are no ideas yet. The first one could be yours.",
    some: (count: string) =>
      count === "1" ? "There is one idea so far." : `There are ${count} ideas so far.`,
    nobody: "Nobody has said yet which they want.",
    leads: "In front at the moment",
    read: "Read them, and add yours",
    choose: "Read them, and say which you want",
  },
});

interface Props {
  readonly of: IdeaCallSummary;
  readonly now: number;
  readonly symbol: string;
  /** Whether it is the one thing to do: then its button is filled. */
  readonly first: boolean;
}

/** A call that takes ideas or support. */
export function OpenCall({ of: call, now, symbol, first }: Props) {
  const texts = useTexts(TEXTS);
  const common = useTexts(COMMON);
  const language = useLanguage();
  const format = useFormat();
  const id = useId();
  const [leader] = call.leaders;
  const count = format.number(call.ideas);
  return (
    <article className="sheet stack" aria-labelledby={id}>
      <CallHead of={call} now={now} />
      <h2 id={id} className="big" lang={languageOf(call.question)}>
        <bdi>{call.question}</bdi>
      </h2>
      {call.state === "ideas" && <p>{call.ideas === 0 ? texts.none : texts.some(count)}</p>}
      {call.state === "support" && leader === undefined && <p>{texts.nobody}</p>}
      {call.state === "support" && leader !== undefined && (
        <p>
          <span className="small quiet">{texts.leads}</span>
          <br />
          <b lang={languageOf(leader.title ?? "")}>
            <bdi>{leader.title ?? common.hidden}</bdi>
          </b>{" "}
          <span className="num unbroken">
            {weightIn(language, format, { counting: call.counting, symbol }, leader.tally)}
          </span>
        </p>
      )}
      <p>
        <Link className={first ? "button wide" : "button second wide"} href={`/calls/${call.number}`}>
          {call.state === "ideas" ? texts.read : texts.choose}
        </Link>
      </p>
    </article>
  );
}
