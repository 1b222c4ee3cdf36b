// What the site answers. All that has to do with members is one call of the gate each; change the rest as you like.
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Gate } from "@kyoso/sdk/gate";
import { gateStatus, KyosoError } from "@kyoso/sdk/gate";
import type { Context } from "hono";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { doorPage, membersPage } from "./pages.ts";

export interface Site {
  readonly gate: Gate;
  /** The number of the perk that the coupon is. */
  readonly couponPerk: number;
  /** What whoever redeems the coupon gets to see. */
  readonly couponCode: string;
  /** What an account wants to be called; empty for nothing. A stranger's text. */
  readonly nicknameOf: (account: string) => Promise<string>;
}

/** More than anything has that is signed, in bytes. */
const LARGEST_BODY = 32 * 1024;

export function createApp({ gate, couponPerk, couponCode, nicknameOf }: Site): Hono {
  const app = new Hono();
  const own = ["'self'"];
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: own,
        styleSrc: own,
        connectSrc: own,
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
      referrerPolicy: "same-origin",
    }),
  );
  app.use(
    bodyLimit({
      maxSize: LARGEST_BODY,
      onError: (context) =>
        context.json({ problem: { code: "too-large", message: "That is too much" } }, 413),
    }),
  );
  app.use(async (context, next) => {
    await next();
    // What one member sees isn't kept for the next one.
    context.header("Cache-Control", "no-store");
  });

  app.get("/", async (context) => context.html(await doorPage()));
  for (const [file, type] of [
    ["sign-in.js", "text/javascript"],
    ["style.css", "text/css"],
  ] as const) {
    app.get(`/${file}`, async (context) => {
      context.header("Content-Type", `${type}; charset=utf-8`);
      return context.body(await readFile(path.join(import.meta.dirname, file), "utf8"));
    });
  }

  app.post("/sign-in/begin", async (context) => {
    const { account } = await bodyOf(context);
    const { message, cookie } = await gate.begin(context.req.raw.headers, account);
    context.header("Set-Cookie", cookie);
    return context.json({ message });
  });
  app.post("/sign-in", async (context) => {
    const { account, cookies } = await gate.signIn(context.req.raw.headers, await bodyOf(context));
    for (const cookie of cookies) context.header("Set-Cookie", cookie, { append: true });
    return context.json({ account });
  });
  app.post("/sign-out", async (context) => {
    for (const cookie of await gate.signOut(context.req.raw.headers)) {
      context.header("Set-Cookie", cookie, { append: true });
    }
    return context.json({});
  });

  app.get("/members", async (context) => {
    const { account } = await gate.enter(context.req.raw.headers);
    return context.html(await membersPage(account, await nicknameOf(account)));
  });
  app.post("/coupon", async (context) => {
    const { receipt } = await gate.redeem(context.req.raw.headers, couponPerk);
    return context.json({ code: couponCode, receipt });
  });

  app.onError(async (error, context) => {
    if (!(error instanceof KyosoError)) {
      // Not the error itself: the address of the node, which may have a key in it, can be in its text.
      console.error(`${context.req.method} ${context.req.path} failed: ${error.name}`);
      return context.json({ problem: { code: "failed", message: "Something went wrong here" } }, 500);
    }
    const [problem] = error.problems;
    const status = gateStatus(error);
    if (context.req.method === "GET") return context.html(await doorPage(problem), status);
    const { code, message, remedy } = problem ?? { code: "failed", message: "" };
    return context.json({ problem: { code, message, remedy } }, status);
  });
  return app;
}

/** What a request says, of which nothing is believed. */
async function bodyOf(context: Context): Promise<Record<string, unknown>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return typeof body === "object" && body !== null ? { ...body } : {};
}
