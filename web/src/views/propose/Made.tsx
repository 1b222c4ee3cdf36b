import { useEffect, useState } from "react";
import { Link } from "wouter";
import { SendingState } from "../../acting/Told.js";
import type { OwnSending } from "../../acting/useSending.js";
import type { Desk } from "../../desk/client.js";
import { useTexts } from "../../language/language.js";
import { TEXTS } from "./texts.js";

interface Props {
  readonly desk: Desk | undefined;
  readonly of: OwnSending;
  /** Told once that the chain has the proposal. */
  readonly onMade: () => void;
}

/** What became of the transaction that proposes: at its end, the way to the proposal. */
export function Made({ desk, of: own, onMade }: Props) {
  const texts = useTexts(TEXTS);
  const { sending } = own;
  const [number, setNumber] = useState<number>();
  const hash = sending.state === "done" ? sending.hash : undefined;
  useEffect(() => {
    if (hash === undefined || desk === undefined) return undefined;
    let stopped = false;
    onMade();
    desk.ask({ what: "made", hash }).then(
      (made) => {
        if (!stopped && made !== null) setNumber(made);
      },
      // It is in the list of all proposals a moment later.
      () => undefined,
    );
    return () => {
      stopped = true;
    };
    // Once for each transaction, whatever is drawn meanwhile: what it calls may be another function each time.
  }, [hash, desk]);
  if (hash === undefined) return <SendingState of={own} />;
  return (
    <div className="notice good" role="status">
      <h3>{texts.made}</h3>
      <p>
        <Link className="link" href={number === undefined ? "/proposals" : `/proposals/${number}`}>
          {texts.see}
        </Link>
      </p>
    </div>
  );
}
