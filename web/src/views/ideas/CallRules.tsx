import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallView } from "../../reader/ideaAnswers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { Moment } from "../../ui/Moment.js";
import { Section } from "../../ui/Section.js";
import { StrangersLink } from "./StrangersLink.js";
import { howCounted } from "./texts.js";

const TEXTS = catalogue({
  ja: {
    title: "この募集のきまり",
    ideas: "アイデア",
    support: "応援",
    until: (when: string) => `${when}まで`,
    winners: "えらばれる数",
    count: (count: string) => `${count}件`,
    badge: "形になったら、出した人に贈るバッジ",
    tookPart: "応援した人",
    people: (count: string) => `${count}人`,
    young: (count: string) => `うち${count}人は、会員になって30日たっていません。`,
    noYoung: "会員になって30日たっていない人は、いません。",
    strangers: (count: string) => `うち${count}人は、バッジを持ったことがありません。`,
    final: "応援は変えられず、二度は数えられません。順位は、声がひとつ届くたびに決まります。",
    rules: "くわしいきまり",
  },
  en: {
    title: "The rules",
    ideas: "Ideas",
    support: "Support",
    until: (when: string) => `until ${when}`,
    winners: "How many win",
    count: (count: string) => count,
    badge: "Badge for whoever had it, once it’s made",
    tookPart: "Who took part",
    people: (count: string) => (count === "1" ? "1 person" : `${count} people`),
    young: (count: string) =>
      count === "1"
        ? "One of them has been a member for less than 30 days."
        : `${count} of them have been members for less than 30 days.`,
    noYoung: "None of them has been a member for less than 30 days.",
    strangers: (count: string) =>
      count === "1" ? "One of them never had a badge." : `${count} of them never had a badge.`,
    final: "Support can’t be changed, and counts once. Who wins is settled anew with each voice.",
    rules: "All the rules",
  },
});

/** By which rules a call goes, and who took part so far. */
export function CallRules({ of: view }: { readonly of: IdeaCallView }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const { isPoll, snapshot, end, winners, badge, rules, turnout, state } = view;
  return (
    <Section title={texts.title}>
      <div className="stack">
        <dl className="facts">
          {!isPoll && (
            <div>
              <dt>{texts.ideas}</dt>
              <dd>
                <Moment at={snapshot}>{texts.until(format.exact(snapshot))}</Moment>
              </dd>
            </div>
          )}
          <div>
            <dt>{texts.support}</dt>
            <dd>
              <Moment at={end}>{texts.until(format.exact(end))}</Moment>
            </dd>
          </div>
          <div>
            <dt>{texts.winners}</dt>
            <dd className="num">{texts.count(format.number(winners))}</dd>
          </div>
          {badge !== null && (
            <div>
              <dt>{texts.badge}</dt>
              <dd lang={languageOf(badge)}>{badge}</dd>
            </div>
          )}
          {state !== "ideas" && (
            <div>
              <dt>{texts.tookPart}</dt>
              <dd className="num">{texts.people(format.number(turnout.count))}</dd>
            </div>
          )}
        </dl>
        {state !== "ideas" && turnout.count > 0 && <Young number={view.number} />}
        {state === "ideas" && <p className="small">{howCounted(language, format, view)}</p>}
        <p className="small quiet">{texts.final}</p>
        {rules !== "" && (
          <p className="small">
            {texts.rules}
            {language === "ja" ? "：" : ": "}
            <StrangersLink to={rules} />
          </p>
        )}
      </div>
    </Section>
  );
}

/** Who is new among those who took part: asked apart, as it takes a while where many did. */
function Young({ number }: { readonly number: number }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { answer } = useAnswer({ what: "youngVoices", number });
  if (answer === undefined || answer === null) return null;
  const { young, strangers } = answer;
  return (
    <p className="small" role="status">
      {young === 0 ? texts.noYoung : texts.young(format.number(young))}
      {strangers > 0 && ` ${texts.strangers(format.number(strangers))}`}
    </p>
  );
}
