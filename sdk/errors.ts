/** One thing that is wrong, where it is, and what to do about it. */
export interface Problem {
  /** What is wrong, with the offending value. */
  readonly message: string;
  /** Where: a path in a file (`governance.votingPeriod`), a file, an address. */
  readonly place?: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/**
 * An error that its reader can do something about: bad input, a chain that isn't as expected, a missing balance.
 * It may name several problems at once, so that a file is mended in one go. Anything else that is thrown is a defect.
 */
export class KyosoError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: Problem | readonly Problem[], options?: ErrorOptions) {
    const list = Array.isArray(problems) ? (problems as readonly Problem[]) : [problems as Problem];
    super(list.map(formatProblem).join("\n"), options);
    this.name = "KyosoError";
    this.problems = list;
  }
}

/** `place: message` and, on a line of its own, the remedy. */
export function formatProblem(problem: Problem): string {
  const place = problem.place === undefined ? "" : `${problem.place}: `;
  const remedy = problem.remedy === undefined ? "" : `\n  → ${problem.remedy}`;
  return `${place}${problem.message}${remedy}`;
}

/** What `run` returns; where it finds a problem that doesn't say where it is, the problem says `place`. */
export function inPlace<Result>(place: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof KyosoError)) throw error;
    throw new KyosoError(
      error.problems.map((problem) => ({ place, ...problem })),
      { cause: error },
    );
  }
}
