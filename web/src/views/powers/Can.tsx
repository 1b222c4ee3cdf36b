import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { useNames } from "../../people/PeopleContext.js";
import { Seal } from "../../people/Seal.js";
import type { PowersView } from "../../reader/answers.js";

const TEXTS = catalogue({
  ja: {
    all: "票を持つみんな",
    allSays: (count: string) => `${count}人。投票で決めます`,
    shop: "お店",
    shopSays: (owners: string, threshold: string) => `${owners}人のうち${threshold}人の同意で`,
    spend: "金庫を使う",
    change: "きまりを変える",
    mint: (symbol: string) => `新しい${symbol}をつくる`,
    mintLimit: (time: string, amount: string) => `${time}に${amount}まで`,
    award: "バッジを贈る",
    invite: "招待を送る",
    adopt: "アイデアを採りいれる",
    terms: "会員カードのきまりを変える",
    calls: "アイデアを募る",
    hide: "アイデアを、理由を添えて伏せる",
    perks: "特典をつくり、終える",
    count: "アイデアへの声を数えなおす",
    take: "会員カードをとりあげる",
    veto: "提案を差し止める",
    dates: "この日付を変える",
    until: (date: string) => `${date}まで`,
    can: "できる",
    cannot: "できない",
  },
  en: {
    all: "Everyone with votes",
    allSays: (count: string) => `${count === "1" ? "1 person" : `${count} people`}, by voting`,
    shop: "The shop",
    shopSays: (owners: string, threshold: string) => `${threshold} of ${owners} people have to agree`,
    spend: "Spend the treasury",
    change: "Change the rules",
    mint: (symbol: string) => `Make new ${symbol}`,
    mintLimit: (time: string, amount: string) => `${amount} in ${time}, at most`,
    award: "Award badges",
    invite: "Send invitations",
    adopt: "Adopt ideas",
    terms: "Change rules of cards",
    calls: "Ask for ideas",
    hide: "Hide an idea, saying why",
    perks: "Add perks, and end them",
    count: "Count anew what members want",
    take: "Take a member’s card",
    veto: "Stop a proposal",
    dates: "Change these dates",
    until: (date: string) => `until ${date}`,
    can: "Can",
    cannot: "Can’t",
  },
});

interface Power {
  readonly name: string;
  readonly note?: string;
}

/** What everyone can do by voting, and what the shop can and can't, at present. */
export function Can({
  of: { handover, holders, safe, symbol, supply, modules },
}: {
  readonly of: PowersView;
}) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const nameOf = useNames();
  const { phase, vetoUntil, communityDate } = handover;
  const { amount, window } = supply.minting;
  const [hasBoard, hasPass] = [modules.includes("board"), modules.includes("pass")];
  const steward = [
    ...[texts.award, texts.invite],
    ...(hasBoard ? [texts.calls, texts.adopt, texts.hide] : []),
    ...(hasPass ? [texts.perks, texts.terms] : []),
  ];
  const shop: Power[] =
    phase === "community"
      ? []
      : [
          ...steward.map((name) => ({ name, note: texts.until(format.fullDate(communityDate)) })),
          ...(phase === "brand-led"
            ? [{ name: texts.veto, note: texts.until(format.fullDate(vetoUntil)) }]
            : []),
        ];
  const gone: Power[] = [
    ...(phase === "community" ? steward.map((name) => ({ name })) : []),
    ...(phase === "brand-led" ? [] : [{ name: texts.veto }]),
    { name: texts.spend },
    { name: texts.mint(symbol) },
    { name: texts.dates },
    ...(hasBoard ? [{ name: texts.count }] : []),
    ...(hasPass ? [{ name: texts.take }] : []),
  ];
  return (
    <div className="powers">
      <div className="stack snug">
        <p className="by">
          <span className="seal pressed" data-n="1" aria-hidden="true" lang="ja">
            皆
          </span>
          <span>
            <b>{texts.all}</b>
            <br />
            {texts.allSays(format.number(holders))}
          </span>
        </p>
        <List
          of={[
            { name: texts.spend },
            { name: texts.change },
            ...(hasBoard ? [{ name: texts.calls }, { name: texts.adopt }] : []),
            ...(hasPass ? [{ name: texts.terms }, { name: texts.perks }] : []),
            {
              name: texts.mint(symbol),
              note: texts.mintLimit(format.span(window), format.amount(amount)),
            },
          ]}
          can
        />
      </div>
      <div className="stack snug">
        <p className="by">
          <Seal of={safe.address} />
          <span>
            <b>{nameOf(safe.address).given ? nameOf(safe.address).name : texts.shop}</b>
            <br />
            {texts.shopSays(format.number(safe.owners.length), format.number(safe.threshold))}
          </span>
        </p>
        <List of={shop} can />
        <List of={gone} can={false} />
      </div>
    </div>
  );
}

function List({ of, can }: { readonly of: readonly Power[]; readonly can: boolean }) {
  const texts = useTexts(TEXTS);
  if (of.length === 0) return null;
  return (
    <ul className={can ? "can" : "cannot"}>
      {of.map(({ name, note }) => (
        <li key={name}>
          <span aria-hidden="true" className="sign">
            {can ? "○" : "×"}
          </span>
          <span className="visually-hidden">{can ? texts.can : texts.cannot} </span>
          {name}
          {note !== undefined && <small>{note}</small>}
        </li>
      ))}
    </ul>
  );
}
