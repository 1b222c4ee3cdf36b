import { parseIdea } from "@kyoso/sdk";
import { Suspense, useContext } from "react";
import { Link } from "wouter";
import { useAccount } from "../../account/useAccount.js";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import { Person } from "../../people/Person.js";
import { Seal } from "../../people/Seal.js";
import type { IdeaView } from "../../reader/ideaAnswers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { lateOf } from "../../start/late.js";
import { DocumentContext } from "../../ui/Address.js";
import { BackIcon } from "../../ui/icons.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { NotThere } from "../other/NotThere.js";
import { Bar } from "./IdeaRow.js";
import { Life } from "./Life.js";
import { StrangersLink } from "./StrangersLink.js";
import { TEXTS as COMMON, weightIn } from "./texts.js";

// Read by its author alone.
const Withdraw = lateOf(() => import("./Withdraw.js"), "Withdraw");

const TEXTS = catalogue({
  ja: {
    back: "募集にもどる",
    number: (name: string) => `アイデア ${name}`,
    anyway: "それでも読む",
    hidden: "お店は、このアイデアの表示をひかえるよう求めています。",
    counts: "表示をひかえても、数え方は変わらず、投票で採用することもできます。",
    withdrawn: "出した人が取り下げました。",
    more: "くわしくは",
    support: "応援",
    whole: (whole: string) => `応援したのは、あわせて${whole}です。`,
    leads: (rank: string, winners: string) => `いまのところ、えらばれる${winners}件のうちの${rank}位です。`,
    won: (rank: string) => `${rank}位で、えらばれました。`,
    outside: "いまのところ、えらばれる数には入っていません。",
    lost: "えらばれませんでした。",
    soon: (when: string) => `応援は、${when}に始まります。`,
    go: "応援する",
    propose: "採用を提案する",
    proposeTitle: "次の一歩",
    proposeSays:
      "えらばれたアイデアは、提案と投票で採用されます。だれでも、ここから提案を書きはじめられます。",
    details: "記録のくわしい情報",
    onChain: "掲示板での番号",
  },
  en: {
    back: "Back to the call",
    number: (name: string) => `Idea ${name}`,
    anyway: "Read it anyway",
    hidden: "The shop asks pages not to show this idea.",
    counts: "It counts as all others do, and a vote can adopt it all the same.",
    withdrawn: "Whoever had it withdrew it.",
    more: "More",
    support: "Support",
    whole: (whole: string) => `${whole} took part in all.`,
    leads: (rank: string, winners: string) => `As it stands, it is no. ${rank} of the ${winners} that win.`,
    won: (rank: string) => `It won, as no. ${rank}.`,
    outside: "As it stands, it isn’t among those that win.",
    lost: "It wasn’t among those that won.",
    soon: (when: string) => `Everyone can say which they want from ${when} on.`,
    go: "Say which you want",
    propose: "Propose to adopt it",
    proposeTitle: "What comes next",
    proposeSays: "What won is adopted by a proposal and a vote. Anyone can begin to write one here.",
    details: "About the record",
    onChain: "Number on the board",
  },
});

/** One idea: what it is, who wants it, and its whole life. */
export function Idea({ name }: { readonly name: string }) {
  const texts = useTexts(TEXTS);
  const common = useTexts(COMMON);
  const known = useAnswer({ what: "idea", id: parseIdea(name) });
  const { answer } = known;
  const title = answer?.hidden === null ? answer.title : undefined;
  useTitle(title ?? texts.number(name), useContext(DocumentContext)?.record.name ?? "");
  const [call = ""] = name.split("-");
  return (
    <>
      <p>
        <Link className="back" href={`/calls/${call}`}>
          <BackIcon />
          {texts.back}
        </Link>
      </p>
      {answer === undefined && <h1 className="visually-hidden">{texts.number(name)}</h1>}
      <Shown of={known} rows={6} none={<NotThere />}>
        {(view) => (
          <Whole of={view} title={view.hidden === null ? view.title : common.hidden} again={known.again} />
        )}
      </Shown>
    </>
  );
}

interface WholeProps {
  readonly of: IdeaView;
  readonly title: string;
  readonly again: () => void;
}

function Whole({ of: view, title, again }: WholeProps) {
  const texts = useTexts(TEXTS);
  const common = useTexts(COMMON);
  const { account } = useAccount();
  const { name, id, author, authorTitle, hidden, status, call, now } = view;
  const own = author !== null && account?.address === author ? account : undefined;
  // What somebody calls itself has the title beside it already.
  const isCalled = useNames()(author ?? "").chosen?.isShown === true;
  return (
    <div className="spread">
      <div className="column">
        <div className="page-head">
          <p className="small quiet" lang={languageOf(call.question)}>
            <bdi>{call.question}</bdi> <span className="num unbroken">{texts.number(name)}</span>
          </p>
          <h1 lang={hidden === null ? languageOf(title) : undefined}>
            <bdi>{title}</bdi>
          </h1>
          {author !== null && (
            <p className="by">
              <Seal of={author} />
              <span>
                <Person of={author} sealed /> {common.by}
                {authorTitle !== null && !isCalled && (
                  <>
                    <br />
                    <span className="small" lang={languageOf(authorTitle)}>
                      {authorTitle}
                    </span>
                  </>
                )}
              </span>
            </p>
          )}
        </div>
        {hidden !== null && (
          <div className="notice care">
            <p>{texts.hidden}</p>
            <p lang={languageOf(hidden)}>
              <bdi>{common.hiddenWhy(hidden)}</bdi>
            </p>
            <p>{texts.counts}</p>
          </div>
        )}
        {status === "withdrawn" && <p className="notice care">{texts.withdrawn}</p>}
        {hidden === null ? <Content of={view} /> : <Anyway of={view} />}
        {status !== "withdrawn" && <Support of={view} />}
        <Next of={view} />
        {own !== undefined && status === "submitted" && now < call.snapshot && (
          <Suspense>
            <Withdraw id={id} until={call.snapshot} now={now} account={own} again={again} />
          </Suspense>
        )}
      </div>
      <div className="column">
        <Life of={view} />
        <details className="ruled">
          <summary>{texts.details}</summary>
          <div>
            <p className="small">
              {texts.onChain} <code>{id}</code>
            </p>
          </div>
        </details>
      </div>
    </div>
  );
}

/** What its author says of it: a stranger's words, as they were written, and nothing but words. */
function Content({ of: { text, uri } }: { readonly of: IdeaView }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  return (
    <>
      {text !== null && text !== "" && (
        <p className="plain" lang={languageOf(text)}>
          <bdi>{text}</bdi>
        </p>
      )}
      {uri !== "" && (
        <p className="small">
          {texts.more}
          {language === "ja" ? "：" : ": "}
          <StrangersLink to={uri} />
        </p>
      )}
    </>
  );
}

function Anyway({ of: view }: { readonly of: IdeaView }) {
  const texts = useTexts(TEXTS);
  return (
    <details className="ruled">
      <summary>{texts.anyway}</summary>
      <div className="stack snug">
        <p className="big" lang={languageOf(view.title)}>
          <bdi>{view.title}</bdi>
        </p>
        <Content of={view} />
      </div>
    </details>
  );
}

function Support({ of: view }: { readonly of: IdeaView }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const { call, turnout, rank, now, symbol } = view;
  const { counting, state } = call;
  if (state === "ideas") {
    return (
      <Section title={texts.support}>
        <p>{texts.soon(format.moment(call.snapshot, now))}</p>
      </Section>
    );
  }
  const isFinal = state === "final";
  const place = format.number(rank ?? 0);
  const says =
    rank === null
      ? isFinal
        ? texts.lost
        : texts.outside
      : isFinal
        ? texts.won(place)
        : texts.leads(place, format.number(call.winners));
  const counted = { counting, symbol };
  return (
    <Section title={texts.support}>
      <div className="stack">
        <p className="verdict">{says}</p>
        <Bar of={view} turnout={turnout} {...counted} />
        {turnout.count > 0 && (
          <p className="small quiet">{texts.whole(weightIn(language, format, counted, turnout.weight))}</p>
        )}
        {!isFinal && (
          <p>
            <Link className="button second" href={`/calls/${call.number}`}>
              {texts.go}
            </Link>
          </p>
        )}
      </div>
    </Section>
  );
}

/** Proposals of which something can still become. */
const UNDER_WAY = ["Pending", "Active", "Succeeded", "Queued"];

/** The way on for an idea that won, as long as nobody has proposed to adopt it. */
function Next({ of: { name, rank, status, call, proposals } }: { readonly of: IdeaView }) {
  const texts = useTexts(TEXTS);
  const isProposed = proposals.some(({ state }) => UNDER_WAY.includes(state));
  if (rank === null || call.state !== "final" || status !== "submitted" || isProposed) return null;
  return (
    <Section title={texts.proposeTitle}>
      <div className="stack">
        <p>{texts.proposeSays}</p>
        <p>
          <Link className="button" href={`/propose?idea=${name}`}>
            {texts.propose}
          </Link>
        </p>
      </div>
    </Section>
  );
}
