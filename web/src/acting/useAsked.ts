import { useState } from "react";

/** Whether somebody is asked whether they really want it. */
export interface Asked {
  readonly isOpen: boolean;
  readonly ask: () => void;
  readonly close: () => void;
}

/**
 * Something that is looked over before it is done.
 *
 * @param isGoing Whether it is being done. That ends the question: whatever comes of it is said in the view, and the question
 * doesn't come back by itself and hide it.
 */
export function useAsked(isGoing: boolean): Asked {
  const [isAsked, setAsked] = useState(false);
  if (isAsked && isGoing) setAsked(false);
  return {
    isOpen: isAsked && !isGoing,
    ask: () => {
      setAsked(true);
    },
    close: () => {
      setAsked(false);
    },
  };
}
