import { HardhatPluginError } from "hardhat/plugins";
import { formatProblem } from "../../sdk/errors.js";

/** What its reader can do about an error of the file system. */
const REMEDIES: Record<string, { message: string; remedy: string }> = {
  ENOSPC: { message: "The disk is full", remedy: "Make room, and build again." },
  EDQUOT: { message: "Your quota of the disk is used up", remedy: "Make room, and build again." },
  EROFS: { message: "The disk can only be read", remedy: "Copy the project to where you may write." },
  EACCES: { message: "You may not write here", remedy: "Take its ownership, or build as its owner." },
  EPERM: { message: "You may not write here", remedy: "Take its ownership, or build as its owner." },
};

/** Says in a sentence why a build can't write what it makes, as far as that is why; any other error stays as it is. */
export function explain(error: unknown, root: string): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { code, path } = cause as NodeJS.ErrnoException;
    const known = code === undefined ? undefined : REMEDIES[code];
    if (known === undefined) continue;
    return new HardhatPluginError("kyoso", `\n\n${formatProblem({ place: path ?? root, ...known })}`, cause);
  }
  return error;
}
