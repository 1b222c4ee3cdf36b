import { useContext } from "react";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import type { PowersView } from "../../reader/answers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { Address, DocumentContext } from "../../ui/Address.js";
import { CheckIcon } from "../../ui/icons.js";
import { Section } from "../../ui/Section.js";
import { Shown, useTitle } from "../../ui/states.js";
import { Handover } from "./Handover.js";
import { Can } from "./Can.js";

const TEXTS = catalogue({
  ja: {
    title: "しくみと金庫",
    lede: "だれが、何を、いつまで。約束はすべて記録され、お店だけでは変えられません。",
    story: "お店から、みんなへ",
    can: "できること、できないこと",
    treasury: "金庫",
    only: "使えるのは、通った提案だけです。",
    rules: "投票のきまり",
    threshold: "提案に要る票",
    delay: "投票まで",
    period: "投票の期間",
    notice: "お知らせ期間",
    quorum: "成立の線",
    votes: (votes: string) => `${votes}票`,
    supply: (symbol: string) => `${symbol}の量`,
    total: "いまある量",
    circulating: "みんなの手もと",
    cap: "上限",
    checked: "点検",
    fits: "記録は、このお店のものです。",
    fitsSays:
      "どのプログラムも、共創の工房がつくったとおりのもので、たがいに正しくつながっています。この端末で、いまたしかめました。",
    addresses: "アドレスを見る",
  },
  en: {
    title: "How it works",
    lede: "Who may do what, and until when. Every promise is on record, and the shop can’t change it alone.",
    story: "From the shop to everyone",
    can: "What each can do, and can’t",
    treasury: "Treasury",
    only: "Only proposals that passed can spend it.",
    rules: "Rules of voting",
    threshold: "Votes to propose",
    delay: "Wait before voting",
    period: "Voting period",
    notice: "Notice period",
    quorum: "Votes needed",
    votes: (votes: string) => votes,
    supply: (symbol: string) => `How much ${symbol} there is`,
    total: "In existence",
    circulating: "In people’s hands",
    cap: "Never more than",
    checked: "Checked",
    fits: "These are this shop’s records.",
    fitsSays:
      "Each contract is what the factory made, and each points at the others as it should. This device checked that just now.",
    addresses: "See the addresses",
  },
});

/** Who holds which power until when, the treasury, and the rules. */
export function Powers() {
  const texts = useTexts(TEXTS);
  useTitle(texts.title, useContext(DocumentContext)?.record.name ?? "");
  const known = useAnswer({ what: "powers" });
  return (
    <>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
      </div>
      <Shown of={known} rows={6}>
        {(view) => <Whole of={view} />}
      </Shown>
    </>
  );
}

function Whole({ of: view }: { readonly of: PowersView }) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const nameOf = useNames();
  const { now, handover, treasury, symbol, rules, supply, contracts, safe } = view;
  const votes = (value: bigint) => texts.votes(format.votes(value));
  const facts = (list: readonly (readonly [string, string])[]) => (
    <dl className="facts">
      {list.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
  return (
    <div className="spread">
      <div className="column">
        <Section title={texts.story}>
          <Handover of={handover} now={now} />
        </Section>
        <Section title={texts.can}>
          <Can of={view} />
        </Section>
      </div>
      <div className="column">
        <Section title={texts.treasury}>
          <p className="figure-xl">
            {format.amount(treasury.tokens)}
            <small>{symbol}</small>
          </p>
          {treasury.wei > 0n && <p className="num">{format.amount(treasury.wei)} ETH</p>}
          <p className="small quiet spaced">{texts.only}</p>
        </Section>
        <Section title={texts.rules}>
          {facts([
            [texts.threshold, votes(rules.proposalThreshold)],
            [texts.delay, format.span(rules.votingDelay)],
            [texts.period, format.span(rules.votingPeriod)],
            [texts.notice, format.span(rules.timelockDelay)],
            [texts.quorum, votes(rules.quorum)],
          ])}
        </Section>
        <Section title={texts.supply(symbol)}>
          {facts([
            [texts.total, format.amount(supply.total)],
            [texts.circulating, format.amount(supply.circulating)],
            [texts.cap, format.amount(supply.cap)],
          ])}
        </Section>
        <Section title={texts.checked}>
          <p className="verdict">
            <CheckIcon />
            {texts.fits}
          </p>
          <p className="small quiet spaced">{texts.fitsSays}</p>
          <details className="ruled spaced" lang={language}>
            <summary>{texts.addresses}</summary>
            <div className="stack">
              {[...contracts, { name: "safe", address: safe.address }].map(({ name, address }) => (
                <div key={name}>
                  <p>{nameOf(address).name}</p>
                  <Address of={address} />
                </div>
              ))}
            </div>
          </details>
        </Section>
      </div>
    </div>
  );
}
