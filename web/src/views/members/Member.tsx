import { Suspense, useContext } from "react";
import { Link } from "wouter";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { inWords } from "../../people/names.js";
import { useNames } from "../../people/PeopleContext.js";
import { Person, Title } from "../../people/Person.js";
import { Seal } from "../../people/Seal.js";
import type { MemberView } from "../../reader/answers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { lateOf } from "../../start/late.js";
import { Address, DocumentContext } from "../../ui/Address.js";
import { BackIcon } from "../../ui/icons.js";
import { Moment } from "../../ui/Moment.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { BadgeCard } from "./BadgeCard.js";
import { Entrust } from "./Entrust.js";
import { Ladder } from "./Ladder.js";
import { Rewards } from "./Rewards.js";

const Passes = lateOf(() => import("./Passes.js"), "Passes");

const TEXTS = catalogue({
  ja: {
    back: "メンバー",
    badges: "バッジ",
    count: (count: string) => `${count}枚`,
    noBadges: "まだバッジはありません。",
    votes: "票",
    usable: "使える票",
    earned: "バッジでもらった票",
    tokens: (symbol: string) => `持っている${symbol}`,
    delegate: "票を使う人",
    self: "本人",
    friends: "つないだ人",
    people: (count: string) => `${count}人`,
    points: (points: string) => `${points}ポイント`,
    broughtBy: "さんの紹介",
    referrer: "紹介した人",
    details: "会員証のくわしい情報",
    chosen: (pseudonym: string) => `自分でつけた呼び名です。ここでの通り名は「${pseudonym}」`,
    calls: (name: string) => `自分では「${name}」と名乗っています。`,
    taken: (name: string) =>
      `自分では「${name}」と名乗っていますが、お店やほかの人の名前、アドレスに似ているため、呼び名としては使いません。`,
    recovery: "引き継ぎの申し出",
    recoverySays: (to: string, when: string) =>
      `このバッジを${to}へ移す申し出があります。${when}から移ります。`,
  },
  en: {
    back: "Members",
    badges: "Badges",
    count: (count: string) => count,
    noBadges: "No badges yet.",
    votes: "Votes",
    usable: "Votes to cast",
    earned: "Earned with badges",
    tokens: (symbol: string) => `${symbol} held`,
    delegate: "Delegated to",
    self: "Votes in person",
    friends: "Whom they brought",
    people: (count: string) => count,
    points: (points: string) => (points === "1" ? "1 point" : `${points} points`),
    broughtBy: "",
    referrer: "Brought by",
    details: "About this account",
    chosen: (pseudonym) => `A nickname of their own choice. Always known here as “${pseudonym}”.`,
    calls: (name) => `They call themselves “${name}”.`,
    taken: (name) =>
      `They call themselves “${name}”. As that looks like the shop, somebody else or an address, it isn’t used as their name.`,
    recovery: "A recovery was requested",
    recoverySays: (to: string, when: string) => `These badges are to move to ${to}, from ${when} on.`,
  },
});

/** A member: title, points, badges, votes, and whom they brought. */
export function Member({ account }: { readonly account: string }) {
  const texts = useTexts(TEXTS);
  const known = useAnswer({ what: "member", account });
  const { name, chosen } = useNames()(account);
  const own =
    chosen === undefined
      ? undefined
      : chosen.isShown
        ? texts.chosen(chosen.pseudonym)
        : chosen.isTaken
          ? texts.taken(chosen.text)
          : texts.calls(chosen.text);
  useTitle(name, useContext(DocumentContext)?.record.name ?? "");
  return (
    <>
      <p>
        <Link className="back" href="/members">
          <BackIcon />
          {texts.back}
        </Link>
      </p>
      <div className="person">
        <Seal of={account} look="pressed" size="4.5rem" />
        <div>
          <h1>
            <bdi>{name}</bdi>
          </h1>
          <p>
            <b className="accent" lang={languageOf(known.answer?.title ?? "")}>
              {known.answer?.title}
            </b>
          </p>
          {own !== undefined && (
            <p className="small quiet">
              <bdi dir="ltr">{own}</bdi>
            </p>
          )}
        </div>
      </div>
      <Shown of={known} rows={6}>
        {(view) => <Whole of={view} name={name} again={known.again} />}
      </Shown>
    </>
  );
}

interface WholeProps {
  readonly of: MemberView;
  readonly name: string;
  readonly again: () => void;
}

function Whole({ of: view, name, again }: WholeProps) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const nameOf = useNames();
  const { account, badges, title, now, recovery, brought, referrer, votes, symbol } = view;
  return (
    <div className="spread">
      <div className="column">
        {recovery !== null && (
          <div className="notice stop">
            <h2>{texts.recovery}</h2>
            <p>
              <Moment at={recovery.eta}>
                {texts.recoverySays(inWords(nameOf(recovery.to)), format.exact(recovery.eta))}
              </Moment>
            </p>
          </div>
        )}
        <Ladder of={view} />
        <Suspense>
          <Passes account={account} />
        </Suspense>
        <Section title={texts.badges} aside={texts.count(format.number(badges.length))}>
          {badges.length === 0 && <p className="quiet">{texts.noBadges}</p>}
          <ul className="cards">
            {badges.map((badge) => (
              <li key={badge.id}>
                <BadgeCard of={badge} holder={name} title={title} now={now} />
                {badge.description !== "" && (
                  <p className="card-note" lang={languageOf(badge.description)}>
                    {badge.description}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </Section>
      </div>
      <div className="column">
        <Rewards of={view} again={again} />
        <Section title={texts.votes}>
          <dl className="facts">
            <div>
              <dt>{texts.usable}</dt>
              <dd className="num">
                <b>{format.votes(votes.votes)}</b>
              </dd>
            </div>
            <div>
              <dt>{texts.earned}</dt>
              <dd className="num">{format.votes(votes.earned)}</dd>
            </div>
            <div>
              <dt>{texts.tokens(symbol)}</dt>
              <dd className="num">{format.amount(votes.tokens)}</dd>
            </div>
            <div>
              <dt>{texts.delegate}</dt>
              <dd>{votes.delegate === account ? texts.self : <Person of={votes.delegate} />}</dd>
            </div>
            {referrer !== null && (
              <div>
                <dt>{texts.referrer}</dt>
                <dd>
                  <Person of={referrer} />
                </dd>
              </div>
            )}
          </dl>
        </Section>
        <Entrust of={view} again={again} />
        {brought.length > 0 && (
          <Section title={texts.friends} aside={texts.people(format.number(brought.length))}>
            <ul className="rows">
              {brought.map(({ account: friend, points }) => (
                <li key={friend}>
                  <Link className="row" href={`/members/${friend}`}>
                    <Seal of={friend} />
                    <span className="two">
                      <b>
                        <bdi>{nameOf(friend).name}</bdi>
                      </b>{" "}
                      <Title of={friend} />
                    </span>
                    <span className="tail">{texts.points(format.number(points))}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <details className="ruled" lang={language}>
          <summary>{texts.details}</summary>
          <div>
            <Address of={account} />
          </div>
        </details>
      </div>
    </div>
  );
}
