import { createInterface } from "node:readline/promises";

/**
 * Asks once, before something is done for many at a time, where somebody sits before it. A script isn't asked: what it was
 * told to do is the answer.
 *
 * @returns Whether to go on.
 */
export async function confirmed(question: string, json: boolean): Promise<boolean> {
  const { stdin, stdout } = process;
  if (json || !stdin.isTTY || !stdout.isTTY) return true;
  const terminal = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(?:es)?$/iu.test((await terminal.question(`\n${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
