import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";

/**
 * That a file with secrets is where Git would take it along.
 *
 * @param shown The file as messages name it.
 * @returns Undefined where Git ignores it, where it is in no repository, and where there is no Git to ask.
 */
export async function exposureOf(file: string, shown = file): Promise<Problem | undefined> {
  if ((await checkIgnore(path.resolve(file))) !== NOT_IGNORED) return undefined;
  return problem("secrets.in-repository", {
    data: { file },
    place: shown,
    message:
      "It holds secrets, and is in a Git repository that doesn't ignore it: a commit would publish them",
    remedy: "Move it out of the repository, or into the folder private/. Never commit it.",
  });
}

/** What `git check-ignore` ends with for a file of a repository that it doesn't ignore; for one of none, it is 128. */
const NOT_IGNORED = 1;

function checkIgnore(file: string): Promise<unknown> {
  let folder = path.dirname(file);
  while (!existsSync(folder)) folder = path.dirname(folder);
  // What a repository configures may be somebody else's, and name programs that Git then runs.
  const safe = ["core.fsmonitor=", "core.hooksPath=/dev/null", "core.pager=cat"].flatMap((each) => [
    "-c",
    each,
  ]);
  const args = [...safe, "-C", folder, "check-ignore", "--quiet", "--", file];
  const { PATH = "", HOME = "", SystemRoot = "" } = process.env;
  const env = { PATH, HOME, SystemRoot, GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0" };
  return new Promise((resolve) => {
    execFile("git", args, { env }, (error) => {
      resolve(error === null ? 0 : error.code);
    });
  });
}
