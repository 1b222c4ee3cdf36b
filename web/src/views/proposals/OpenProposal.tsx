import { useId } from "react";
import { Link } from "wouter";
import { languageOf } from "../../language/languageOf.js";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { inWords } from "../../people/names.js";
import { useNames } from "../../people/PeopleContext.js";
import { Seal } from "../../people/Seal.js";
import type { ProposalSummary } from "../../reader/answers.js";
import { Moment } from "../../ui/Moment.js";
import { Tally } from "../../ui/Tally.js";

const TEXTS = catalogue({
  ja: {
    left: (time: string) => `投票はあと${time}`,
    until: (moment: string) => `${moment}まで`,
    by: (name: string) => `${name}の提案`,
    read: "読んでみる",
  },
  en: {
    left: (time: string) => `${time} left to vote`,
    until: (moment: string) => `until ${moment}`,
    by: (name: string) => `Proposed by ${name}`,
    read: "Read the proposal",
  },
});

interface Props {
  readonly of: ProposalSummary;
  readonly now: number;
  readonly electorate: bigint;
  /** Whether it is the one thing to do: then its button is filled. */
  readonly first: boolean;
}

/** A proposal that is open to votes. */
export function OpenProposal({ of: proposal, now, electorate, first }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const id = useId();
  const name = inWords(useNames()(proposal.proposer));
  const lang = languageOf(proposal.title);
  return (
    <article className="sheet stack" aria-labelledby={id}>
      <p className="when">
        <b>{texts.left(format.duration(proposal.deadline - now))}</b>
        <span className="quiet">
          <Moment at={proposal.deadline}>{texts.until(format.moment(proposal.deadline, now))}</Moment>
        </span>
      </p>
      <h2 id={id} className="big" lang={lang}>
        {proposal.title}
      </h2>
      {proposal.excerpt !== "" && <p lang={languageOf(proposal.excerpt)}>{proposal.excerpt}</p>}
      <p className="by">
        <Seal of={proposal.proposer} />
        <span>
          <bdi dir="ltr">{texts.by(name)}</bdi>
        </span>
      </p>
      <Tally of={proposal} electorate={electorate} />
      <p>
        <Link className={first ? "button wide" : "button second wide"} href={`/proposals/${proposal.number}`}>
          {texts.read}
        </Link>
      </p>
    </article>
  );
}
