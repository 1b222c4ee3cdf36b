import { useContext, useEffect, useState } from "react";
import type { Account } from "../account/account.js";
import { catalogue, useTexts } from "../language/language.js";
import { useFormat } from "../language/useFormat.js";
import type { Act, ActAnswer, PreparedCall } from "../reader/acts.js";
import { ReaderContext } from "../reader/ReaderContext.js";
import { Reason } from "./Reason.js";
import { Troubled } from "./Told.js";
import type { Trouble } from "./trouble.js";
import { troubleOf } from "./trouble.js";
import type { OwnSending } from "./useSending.js";

const TEXTS = catalogue({
  ja: {
    trying: "ためしています。",
    works: "ためしたところ、うまくいきます。",
    cost: (eth: string) => `費用はおよそ${eth} ETHです。`,
    send: "ウォレットから送る",
  },
  en: {
    trying: "Trying it.",
    works: "It was tried, and would succeed.",
    cost: (eth: string) => `It costs about ${eth} ETH.`,
    send: "Send it from your wallet",
  },
});

/** What is a transaction, and nothing that is signed. */
type Sent = {
  [Name in Act["act"]]: ActAnswer<Extract<Act, { act: Name }>> extends PreparedCall ? Name : never;
}[Act["act"]];

interface Props {
  readonly of: Extract<Act, { readonly act: Sent }>;
  readonly account: Account;
  readonly own: OwnSending;
}

/** Something, tried as the person's own transaction, what it costs, and the button that sends it. */
export function Trial({ of: asked, account, own }: Props) {
  const texts = useTexts(TEXTS);
  const { small } = useFormat();
  const reader = useContext(ReaderContext);
  const [call, setCall] = useState<PreparedCall>();
  const [trouble, setTrouble] = useState<Trouble>();
  const key = JSON.stringify(asked);
  useEffect(() => {
    let stopped = false;
    reader?.act(JSON.parse(key) as Props["of"]).then(
      (found) => {
        if (!stopped) setCall(found);
      },
      (error: unknown) => {
        if (!stopped) setTrouble(troubleOf(error));
      },
    );
    return () => {
      stopped = true;
    };
  }, [reader, key]);
  if (trouble !== undefined) return <Troubled of={trouble} />;
  if (call === undefined) return <p role="status">{texts.trying}</p>;
  if (call.refused !== null) {
    return (
      <div className="notice stop" role="alert">
        <p>
          <Reason {...call.refused} />
        </p>
      </div>
    );
  }
  return (
    <div className="stack snug">
      <p className="small">
        {texts.works} {call.cost !== null && texts.cost(small(call.cost))}
      </p>
      <p>
        <button className="button wide" type="button" onClick={() => void own.send(account, call)}>
          {texts.send}
        </button>
      </p>
    </div>
  );
}
