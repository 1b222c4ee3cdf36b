import type { CSSProperties } from "react";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { SeasonView } from "../../reader/answers.js";
import { Moment } from "../../ui/Moment.js";
import { Section } from "../../ui/Section.js";

const TEXTS = catalogue({
  ja: {
    season: (number: string) => `シーズン${number}`,
    left: (time: string) => `あと${time}`,
    passed: (all: string, gone: string) => `${all}のうち${gone}がすぎました`,
    points: "みんなのポイント",
    budget: "分け合う予算",
    none: "まだありません",
    how: "シーズンが終わると、予算をポイントに応じて分け合います。",
  },
  en: {
    season: (number: string) => `Season ${number}`,
    left: (time: string) => `${time} left`,
    passed: (all: string, gone: string) => `${gone} of ${all} have passed`,
    points: "Everyone’s points",
    budget: "To share",
    none: "Nothing yet",
    how: "When the season ends, its budget is shared by points.",
  },
});

const WEEK = 7 * 86_400;

/** The season as a ruler of its weeks, and what there is to share. */
export function SeasonRuler({ season, now }: { readonly season: SeasonView; readonly now: number }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { start, end, number, points, budgets } = season;
  const done = Math.min(1, Math.max(0, (now - start) / (end - start)));
  const style = {
    "--done": `${Math.round(done * 1_000) / 10}%`,
    "--weeks": Math.max(1, Math.round((end - start) / WEEK)),
  } as CSSProperties;
  return (
    <Section title={texts.season(format.number(number))} aside={texts.left(format.duration(end - now))}>
      <div
        className="ruler"
        style={style}
        role="img"
        aria-label={texts.passed(format.duration(end - start), format.duration(now - start))}
      >
        <i />
        <span />
      </div>
      <p className="ends">
        <Moment at={start}>{format.date(start, now)}</Moment>
        <Moment at={end}>{format.date(end, now)}</Moment>
      </p>
      <dl className="facts spaced">
        <div>
          <dt>{texts.points}</dt>
          <dd className="num">{format.number(points)}</dd>
        </div>
        <div>
          <dt>{texts.budget}</dt>
          <dd className="num">
            {budgets.length === 0
              ? texts.none
              : budgets.map(({ symbol, decimals, budget }) => (
                  <span key={symbol} className="unbroken">
                    {format.amount(budget, decimals)} {symbol}
                  </span>
                ))}
          </dd>
        </div>
      </dl>
      <p className="small quiet spaced">{texts.how}</p>
    </Section>
  );
}
