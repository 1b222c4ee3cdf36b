import type { Problem } from "../../sdk/errors.js";
import { KyosoError, problem } from "../../sdk/errors.js";

/** What its reader can do about an error of the file system; undefined for one that nobody can do anything about. */
function diskProblem(code: string | undefined, file: string): Problem | undefined {
  const [data, place] = [{ file }, file];
  switch (code) {
    case "ENOSPC":
      return problem("disk.full", {
        data,
        place,
        message: "The disk is full",
        remedy: "Make room, and build again.",
      });
    case "EDQUOT":
      return problem("disk.quota-used", {
        data,
        place,
        message: "Your quota of the disk is used up",
        remedy: "Make room, and build again.",
      });
    case "EROFS":
      return problem("disk.read-only", {
        data,
        place,
        message: "The disk can only be read",
        remedy: "Copy the project to where you may write.",
      });
    case "EACCES":
    case "EPERM":
      return problem("disk.not-allowed", {
        data,
        place,
        message: "You may not write here",
        remedy: "Take its ownership, or build as its owner.",
      });
    default:
      return undefined;
  }
}

/** Says in a sentence why a build can't write what it makes, as far as that is why; any other error stays as it is. */
export function explain(error: unknown, root: string): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, path } = cause as NodeJS.ErrnoException;
    const known = diskProblem(code, path ?? root);
    if (known === undefined) continue;
    return new KyosoError(known, { cause });
  }
  return error;
}
