import { useCallback, useId, useState } from "react";
import type { Account } from "../../account/account.js";
import { Confirm } from "../../acting/Confirm.js";
import { Reason } from "../../acting/Reason.js";
import { SendingState, Troubled } from "../../acting/Told.js";
import { useActAnswer } from "../../acting/useActAnswer.js";
import { useAfter } from "../../acting/useAfter.js";
import { useAsked } from "../../acting/useAsked.js";
import type { Deed } from "../../acting/useDeed.js";
import { useDeed } from "../../acting/useDeed.js";
import { Ways } from "../../acting/Ways.js";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallView, IdeaSummary, VoiceView } from "../../reader/ideaAnswers.js";
import { Delivery } from "../../relay/Delivery.js";
import type { Errand } from "../../relay/errand.js";
import { isDone } from "../../relay/errand.js";
import { useErrand } from "../../relay/useErrand.js";
import { CheckIcon } from "../../ui/icons.js";
import { Shown } from "../../ui/states.js";
import { IdeaList } from "./IdeaList.js";
import { weightIn } from "./texts.js";
import { useBoard } from "./useBoard.js";
import "./supportReasons.js";

const TEXTS = catalogue({
  ja: {
    ask: (count: string) => `ほしいものに印をつけてください。あと${count}件まで応援できます。`,
    askOne: "ほしいものを、ひとつえらんでください。",
    oneVoice: "声ひとつ",
    weighs: (weight: string) => `えらんだものには、どれにも${weight}が入ります。`,
    pick: "これを応援する",
    supported: "応援しました",
    picked: (count: string) => `${count}件をえらびました`,
    look: "たしかめて応援する",
    confirm: "この応援で、まちがいありませんか？",
    chosen: "応援するもの",
    counts: "ひとつにつき",
    yes: "応援する",
    final: "応援したあとは、変えたり、取り消したりできません。",
    seen: "だれがなにを応援したかは、みんなに見えます。",
  },
  en: {
    ask: (count: string) =>
      `Tick the ones you want. You can support ${count === "1" ? "one more" : `up to ${count} more`}.`,
    askOne: "Pick the one you want.",
    oneVoice: "one voice",
    weighs: (weight: string) => `What you choose gets ${weight} from you.`,
    pick: "I want this one",
    supported: "You support it",
    picked: (count: string) => (count === "1" ? "One chosen" : `${count} chosen`),
    look: "Look it over and support",
    confirm: "Is this what you want?",
    chosen: "You support",
    counts: "It counts, for each",
    yes: "Support",
    final: "Support can’t be changed or taken back.",
    seen: "Everyone can see who supports what.",
  },
});

interface Props {
  readonly of: IdeaCallView;
  readonly account: Account;
  readonly again: () => void;
  readonly more: () => void;
  readonly find: string;
  readonly look: (find: string) => void;
}

/** The ideas of a call with what somebody supports, and can. */
export function Choose({ of: call, account, again, ...steps }: Props) {
  const texts = useTexts(TEXTS);
  const { address } = account;
  const voice = useActAnswer({ act: "voice", call: call.number, account: address });
  const [chosen, setChosen] = useState<readonly IdeaSummary[]>([]);
  const name = `support-${useBoard()}-${call.number}-${address}`;
  const handedIn = useErrand(name).errand;
  const isOver = handedIn !== undefined && isDone(handedIn);
  // What is under way says itself what it is: nothing is chosen after a reload.
  const ideas = (isOver ? undefined : ideasIn(handedIn)) ?? chosen.map(({ id }) => id);
  const deed: Deed = {
    name,
    kind: "support",
    account,
    signed: { act: "sign support", ideas, account: address },
    sent: { act: "support", ideas, account: address },
  };
  const own = useDeed(deed);
  const { doneBy, errand, sending, trouble, run } = own;
  const voiceAgain = voice.again;
  const bothAgain = useCallback(() => {
    setChosen([]);
    again();
    voiceAgain();
  }, [again, voiceAgain]);
  useAfter(doneBy, bothAgain);
  const { state } = sending.sending;
  const isUnderWay = own.isUnderWay && !isOver && state !== "done";
  const asked = useAsked(isUnderWay || state === "asking");
  const canChoose = voice.answer?.refused === null && !isUnderWay;
  return (
    <div className="stack">
      <Delivery of={errand} send={account.send === undefined ? undefined : () => void run("wallet")} />
      {errand.errand !== undefined && <Troubled of={trouble} />}
      <SendingState of={sending} />
      <Shown of={voice} rows={1}>
        {(found) => <Standing of={call} voice={found} isUnderWay={isUnderWay} />}
      </Shown>
      <IdeaList
        of={call}
        {...steps}
        control={(idea) => (
          <Control of={idea} {...{ call, chosen, canChoose }} voice={voice.answer} choose={setChosen} />
        )}
      />
      {canChoose && chosen.length > 0 && <Picked count={chosen.length} look={asked.ask} />}
      <Confirm title={texts.confirm} isOpen={asked.isOpen && chosen.length > 0} close={asked.close}>
        <Review of={call} chosen={chosen} voice={voice.answer} />
        <Ways deed={deed} of={own} does={texts.yes} />
        <p className="tiny quiet">{texts.final}</p>
      </Confirm>
    </div>
  );
}

/** Which ideas are named in what is under way; undefined where nothing is. */
function ideasIn(errand: Errand | undefined): readonly number[] | undefined {
  if (errand?.signed.kind !== "support" || !("ideas" in errand.signed)) return undefined;
  const { ideas } = errand.signed;
  return Array.isArray(ideas) ? ideas.map(Number) : undefined;
}

/** What somebody's own support weighs, in words. */
function useOwnWeight(): (call: IdeaCallView, weight: bigint) => string {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  return (call, weight) =>
    call.counting === "voice" ? texts.oneVoice : weightIn(language, format, call, weight);
}

interface StandingProps {
  readonly of: IdeaCallView;
  readonly voice: VoiceView;
  readonly isUnderWay: boolean;
}

/** What somebody can support still, and how much that counts; or why nothing. */
function Standing({ of: call, voice: { refused, left, weight }, isUnderWay }: StandingProps) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const ownWeight = useOwnWeight();
  if (isUnderWay) return null;
  if (refused !== null) {
    return (
      <p>
        <Reason {...refused} />
      </p>
    );
  }
  return (
    <p>
      {call.choice === "pick one" ? texts.askOne : texts.ask(format.number(left))}{" "}
      {texts.weighs(ownWeight(call, weight))}
    </p>
  );
}

interface ControlProps {
  readonly of: IdeaSummary;
  readonly call: IdeaCallView;
  readonly chosen: readonly IdeaSummary[];
  readonly canChoose: boolean;
  readonly voice: VoiceView | undefined;
  readonly choose: (chosen: readonly IdeaSummary[]) => void;
}

function Control({ of: idea, call, chosen, canChoose, voice, choose }: ControlProps) {
  const texts = useTexts(TEXTS);
  const name = useId();
  if (voice?.supported.includes(idea.name) === true) {
    return (
      <p className="pick done small">
        <CheckIcon />
        {texts.supported}
      </p>
    );
  }
  if (!canChoose || voice === undefined || idea.hidden !== null) return null;
  const isOne = call.choice === "pick one";
  const isChosen = chosen.some(({ id }) => id === idea.id);
  const isFull = !isOne && !isChosen && chosen.length >= voice.left;
  return (
    <label className="pick small">
      <input
        type={isOne ? "radio" : "checkbox"}
        name={isOne ? `call-${call.number}` : name}
        checked={isChosen}
        disabled={isFull}
        onChange={({ target }) => {
          const others = isOne ? [] : chosen.filter(({ id }) => id !== idea.id);
          choose(target.checked ? [...others, idea] : others);
        }}
      />
      <span>
        {texts.pick}
        <span className="visually-hidden">{` ${idea.title}`}</span>
      </span>
    </label>
  );
}

/** Stays in view while the list is read: what is chosen so far, and the way on. */
function Picked({ count, look }: { readonly count: number; readonly look: () => void }) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  return (
    <div className="picked" role="status">
      <span className="small">{texts.picked(format.number(count))}</span>
      <button className="button" type="button" onClick={look}>
        {texts.look}
      </button>
    </div>
  );
}

interface ReviewProps {
  readonly of: IdeaCallView;
  readonly chosen: readonly IdeaSummary[];
  readonly voice: VoiceView | undefined;
}

/** What is looked over before it is signed. */
function Review({ of: call, chosen, voice }: ReviewProps) {
  const texts = useTexts(TEXTS);
  const ownWeight = useOwnWeight();
  return (
    <>
      <p className="small quiet" lang={languageOf(call.question)}>
        <bdi>{call.question}</bdi>
      </p>
      <h3>{texts.chosen}</h3>
      <ul className="stack snug">
        {chosen.map(({ id, name, title }) => (
          <li key={id}>
            <b lang={languageOf(title)}>
              <bdi>{title}</bdi>
            </b>{" "}
            <span className="tiny quiet num">{name}</span>
          </li>
        ))}
      </ul>
      {voice !== undefined && (
        <dl className="facts">
          <div>
            <dt>{texts.counts}</dt>
            <dd className="num">{ownWeight(call, voice.weight)}</dd>
          </div>
        </dl>
      )}
      <p className="small quiet">{texts.seen}</p>
    </>
  );
}
