import { Link } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import { Title } from "../../people/Person.js";
import { Seal } from "../../people/Seal.js";
import type { NewBadge } from "../../reader/answers.js";
import { Moment } from "../../ui/Moment.js";

const TEXTS = catalogue({
  ja: { points: (points: string) => `${points}ポイント` },
  en: { points: (points: string) => (points === "1" ? "1 point" : `${points} points`) },
});

/** Who earned what, the newest first. */
export function NewBadges({ of, now }: { readonly of: readonly NewBadge[]; readonly now: number }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const nameOf = useNames();
  return (
    <ul className="rows">
      {of.map(({ id, account, kind, points, awardedAt }) => (
        <li key={id}>
          <Link className="row" href={`/members/${account}`}>
            <Seal of={account} />
            <span className="two">
              <b>
                <bdi>{nameOf(account).name}</bdi>
              </b>{" "}
              <Title of={account} />
              <br />
              <span className="small quiet" lang={languageOf(kind)}>
                {kind}
              </span>
            </span>
            <span className="tail">
              <Moment at={awardedAt}>{format.past(awardedAt, now)}</Moment>
              <br />
              {texts.points(format.number(points))}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
