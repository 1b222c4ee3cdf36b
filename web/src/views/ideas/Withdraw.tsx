import type { Account } from "../../account/account.js";
import { Confirm } from "../../acting/Confirm.js";
import { SendingState } from "../../acting/Told.js";
import { Trial } from "../../acting/Trial.js";
import { useAfter } from "../../acting/useAfter.js";
import { useAsked } from "../../acting/useAsked.js";
import { useSending } from "../../acting/useSending.js";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { Section } from "../../ui/Section.js";
import { useBoard } from "./useBoard.js";

const TEXTS = catalogue({
  ja: {
    title: "取り下げる",
    says: (until: string) =>
      `あなたのアイデアです。${until}までなら、取り下げられます。元には戻せず、出した数には数えます。`,
    do: "このアイデアを取り下げる",
    other: "この会員証からは送れません。ウォレットをお使いください。",
  },
  en: {
    title: "Withdraw it",
    says: (until: string) =>
      `This idea is yours. Until ${until} you can withdraw it. That can’t be undone, and it still counts as one of yours.`,
    do: "Withdraw this idea",
    other: "This account sends nothing. Please use a wallet.",
  },
});

interface Props {
  readonly id: number;
  readonly until: number;
  readonly now: number;
  readonly account: Account;
  readonly again: () => void;
}

/** Where an author takes an idea back. */
export function Withdraw({ id, until, now, account, again }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const own = useSending(`withdraw-${useBoard()}-${id}`);
  const { sending } = own;
  const isUnderWay = ["asking", "sent", "done"].includes(sending.state);
  const asked = useAsked(isUnderWay);
  useAfter(sending.state === "done" ? sending.hash : undefined, again);
  const says = texts.says(format.moment(until, now));
  return (
    <Section title={texts.title}>
      <div className="stack">
        <p className="small">{says}</p>
        <SendingState of={own} />
        {account.send === undefined && <p className="small quiet">{texts.other}</p>}
        {account.send !== undefined && !isUnderWay && (
          <p>
            <button className="button second" type="button" onClick={asked.ask}>
              {texts.do}
            </button>
          </p>
        )}
      </div>
      <Confirm title={texts.title} isOpen={asked.isOpen} close={asked.close}>
        <p>{says}</p>
        <Trial of={{ act: "withdraw", idea: id, account: account.address }} account={account} own={own} />
      </Confirm>
    </Section>
  );
}
