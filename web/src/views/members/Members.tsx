import { useContext } from "react";
import { Link, useSearch } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import { Seal } from "../../people/Seal.js";
import type { BoardLine, MembersView } from "../../reader/answers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { DocumentContext } from "../../ui/Address.js";
import { Shown, useTitle } from "../../ui/states.js";
import { NotThere } from "../other/NotThere.js";

const TEXTS = catalogue({
  ja: {
    title: "メンバー",
    lede: "お店をいっしょに育てている人たちです。",
    season: (number: string) => `シーズン${number}`,
    all: "これまでのすべて",
    which: "どのシーズンを見るか",
    people: (count: string, points: string) => `${count}人、${points}ポイント`,
    points: (points: string) => `${points}ポイント`,
    badges: (badges: string) => `バッジ${badges}枚`,
    rank: (rank: string) => `${rank}番目`,
    perks: "メンバーの特典を見る",
    none: "このシーズンにポイントを得た人は、まだいません。",
  },
  en: {
    title: "Members",
    lede: "The people who build the shop together.",
    season: (number: string) => `Season ${number}`,
    all: "All time",
    which: "Which season to look at",
    people: (count: string, points: string) =>
      `${count === "1" ? "1 person" : `${count} people`}, ${points} points`,
    points: (points: string) => (points === "1" ? "1 point" : `${points} points`),
    badges: (badges: string) => (badges === "1" ? "1 badge" : `${badges} badges`),
    rank: (rank: string) => `Place ${rank}`,
    perks: "See the members’ perks",
    none: "Nobody has earned points in this season yet.",
  },
});

/** The board, of a season or of all time. */
export function Members() {
  const texts = useTexts(TEXTS);
  const record = useContext(DocumentContext)?.record;
  useTitle(texts.title, record?.name ?? "");
  const asked = new URLSearchParams(useSearch()).get("season");
  const season = asked === "all" ? null : /^\d{1,5}$/u.test(asked ?? "") ? Number(asked) : undefined;
  const known = useAnswer({ what: "members", ...(season === undefined ? {} : { season }) });
  return (
    <>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
        {record?.modules?.pass !== undefined && (
          <p>
            <Link href="/perks">{texts.perks}</Link>
          </p>
        )}
      </div>
      <Shown of={known} rows={8} none={<NotThere />}>
        {(view) => <Board of={view} />}
      </Shown>
    </>
  );
}

/** As many seasons are offered: the newest. */
const MOST_SEASONS = 4;

function Board({ of: { season, current, entries, points } }: { readonly of: MembersView }) {
  const texts = useTexts(TEXTS);
  const { number } = useFormat();
  const seasons = Array.from({ length: Math.min(current, MOST_SEASONS) }, (_, i) => current - i);
  const choices = [
    ...seasons.map((each) => ({
      to: `/members?season=${each}`,
      name: texts.season(number(each)),
      is: season?.number === each,
    })),
    { to: "/members?season=all", name: texts.all, is: season === null },
  ];
  return (
    <div className="column">
      <nav className="choices" aria-label={texts.which}>
        {choices.map(({ to, name, is }) => (
          <Link key={to} href={to} {...(is ? { "aria-current": "true" as const } : {})}>
            {name}
          </Link>
        ))}
      </nav>
      <div className="stack snug">
        <p className="small quiet">{texts.people(number(entries.length), number(points))}</p>
        {entries.length === 0 && <p>{texts.none}</p>}
        <ol className="rows far board">
          {entries.map((entry) => (
            <li key={entry.account}>
              <Line of={entry} />
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}

function Line({ of: { rank, account, points, badges, title } }: { readonly of: BoardLine }) {
  const texts = useTexts(TEXTS);
  const { number } = useFormat();
  const { name } = useNames()(account);
  return (
    <Link className="row" href={`/members/${account}`}>
      <span className="place num">
        <span aria-hidden="true">{number(rank)}</span>
        <span className="visually-hidden">{texts.rank(number(rank))} </span>
      </span>
      <Seal of={account} />
      <span className="two">
        <b>
          <bdi>{name}</bdi>
        </b>
        <br />
        <span className="small quiet" lang={languageOf(title ?? "")}>
          {title}
        </span>
      </span>
      <span className="tail">
        <b className="num">{texts.points(number(points))}</b>
        <br />
        {texts.badges(number(badges))}
      </span>
    </Link>
  );
}
