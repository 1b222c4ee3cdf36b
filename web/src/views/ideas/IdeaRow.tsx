import type { CSSProperties, ReactNode } from "react";
import { memo } from "react";
import { Link } from "wouter";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import { Seal } from "../../people/Seal.js";
import type { Counting } from "@kyoso/sdk";
import type { IdeaSummary, Turnout } from "../../reader/ideaAnswers.js";
import { TEXTS as COMMON, weightIn } from "./texts.js";

const TEXTS = catalogue({
  ja: {
    adopted: "採用",
    shipped: "かたちに",
    place: (rank: string) => `${rank}位`,
    none: "応援はまだありません",
  },
  en: {
    adopted: "Adopted",
    shipped: "Made real",
    place: (rank: string) => `No. ${rank}: `,
    none: "No support yet",
  },
});

interface Props {
  readonly of: IdeaSummary;
  readonly counting: Counting;
  readonly symbol: string;
  readonly turnout: Turnout;
  /** Whether support has been taken: there is something to count. */
  readonly isCounted: boolean;
  /** What it can be chosen with, where it can. */
  readonly control?: ReactNode;
}

/** An idea in the list of its call: its place, who had it, and how many want it. */
export const IdeaRow = memo(function IdeaRow({ of: idea, isCounted, control, ...counted }: Props) {
  const texts = useTexts(TEXTS);
  const common = useTexts(COMMON);
  const format = useFormat();
  const nameOf = useNames();
  const { name, title, author, authorTitle, rank, hidden, status, isTied } = idea;
  const isMarked = isCounted && rank !== null;
  return (
    <div className={isMarked ? "idea wins" : "idea"}>
      {isCounted && (
        <span className="place num">
          {rank !== null && (
            <>
              <span aria-hidden="true">{format.number(rank)}</span>
              <span className="visually-hidden">{texts.place(format.number(rank))}</span>
            </>
          )}
        </span>
      )}
      <div className="stack tight">
        <p className="title" lang={hidden === null ? languageOf(title) : undefined}>
          <Link href={`/ideas/${name}`}>
            <bdi>{hidden === null ? title : common.hidden}</bdi>
          </Link>
          {(status === "adopted" || status === "shipped") && (
            <span className="stamp yes">{texts[status]}</span>
          )}
        </p>
        {hidden !== null && (
          <p className="tiny quiet" lang={languageOf(hidden)}>
            <bdi>{common.hiddenWhy(hidden)}</bdi>
          </p>
        )}
        {author !== null && (
          <p className="whose tiny quiet">
            <Seal of={author} />
            <span>
              <bdi>{nameOf(author).name}</bdi>
              {authorTitle !== null && (
                <span className="side" lang={languageOf(authorTitle)}>
                  {authorTitle}
                </span>
              )}
            </span>
          </p>
        )}
        {isCounted && <Bar of={idea} {...counted} note={isTied ? common.tied : undefined} />}
        {control}
      </div>
    </div>
  );
});

interface BarProps extends Pick<Props, "counting" | "symbol" | "turnout"> {
  readonly of: Pick<IdeaSummary, "tally" | "supporters">;
  readonly note?: string | undefined;
}

/** One track is everybody who took part: as much of it as wants the idea. It only fills. */
export function Bar({ of: { tally }, counting, symbol, turnout, note }: BarProps) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const { weight } = turnout;
  const part = weight === 0n ? 0 : Number((tally * 10_000n) / weight) / 100;
  return (
    <div className="tally mini" style={{ "--for": `${part}%` } as CSSProperties}>
      <div className="track" aria-hidden="true">
        {tally > 0n && <i className="yes" />}
      </div>
      <p className="tiny quiet num">
        {tally === 0n ? texts.none : weightIn(language, format, { counting, symbol }, tally)}
        {note !== undefined && <span className="side">{note}</span>}
      </p>
    </div>
  );
}
