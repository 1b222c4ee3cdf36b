import { useCallback, useContext, useEffect, useState } from "react";
import type { Act, ActAnswer } from "../reader/acts.js";
import { NoAnswer } from "../reader/client.js";
import type { Failure } from "../reader/protocol.js";
import { ReaderContext } from "../reader/ReaderContext.js";
import type { Known } from "../reader/useAnswer.js";

/** Milliseconds after which it is asked again. */
const PERIOD = 30_000;

interface State {
  readonly key: string;
  readonly answer: unknown;
  readonly at: number;
  readonly failure: Failure | undefined;
}

/** Asks something that an account is to know before it acts, and asks again as long as it is looked at. */
export function useActAnswer<Asked extends Act>(asked: Asked): Known<ActAnswer<Asked>> {
  const reader = useContext(ReaderContext);
  const key = JSON.stringify(asked);
  const [state, setState] = useState<State>();
  const [round, setRound] = useState(0);
  const again = useCallback(() => {
    setRound((before) => before + 1);
  }, []);
  useEffect(() => {
    if (reader === undefined) return undefined;
    let stopped = false;
    const ask = async () => {
      if (document.visibilityState === "hidden") return;
      try {
        const answer = await reader.act(JSON.parse(key) as Act);
        if (!stopped) setState({ key, answer, at: Date.now(), failure: undefined });
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        const { failure } = error;
        if (stopped) return;
        setState((before) =>
          before?.key === key ? { ...before, failure } : { key, answer: undefined, at: 0, failure },
        );
      }
    };
    void ask();
    const timer = setInterval(() => void ask(), PERIOD);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [reader, key, round]);
  const known = state?.key === key ? state : undefined;
  return {
    // The answer to a question is of its kind.
    answer: known?.answer as ActAnswer<Asked> | undefined,
    at: known?.at ?? 0,
    failure: known?.failure,
    again,
  };
}
