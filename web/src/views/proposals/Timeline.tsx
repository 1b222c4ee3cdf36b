import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { ProposalView } from "../../reader/answers.js";
import { Moment } from "../../ui/Moment.js";
import { Section } from "../../ui/Section.js";
import { standingOf } from "./states.js";

const TEXTS = catalogue({
  ja: {
    title: "これまでと、これから",
    proposed: "提案",
    voting: "投票",
    notice: "お知らせ期間",
    execution: "実行",
    here: "いまここ。",
    and: "。",
    from: (when: string) => `${when}から`,
    until: (when: string) => `${when}まで`,
    opens: (when: string) => `${when}に始まります`,
    closed: (when: string) => `${when}に終わりました`,
    extended: "終わりぎわに票が集まったので、期間がのびました。",
    noticeIf: (time: string) => `通ったら${time}。何が起こるかを、みんながたしかめられます。`,
    queue: "可決されました。だれでも予告に進められます。",
    anyone: "だれでも実行できます。",
    latest: (when: string) => `${when}までに実行されなければ、なかったことになります。`,
    done: "決まったとおりになりました。",
    defeated: "否決",
    defeatedSays: "見送りになりました。",
    withdrawn: "取り下げ",
    withdrawnSays: "提案した人が取り下げました。",
    vetoed: "差し止め",
    vetoedSays: (reason: string) => `お店が差し止めました。「${reason}」`,
    expired: "期限切れ",
    expiredSays: "通りましたが、期限までに実行されませんでした。",
  },
  en: {
    title: "Until now, and from now on",
    proposed: "Proposed",
    voting: "Voting",
    notice: "Notice period",
    execution: "Carried out",
    here: "We are here. ",
    and: ". ",
    from: (when: string) => `From ${when}`,
    until: (when: string) => `Until ${when}`,
    opens: (when: string) => `Opens ${when}`,
    closed: (when: string) => `Closed ${when}`,
    extended: "It was extended, as votes came in near its end.",
    noticeIf: (time: string) => `If it passes, ${time}. Everybody can check what is going to happen.`,
    queue: "It passed. Anyone can announce it.",
    anyone: "Anyone can carry it out.",
    latest: (when: string) => `If nobody does by ${when}, it lapses.`,
    done: "It was carried out as decided.",
    defeated: "Not passed",
    defeatedSays: "It didn’t pass.",
    withdrawn: "Withdrawn",
    withdrawnSays: "Its proposer withdrew it.",
    vetoed: "Stopped",
    vetoedSays: (reason: string) => `The shop stopped it: “${reason}”`,
    expired: "Expired",
    expiredSays: "It passed, and nobody carried it out in time.",
  },
});

type Look = "done" | "now" | undefined;

interface Step {
  readonly title: string;
  readonly look: Look;
  readonly at?: number | undefined;
  readonly when?: string | undefined;
  readonly says?: string | undefined;
}

/** From a proposal's creation to its execution, with dates. */
export function Timeline({ of: proposal }: { readonly of: ProposalView }) {
  const texts = useTexts(TEXTS);
  return (
    <Section title={texts.title}>
      <ol className="way">
        {useSteps(proposal).map(({ title, look, at, when, says }) => (
          <li key={title} className={look} {...(look === "now" ? { "aria-current": "step" } : {})}>
            <h3>{title}</h3>
            {(when !== undefined || says !== undefined) && (
              <p>
                {look === "now" && <b>{texts.here}</b>}
                {when !== undefined && (at === undefined ? when : <Moment at={at}>{when}</Moment>)}
                {when !== undefined && says !== undefined && texts.and}
                {says !== undefined && <bdi>{says}</bdi>}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function useSteps(proposal: ProposalView): Step[] {
  const texts = useTexts(TEXTS);
  const { exact, span, moment } = useFormat();
  const { createdAt, snapshot, deadline, eta, now, extended, timelockDelay, gracePeriod, vetoed } = proposal;
  const standing = standingOf(proposal);
  const isVoting = standing === "Active";
  const proposed: Step = {
    title: texts.proposed,
    look: standing === "Pending" ? "now" : "done",
    at: createdAt ?? undefined,
    when: createdAt === null ? undefined : exact(createdAt),
  };
  const voting: Step = {
    title: texts.voting,
    look: standing === "Pending" ? undefined : isVoting ? "now" : "done",
    at: standing === "Pending" ? snapshot + 1 : deadline,
    when:
      standing === "Pending"
        ? texts.opens(moment(snapshot + 1, now))
        : isVoting
          ? texts.until(exact(deadline))
          : now > deadline
            ? texts.closed(exact(deadline))
            : undefined,
    says: extended ? texts.extended : undefined,
  };
  const ended = (title: string, says: string): Step[] => [proposed, voting, { title, look: "now", says }];
  switch (standing) {
    case "Defeated":
      return ended(texts.defeated, texts.defeatedSays);
    case "Canceled":
      return ended(texts.withdrawn, texts.withdrawnSays);
    case "Vetoed":
      return ended(texts.vetoed, texts.vetoedSays(vetoed ?? ""));
    case "Expired":
      return ended(texts.expired, texts.expiredSays);
    default:
      break;
  }
  const isReady = eta !== null && now >= eta;
  const notice: Step = {
    title: texts.notice,
    look:
      standing === "Executed" || (standing === "Queued" && isReady)
        ? "done"
        : ["Succeeded", "Queued"].includes(standing)
          ? "now"
          : undefined,
    at: eta ?? undefined,
    when: eta === null ? undefined : texts.until(exact(eta)),
    says:
      standing === "Succeeded" ? texts.queue : eta === null ? texts.noticeIf(span(timelockDelay)) : undefined,
  };
  const earliest = eta ?? (standing === "Active" ? deadline + timelockDelay : undefined);
  const execution: Step = {
    title: texts.execution,
    look: standing === "Executed" ? "done" : standing === "Queued" && isReady ? "now" : undefined,
    at: standing === "Executed" ? undefined : earliest,
    when: standing === "Executed" || earliest === undefined ? undefined : texts.from(exact(earliest)),
    says:
      standing === "Executed"
        ? texts.done
        : eta === null
          ? texts.anyone
          : `${texts.anyone}${texts.latest(exact(eta + gracePeriod))}`,
  };
  return [proposed, voting, notice, execution];
}
