import type { HttpBindings } from "@hono/node-server";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context, Next } from "hono";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { routePath } from "hono/route";
import type { Problem } from "../../sdk/errors.js";
import { KyosoError, isProblem } from "../../sdk/errors.js";
import type { KindName } from "../jobs/job.js";
import { KINDS } from "../jobs/job.js";
import { isDiskFull, type JobStore } from "../jobs/store.js";
import type { Desk } from "../kinds/kind.js";
import type { Logger } from "../log.js";
import { failureOf } from "../worker/trouble.js";
import type { Admission } from "./admission.js";
import { jobAsJson, problemAsJson, problems, statusOf } from "./answers.js";
import type { StatusAnswer } from "./document.js";
import { describeApi } from "./document.js";
import { askerOf, proxiesOf, RateLimit } from "./limits.js";
import { PATHS } from "./paths.js";

/** What a request may have at most, in bytes: more than any of what is signed. */
const LARGEST_BODY = 16 * 1024;

/** How many times as often as handing in one may ask how something stands. */
const ASKING = 10;

export interface AppOptions {
  readonly store: JobStore;
  readonly admission: Admission;
  /** Of the kinds that it takes. */
  readonly desks: ReadonlyMap<KindName, Desk>;
  readonly origins: readonly string[];
  readonly proxies: readonly string[];
  readonly perMinute: number;
  readonly status: () => StatusAnswer;
  readonly metrics: (() => Promise<string>) | undefined;
  /** Called with each answer. */
  readonly onAnswer: (path: string, status: number) => void;
  readonly log: Logger;
}

/**
 * The relay's HTTP interface. A request goes through named stages: where it comes from, how often, its size, its form, what the
 * chain says of it; and only then is it written down.
 */
export function createApp(options: AppOptions): Hono {
  const { store, admission, desks, origins, perMinute, log } = options;
  const proxies = proxiesOf(options.proxies);
  const app = new Hono();
  const handing = new RateLimit(perMinute);
  const asking = new RateLimit(perMinute * ASKING);

  app.use(async (context, next) => {
    await answerOrigin(context, next, origins);
    context.header("Cache-Control", "no-store");
    context.header("X-Content-Type-Options", "nosniff");
    options.onAnswer(nameOf(context), context.res.status);
  });
  app.use(async (context, next) => {
    const { address = "unknown" } = getConnInfo(context).remote;
    const asker = askerOf(address, context.req.header("x-forwarded-for"), proxies);
    const limit = context.req.method === "POST" ? handing : asking;
    const wait = limit.take(asker);
    if (wait === undefined) return next();
    context.header("Retry-After", wait.toString());
    return refuse(context, problems.tooMany(wait));
  });

  for (const kind of KINDS) {
    const path = PATHS[kind];
    const desk = desks.get(kind);
    const size = bodyLimit({
      maxSize: LARGEST_BODY,
      onError: (context) => refuse(context, problems.tooLarge(LARGEST_BODY)),
    });
    app.post(path, size, async (context) => {
      if (desk === undefined) return refuse(context, problems.kindOff(kind));
      if (!/^application\/json\s*(?:;|$)/iu.test(context.req.header("content-type") ?? "")) {
        return refuse(context, problems.notJson());
      }
      const full = admission.fullOf(desk);
      if (full !== undefined) return refuse(context, full);
      const handed = desk.read(await context.req.text());
      if (isProblem(handed)) return refuse(context, handed);
      const accepted = await admission.admit(desk, handed);
      if (accepted.job === undefined) return refuse(context, accepted.problem);
      const { job, isNew } = accepted;
      if (isNew) log("info", "taken", { kind, job: job.number });
      return context.json(jobAsJson(job), isNew ? 202 : 200);
    });
  }

  app.get("/jobs/:id", (context) => {
    const id = context.req.param("id");
    const job = /^[0-9a-f]{32}$/u.test(id) ? store.find(id) : undefined;
    return job === undefined ? refuse(context, problems.unknownJob()) : context.json(jobAsJson(job));
  });
  app.get("/status", (context) => context.json(options.status()));
  const { metrics } = options;
  if (metrics !== undefined) app.get("/metrics", async (context) => context.text(await metrics()));
  describeApi(app, [...desks.keys()]);

  app.notFound((context) => refuse(context, problems.unknownPath()));
  app.onError((error, context) => {
    // Whoever sent it went away before the end, as a phone does in a tunnel: nothing failed here, and nobody reads the answer.
    const { complete, destroyed } = (context.env as HttpBindings).incoming;
    if (destroyed && !complete) return context.body(null, 400);
    if (isDiskFull(error)) return refuse(context, firstOf(error) ?? problems.failed());
    const { code, away } = failureOf(error);
    log("error", "request-failed", { code, away });
    return refuse(context, away ? problems.nodeAway() : problems.failed());
  });
  return app;
}

/** A browser's request is answered for the DAO's own pages only; what it signs is what counts, so that nothing else is needed. */
async function answerOrigin(context: Context, next: Next, origins: readonly string[]): Promise<void> {
  const origin = context.req.header("origin");
  context.header("Vary", "Origin");
  if (origin !== undefined && !origins.includes(origin)) {
    context.res = refuse(context, problems.origin());
    return;
  }
  if (origin !== undefined) context.header("Access-Control-Allow-Origin", origin);
  if (context.req.method !== "OPTIONS") {
    await next();
    return;
  }
  context.header("Access-Control-Allow-Methods", "GET, POST");
  context.header("Access-Control-Allow-Headers", "Content-Type");
  context.header("Access-Control-Max-Age", "600");
  context.res = context.body(null, 204);
}

/** What was asked, by the name that the API has for it: no address that somebody made up becomes a label. */
function nameOf(context: Context): string {
  const route = routePath(context, -1);
  return route.includes("*") ? "other" : route;
}

function refuse(context: Context, problem: Problem): Response {
  const status = statusOf(problem);
  if (status === 503) context.header("Retry-After", "60");
  return context.json(problemAsJson(problem), status);
}

function firstOf(error: unknown): Problem | undefined {
  return error instanceof KyosoError ? error.problems[0] : undefined;
}
