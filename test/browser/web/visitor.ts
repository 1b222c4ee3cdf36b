import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";

const require = createRequire(import.meta.url);
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export interface Wishes {
  readonly language?: "ja" | "en";
  readonly scheme?: "light" | "dark";
  readonly width?: number;
  /** What the browser says that it is. */
  readonly userAgent?: string;
}

/** Somebody who looks at the page. What their browser complains of, and whom it asks, is written down. */
export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings, violations of the policy among them. */
  readonly complaints: string[];
  /** Origins of all requests. */
  readonly asked: Set<string>;
  /** How many requests went to an origin. */
  readonly requestsTo: (origin: string) => number;
  /** Goes to an address of the page, and waits until it is shown. */
  readonly visit: (url: string) => Promise<void>;
  /** Goes on to another view, as who follows a link: nothing is loaded anew. */
  readonly follow: (path: string) => Promise<void>;
  /** Runs a script in the page: the policy of the page isn't in the way, as it is no script of the page. */
  readonly run: <Result>(script: string) => Promise<Result>;
  /** What axe finds, by day and by night: of the other scheme its contrasts, as nothing else differs. */
  readonly axe: () => Promise<string[]>;
  readonly leave: () => Promise<void>;
}

export async function visitor(
  browser: Browser,
  { language = "en", scheme = "light", width = 390, userAgent }: Wishes = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height: 844 },
    colorScheme: scheme,
    locale: language === "ja" ? "ja-JP" : "en-GB",
    timezoneId: "Asia/Tokyo",
    reducedMotion: "reduce",
    ...(userAgent === undefined ? {} : { userAgent }),
  });
  await context.addInitScript({ content: AXE });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("request", (request) => {
    if (/^https?:/u.test(request.url())) requests.push(new URL(request.url()).origin);
  });
  const cdp = await context.newCDPSession(page);
  const run = async <Result>(script: string): Promise<Result> => {
    const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", {
      expression: script,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined)
      throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as Result;
  };
  const shown = async () => {
    await page.locator("main h1").first().waitFor();
    await page.locator("[aria-busy]").first().waitFor({ state: "detached" });
    await page.locator(".renewing").waitFor({ state: "detached" });
    // Rows that are far down are laid out, or not, once a frame was drawn.
    await run("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))");
  };
  return {
    page,
    context,
    complaints,
    get asked() {
      return new Set(requests);
    },
    requestsTo: (origin) => requests.filter((each) => each === origin).length,
    visit: async (url) => {
      await page.goto(url);
      await shown();
    },
    follow: async (path) => {
      await run(`history.pushState(null, "", ${JSON.stringify(path)})`);
      await shown();
    },
    run,
    axe: async () => {
      const found = await run<string[]>(axe(scheme, {}));
      const other = scheme === "light" ? "dark" : "light";
      await page.emulateMedia({ colorScheme: other });
      found.push(...(await run<string[]>(axe(other, { runOnly: ["color-contrast"] }))));
      await page.emulateMedia({ colorScheme: scheme });
      return found;
    },
    leave: () => context.close(),
  };
}

/** A script that returns what axe finds. */
function axe(scheme: string, options: object): string {
  return `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => "${scheme}: " + id + ": " + html.slice(0, 200))))`;
}

/** A script that sets the size of texts and returns what is wider than the screen then. */
export function tooWide(size: string): string {
  return `(() => {
    document.documentElement.style.fontSize = "${size}";
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const all = [...document.querySelectorAll("body *")];
    return all.filter((each) => each.getBoundingClientRect().right > clientWidth + 1).map((each) => each.outerHTML.slice(0, 120));
  })()`;
}
