import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import type { HandoverView } from "../../reader/answers.js";

const TEXTS = catalogue({
  ja: {
    first: "第一章",
    second: "第二章",
    third: "第三章",
    brandLed: "お店が見守る",
    shared: "手を取り合う",
    community: "みんなのものに",
    here: "いまここ。",
    until: (date: string) => `${date}まで。`,
    left: (time: string) => `あと${time}。`,
    forever: "それから、ずっと。",
    now: "これからも、ずっと。",
    brandLedSays:
      "決めるのは投票です。お店は、バッジを贈り、招待を送り、通った提案を理由を添えて差し止めることができます。",
    brandLedBrief: "決めるのは投票です。お店は、決まったことを理由を添えて差し止められます。",
    sharedSays: "差し止めはなくなります。バッジと招待は、お店が続けます。",
    communitySays: "バッジも招待も、投票で決めた人が受け持ちます。お店も、ひとりの仲間になります。",
    over: "終わりました。",
  },
  en: {
    first: "第一章",
    second: "第二章",
    third: "第三章",
    brandLed: "The shop watches over",
    shared: "Hand in hand",
    community: "Everyone’s",
    here: "We are here. ",
    until: (date: string) => `Until ${date}. `,
    left: (time: string) => `${time} to go.`,
    forever: "From then on, for good.",
    now: "For good.",
    brandLedSays:
      "Votes decide. The shop awards badges and sends invitations, and can stop what was decided, but has to say why.",
    brandLedBrief: "Votes decide. The shop can stop what was decided, and has to say why.",
    sharedSays: "Nobody can stop a decision any more. The shop still awards badges and sends invitations.",
    communitySays:
      "Whoever was voted for looks after badges and invitations. The shop is a member like the others.",
    over: "It is over.",
  },
});

interface Props {
  readonly of: HandoverView;
  readonly now: number;
  /** Only the chapter that is, and the next. */
  readonly brief?: boolean;
}

/** The chapters of a handover, each until its date. */
export function Handover({ of: { phase, vetoUntil, communityDate }, now, brief = false }: Props) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const at = phase === "brand-led" ? 0 : phase === "shared" ? 1 : 2;
  const chapters = [
    {
      mark: texts.first,
      title: texts.brandLed,
      until: vetoUntil,
      says: brief ? texts.brandLedBrief : texts.brandLedSays,
    },
    { mark: texts.second, title: texts.shared, until: communityDate, says: texts.sharedSays },
    { mark: texts.third, title: texts.community, until: undefined, says: texts.communitySays },
  ];
  const shown = chapters
    .map((chapter, i) => ({ ...chapter, i }))
    .filter(({ i }) => !brief || i === at || i === at + 1);
  const when = (i: number, until: number | undefined) => {
    const date =
      until === undefined ? (i === at ? texts.now : texts.forever) : texts.until(format.fullDate(until));
    if (i < at) return texts.over;
    if (i > at) return date;
    const left = until === undefined || until <= now ? "" : texts.left(format.duration(until - now));
    return brief ? date : `${texts.here}${date}${left}`;
  };
  return (
    <div className="chapters">
      {shown.map(({ i, mark, title, until, says }) => (
        <div
          key={mark}
          className={i === at ? "chapter now" : "chapter"}
          {...(i === at ? { "aria-current": "step" } : {})}
        >
          <b lang="ja" aria-hidden={language === "en"}>
            {mark}
          </b>
          <div>
            <h3>{title}</h3>
            <p>
              <b>{when(i, until)}</b> {brief && says}
            </p>
            {!brief && <p>{says}</p>}
          </div>
        </div>
      ))}
    </div>
  );
}
