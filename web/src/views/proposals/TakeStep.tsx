import { useEffect } from "react";
import type { Account } from "../../account/account.js";
import { useAccount } from "../../account/useAccount.js";
import { Confirm } from "../../acting/Confirm.js";
import { SendingState } from "../../acting/Told.js";
import { Trial } from "../../acting/Trial.js";
import { useAsked } from "../../acting/useAsked.js";
import { useSending } from "../../acting/useSending.js";
import { catalogue, useTexts } from "../../language/language.js";
import { languageOf } from "../../language/languageOf.js";
import { useFormat } from "../../language/useFormat.js";
import type { Step } from "../../reader/acts.js";
import type { ProposalView } from "../../reader/answers.js";
import { Section } from "../../ui/Section.js";
import { Calls } from "./Calls.js";

const TEXTS = catalogue({
  ja: {
    queue: "実行を予告する",
    queueSays: (time: string) =>
      `可決されました。予告すると、お知らせ期間(${time})が始まり、そのあと実行できるようになります。だれでもできます。`,
    execute: "実行する",
    executeSays:
      "お知らせ期間が終わりました。実行すると、決まったとおりに、金庫から行われます。だれでもできます。",
    cancel: "取り下げる",
    cancelSays: "あなたの提案です。投票が始まる前なら、取り下げられます。元には戻せません。",
    wallet: "行うには、ウォレットが要ります。",
    open: "ウォレットをひらく",
    other: "この会員証からは送れません。ウォレットをお使いください。",
    confirm: "これで、まちがいありませんか？",
    happens: "こうなります",
    done: "行われました。",
  },
  en: {
    queue: "Announce it",
    queueSays: (time: string) =>
      `It passed. Announcing it begins the notice period (${time}), after which it can be carried out. Anyone can do it.`,
    execute: "Carry it out",
    executeSays:
      "The notice period is over. Carried out, the treasury does what was decided. Anyone can do it.",
    cancel: "Withdraw it",
    cancelSays: "You proposed this. Until voting opens you can withdraw it. That can’t be undone.",
    wallet: "It takes a wallet to do it.",
    open: "Open a wallet",
    other: "This account sends nothing. Please use a wallet.",
    confirm: "Is this what you want?",
    happens: "What happens",
    done: "It’s done.",
  },
});

interface TakeStepProps {
  readonly proposal: ProposalView;
  readonly step: Step;
  readonly account: Account | undefined;
  readonly again: () => void;
}

/** A step that moves a proposal on: what it does, its trial, and the button that sends it. */
export function TakeStep({ proposal, step, account, again }: TakeStepProps) {
  const texts = useTexts(TEXTS);
  const { span } = useFormat();
  const { open } = useAccount();
  const own = useSending(`${step}-${proposal.id}`);
  const { state } = own.sending;
  useEffect(() => {
    if (state === "done") again();
  }, [state, again]);
  const says = step === "queue" ? texts.queueSays(span(proposal.timelockDelay)) : texts[`${step}Says`];
  const isUnderWay = state === "sent" || state === "done" || state === "asking";
  const asked = useAsked(isUnderWay);
  return (
    <Section title={texts[step]}>
      <div className="stack">
        <p>{says}</p>
        <SendingState of={own} />
        {state === "done" && <p role="status">{texts.done}</p>}
        {!isUnderWay && account?.send !== undefined && (
          <p>
            <button className="button second" type="button" onClick={asked.ask}>
              {texts[step]}
            </button>
          </p>
        )}
        {account?.send === undefined && (
          <div className="stack snug">
            <p className="small quiet">{account === undefined ? texts.wallet : texts.other}</p>
            {account === undefined && (
              <p>
                <button className="button second" type="button" onClick={open}>
                  {texts.open}
                </button>
              </p>
            )}
          </div>
        )}
      </div>
      <Confirm title={texts[step]} isOpen={asked.isOpen} close={asked.close}>
        <p className="big" lang={languageOf(proposal.title)}>
          {proposal.title}
        </p>
        <p>{says}</p>
        {step !== "cancel" && (
          <>
            <h3>{texts.happens}</h3>
            <Calls of={proposal.calls} />
          </>
        )}
        {account !== undefined && (
          <Trial
            of={{ act: "step", number: proposal.number, step, account: account.address }}
            account={account}
            own={own}
          />
        )}
      </Confirm>
    </Section>
  );
}
