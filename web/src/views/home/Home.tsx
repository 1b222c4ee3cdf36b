import { Suspense, useContext } from "react";
import { Link } from "wouter";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { HomeView } from "../../reader/answers.js";
import { useSeenAnswer } from "../../reader/useSeenAnswer.js";
import { DocumentContext } from "../../ui/Address.js";
import { Emboss } from "../../ui/icons.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { Handover } from "../powers/Handover.js";
import { OpenProposal } from "../proposals/OpenProposal.js";
import { ProposalRow } from "../proposals/ProposalRow.js";
import { lateOf } from "../../start/late.js";
import { CoverWords } from "./CoverWords.js";
import { NewBadges } from "./NewBadges.js";
import { SeasonRuler } from "./SeasonRuler.js";

// Read where there is a call.
const OpenCalls = lateOf(() => import("../ideas/OpenCalls.js"), "OpenCalls");

const TEXTS = catalogue({
  ja: {
    welcome: "ようこそ。",
    open: (count: string) => `投票を受けつけている提案が、${count}件あります。`,
    none: "いま投票中の提案はありません。",
    noneYet: "まだ提案はありません。さいしょのひとつを、あなたから。",
    next: "次に決まること",
    new: "あたらしいバッジ",
    all: "みんなを見る",
    noBadges: "まだバッジはありません。",
    powers: "いま決めているのは",
    more: "くわしく",
    allProposals: "すべての提案",
  },
  en: {
    welcome: "Welcome.",
    open: (count: string) => `${count === "1" ? "One proposal is" : `${count} proposals are`} open to votes.`,
    none: "Nothing is being voted on right now.",
    noneYet: "There are no proposals yet. The first one could be yours.",
    next: "What comes next",
    new: "New badges",
    all: "All members",
    noBadges: "There are no badges yet.",
    powers: "Who decides today",
    more: "More",
    allProposals: "All proposals",
  },
});

/** Who the brand is, what is being decided, and who contributed last. */
export function Home() {
  const texts = useTexts(TEXTS);
  const document = useContext(DocumentContext);
  const name = document?.record.name ?? "";
  useTitle(undefined, name);
  const known = useSeenAnswer({ what: "home" });
  return (
    <>
      <div className="cover front">
        <Emboss />
        <p className="slip">{name}</p>
        <CoverWords />
        <span className="binding" aria-hidden="true">
          <i /> <i /> <i /> <i />
        </span>
      </div>
      {known.answer === undefined && <h1 className="visually-hidden">{texts.welcome}</h1>}
      <Shown of={known} rows={6}>
        {(view) => <Spread view={view} texts={texts} />}
      </Shown>
    </>
  );
}

/** As many are shown here; all of them are a page of their own. */
const MOST_OPEN = 3;
const MOST_NEXT = 5;

function Spread({ view, texts }: { readonly view: HomeView; readonly texts: (typeof TEXTS)["ja"] }) {
  const { number } = useFormat();
  const { calls, open, pending, passed, now, symbol, electorate, newest, season, handover, proposals } = view;
  const next = [...passed, ...pending];
  const rest = Math.max(0, open.length - MOST_OPEN) + Math.max(0, next.length - MOST_NEXT);
  return (
    <div className="spread">
      <div className="column">
        <div className="page-head">
          <h1>{texts.welcome}</h1>
          <p className="lede">
            {open.length > 0 ? texts.open(number(open.length)) : proposals > 0 ? texts.none : texts.noneYet}
          </p>
        </div>
        {open.slice(0, MOST_OPEN).map((proposal, i) => (
          <OpenProposal
            key={proposal.number}
            of={proposal}
            now={now}
            electorate={electorate}
            first={i === 0}
          />
        ))}
        {calls.length > 0 && (
          <Suspense>
            <OpenCalls calls={calls} now={now} symbol={symbol} first={open.length === 0} />
          </Suspense>
        )}
        {next.length > 0 && (
          <Section title={texts.next}>
            <ul className="rows">
              {next.slice(0, MOST_NEXT).map((proposal) => (
                <li key={proposal.number}>
                  <ProposalRow of={proposal} now={now} electorate={electorate} />
                </li>
              ))}
            </ul>
          </Section>
        )}
        {(open.length === 0 || rest > 0) && proposals > 0 && (
          <p>
            <Link className="button second" href="/proposals">
              {texts.allProposals}
            </Link>
          </p>
        )}
        <Section title={texts.new} aside={<Link href="/members">{texts.all}</Link>}>
          {newest.length === 0 ? (
            <p className="quiet">{texts.noBadges}</p>
          ) : (
            <NewBadges of={newest} now={now} />
          )}
        </Section>
      </div>
      <div className="column">
        <SeasonRuler season={season} now={now} />
        <Section title={texts.powers} aside={<Link href="/powers">{texts.more}</Link>}>
          <Handover of={handover} now={now} brief />
        </Section>
      </div>
    </div>
  );
}
