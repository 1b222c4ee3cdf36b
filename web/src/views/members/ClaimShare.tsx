import { useAccount } from "../../account/useAccount.js";
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
import type { RewardView } from "../../reader/answers.js";
import { Delivery } from "../../relay/Delivery.js";

const TEXTS = catalogue({
  ja: {
    own: "受けとる",
    other: "この人に届ける",
    confirm: (season: string) => `シーズン${season}の分け前`,
    goes: "届く先",
    amount: "分け前",
    says: "だれが手続きしても、分け前は本人にだけ届きます。",
    claim: "届けてもらう",
    without: "手続きするには、ウォレットが要ります。",
    open: "ウォレットをひらく",
  },
  en: {
    own: "Claim it",
    other: "Have it paid to them",
    confirm: (season: string) => `Share of season ${season}`,
    goes: "It goes to",
    amount: "Share",
    says: "Whoever does it, the share goes to its owner and to nobody else.",
    claim: "Have it paid",
    without: "It takes a wallet to do this.",
    open: "Open a wallet",
  },
});

interface Props {
  /** Whose share it is. */
  readonly member: string;
  readonly season: number;
  readonly reward: RewardView;
  readonly again: () => void;
}

/** Has a member paid its share of a season: anyone can, and nobody has to sign. */
export function ClaimShare({ member, season, reward, again }: Props) {
  const texts = useTexts(TEXTS);
  const format = useFormat();
  const { account, open } = useAccount();
  const share = { season, token: reward.token, account: member };
  const deed: Deed = {
    name: `reward-${season}-${reward.token}-${member}`,
    kind: "reward",
    account,
    signed: { ...share, act: "reward" },
    sent: { ...share, act: "payment", caller: account?.address ?? member },
  };
  const own = useDeed(deed);
  const { doneBy, errand, sending, isUnderWay, trouble, ways, run } = own;
  useAfter(doneBy, again);
  const { state } = sending.sending;
  const isGoing = isUnderWay || state === "asking";
  const asked = useAsked(isGoing);
  return (
    <div className="stack snug">
      <Delivery of={errand} send={account?.send === undefined ? undefined : () => void run("wallet")} />
      <SendingState of={sending} />
      {errand.errand !== undefined && <Troubled of={trouble} />}
      {!isGoing && (
        <p>
          <button className="button" type="button" onClick={asked.ask}>
            {account?.address === member ? texts.own : texts.other}
          </button>
        </p>
      )}
      <Confirm title={texts.confirm(format.number(season))} isOpen={asked.isOpen} close={asked.close}>
        <dl className="facts">
          <div>
            <dt>{texts.amount}</dt>
            <dd>
              {format.amount(reward.claimable, reward.decimals)} {reward.symbol}
            </dd>
          </div>
          <div>
            <dt>{texts.goes}</dt>
            <dd>
              <Person of={member} plain />
            </dd>
          </div>
        </dl>
        <p className="small quiet">{texts.says}</p>
        {ways?.length === 0 && account === undefined ? (
          <div className="stack snug">
            <p>{texts.without}</p>
            <p>
              <button
                className="button"
                type="button"
                onClick={() => {
                  asked.close();
                  open();
                }}
              >
                {texts.open}
              </button>
            </p>
          </div>
        ) : (
          <Ways deed={deed} of={own} does={texts.claim} />
        )}
      </Confirm>
    </div>
  );
}
