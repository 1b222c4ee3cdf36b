import type { ProblemData } from "./codes.js";
import { unbroken } from "./text.js";

export type { ProblemData } from "./codes.js";

/** What kind of problem it is: stable, for programs and translators; docs/errors.md lists them all. */
export type ProblemCode = keyof ProblemData;

/** What a problem says to its reader. */
export interface Words {
  /** What is wrong, with the offending value. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** Where: a path in a file (`governance.votingPeriod`), a file, an address. */
  readonly place?: string;
}

/** A problem's data, and what the command line says of it. */
export interface Telling<Code extends ProblemCode> extends Words {
  /** What the words are made of, for whoever words it otherwise: see {@link wordsOf}. */
  readonly data: ProblemData[Code];
}

/** One thing that is wrong, where it is, and what to do about it, in the command line's words. */
export interface Problem<Code extends ProblemCode = ProblemCode> extends Telling<Code> {
  readonly code: Code;
}

/** A problem of a kind; the compiler checks that its data are that kind's. */
export function problem<Code extends ProblemCode>(
  code: Code,
  { data, message, remedy, place }: Telling<Code>,
): Problem<Code> {
  return {
    code,
    data,
    ...(place === undefined ? {} : { place }),
    message,
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** Whether a value that nothing is known of is a problem. */
export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" && value !== null && "code" in value && "data" in value && "message" in value
  );
}

/** Whether a problem is of a kind; its data are then known. */
export function isOf<Code extends ProblemCode>(told: Problem, code: Code): told is Problem<Code> {
  return told.code === code;
}

/** How somebody other than the command line words problems: a page, in its reader's language, with its own buttons. */
export type Wording = { readonly [Code in ProblemCode]?: (data: ProblemData[Code]) => Words };

/**
 * What a problem says: in the words of `wording`, and where that has none, in the command line's. A wording that names
 * no place leaves the problem where it is.
 */
export function wordsOf<Code extends ProblemCode>(told: Problem<Code>, wording: Wording = {}): Words {
  const { message, remedy, place } = told;
  const own: ((data: ProblemData[Code]) => Words) | undefined = wording[told.code];
  const at = place === undefined ? {} : { place };
  if (own !== undefined) return { ...at, ...own(told.data) };
  return { ...at, message, ...(remedy === undefined ? {} : { remedy }) };
}

/**
 * An error that its reader can do something about: bad input, a chain that isn't as expected, a missing balance.
 * It may name several problems at once, so that a file is mended in one go. Anything else that is thrown is a defect.
 */
export class KyosoError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list.map((each) => formatProblem(each)).join("\n"), options);
    this.name = "KyosoError";
    this.problems = list;
  }

  /** The error of one problem, and what caused it. */
  static of<Code extends ProblemCode>(
    code: Code,
    { cause, ...told }: Telling<Code> & { readonly cause?: unknown },
  ): KyosoError {
    return new KyosoError(problem(code, told), cause === undefined ? {} : { cause });
  }
}

/** `place: message` and, on a line of its own, the remedy. */
export function formatProblem(told: Problem, wording?: Wording): string {
  const { message, remedy, place } = wordsOf(told, wording);
  return `${place === undefined ? "" : `${unbroken(place)}: `}${message}${remedy === undefined ? "" : `\n  → ${remedy}`}`;
}

/** What `run` returns; where it finds a problem that doesn't say where it is, the problem says `place`. */
export function inPlace<Result>(place: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    throw new KyosoError(
      error.problems.map((each) => ({ place, ...each })),
      { cause: error },
    );
  }
}
