import { ask, isTerminal } from "./output.js";

/**
 * Asks once, before something is done for many at a time, where somebody sits before it. A script isn't asked: what it was
 * told to do is the answer.
 *
 * @returns Whether to go on.
 */
export async function confirmed(question: string, json: boolean): Promise<boolean> {
  if (json || !process.stdin.isTTY || !isTerminal()) return true;
  return /^y(?:es)?$/iu.test((await ask(`\n${question} [y/N] `)).trim());
}
