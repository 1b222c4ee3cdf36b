import { LONGEST_TEXT, LONGEST_TITLE, titleProblem, utf8Length } from "@kyoso/sdk";
import { useEffect, useId, useMemo, useState } from "react";
import type { Account } from "../../account/account.js";
import { Confirm } from "../../acting/Confirm.js";
import { Reason } from "../../acting/Reason.js";
import { SendingState } from "../../acting/Told.js";
import { Trial } from "../../acting/Trial.js";
import { useActAnswer } from "../../acting/useActAnswer.js";
import { useAfter } from "../../acting/useAfter.js";
import { useAsked } from "../../acting/useAsked.js";
import { useSending } from "../../acting/useSending.js";
import { catalogue, useLanguage, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { IdeaCallView } from "../../reader/ideaAnswers.js";
import { Shown } from "../../ui/states.js";
import type { IdeaDraft } from "./kept.js";
import { EMPTY, KeptIdea } from "./kept.js";
import { useBoard } from "./useBoard.js";
import "./submitReasons.js";

const TEXTS = catalogue({
  ja: {
    left: (count: string) => `あと${count}件出せます。書きかけは、この端末に残ります。`,
    title: "題名",
    titleSays: "ひと目でわかる一行に",
    text: "どんなアイデアですか",
    textSays: "なくてもかまいません。文字だけで、500字ほどまで",
    tooLong: (over: string) => `長すぎます。あと${over}字ほど短くしてください。`,
    unkept: "この端末には残せません。ページを閉じると、書きかけは消えます。",
    look: "たしかめて出す",
    other: "この会員証からは送れません。アイデアを出すには、ウォレットが要ります。",
    confirm: "このアイデアを出しますか？",
    ever: "出したアイデアは、みんなに、いつまでも見えます。あとから書きなおすことはできません。",
    back: (until: string) => `${until}までなら、取り下げられます。取り下げても、出した数には数えます。`,
    yours: "思いつきは、書いたそばからほかの人にも見えます。まねされて困るものは、先にお店へ見せてください。",
    done: "アイデアを出しました。",
    again: "もうひとつ書く",
  },
  en: {
    left: (count: string) =>
      `You can put ${count === "1" ? "one more" : `${count} more`} forward. What you write stays on this device.`,
    title: "Title",
    titleSays: "One line that says it all",
    text: "What is it like?",
    textSays: "If you like. Plain words, some 1,400 letters at most",
    tooLong: (over: string) => `It is too long by about ${over} letters.`,
    unkept: "This device keeps nothing: what you write is gone when you close the page.",
    look: "Look it over and put it forward",
    other: "This account sends nothing. It takes a wallet to put an idea forward.",
    confirm: "Put this idea forward?",
    ever: "Everyone can read it, for ever, and it can’t be rewritten.",
    back: (until: string) => `Until ${until} you can withdraw it. It still counts as one of yours then.`,
    yours: "Others can see it as soon as it’s on its way. Show the shop first what nobody should copy.",
    done: "Your idea is there.",
    again: "Write another one",
  },
});

interface Props {
  readonly of: IdeaCallView;
  readonly account: Account;
  readonly again: () => void;
}

/** Where a member puts an idea forward. */
export function Submit({ of: call, account, again }: Props) {
  const voice = useActAnswer({ act: "voice", call: call.number, account: account.address });
  const board = useBoard();
  const own = useSending(`submit-${board}-${call.number}-${account.address}`);
  const { sending, forget } = own;
  const texts = useTexts(TEXTS);
  const kept = useMemo(() => new KeptIdea(`${board}-${call.number}`), [board, call.number]);
  const [draft, setDraft] = useState(() => kept.read());
  const [isKept, setKept] = useState(true);
  const change = (changed: Partial<IdeaDraft>) => {
    const whole = { ...draft, ...changed };
    setDraft(whole);
    setKept(kept.keep(whole));
  };
  const isDone = sending.state === "done";
  useEffect(() => {
    if (!isDone) return;
    kept.keep(EMPTY);
    setDraft(EMPTY);
  }, [isDone, kept]);
  const voiceAgain = voice.again;
  const bothAgain = useMemo(
    () => () => {
      again();
      voiceAgain();
    },
    [again, voiceAgain],
  );
  useAfter(sending.state === "done" ? sending.hash : undefined, bothAgain);
  const asked = useAsked(["asking", "sent", "done"].includes(sending.state));
  return (
    <Shown of={voice} rows={2}>
      {({ submitting: { left, refused } }) => (
        <div className="stack">
          <SendingState of={own} />
          {isDone && (
            <div className="notice good" role="status">
              <p>{texts.done}</p>
              {left > 0 && (
                <p>
                  <button className="link" type="button" onClick={forget}>
                    {texts.again}
                  </button>
                </p>
              )}
            </div>
          )}
          {!isDone && sending.state !== "sent" && refused !== null && (
            <p>
              <Reason {...refused} />
            </p>
          )}
          {!isDone && sending.state !== "sent" && refused === null && (
            <>
              {account.send === undefined && <p className="notice care">{texts.other}</p>}
              <Form
                of={draft}
                {...{ change, left, isKept }}
                submit={asked.ask}
                canSend={account.send !== undefined}
              />
            </>
          )}
          <Review
            of={call}
            draft={draft}
            account={account}
            own={own}
            isOpen={asked.isOpen}
            close={asked.close}
          />
        </div>
      )}
    </Shown>
  );
}

interface FormProps {
  readonly of: IdeaDraft;
  readonly change: (draft: Partial<IdeaDraft>) => void;
  readonly left: number;
  readonly isKept: boolean;
  readonly canSend: boolean;
  readonly submit: () => void;
}

function Form({ of: { title, text }, change, left, isKept, canSend, submit }: FormProps) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const id = useId();
  const overTitle = overOf(title, LONGEST_TITLE);
  const overText = overOf(text, LONGEST_TEXT);
  const unseen = title.trim() === "" || overTitle > 0 ? undefined : titleProblem(title.trim(), "title");
  const isWrong = overTitle > 0 || overText > 0 || unseen !== undefined;
  return (
    <form
      className="stack loose"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) submit();
      }}
    >
      <p className="small">{texts.left(format.number(left))}</p>
      {!isKept && <p className="notice care small">{texts.unkept}</p>}
      <div className="field">
        <label htmlFor={`${id}-title`}>{texts.title}</label>
        <input
          id={`${id}-title`}
          value={title}
          required
          autoComplete="off"
          aria-describedby={`${id}-title-says`}
          aria-invalid={overTitle > 0 || unseen !== undefined}
          onChange={({ target }) => {
            change({ title: target.value });
          }}
        />
        <p id={`${id}-title-says`} className="small quiet" aria-live="polite">
          {overTitle > 0 ? (
            texts.tooLong(format.number(overTitle))
          ) : unseen === undefined ? (
            texts.titleSays
          ) : (
            <Reason code={unseen.code} text={unseen.message} />
          )}
        </p>
      </div>
      <div className="field">
        <label htmlFor={`${id}-text`}>{texts.text}</label>
        <textarea
          id={`${id}-text`}
          rows={5}
          value={text}
          aria-describedby={`${id}-text-says`}
          aria-invalid={overText > 0}
          onChange={({ target }) => {
            change({ text: target.value });
          }}
        />
        <p id={`${id}-text-says`} className="small quiet" aria-live="polite">
          {overText > 0 ? texts.tooLong(format.number(overText)) : texts.textSays}
        </p>
      </div>
      <p>
        <button className="button wide" type="submit" disabled={!canSend}>
          {texts.look}
        </button>
      </p>
    </form>
  );
}

/** By about how many letters a text is too long: the board counts bytes, of which a Japanese letter has three. */
function overOf(text: string, most: number): number {
  const over = utf8Length(text.trim().normalize("NFC")) - most;
  return over <= 0 ? 0 : Math.ceil(over / (languageOf(text) === "ja" ? 3 : 1));
}

interface ReviewProps {
  readonly of: IdeaCallView;
  readonly draft: IdeaDraft;
  readonly account: Account;
  readonly own: ReturnType<typeof useSending>;
  readonly isOpen: boolean;
  readonly close: () => void;
}

/** What is looked over before it is there for ever. */
function Review({ of: { number, snapshot, now }, draft, account, own, isOpen, close }: ReviewProps) {
  const texts = useTexts(TEXTS);
  const language = useLanguage();
  const format = useFormat();
  const { title, text } = draft;
  return (
    <Confirm title={texts.confirm} isOpen={isOpen} close={close}>
      <p className="big" lang={languageOf(title)}>
        <bdi>{title.trim()}</bdi>
      </p>
      {text.trim() !== "" && (
        <p className="plain" lang={languageOf(text)}>
          {text.trim()}
        </p>
      )}
      <p className="small" lang={language}>
        {texts.ever} {texts.back(format.moment(snapshot, now))}
      </p>
      <p className="small quiet">{texts.yours}</p>
      <Trial
        of={{ act: "submit", call: number, account: account.address, title, text }}
        {...{ account, own }}
      />
    </Confirm>
  );
}
