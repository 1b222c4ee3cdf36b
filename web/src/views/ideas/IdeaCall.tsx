import { Suspense, useContext, useState } from "react";
import { Link } from "wouter";
import { useAccount } from "../../account/useAccount.js";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallView } from "../../reader/ideaAnswers.js";
import { useSeenAnswer } from "../../reader/useSeenAnswer.js";
import { lateOf } from "../../start/late.js";
import { DocumentContext } from "../../ui/Address.js";
import { BackIcon } from "../../ui/icons.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle, Waiting } from "../../ui/states.js";
import { NotThere } from "../other/NotThere.js";
import { CallHead } from "./CallHead.js";
import { CallRules } from "./CallRules.js";
import { Folded } from "./Folded.js";
import { IdeaList } from "./IdeaList.js";
import { howCounted, TEXTS as COMMON } from "./texts.js";
import { useLast } from "./useLast.js";

// Read when somebody has an account: whoever only reads needs none of it.
const Submit = lateOf(() => import("./Submit.js"), "Submit");
const Choose = lateOf(() => import("./Choose.js"), "Choose");

const TEXTS = catalogue({
  ja: {
    ideas: "集まったアイデア",
    options: "えらぶもの",
    stands: "いまのところ",
    stood: "結果",
    count: (count: string) => `${count}件`,
    taken: (ideas: string, support: string) =>
      `アイデアは${ideas}まで。そのあと、${support}まで応援を受けつけます。`,
    whose: (most: string) => `バッジを持つ会員なら、ひとり${most}件まで出せます。`,
    submit: "アイデアを出す",
    who: "出すには、会員証をひらいてください。",
    support: "応援する",
    whoSupports: "応援するには、会員証をひらいてください。",
    open: "会員証をひらく",
  },
  en: {
    ideas: "Ideas so far",
    options: "What to choose from",
    stands: "How it stands",
    stood: "How it went",
    count: (count: string) => count,
    taken: (ideas: string, support: string) =>
      `Ideas are taken until ${ideas}. After that, and until ${support}, everyone says which they want.`,
    whose: (most: string) =>
      `Every member with a badge can put ${most === "1" ? "one idea" : `up to ${most} ideas`} forward.`,
    submit: "Put an idea forward",
    who: "To put an idea forward, open your account.",
    support: "Say which you want",
    whoSupports: "To say which you want, open your account.",
    open: "Open my account",
  },
});

/** As many ideas are read and shown at first, and with each step. */
const STEP = 30;

/** One call: what is asked, by which rules, its ideas, and how it stands. */
export function IdeaCall({ number }: { readonly number: number }) {
  const common = useTexts(COMMON);
  const [shown, setShown] = useState(STEP);
  const [find, setFind] = useState("");
  const known = useLast(useSeenAnswer({ what: "ideaCall", number, shown, find }));
  const name = common.number(number.toString());
  useTitle(known.answer?.question ?? name, useContext(DocumentContext)?.record.name ?? "");
  return (
    <>
      <p>
        <Link className="back" href="/calls">
          <BackIcon />
          {common.back}
        </Link>
      </p>
      {known.answer === undefined && <h1 className="visually-hidden">{name}</h1>}
      <Shown of={known} rows={8} none={<NotThere />}>
        {(view) => (
          <Whole
            of={view}
            again={known.again}
            more={() => {
              setShown(view.list.length + STEP);
            }}
            find={find}
            look={(wanted) => {
              setFind(wanted);
              setShown(STEP);
            }}
          />
        )}
      </Shown>
    </>
  );
}

interface Props {
  readonly of: IdeaCallView;
  readonly again: () => void;
  readonly more: () => void;
  readonly find: string;
  readonly look: (find: string) => void;
}

function Whole({ of: view, again, ...steps }: Props) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const { account, open } = useAccount();
  const { state, isPoll, question, snapshot, end, now, ideasPerMember, found } = view;
  const takesIdeas = state === "ideas" && !isPoll;
  const title = takesIdeas
    ? texts.ideas
    : state === "support"
      ? texts.stands
      : state === "final"
        ? texts.stood
        : texts.options;
  const ask = (says: string) => (
    <div className="stack snug">
      <p>{says}</p>
      <p>
        <button className="button" type="button" onClick={open}>
          {texts.open}
        </button>
      </p>
    </div>
  );
  return (
    <div className="spread">
      <div className="column">
        <div className="page-head">
          <CallHead of={view} now={now} />
          <h1 lang={languageOf(question)}>
            <bdi>{question}</bdi>
          </h1>
          {takesIdeas && (
            <p>
              {texts.taken(format.moment(snapshot, now), format.moment(end, now))}
              {texts.whose(format.number(ideasPerMember))}
            </p>
          )}
          {state !== "ideas" && <p>{howCounted(language, format, view)}</p>}
        </div>
        {takesIdeas && (
          <Section title={texts.submit} className="ballot">
            {account === undefined ? (
              ask(texts.who)
            ) : (
              <Suspense fallback={<Waiting rows={2} />}>
                <Submit key={account.address} of={view} account={account} again={again} />
              </Suspense>
            )}
          </Section>
        )}
        {state === "support" && account === undefined && (
          <Section title={texts.support} className="ballot">
            {ask(texts.whoSupports)}
          </Section>
        )}
        <Section title={title} aside={texts.count(format.number(found))}>
          {state === "support" && account !== undefined ? (
            <Suspense fallback={<Waiting rows={4} />}>
              <Choose key={account.address} of={view} account={account} again={again} {...steps} />
            </Suspense>
          ) : (
            <IdeaList of={view} {...steps} />
          )}
          <Folded of={view} />
        </Section>
      </div>
      <div className="column">
        <CallRules of={view} />
      </div>
    </div>
  );
}
