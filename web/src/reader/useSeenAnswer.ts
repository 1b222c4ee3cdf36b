import { useContext, useEffect, useMemo } from "react";
import { DocumentContext } from "../ui/Address.js";
import type { AnswerTo, Question } from "./protocol.js";
import { forgetSeen, keepSeen, readSeen } from "./seen.js";
import type { Known } from "./useAnswer.js";
import { useAnswer } from "./useAnswer.js";

/** What is kept on the device from one visit to the next. */
type SeenQuestion = Extract<Question, { readonly what: "home" | "proposals" | "ideaCall" }>;

/**
 * As {@link useAnswer}; and who was here before sees what they saw then, with a word that it is being read anew, until that is
 * done: a long history takes seconds. It isn't shown where the node says something that doesn't fit the DAO.
 */
export function useSeenAnswer<Asked extends SeenQuestion>(question: Asked): Known<AnswerTo<Asked>> {
  const document = useContext(DocumentContext);
  const name = nameOf(question);
  const known = useAnswer(question);
  const { answer, at, failure } = known;
  const seen = useMemo(
    () => (document === undefined || name === undefined ? undefined : readSeen(name, document)),
    [document, name],
  );
  const isUntrue = failure !== undefined && failure.of !== "nodes";
  useEffect(() => {
    if (document === undefined || name === undefined) return;
    if (isUntrue || answer === null) forgetSeen(name, document);
    else if (answer !== undefined) keepSeen(name, document, answer, at);
  }, [name, document, answer, at, isUntrue]);
  if (answer !== undefined || seen === undefined || isUntrue) return known;
  // What is kept of a question is an answer of its kind.
  return { ...known, answer: seen.answer as AnswerTo<Asked>, at: seen.at, isRenewing: failure === undefined };
}

/** By what an answer is kept; undefined for one that isn't: of a call, only how it begins. */
function nameOf(question: SeenQuestion): string | undefined {
  if (question.what !== "ideaCall") return question.what;
  return question.find === "" ? `call ${question.number} ${question.shown}` : undefined;
}
