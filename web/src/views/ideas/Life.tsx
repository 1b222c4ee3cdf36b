import type { ReactNode } from "react";
import { useContext } from "react";
import { Link } from "wouter";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaStepView, IdeaView } from "../../reader/ideaAnswers.js";
import { DocumentContext } from "../../ui/Address.js";
import { Moment } from "../../ui/Moment.js";
import { Section } from "../../ui/Section.js";
import { STANDINGS, standingOf } from "../proposals/states.js";
import { StrangersLink } from "./StrangersLink.js";
import { TEXTS as COMMON, weightIn } from "./texts.js";

const TEXTS = catalogue({
  ja: {
    title: "これまでと、これから",
    submitted: "出されました",
    option: "お店が選択肢に入れました",
    withdrawn: "取り下げられました",
    hidden: "お店が表示をひかえました",
    shown: "お店が表示をもどしました",
    support: "応援",
    until: (when: string) => `${when}まで`,
    from: (when: string) => `${when}から`,
    chosen: "えらばれました",
    rank: (rank: string) => `${rank}位`,
    notChosen: "えらばれませんでした",
    result: "結果が決まります",
    proposal: (number: string) => `採用の提案(第${number}号)`,
    adopted: "採用されました",
    byVote: "提案と投票で決まりました。",
    byShop: "お店が決めました。",
    shipped: "形になりました",
    badge: (kind: string) => `出した人に「${kind}」のバッジが贈られました。`,
    see: "見てみる",
  },
  en: {
    title: "Until now, and from now on",
    submitted: "Put forward",
    option: "Made an option by the shop",
    withdrawn: "Withdrawn",
    hidden: "The shop asked not to show it",
    shown: "The shop asked to show it again",
    support: "Support",
    until: (when: string) => `until ${when}`,
    from: (when: string) => `from ${when}`,
    chosen: "It won",
    rank: (rank: string) => `no. ${rank}`,
    notChosen: "It wasn’t among the winners",
    result: "The result is final",
    proposal: (number: string) => `Proposal ${number}, to adopt it`,
    adopted: "Adopted",
    byVote: "A proposal and a vote decided it.",
    byShop: "The shop decided it.",
    shipped: "Made real",
    badge: (kind: string) => `Whoever had it was given the badge “${kind}”.`,
    see: "See it",
  },
});

interface Entry {
  readonly key: string;
  readonly title: ReactNode;
  /** Timestamp, by which entries are in order. */
  readonly at: number;
  readonly when: string;
  readonly look: "done" | "now" | undefined;
  readonly says?: ReactNode;
}

/** From the day that it was put forward to the shelf, under one number. */
export function Life({ of: idea }: { readonly of: IdeaView }) {
  const texts = useTexts(TEXTS);
  const entries = useEntries(idea);
  return (
    <Section title={texts.title}>
      <ol className="way">
        {entries.map(({ key, title, at, when, look, says }) => (
          <li key={key} className={look} {...(look === "now" ? { "aria-current": "step" as const } : {})}>
            <h3>{title}</h3>
            <p>
              <Moment at={at}>{when}</Moment>
            </p>
            {says !== undefined && <p>{says}</p>}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function useEntries(idea: IdeaView): Entry[] {
  const texts = useTexts(TEXTS);
  const common = useTexts(COMMON);
  const language = useLanguage();
  const format = useFormat();
  const { steps, call, now, proposals, tally, rank, status, symbol } = idea;
  const { snapshot, end, counting } = call;
  const treasury = useContext(DocumentContext)?.record.contracts.timelock;
  const taken = steps.map((step, i): Entry => ({
    key: `${step.what}-${i}`,
    title: step.what === "submitted" && step.by === null ? texts.option : texts[step.what],
    at: step.at,
    when: format.exact(step.at),
    look: "done",
    says: saysOf(step),
  }));
  const proposed = proposals.map((proposal): Entry => ({
    key: `proposal-${proposal.number}`,
    title: (
      <Link href={`/proposals/${proposal.number}`}>{texts.proposal(format.number(proposal.number))}</Link>
    ),
    at: proposal.at,
    when: format.exact(proposal.at),
    look: ["Pending", "Active", "Succeeded", "Queued"].includes(proposal.state) ? "now" : "done",
    says: STANDINGS[language][standingOf(proposal)],
  }));
  const support: Entry = {
    key: "support",
    title: texts.support,
    at: snapshot,
    when: now < snapshot ? texts.from(format.exact(snapshot)) : texts.until(format.exact(end)),
    look: now < snapshot ? undefined : now < end ? "now" : "done",
    says: now < snapshot ? undefined : weightIn(language, format, { counting, symbol }, tally),
  };
  const result: Entry = {
    key: "result",
    title: now < end ? texts.result : rank === null ? texts.notChosen : texts.chosen,
    at: end,
    when: format.exact(end),
    look: now < end ? undefined : "done",
    says: now < end || rank === null ? undefined : texts.rank(format.number(rank)),
  };
  const whole = status === "withdrawn" ? taken : [...taken, support, result, ...proposed];
  return whole.sort((one, other) => one.at - other.at);

  function saysOf({ what, by, reason, uri, badge }: IdeaStepView): ReactNode {
    switch (what) {
      case "hidden":
      case "shown":
        return <bdi lang={languageOf(reason)}>{common.hiddenWhy(reason)}</bdi>;
      case "adopted":
        return by === treasury ? texts.byVote : texts.byShop;
      case "shipped":
        return (
          <>
            {badge !== null && texts.badge(badge)}
            {badge !== null && uri !== "" && <br />}
            {uri !== "" && (
              <>
                {texts.see}
                {language === "ja" ? "：" : ": "}
                <StrangersLink to={uri} />
              </>
            )}
          </>
        );
      default:
        return undefined;
    }
  }
}
