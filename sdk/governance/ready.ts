import type { Problem, ProblemCode, Telling } from "../errors.js";
import { problem } from "../errors.js";

/** Whether a step can be taken now; and if not, why and when. Times are timestamps. */
export type Readiness = Ready | NotReady;

interface Steps {
  /** In the command line's words: until when it can be done, or why it can't. */
  readonly message: string;
  /** What can be done about it. */
  readonly remedy?: string;
  /** The first second in which it can be done, where that is known and still to come. */
  readonly from?: number;
  /** The last second in which it can be done. */
  readonly until?: number;
}

interface Ready extends Steps {
  readonly ready: true;
  readonly problem?: never;
}

export interface NotReady extends Steps {
  readonly ready: false;
  /** The same, for whoever words it otherwise. */
  readonly problem: Problem;
}

/** That a step can't be taken, as a problem of a kind says. */
export function refuse<Code extends ProblemCode>(
  code: Code,
  told: Telling<Code>,
  times: Pick<Readiness, "from" | "until"> = {},
): NotReady {
  return notReady(problem(code, told), times);
}

/** That a step can't be taken, as a problem says. */
export function notReady(refused: Problem, times: Pick<Readiness, "from" | "until"> = {}): NotReady {
  const { message, remedy } = refused;
  return { ready: false, message, ...(remedy === undefined ? {} : { remedy }), problem: refused, ...times };
}
