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
import { useNames } from "../../people/PeopleContext.js";
import { Seal } from "../../people/Seal.js";
import { useAnswer } from "../../reader/useAnswer.js";
import { Delivery } from "../../relay/Delivery.js";
import type { Errand } from "../../relay/errand.js";
import { useErrand } from "../../relay/useErrand.js";
import { Field } from "../../ui/Field.js";
import { Section } from "../../ui/Section.js";
import { fitOf } from "./fit.js";

const TEXTS = catalogue({
  ja: {
    title: "みんなに見える呼び名",
    says: "このお店のページで、ほかの人にもこう呼ばれます。称号と印がそえられるので、同じ呼び名の人がいても見分けられます。",
    is: (name: string) => `いまの呼び名は「${name}」です。`,
    isNone: "まだ決めていません。",
    imitates: (name: string) =>
      `「${name}」は、お店やほかの人の名前、アドレスに似ています。このため、ページでは呼び名として使われません。`,
    field: "呼び名",
    room: "かなや漢字なら10文字、英数字なら32文字まで",
    left: (letters: string, japanese: string) =>
      japanese === "0"
        ? letters === "0"
          ? "いっぱいです"
          : `英数字なら、あと${letters}文字入ります`
        : `かなや漢字なら、あと${japanese}文字入ります`,
    over: (_letters: string, japanese: string) =>
      `長すぎます。かなや漢字で${japanese}文字分、短くしてください。絵文字は、2文字分より長くなります`,
    unseen: "目に見えない文字が入っています。書きなおしてください",
    set: "この呼び名にする",
    empty: "呼び名をなくす",
    confirm: "この呼び名にしますか？",
    confirmEmpty: "呼び名をなくしますか？",
    before: "いままで",
    after: "これから",
    nothing: "なし",
    stays: "いつでも変えられます。ただし、前の呼び名も記録に残ります。本名や連絡先は書かないでください。",
    yes: "決める",
  },
  en: {
    title: "A nickname that everyone sees",
    says: "Others on this shop’s pages see it too. Your title and your seal stand beside it, so that you can be told from anybody who chooses the same.",
    is: (name: string) => `You’re called “${name}”.`,
    isNone: "You haven’t chosen one yet.",
    imitates: (name: string) =>
      `“${name}” looks like the shop, like somebody else, or like an address. So pages don’t use it as your name.`,
    field: "Nickname",
    room: "Up to 32 letters, or 10 Japanese characters",
    left: (letters) =>
      letters === "0"
        ? "That’s all there is room for"
        : letters === "1"
          ? "Room for 1 more letter"
          : `Room for ${letters} more letters`,
    over: (letters) =>
      `Too long by ${letters === "1" ? "1 letter" : `${letters} letters`}. A Japanese character counts as three, an emoji as four or more`,
    unseen: "There are characters in it that can’t be seen. Please write it anew",
    set: "Use this nickname",
    empty: "Have no nickname",
    confirm: "Is this what you want to be called?",
    confirmEmpty: "Have no nickname any more?",
    before: "Until now",
    after: "From now on",
    nothing: "none",
    stays:
      "You can change it at any time, but what you were called stays on record. Don’t write your real name, or where you can be reached.",
    yes: "Settle it",
  },
});

/** What somebody wants to be called: set, changed and taken back, by a signature that the relay carries out, or by a transaction. */
export function Nickname({ account }: { readonly account: Account }) {
  const { address } = account;
  const known = useAnswer({ what: "nickname", account: address });
  // On a chain without a contract for them, nobody has one.
  if (known.answer === undefined || known.answer === null) return null;
  return <Chosen account={account} nickname={known.answer.nickname} again={known.again} />;
}

interface Props {
  readonly account: Account;
  readonly nickname: string;
  readonly again: () => void;
}

function Chosen({ account, nickname, again }: Props) {
  const texts = useTexts(TEXTS);
  const { number } = useFormat();
  const { address } = account;
  const { chosen: called } = useNames()(address);
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState<string>();
  const name = `nickname-${address}`;
  const handedIn = useErrand(name).errand;
  const isFinal = handedIn?.job?.state === "final";
  // What is under way says itself what it is: nothing is typed after a reload.
  const to = (isFinal ? undefined : nicknameIn(handedIn)) ?? wanted ?? "";
  const deed: Deed = {
    name,
    kind: "nickname",
    account,
    signed: { act: "sign nickname", account: address, nickname: to },
    sent: { act: "set nickname", account: address, nickname: to },
  };
  const own = useDeed(deed);
  const { doneBy, errand, sending, trouble, run } = own;
  const done = useCallback(() => {
    setWanted(undefined);
    setTyped("");
    again();
  }, [again]);
  useAfter(doneBy, done);
  const { state } = sending.sending;
  const isUnderWay = own.isUnderWay && !isFinal && state !== "done";
  const asked = useAsked(isUnderWay || state === "asking");
  const fit = fitOf(typed);
  const isUnfit = fit.is !== "room";
  const counts = [number(fit.letters), number(fit.japanese)] as const;
  const hint =
    fit.is === "unseen"
      ? texts.unseen
      : fit.is === "over"
        ? texts.over(...counts)
        : typed === ""
          ? texts.room
          : texts.left(...counts);
  const choose = (chosen: string) => {
    setWanted(chosen);
    asked.ask();
  };
  const shown = called?.text ?? nickname;
  return (
    <Section title={texts.title}>
      <div className="stack">
        <p className="small quiet">{texts.says}</p>
        <Delivery of={errand} send={account.send === undefined ? undefined : () => void run("wallet")} />
        {errand.errand !== undefined && <Troubled of={trouble} />}
        <SendingState of={sending} />
        <p>
          <bdi dir="ltr">{nickname === "" ? texts.isNone : texts.is(shown)}</bdi>
        </p>
        {nickname !== "" && called?.isTaken === true && (
          <p className="notice care">
            <bdi dir="ltr">{texts.imitates(shown)}</bdi>
          </p>
        )}
        {!isUnderWay && (
          <form
            className="stack snug"
            onSubmit={(event) => {
              event.preventDefault();
              if (!isUnfit) choose(typed.trim());
            }}
          >
            <Field label={texts.field} hint={hint} value={typed} change={setTyped} />
            <p className="buttons">
              <button className="button second" type="submit" disabled={isUnfit}>
                {texts.set}
              </button>
              {nickname !== "" && (
                <button
                  className="link"
                  type="button"
                  onClick={() => {
                    choose("");
                  }}
                >
                  {texts.empty}
                </button>
              )}
            </p>
          </form>
        )}
      </div>
      <Confirm
        title={to === "" ? texts.confirmEmpty : texts.confirm}
        isOpen={asked.isOpen}
        close={asked.close}
      >
        <p className="by">
          <Seal of={address} />
          <b>
            <bdi>{to === "" ? texts.nothing : to}</bdi>
          </b>
        </p>
        {nickname !== "" && (
          <dl className="facts">
            <div>
              <dt>{texts.before}</dt>
              <dd>
                <bdi>{shown}</bdi>
              </dd>
            </div>
          </dl>
        )}
        <p className="small quiet">{texts.stays}</p>
        <Ways deed={deed} of={own} does={texts.yes} />
      </Confirm>
    </Section>
  );
}

/** What is said in what is under way; undefined where nothing is. */
function nicknameIn(errand: Errand | undefined): string | undefined {
  if (errand?.signed.kind !== "nickname" || !("nickname" in errand.signed)) return undefined;
  const { nickname } = errand.signed;
  return typeof nickname === "string" ? nickname : undefined;
}
