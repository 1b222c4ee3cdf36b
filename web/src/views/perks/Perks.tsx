import { useContext } from "react";
import { useAccount } from "../../account/useAccount.js";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { PerksView, PerkView } from "../../reader/answers.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { DocumentContext } from "../../ui/Address.js";
import { Shown, useTitle } from "../../ui/states.js";
import { NotThere } from "../other/NotThere.js";
import { allInWords, RULES, ruleInWords } from "./rules.js";

const TEXTS = catalogue({
  ja: {
    title: "特典",
    lede: "メンバーへの、お店からのお礼です。",
    none: "特典は、まだありません。",
    noneOpen: "いま使える特典はありません。",
    whose: "会員証をひらくと、あなたの使える特典がわかります。",
    open: "会員証をひらく",
    rule: (rule: string) => `${rule}で使えます。`,
    have: "使える",
    missing: (rule: string) => `足りないもの：${rule}`,
    once: "おひとり一度です。",
    byPass: "会員カード1枚につき一度です。",
    more: (host: string) => `くわしく見る(${host})`,
    closed: (count: string) => `終わった特典(${count}件)`,
    over: "終わりました。",
  },
  en: {
    title: "Perks",
    lede: "How the shop thanks its members.",
    none: "There are no perks yet.",
    noneOpen: "There are no perks at present.",
    whose: "Open your account to see which of them are yours.",
    open: "Open my account",
    rule: (rule: string) => `For ${rule}.`,
    have: "Yours",
    missing: (rule: string) => `Still missing: ${rule}.`,
    once: " Once a person.",
    byPass: " Once a card.",
    more: (host: string) => `Read more (${host})`,
    closed: (count: string) => `Perks that have ended (${count})`,
    over: "It has ended.",
  },
});

/** What members get, for whom, and what of it is the reader's. */
export function Perks() {
  const texts = useTexts(TEXTS);
  useTitle(texts.title, useContext(DocumentContext)?.record.name ?? "");
  const { account, open } = useAccount();
  const known = useAnswer({ what: "perks", account: account?.address });
  return (
    <>
      <div className="page-head">
        <h1>{texts.title}</h1>
        <p className="lede">{texts.lede}</p>
      </div>
      <Shown of={known} rows={4} none={<NotThere />}>
        {(view) => (
          <div className="column">
            {account === undefined && view.perks.length > 0 && (
              <div className="stack snug">
                <p>{texts.whose}</p>
                <p>
                  <button className="button second" type="button" onClick={open}>
                    {texts.open}
                  </button>
                </p>
              </div>
            )}
            <List of={view} />
          </div>
        )}
      </Shown>
    </>
  );
}

function List({ of: { perks, symbol } }: { readonly of: PerksView }) {
  const texts = useTexts(TEXTS);
  const { number } = useFormat();
  const open = perks.filter(({ closed }) => !closed);
  const over = perks.filter(({ closed }) => closed);
  const rows = (some: readonly PerkView[]) => (
    <ul className="rows far">
      {some.map((perk) => (
        <li key={perk.number} className="row perk">
          <Perk of={perk} symbol={symbol} />
        </li>
      ))}
    </ul>
  );
  return (
    <div className="stack">
      {open.length === 0 && <p>{over.length === 0 ? texts.none : texts.noneOpen}</p>}
      {open.length > 0 && rows(open)}
      {over.length > 0 && (
        <details className="ruled">
          <summary>{texts.closed(number(over.length))}</summary>
          <div>{rows(over)}</div>
        </details>
      )}
    </div>
  );
}

function Perk({ of: perk, symbol }: { readonly of: PerkView; readonly symbol: string }) {
  const texts = useTexts(TEXTS);
  const rules = useTexts(RULES);
  const format = useFormat();
  const { name, uri, once, byPass, closed, rule, eligible, missing } = perk;
  const link = linkOf(uri);
  return (
    <>
      <div className="stack snug">
        <h2 className="title" lang={languageOf(name)}>
          <bdi>{name}</bdi>
        </h2>
        <p className="small">
          <bdi dir="ltr">{texts.rule(ruleInWords(rule, rules, format, symbol))}</bdi>
          {once && (byPass ? texts.byPass : texts.once)}
        </p>
        {!closed && missing.length > 0 && (
          <p className="small quiet">
            <bdi dir="ltr">{texts.missing(allInWords(missing, rules, format, symbol))}</bdi>
          </p>
        )}
        {closed && <p className="small quiet">{texts.over}</p>}
        {!closed && link !== undefined && (
          <p className="small">
            <a href={link.href} target="_blank" rel="noreferrer">
              {texts.more(link.host)}
            </a>
          </p>
        )}
      </div>
      {!closed && eligible === true && <b className="stamp yes">{texts.have}</b>}
    </>
  );
}

/** Where more is said of a perk; undefined for what isn't on the web. */
function linkOf(uri: string): URL | undefined {
  if (!URL.canParse(uri)) return undefined;
  const url = new URL(uri);
  return url.protocol === "https:" && url.username === "" ? url : undefined;
}
