import { ask, isTerminal } from "./output.js";

/** Whoever was asked doesn't want it. The command ends with what this says, and without an error. */
export class Unwanted extends Error {
  override readonly name = "Unwanted";
}

/**
 * {@link confirmed}, where a command ends if the answer isn't yes: before anything is signed or sent of what it has shown.
 *
 * @param otherwise What is said then: `Nothing was signed.`
 */
export async function requireYes(question: string, json: boolean, otherwise: string): Promise<void> {
  if (!(await confirmed(question, json))) throw new Unwanted(otherwise);
}

/**
 * Asks once, before something is done that was shown, where somebody sits before it. A script isn't asked: what it was
 * told to do is the answer.
 *
 * @returns Whether to go on.
 */
export async function confirmed(question: string, json: boolean): Promise<boolean> {
  if (json || !process.stdin.isTTY || !isTerminal()) return true;
  return /^y(?:es)?$/iu.test((await ask(`\n${question} [y/N] `)).trim());
}
