import type { Delegation } from "@kyoso/sdk";
import { useCallback, useState } from "react";
import type { Account } from "../../account/account.js";
import { Confirm } from "../../acting/Confirm.js";
import { SendingState, Troubled } from "../../acting/Told.js";
import { useAfter } from "../../acting/useAfter.js";
import { useAsked } from "../../acting/useAsked.js";
import type { Deed } from "../../acting/useDeed.js";
import { useDeed } from "../../acting/useDeed.js";
import { Ways } from "../../acting/Ways.js";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { Person } from "../../people/Person.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { Delivery } from "../../relay/Delivery.js";
import type { Errand } from "../../relay/errand.js";
import { useErrand } from "../../relay/useErrand.js";
import { Field } from "../../ui/Field.js";
import { Section } from "../../ui/Section.js";
import type { EntrustProps } from "./Entrust.js";

const TEXTS = catalogue({
  ja: {
    title: "票を任せる",
    entrusted: "いま、あなたの票を使う人：",
    self: "自分で投票する",
    to: "だれに任せますか",
    toSays: "その人のページからも任せられます。アドレス(0xで始まるもの)で書くこともできます",
    entrust: "任せる",
    this: "この人に、あなたの票を任せる",
    already: "あなたの票は、この人に任せています。",
    confirm: "任せる人を、これで決めますか？",
    moves: "任せる票",
    goes: "任せる人",
    says: "任せるのは票だけで、トークンは動きません。これから始まる投票に使われ、いつでも元に戻せます。",
    yes: "決める",
  },
  en: {
    title: "Lend your votes",
    entrusted: "Who has your votes now:",
    self: "Vote in person again",
    to: "Whom do you trust with them?",
    toSays: "You can do it from their page too. Or write an address, which begins with 0x",
    entrust: "Lend them",
    this: "Lend them your votes",
    already: "They have your votes.",
    confirm: "Is this who votes for you?",
    moves: "Votes",
    goes: "Who votes with them",
    says: "Only votes are lent; tokens stay where they are. It counts for what opens to votes from now on, and you can take them back at any time.",
    yes: "Settle it",
  },
});

interface Props extends EntrustProps {
  readonly account: Account;
}

/** Who votes for somebody: chosen by a signature that the relay carries out, or by a transaction. */
export function Delegate({ of: view, again, account }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { address } = account;
  const isOwn = view.account === address;
  const mine = useAnswer({ what: "member", account: address });
  const votes = mine.answer?.votes;
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string>();
  const name = `delegation-${address}`;
  // What is under way says itself who it is: nothing is chosen after a reload.
  const handedIn = useErrand(name).errand;
  const isFinal = handedIn?.job?.state === "final";
  const to = (isFinal ? undefined : delegateIn(handedIn)) ?? chosen ?? "self";
  const deed: Deed = {
    name,
    kind: "delegation",
    account,
    signed: { act: "delegation", account: address, to },
    sent: { act: "delegate", account: address, to },
  };
  const own = useDeed(deed);
  const { doneBy, errand, sending, trouble, run } = own;
  const againMine = mine.again;
  const bothAgain = useCallback(() => {
    setChosen(undefined);
    again();
    againMine();
  }, [again, againMine]);
  useAfter(doneBy, bothAgain);
  const { state } = sending.sending;
  // What is done says so, and somebody else can be chosen.
  const isUnderWay = own.isUnderWay && !isFinal && state !== "done";
  const asked = useAsked(isUnderWay || state === "asking");
  const choose = (named: string) => {
    setChosen(named);
    asked.ask();
  };
  const delegate = votes?.delegate ?? address;
  const whom = to === "self" ? address : to;
  if (votes === undefined) return null;
  return (
    <Section title={texts.title}>
      <div className="stack">
        <Delivery of={errand} send={account.send === undefined ? undefined : () => void run("wallet")} />
        {errand.errand !== undefined && <Troubled of={trouble} />}
        <SendingState of={sending} />
        {isOwn && delegate !== address && (
          <p className="small">
            {texts.entrusted} <Person of={delegate} />
          </p>
        )}
        {!isOwn && delegate === view.account && <p className="small">{texts.already}</p>}
        {!isUnderWay && delegate !== address && (isOwn || delegate === view.account) && (
          <p>
            <button
              className="button second"
              type="button"
              onClick={() => {
                choose("self");
              }}
            >
              {texts.self}
            </button>
          </p>
        )}
        {!isUnderWay && !isOwn && delegate !== view.account && (
          <p>
            <button
              className="button second"
              type="button"
              onClick={() => {
                choose(view.account);
              }}
            >
              {texts.this}
            </button>
          </p>
        )}
        {!isUnderWay && isOwn && (
          <form
            className="stack snug"
            onSubmit={(event) => {
              event.preventDefault();
              choose(typed.trim());
            }}
          >
            <Field label={texts.to} hint={texts.toSays} value={typed} change={setTyped} />
            <p>
              <button className="button second" type="submit">
                {texts.entrust}
              </button>
            </p>
          </form>
        )}
      </div>
      <Confirm title={texts.confirm} isOpen={asked.isOpen} close={asked.close}>
        <dl className="facts">
          <div>
            <dt>{texts.moves}</dt>
            <dd className="num">{format.votes(votes.tokens + votes.earned)}</dd>
          </div>
          <div>
            <dt>{texts.goes}</dt>
            <dd>
              <Person of={whom} plain />
              <br />
              <code className="tiny">{whom}</code>
            </dd>
          </div>
        </dl>
        <p className="small quiet">{texts.says}</p>
        <Ways deed={deed} of={own} does={texts.yes} />
      </Confirm>
    </Section>
  );
}

/** Who is named in what is under way; undefined where nothing is. */
function delegateIn(errand: Errand | undefined): string | undefined {
  if (errand?.signed.kind !== "delegation") return undefined;
  const { delegatee } = errand.signed as Partial<Delegation>;
  return delegatee;
}
