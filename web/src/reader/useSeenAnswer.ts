import { useContext, useEffect, useState } from "react";
import { DocumentContext } from "../ui/Address.js";
import type { AnswerTo } from "./protocol.js";
import { forgetSeen, keepSeen, readSeen } from "./seen.js";
import type { Known } from "./useAnswer.js";
import { useAnswer } from "./useAnswer.js";

/** What is kept on the device from one visit to the next. */
type SeenQuestion = { readonly what: "home" } | { readonly what: "proposals" };

/**
 * As {@link useAnswer}; and who was here before sees what they saw then, with a word that it is being read anew, until that is
 * done: a long history takes seconds. It isn't shown where the node says something that doesn't fit the DAO.
 */
export function useSeenAnswer<Asked extends SeenQuestion>(question: Asked): Known<AnswerTo<Asked>> {
  const document = useContext(DocumentContext);
  const { what } = question;
  const known = useAnswer(question);
  const { answer, at, failure } = known;
  // Who comes back to a view within a visit sees what was answered in it.
  const [seen] = useState(() =>
    document === undefined || answer !== undefined ? undefined : readSeen(what, document),
  );
  const isUntrue = failure !== undefined && failure.of !== "nodes";
  useEffect(() => {
    if (document === undefined) return;
    if (isUntrue) forgetSeen(what, document);
    else if (answer !== undefined) keepSeen(what, document, answer, at);
  }, [what, document, answer, at, isUntrue]);
  if (answer !== undefined || seen === undefined || isUntrue) return known;
  // What is kept of a question is an answer of its kind.
  return { ...known, answer: seen.answer as AnswerTo<Asked>, at: seen.at, isRenewing: failure === undefined };
}
