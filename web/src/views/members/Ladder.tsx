import type { CSSProperties } from "react";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { MemberView } from "../../reader/answers.js";
import { Section } from "../../ui/Section.js";

const TEXTS = catalogue({
  ja: {
    title: "称号のみち",
    next: (points: string) => `次まで${points}ポイント`,
    top: "いちばん上の称号です",
    points: "ポイント",
    first: "はじめから",
    from: (points: string) => `${points}から`,
  },
  en: {
    title: "The ladder of titles",
    next: (points: string) => `${points} points to the next`,
    top: "It goes no higher",
    points: "points",
    first: "From the start",
    from: (points: string) => `From ${points}`,
  },
});

/** The titles, those that were reached, and the way to the next one. */
export function Ladder({ of: { points, titles } }: { readonly of: MemberView }) {
  const texts = useTexts(TEXTS);
  const { number } = useFormat();
  const reached = titles.filter((title) => title.points <= points).length;
  const next = titles[reached];
  const from = titles[reached - 1]?.points ?? 0;
  const part =
    next === undefined ? 100 : Math.max(3, Math.floor(((points - from) * 100) / (next.points - from)));
  return (
    <Section
      title={texts.title}
      aside={next === undefined ? texts.top : texts.next(number(next.points - points))}
    >
      <p className="figure-xl">
        {number(points)}
        <small>{texts.points}</small>
      </p>
      {titles.length > 0 && (
        <ol className="ladder" style={{ "--steps": titles.length } as CSSProperties}>
          {titles.map((title, i) => (
            <li
              key={title.name}
              className={
                i < reached - 1
                  ? "had"
                  : i === reached - 1
                    ? next === undefined
                      ? "had now"
                      : "now"
                    : undefined
              }
              style={i === reached - 1 ? ({ "--part": `${part}%` } as CSSProperties) : undefined}
              {...(i === reached - 1 ? { "aria-current": "step" as const } : {})}
            >
              <span lang={languageOf(title.name)}>{title.name}</span>
              <small>{title.points === 0 ? texts.first : texts.from(number(title.points))}</small>
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
