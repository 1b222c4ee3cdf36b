import { useAccount } from "../../account/useAccount.js";
import { Confirm } from "../../acting/Confirm.js";
import { SendingState } from "../../acting/Told.js";
import { Trial } from "../../acting/Trial.js";
import { useAfter } from "../../acting/useAfter.js";
import { useAsked } from "../../acting/useAsked.js";
import { useSending } from "../../acting/useSending.js";
import { catalogue, useTexts } from "../../language/language.js";
import { useFormat } from "../../language/useFormat.js";
import { Person } from "../../people/Person.js";

const TEXTS = catalogue({
  ja: {
    own: (kind: string) => `「${kind}」のバッジには、会員カードがついてきます。まだ受けとっていません。`,
    other: (kind: string) => `「${kind}」のバッジの会員カードを、まだ受けとっていません。`,
    get: "会員カードを受けとる",
    give: "この人に会員カードを届ける",
    wallet: "手続きには、ウォレットが要ります。だれが手続きしても、会員カードはバッジの持ち主に届きます。",
    card: "会員カード",
    number: (number: string) => `第${number}号`,
    goes: "届く先",
    done: "届きました。",
  },
  en: {
    own: (kind: string) => `A membership card comes with your badge “${kind}”. You haven’t got it yet.`,
    other: (kind: string) => `A membership card comes with the badge “${kind}”. They haven’t got it yet.`,
    get: "Get your card",
    give: "Get it for them",
    wallet: "It takes a wallet. Whoever does it, the card goes to whoever holds the badge.",
    card: "Membership card",
    number: (number: string) => `No. ${number}`,
    goes: "It goes to",
    done: "It’s there.",
  },
});

interface Props {
  readonly badge: number;
  /** Name of the badge's kind. */
  readonly kind: string;
  readonly holder: string;
  readonly again: () => void;
}

/** Has the pass of a badge made: anyone can, and it goes to whoever holds the badge. */
export function MintPass({ badge, kind, holder, again }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { account } = useAccount();
  const own = useSending(`mint-${badge}`);
  const { sending } = own;
  useAfter(sending.state === "done" ? sending.hash : undefined, again);
  const isUnderWay = ["asking", "sent", "done"].includes(sending.state);
  const asked = useAsked(isUnderWay);
  const isOwn = account?.address === holder;
  return (
    <div className="stack snug">
      <p>{isOwn ? texts.own(kind) : texts.other(kind)}</p>
      <SendingState of={own} />
      {sending.state === "done" && <p role="status">{texts.done}</p>}
      {account?.send === undefined && <p className="small quiet">{texts.wallet}</p>}
      {account?.send !== undefined && !isUnderWay && (
        <p>
          <button className={isOwn ? "button" : "button second"} type="button" onClick={asked.ask}>
            {isOwn ? texts.get : texts.give}
          </button>
        </p>
      )}
      <Confirm title={isOwn ? texts.get : texts.give} isOpen={asked.isOpen} close={asked.close}>
        <dl className="facts">
          <div>
            <dt>{texts.card}</dt>
            <dd className="num">{texts.number(format.number(badge))}</dd>
          </div>
          <div>
            <dt>{texts.goes}</dt>
            <dd>
              <Person of={holder} plain />
            </dd>
          </div>
        </dl>
        {account !== undefined && (
          <Trial of={{ act: "mint", badge, account: account.address }} account={account} own={own} />
        )}
      </Confirm>
    </div>
  );
}
