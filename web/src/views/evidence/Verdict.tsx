import { languageOf } from "../../language/languageOf.js";
import { useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { Person } from "../../people/Person.js";
import type { VerdictView } from "../../reader/answers.js";
import { Moment } from "../../ui/Moment.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly of: VerdictView | null;
  readonly text: string;
  readonly now: number;
}

/** Genuine, with the badge that it is of; or not on record. */
export function Verdict({ of, text, now }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  return (
    <div className={of === null ? "notice stop" : "notice good"}>
      <h2>{of === null ? texts.forged : texts.genuine}</h2>
      <blockquote lang={languageOf(text)}>
        <bdi>{text}</bdi>
      </blockquote>
      <p>{of === null ? texts.forgedSays : texts.genuineSays}</p>
      {of !== null && (
        <p>
          <b lang={languageOf(of.kind)}>{texts.badge(format.number(of.id), of.kind)}</b>
          <br />
          {of.holder === null ? (
            texts.gone
          ) : (
            <>
              {texts.to}: <Person of={of.holder} />
            </>
          )}
          {of.awardedAt !== null && (
            <>
              <br />
              {texts.when}: <Moment at={of.awardedAt}>{format.date(of.awardedAt, now)}</Moment>
            </>
          )}
        </p>
      )}
    </div>
  );
}
