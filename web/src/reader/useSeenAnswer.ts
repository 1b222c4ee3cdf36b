import type { PageDocument } from "@kyoso/sdk/page";
import { useContext, useEffect, useState } from "react";
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
  // Who comes back to a view within a visit sees what was answered in it. A view of another call is another view.
  const [seen] = useState(() =>
    document === undefined || name === undefined || answer !== undefined
      ? undefined
      : readSeenOf(question, document),
  );
  const isUntrue = failure !== undefined && failure.of !== "nodes";
  useEffect(() => {
    if (document === undefined || name === undefined) return;
    if (isUntrue || answer === null) forgetSeen(name, document);
    else if (answer !== undefined) keepSeen(name, document, answer, at);
  }, [name, document, answer, at, isUntrue]);
  if (answer !== undefined || seen === undefined || isUntrue || name === undefined) return known;
  // What is kept of a question is an answer of its kind.
  return { ...known, answer: seen.answer as AnswerTo<Asked>, at: seen.at, isRenewing: failure === undefined };
}

/** By what an answer is kept; undefined for one that isn't: of calls, the one that was looked at last, and no search in it. */
function nameOf(question: SeenQuestion): string | undefined {
  return question.what === "ideaCall" && question.find !== "" ? undefined : question.what;
}

/** What was kept of a question, and not of another one of its kind. */
function readSeenOf(question: SeenQuestion, document: PageDocument) {
  const seen = readSeen(question.what, document);
  if (question.what !== "ideaCall" || seen === undefined) return seen;
  return "number" in seen.answer && seen.answer.number === question.number ? seen : undefined;
}
