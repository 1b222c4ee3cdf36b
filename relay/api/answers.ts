import type { Problem, ProblemCode } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import { toJson } from "../../sdk/json.js";
import type { Job, JobProblem } from "../jobs/job.js";

/** A job as whoever handed it in sees it. */
export function jobAsJson({
  id,
  kind,
  state,
  problem: found,
  transaction,
  createdAt,
  changedAt,
  notBefore,
}: Job) {
  return {
    id,
    kind,
    state,
    problem: found === null ? null : problemAsJson(found).problem,
    transaction,
    /** When it goes on, of one that has to wait. */
    notBefore: state === "waiting" && notBefore > Date.now() ? new Date(notBefore).toISOString() : null,
    createdAt: new Date(createdAt).toISOString(),
    changedAt: new Date(changedAt).toISOString(),
  };
}

/** A problem as it is answered with. */
export function problemAsJson({
  code,
  message,
  remedy,
  data,
}: Omit<JobProblem, "code"> & { readonly code: string }) {
  return { problem: { code, message, remedy: remedy ?? null, data: toJson(data) } };
}

type HttpStatus = 400 | 403 | 404 | 413 | 422 | 429 | 500 | 503;

const STATUS: Partial<Record<ProblemCode, HttpStatus>> = {
  "file.not-json": 400,
  "signed.not-whole": 400,
  "signed.other-kind": 400,
  "relay.not-json": 400,
  "relay.origin": 403,
  "relay.job-unknown": 404,
  "relay.path-unknown": 404,
  "relay.kind-off": 404,
  "relay.too-large": 413,
  "relay.too-many": 429,
  "relay.subject-busy": 429,
  "relay.queue-full": 503,
  "relay.disk-full": 503,
  "relay.node-away": 503,
  "relay.failed": 500,
};

/** The status of HTTP that goes with a problem. What was signed, and can't be carried out, has 422. */
export function statusOf({ code }: Problem): HttpStatus {
  return STATUS[code] ?? 422;
}

/** Problems that the API has of its own. */
export const problems = {
  tooMany: (wait: number) =>
    problem("relay.too-many", {
      data: { wait },
      message: "Too many requests came from there",
      remedy: `Wait ${wait} seconds.`,
    }),
  tooLarge: (most: number) =>
    problem("relay.too-large", {
      data: { most },
      message: `It has more than ${most.toLocaleString("en")} bytes`,
      remedy: "Hand in what was signed, and nothing else.",
    }),
  notJson: () =>
    problem("relay.not-json", {
      data: {},
      message: "It isn't sent as JSON",
      remedy: "Send it with the header Content-Type: application/json.",
    }),
  origin: () =>
    problem("relay.origin", {
      data: {},
      message: "This page may not ask here",
      remedy: "Use the DAO's own page. Whoever runs the relay names its origin in the settings.",
    }),
  unknownPath: () =>
    problem("relay.path-unknown", {
      data: {},
      message: "There is nothing at this address",
      remedy: "See /openapi.json for what there is.",
    }),
  unknownJob: () =>
    problem("relay.job-unknown", {
      data: {},
      message: "There is no such job",
      remedy: "Hand in what was signed again: the same thing is never done twice.",
    }),
  kindOff: (kind: string) =>
    problem("relay.kind-off", {
      data: { kind },
      message: `This relay takes no ${kind}s`,
      remedy: "Carry it out yourself, or hand it to whoever does.",
    }),
  nodeAway: () =>
    problem("relay.node-away", {
      data: {},
      message: "Its node doesn't answer, so that nothing can be checked",
      remedy: "Hand it in again in some minutes.",
    }),
  failed: () =>
    problem("relay.failed", {
      data: {},
      message: "Something went wrong in it",
      remedy: "Hand it in again. Whoever runs it finds more in its logs.",
    }),
};
