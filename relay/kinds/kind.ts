import type { Log } from "ethers";
import type { Call } from "../../sdk/calls/plan.js";
import type { Intent } from "../../sdk/execute/account.js";
import { parseJson } from "../../sdk/json.js";
import type { Problem } from "../../sdk/errors.js";
import { isOf } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import type { FileKind } from "../../sdk/signed/form.js";
import { parseSigned } from "../../sdk/signed/form.js";
import type { Handed, Job, KindName } from "../jobs/job.js";

/** Where what is wrong is, as problems say it: there are no files here. */
export const PLACE = "request";

/** What something signed is worth at this moment. */
export type Verdict =
  /** It can be carried out, for all that is known without a trial, and before `until`, in seconds, where there is an end to it. */
  | { readonly status: "valid"; readonly until?: number | undefined }
  /** It is carried out, by whomever, and as it was meant. */
  | { readonly status: "done" }
  /** It can be from a moment on, in seconds. */
  | {
      readonly status: "later";
      readonly from: number;
      readonly until?: number | undefined;
      readonly problem: Problem;
    }
  | { readonly status: "refused"; readonly problem: Problem };

/** How something is carried out. */
export interface Deed {
  readonly call: Call;
  /** Whether it asks a contract that a stranger may have made: it goes alone then, with its gas limited. */
  readonly asksStranger: boolean;
}

/** Jobs that go in one transaction through a contract which gives each a limit of gas: none can burn what the others need. */
interface Batch {
  readonly jobs: readonly Job[];
  /** Whether each works now, one after the other. */
  works(): Promise<readonly boolean[]>;
  /** The transaction that carries out some of them. */
  intentFor(jobs: readonly Job[]): Intent;
}

/** Batches of what is valid at a moment, and the jobs that aren't. */
interface Batched {
  readonly batches: readonly Batch[];
  readonly unfit: readonly Job[];
}

/** A job and what was signed. */
interface SignedJob<Value> {
  readonly job: Job;
  readonly value: Value;
}

/** One kind of what people sign: all that the relay knows of it. Each function takes many, as nodes answer few requests faster. */
export interface Kind<Value> {
  readonly name: KindName;
  readonly file: FileKind<Value>;
  /** What of it is signed or tells it from others; without what anybody may change, such as the DAO's name. */
  identity(value: Value): readonly string[];
  /** What can be done once only. */
  subject(value: Value): string;
  /** Who answers for it: see {@link Job}. */
  account(value: Value): string;
  campaign(value: Value): string | null;
  /** With what of its kind it waits for the same: see {@link Job}. */
  share?(value: Value): string;
  /**
   * Checks as the contracts would, as of the newest block.
   *
   * @param sender Who would send it.
   * @param trial Whether each is tried too. What isn't is tried before it is paid for.
   */
  check(live: LiveDao, values: readonly Value[], sender: string, trial: boolean): Promise<readonly Verdict[]>;
  /** How many go through a contract that bounds the gas of each, where there is one for them. */
  readonly batches?: (live: LiveDao, carried: readonly SignedJob<Value>[]) => Promise<Batched>;
  /** How each is carried out, of what doesn't go in batches. */
  deeds?(live: LiveDao, values: readonly Value[]): Promise<readonly Deed[]>;
  /** Whether each is done as of `live.block`, by whomever. */
  isDone(live: LiveDao, values: readonly Value[]): Promise<readonly boolean[]>;
  /** Which of them logs of a transaction show as done: by their places. */
  doneIn(live: LiveDao, logs: readonly Log[], values: readonly Value[]): ReadonlySet<number>;
}

/** A kind as the worker and the API see it, to whom what is signed is JSON. */
export interface Desk {
  readonly name: KindName;
  /** Reads what somebody hands in: its size was looked at, and nothing else. */
  read(text: string): Handed | Problem;
  check(
    live: LiveDao,
    bodies: readonly string[],
    sender: string,
    trial?: boolean,
  ): Promise<readonly Verdict[]>;
  /** See {@link Kind}; undefined where each has a deed. */
  readonly batches: ((live: LiveDao, jobs: readonly Job[]) => Promise<Batched>) | undefined;
  deeds(live: LiveDao, jobs: readonly Job[]): Promise<readonly (Deed | undefined)[]>;
  isDone(live: LiveDao, jobs: readonly Job[]): Promise<readonly boolean[]>;
  doneIn(live: LiveDao, logs: readonly Log[], jobs: readonly Job[]): readonly boolean[];
}

/** The desk of a kind. */
export function deskOf<Value>(kind: Kind<Value>): Desk {
  const valueOf = (body: string): Value => kind.file.schema.parse(parseJson(body));
  const signedIn = (jobs: readonly Job[]): SignedJob<Value>[] =>
    jobs.map((job) => {
      if (job.body === null) throw new TypeError(`What job ${job.number} is of isn't kept any more`);
      return { job, value: valueOf(job.body) };
    });
  const valuesOf = (jobs: readonly Job[]) => signedIn(jobs).map(({ value }) => value);
  const { batches } = kind;
  return {
    name: kind.name,
    read(text) {
      const { value, ...read } = parseSigned(text, PLACE, kind.file);
      if (value === undefined) {
        if ("problem" in read) return read.problem;
        throw new TypeError("Something that can't be read has no problem");
      }
      return {
        kind: kind.name,
        identity: kind.identity(value),
        subject: `${kind.name} ${kind.subject(value)}`,
        account: kind.account(value),
        campaign: kind.campaign(value),
        share: kind.share?.(value) ?? null,
        body: JSON.stringify(value),
      };
    },
    check: (live, bodies, sender, trial = true) => kind.check(live, bodies.map(valueOf), sender, trial),
    batches: batches === undefined ? undefined : (live, jobs) => batches(live, signedIn(jobs)),
    deeds: async (live, jobs) => (await kind.deeds?.(live, valuesOf(jobs))) ?? jobs.map(() => undefined),
    isDone: (live, jobs) => kind.isDone(live, valuesOf(jobs)),
    doneIn(live, logs, jobs) {
      const done = kind.doneIn(live, logs, valuesOf(jobs));
      return jobs.map((_, i) => done.has(i));
    },
  };
}

/**
 * The verdict on something that has a problem. Some pass at a moment that is known: until then it waits.
 *
 * @param until From when on it can't be carried out any more, where that is known.
 */
export function verdictOn(problem: Problem, until?: number): Verdict {
  const from = passesAt(problem);
  return from === undefined ? { status: "refused", problem } : { status: "later", from, until, problem };
}

function passesAt(problem: Problem): number | undefined {
  if (isOf(problem, "vote.not-open")) return problem.data.opens;
  if (isOf(problem, "idea.support-not-open")) return problem.data.snapshot + 1;
  if (isOf(problem, "kind.day-exhausted")) return problem.data.from;
  if (isOf(problem, "season.points-exhausted")) return problem.data.from;
  return undefined;
}
