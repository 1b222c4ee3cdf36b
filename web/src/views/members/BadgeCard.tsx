import type { CSSProperties } from "react";
import { useContext } from "react";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { BadgeView } from "../../reader/answers.js";
import { DocumentContext } from "../../ui/Address.js";
import { Moment } from "../../ui/Moment.js";

const TEXTS = catalogue({
  ja: { points: "ポイント", season: "シーズン", votes: "票", holder: "持ち主" },
  en: { points: "Points", season: "Season", votes: "Votes", holder: "Holder" },
});

/** Degrees between the hues of two kinds: contracts/badge/BadgeRenderer.sol. */
const HUE_STEP = 137;

/** The hue of a kind's card, as the contract draws it. */
function hueOf(kind: number): number {
  return (kind * HUE_STEP) % 360;
}

interface Props {
  readonly of: BadgeView;
  readonly holder: string;
  readonly title: string | null;
  readonly now: number;
}

/** A badge as the card that it is on the chain. */
export function BadgeCard({
  of: { kind, name, points, season, votes, awardedAt },
  holder,
  title,
  now,
}: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const site = useContext(DocumentContext)?.record.name ?? "";
  return (
    <div className="card" style={{ "--kind": hueOf(kind) } as CSSProperties}>
      <svg viewBox="0 0 600 380" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true">
        {[470, 590].flatMap((x) => [120, 88].map((r) => <circle key={`${x} ${r}`} cx={x} cy="150" r={r} />))}
      </svg>
      <div className="card-face">
        <p className="card-top" lang={languageOf(site)}>
          {site}
          {title !== null && <b>{title}</b>}
        </p>
        <div>
          <h3 className="card-name" lang={languageOf(name)}>
            {name}
          </h3>
          <p className="card-date">
            <Moment at={awardedAt}>{format.date(awardedAt, now)}</Moment>
          </p>
        </div>
        <dl className="card-foot">
          <div>
            <dt>{texts.points}</dt>
            <dd>{format.number(points)}</dd>
          </div>
          <div>
            <dt>{texts.season}</dt>
            <dd>{format.number(season)}</dd>
          </div>
          {votes > 0n && (
            <div>
              <dt>{texts.votes}</dt>
              <dd>{format.amount(votes)}</dd>
            </div>
          )}
          <div className="holder">
            <dt className="visually-hidden">{texts.holder}</dt>
            <dd>
              <bdi>{holder}</bdi>
            </dd>
          </div>
        </dl>
      </div>
    </div>
  );
}
