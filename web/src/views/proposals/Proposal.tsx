import { useContext } from "react";
import { Link } from "wouter";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { Person } from "../../people/Person.js";
import { Seal } from "../../people/Seal.js";
import type { ProposalView } from "../../reader/answers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { DocumentContext } from "../../ui/Address.js";
import { BackIcon } from "../../ui/icons.js";
import { Moment } from "../../ui/Moment.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { Tally } from "../../ui/Tally.js";
import { NotThere } from "../other/NotThere.js";
import { BallotBox } from "./BallotBox.js";
import { Calls } from "./Calls.js";
import { Markdown } from "./Markdown.js";
import { NextStep } from "./NextStep.js";
import { isGood, STANDINGS, standingOf } from "./states.js";
import { Timeline } from "./Timeline.js";
import { useOwnVote } from "./useOwnVote.js";
import { Votes } from "./Votes.js";

const TEXTS = catalogue({
  ja: {
    back: "提案",
    number: (number: string) => `第${number}号の提案`,
    title: (number: string) => `第${number}号の提案`,
    left: (time: string) => `投票はあと${time}`,
    until: (moment: string) => `${moment}まで`,
    by: "の提案",
    stands: "いまのところ",
    stood: "投票の結果",
    does: "決まるとこうなります",
    did: "決まったこと",
    leads: "賛成が上回り、成立の線にも届いています。",
    leadsShort: "賛成が上回っています。成立の線まで、もう少しです。",
    behind: "反対が上回っています。",
    even: "賛成と反対が並んでいます。",
    nobody: "まだだれも投票していません。",
    votes: "票が数えられる時点",
  },
  en: {
    back: "Proposals",
    number: (number: string) => `Proposal ${number}`,
    title: (number: string) => `Proposal ${number}`,
    left: (time: string) => `${time} left to vote`,
    until: (moment: string) => `until ${moment}`,
    by: "proposed it",
    stands: "How it stands",
    stood: "How it went",
    does: "What it does",
    did: "What was decided",
    leads: "More are for it, and enough have voted.",
    leadsShort: "More are for it, and it needs some more votes to count.",
    behind: "More are against it.",
    even: "It is a tie.",
    nobody: "Nobody has voted yet.",
    votes: "Votes are counted as of",
  },
});

/** One proposal: what it does, how it stands, and who said what. */
export function Proposal({ number }: { readonly number: number }) {
  const texts = useTexts(TEXTS);
  const known = useAnswer({ what: "proposal", number });
  const site = useContext(DocumentContext)?.record.name ?? "";
  useTitle(known.answer?.title ?? texts.title(number.toString()), site);
  return (
    <>
      <p>
        <Link className="back" href="/proposals">
          <BackIcon />
          {texts.back}
        </Link>
      </p>
      {known.answer === undefined && <h1 className="visually-hidden">{texts.title(number.toString())}</h1>}
      <Shown of={known} rows={8} none={<NotThere />}>
        {(view) => <Whole of={view} again={known.again} />}
      </Shown>
    </>
  );
}

function Whole({ of: found, again }: { readonly of: ProposalView; readonly again: () => void }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const { view, own, onDone } = useOwnVote(found, again);
  const standing = standingOf(view);
  const { now, deadline, title, text, number, proposer, createdAt, calls, votes, electorate, snapshot } =
    view;
  const isOver = now > deadline || !["Active", "Pending"].includes(standing);
  return (
    <div className="spread">
      <div className="column">
        <div className="page-head">
          <div className="when spread-line">
            {standing === "Active" ? (
              <p className="when">
                <b>{texts.left(format.duration(deadline - now))}</b>
                <span className="quiet">
                  <Moment at={deadline}>{texts.until(format.moment(deadline, now))}</Moment>
                </span>
              </p>
            ) : (
              <span className={isGood(standing) ? "stamp yes" : "stamp"}>
                {STANDINGS[language][standing]}
              </span>
            )}
            <span className="quiet">{texts.number(format.number(number))}</span>
          </div>
          <h1 lang={languageOf(title)}>{title}</h1>
          <p className="by">
            <Seal of={proposer} />
            <span>
              <Person of={proposer} sealed /> {texts.by}
              {createdAt !== null && (
                <>
                  {language === "ja" ? "、" : ", "}
                  <Moment at={createdAt}>{format.past(createdAt, now)}</Moment>
                </>
              )}
            </span>
          </p>
        </div>
        {text !== "" && <Markdown of={text} />}
        {standing !== "Pending" && (
          <Section title={isOver ? texts.stood : texts.stands}>
            <p className="verdict">{texts[verdictOf(view)]}</p>
            <Tally of={view} electorate={electorate} isOver={isOver} />
          </Section>
        )}
        <Section title={isOver ? texts.did : texts.does}>
          <Calls of={calls} />
        </Section>
        {standing === "Active" && <BallotBox of={view} own={own} onDone={onDone} />}
        <NextStep of={view} again={again} />
        {standing !== "Pending" && <Votes of={votes} />}
      </div>
      <div className="column">
        <Timeline of={view} />
        <p className="small quiet">
          {texts.votes}
          {language === "ja" ? "：" : " "}
          <Moment at={snapshot}>{format.exact(snapshot)}</Moment>
        </p>
      </div>
    </div>
  );
}

function verdictOf({ tally, quorum }: ProposalView): "leads" | "leadsShort" | "behind" | "even" | "nobody" {
  if (tally.for + tally.against + tally.abstain === 0n) return "nobody";
  if (tally.for === tally.against) return "even";
  if (tally.for < tally.against) return "behind";
  return tally.for + tally.abstain >= quorum ? "leads" : "leadsShort";
}
