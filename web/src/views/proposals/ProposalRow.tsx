import { memo } from "react";
import { Link } from "wouter";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import { inWords } from "../../people/names.js";
import { useNames } from "../../people/PeopleContext.js";
import type { ProposalSummary } from "../../reader/answers.js";
import { Tally } from "../../ui/Tally.js";
import { isGood, STANDINGS, standingOf } from "./states.js";

const TEXTS = catalogue({
  ja: {
    Pending: (by: string, when: string) => `${by}の提案。${when}に投票が始まります`,
    Active: (_by: string, when: string) => `${when}まで投票できます`,
    Canceled: () => "提案した人が取り下げました。",
    Defeated: (_by: string, when: string) => `見送りになりました。${when}`,
    Succeeded: () => "可決されました。実行の予告を待っています。",
    Queued: (_by: string, when: string) => `可決されました。${when}から実行できます。`,
    Expired: () => "通りましたが、期限までに実行されませんでした。",
    Executed: (_by: string, when: string) => `決まったとおりになりました。${when}`,
    Vetoed: (reason: string) => `お店が差し止めました。「${reason}」`,
  },
  en: {
    Pending: (by: string, when: string) => `Proposed by ${by}. Voting opens ${when}`,
    Active: (_by: string, when: string) => `Open until ${when}`,
    Canceled: () => "Its proposer withdrew it.",
    Defeated: (_by: string, when: string) => `It didn’t pass. ${when}`,
    Succeeded: () => "It passed, and waits to be announced.",
    Queued: (_by: string, when: string) => `It passed, and can be carried out from ${when}.`,
    Expired: () => "It passed, and nobody carried it out in time.",
    Executed: (_by: string, when: string) => `It was carried out as decided. ${when}`,
    Vetoed: (reason: string) => `The shop stopped it: “${reason}”`,
  },
});

interface Props {
  readonly of: ProposalSummary;
  readonly now: number;
  readonly electorate: bigint;
}

/** A proposal in a list. It is drawn once, however often the list is. */
export const ProposalRow = memo(function ProposalRow({ of: proposal, now, electorate }: Props) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const name = inWords(useNames()(proposal.proposer));
  const standing = standingOf(proposal);
  const { deadline, eta, snapshot, vetoed } = proposal;
  const said =
    standing === "Vetoed"
      ? texts.Vetoed(vetoed ?? "")
      : standing === "Pending"
        ? texts.Pending(name, format.moment(snapshot + 1, now))
        : standing === "Active"
          ? texts.Active(name, format.moment(deadline, now))
          : standing === "Queued"
            ? texts.Queued(name, format.moment(eta ?? deadline, now))
            : texts[standing](name, format.date(eta ?? deadline, now));
  const isVoted = standing !== "Pending";
  return (
    <Link className="row proposal-row" href={`/proposals/${proposal.number}`}>
      <div className="stack snug">
        <p className="title" lang={languageOf(proposal.title)}>
          {proposal.title}
        </p>
        <p className="small quiet">
          {/* The sentence goes its own way, also where it begins with a name that goes the other. */}
          <bdi dir="ltr">{said}</bdi>
        </p>
        {isVoted && <Tally of={proposal} electorate={electorate} mini />}
      </div>
      <span className={isGood(standing) ? "stamp yes" : "stamp"}>{STANDINGS[language][standing]}</span>
    </Link>
  );
});
