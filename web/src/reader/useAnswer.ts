import { useCallback, useContext, useEffect, useState } from "react";
import { NoAnswer } from "./client.js";
import type { AnswerTo, Failure, Question } from "./protocol.js";
import { ReaderContext } from "./ReaderContext.js";

/** What is known of a question: the last answer, and why there is no newer one. */
export interface Known<Answer> {
  readonly answer: Answer | undefined;
  /** When it was answered, by this device's clock in milliseconds. */
  readonly at: number;
  readonly failure: Failure | undefined;
  /** Whether the answer is of an earlier visit, and a newer one is on its way. */
  readonly isRenewing?: boolean;
  readonly again: () => void;
}

/** Milliseconds after which what is looked at is asked again. */
const PERIOD = 30_000;

/** Answers that were given: a view that is opened again shows them while it asks anew. */
const given = new Map<string, { readonly answer: unknown; readonly at: number }>();

/** Asks the reader, shows at once what is known, and asks again as long as the page is looked at. */
export function useAnswer<Asked extends Question>(question: Asked): Known<AnswerTo<Asked>> {
  const reader = useContext(ReaderContext);
  const key = JSON.stringify(question);
  const [state, setState] = useState<{ key: string; failure: Failure | undefined; round: number }>({
    key,
    failure: undefined,
    round: 0,
  });
  const again = useCallback(() => {
    setState(({ key: same, round }) => ({ key: same, failure: undefined, round: round + 1 }));
  }, []);
  const { round } = state;

  useEffect(() => {
    let stopped = false;
    const ask = async () => {
      if (reader === undefined || document.visibilityState === "hidden") return;
      let failure: Failure | undefined;
      try {
        const answer = await reader.ask(JSON.parse(key) as Question);
        given.set(key, { answer, at: Date.now() });
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        failure = error.failure;
      }
      if (!stopped) setState((before) => ({ key, failure, round: before.round }));
    };
    void ask();
    const timer = setInterval(() => void ask(), PERIOD);
    const look = () => void ask();
    document.addEventListener("visibilitychange", look);
    return () => {
      stopped = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [reader, key, round]);

  const known = given.get(key);
  return {
    // The answer to a question is of its kind.
    answer: known?.answer as AnswerTo<Asked> | undefined,
    at: known?.at ?? 0,
    failure: state.key === key ? state.failure : undefined,
    again,
  };
}
