import { useState } from "react";
import type { Known } from "../../reader/useAnswer.js";

/** The answer to what was asked before stays for as long as there is none to what is asked now: nothing blinks where more is shown. */
export function useLast<Answer>(known: Known<Answer>): Known<Answer> {
  const { answer } = known;
  const [last, setLast] = useState(answer);
  if (answer !== undefined && answer !== last) setLast(answer);
  return { ...known, answer: answer ?? last };
}
