import type { ReactNode } from "react";
import { useEffect } from "react";
import { catalogue, useTexts } from "../language/language.js";
import type { Known } from "../reader/useAnswer.js";
import type { Failure } from "../reader/protocol.js";

const TEXTS = catalogue({
  ja: {
    loading: "読みこんでいます",
    nodes: "記録を読めませんでした",
    nodesWhy: "接続先が応えていません。なくなったものはありません。",
    told: "記録をたしかめられませんでした",
    toldWhy: "接続先の答えが、このお店の記録と合いません。ここに出るものに署名しないでください。",
    defect: "うまく表示できませんでした",
    defectWhy: "このページの不具合のようです。なくなったものはありません。お店にお知らせください。",
    again: "もう一度つなぐ",
    details: "くわしい内容",
    old: "新しい記録を読めませんでした。少し前のものをお見せしています。",
    renewing: "前に見たときのものです。新しくしています…",
  },
  en: {
    loading: "Loading",
    nodes: "We couldn’t read the records",
    nodesWhy: "The nodes this page asks don’t answer. Nothing is lost.",
    told: "We couldn’t check the records",
    toldWhy: "What the node says doesn’t fit this shop’s records. Don’t sign anything that you see here.",
    defect: "We couldn’t show this",
    defectWhy: "It looks like a fault of this page. Nothing is lost. Please tell the shop.",
    again: "Try again",
    details: "Details",
    old: "We couldn’t read anything newer. This is from a little while ago.",
    renewing: "From your last visit. Fetching the latest…",
  },
});

/** Ruled lines and grey bars where the text will be: nothing jumps, nothing glitters. */
export function Waiting({ rows = 4 }: { readonly rows?: number }) {
  const texts = useTexts(TEXTS);
  return (
    <div aria-busy="true">
      <ul className="rows" aria-hidden="true">
        {Array.from({ length: rows }, (_, i) => (
          <li key={i}>
            <div className="row">
              <span className="waiting round" />
              <span className="stack tight">
                <span className={`waiting line w${i % 3}`} />
                <span className={`waiting line thin w${(i + 1) % 3}`} />
              </span>
            </div>
          </li>
        ))}
      </ul>
      <p className="visually-hidden" role="status">
        {texts.loading}
      </p>
    </div>
  );
}

/** What went wrong, what is not lost, and what to do. */
export function Failed({ failure, again }: { readonly failure: Failure; readonly again: () => void }) {
  const texts = useTexts(TEXTS);
  const why =
    failure.of === "nodes" ? texts.nodesWhy : failure.of === "told" ? texts.toldWhy : texts.defectWhy;
  const details =
    failure.of === "nodes"
      ? failure.faults.map(({ host, reason }) => `${host}: ${reason}`).join("\n")
      : failure.message;
  return (
    <div className="notice stop" role="alert">
      <h2>{texts[failure.of]}</h2>
      <p>{why}</p>
      <p>
        <button className="button second" type="button" onClick={again}>
          {texts.again}
        </button>
      </p>
      <details>
        <summary>{texts.details}</summary>
        <div>
          <pre className="said">{details}</pre>
        </div>
      </details>
    </div>
  );
}

interface Props<Answer> {
  readonly of: Known<Answer>;
  readonly rows?: number;
  readonly children: (answer: NonNullable<Answer>) => ReactNode;
  /** What stands there where the answer is that there is none. */
  readonly none?: ReactNode;
}

/** What is known of a question: while it is asked, where it failed, and its answer. */
export function Shown<Answer>({
  of: { answer, failure, isRenewing = false, again },
  rows,
  children,
  none,
}: Props<Answer>) {
  const texts = useTexts(TEXTS);
  if (answer === null) return none;
  if (answer === undefined) {
    return failure === undefined ? (
      <Waiting {...(rows === undefined ? {} : { rows })} />
    ) : (
      <Failed failure={failure} again={again} />
    );
  }
  return (
    <>
      {failure !== undefined && (
        <div className="notice care" role="status">
          <p>{texts.old}</p>
          <p>
            <button className="link" type="button" onClick={again}>
              {texts.again}
            </button>
          </p>
        </div>
      )}
      {children(answer)}
      {isRenewing && (
        <p className="renewing" role="status">
          {texts.renewing}
        </p>
      )}
    </>
  );
}

/** Names the document after the view. */
export function useTitle(title: string | undefined, site: string): void {
  useEffect(() => {
    document.title = title === undefined ? site : `${title} | ${site}`;
  }, [title, site]);
}
