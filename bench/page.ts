// What the community page takes in a browser, of a DAO with a long history, against a node of its own: npm run bench:page.
// The figures depend on the machine; docs/bench-page.md keeps those of one run. KYOSO_BENCH_SMALL=1 is a quick try of the same.

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import hre from "hardhat";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { chromium } from "playwright-core";
import type { PageDocument } from "../sdk/page/document.js";
import { servePage } from "../sdk/node/page/serve.js";
import { markdownTable } from "../tasks/dev/facts.js";
import { freePort, launchLive, type LiveNode } from "../test/integration/support.js";
import { longLived, makeCall, makeHistory, propose, settle, SUPPORTED, VOTERS } from "./history.js";
import { machine, median } from "./meter.js";

const SMALL = process.env.KYOSO_BENCH_SMALL === "1";
const PROPOSALS = SMALL ? 30 : 1_000;
const BADGES = SMALL ? 200 : 10_000;
/** Proposals that are open to votes when the page is opened, besides those that are over. */
const OPEN = 5;
/** Of a call that is open to support; each member supports up to ten. */
const IDEAS = SMALL ? 100 : 10_000;
const ROUNDS = SMALL ? 1 : 5;
const MONTH = 31 * 86_400;

/** The most that a first visit and a later one may take. */
const LIMITS = { cold: { seconds: 3, requests: 25 }, warm: { seconds: 1, requests: 6 } };
/** Milliseconds that a frame may take while somebody scrolls. */
const SMOOTH = 50;
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Scrolls down to the end as fast as a thumb does, and tells how long frames took. */
const SCROLL = `new Promise((resolve) => {
  const frames = [];
  let last = performance.now();
  const step = (now) => {
    frames.push(now - last);
    last = now;
    const { scrollTop, clientHeight, scrollHeight } = document.documentElement;
    if (scrollTop + clientHeight >= scrollHeight - 2) resolve(frames.slice(2));
    else { window.scrollBy(0, 120); requestAnimationFrame(step); }
  };
  requestAnimationFrame(step);
})`;

interface Visit {
  /** Until the view can be used; and until it says how things are now, and not at the last visit. */
  readonly seconds: number;
  readonly renewed: number;
  readonly requests: number;
}

/** Milliseconds after which the browser has nothing to do with its new window any more. */
const SETTLED = 2_000;

/** Opens a view in a browser's window, and waits until it can be used. */
async function open(context: BrowserContext, url: string, node: string): Promise<Visit> {
  const page = await context.newPage();
  let requests = 0;
  page.on("request", (request) => {
    if (new URL(request.url()).origin === node) requests += 1;
  });
  await page.waitForTimeout(SETTLED);
  const began = performance.now();
  const passed = () => (performance.now() - began) / 1_000;
  await page.goto(url, { waitUntil: "commit" });
  await shown(page);
  const seconds = passed();
  await page.locator(".renewing").waitFor({ state: "detached" });
  const renewed = passed();
  await page.close();
  return { seconds, renewed, requests };
}

/** What is waited for stands there as grey bars, and says that it is busy. */
async function shown(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  await page.locator("main [aria-busy]").first().waitFor({ state: "detached" });
  await page.locator("main :is(.row, article, .idea)").first().waitFor();
}

interface Row {
  readonly what: string;
  readonly visit: Visit;
  readonly limit: Omit<Visit, "renewed"> | undefined;
}

const VIEWS = {
  "/": "home",
  "/proposals": "list of proposals",
  "/calls/1": "a call for ideas",
} as const;

async function measure(
  browser: Browser,
  site: string,
  node: string,
  view: keyof typeof VIEWS,
): Promise<Row[]> {
  const cold: Visit[] = [];
  const warm: Visit[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    cold.push(await open(context, site + view, node));
    warm.push(await open(context, site + view, node));
    await context.close();
  }
  const typical = (visits: readonly Visit[]): Visit => ({
    seconds: median(visits.map(({ seconds }) => seconds)),
    renewed: median(visits.map(({ renewed }) => renewed)),
    requests: Math.max(...visits.map(({ requests }) => requests)),
  });
  const name = VIEWS[view];
  return [
    { what: `${name}, cold`, visit: typical(cold), limit: LIMITS.cold },
    { what: `${name}, warm`, visit: typical(warm), limit: LIMITS.warm },
  ];
}

/** How long frames take while the list is scrolled from its begin to its end. */
async function scroll(browser: Browser, site: string, width: number): Promise<number[]> {
  const context = await browser.newContext({ viewport: { width, height: 844 } });
  const page = await context.newPage();
  await page.goto(`${site}/proposals`);
  await shown(page);
  const cdp = await context.newCDPSession(page);
  const { result } = await cdp.send("Runtime.evaluate", {
    expression: SCROLL,
    awaitPromise: true,
    returnByValue: true,
  });
  await context.close();
  return result.value as number[];
}

function rowOf({ what, visit, limit }: Row): string[] {
  const most = limit === undefined ? ["", ""] : [limit.seconds.toFixed(0), limit.requests.toString()];
  const { seconds, renewed, requests } = visit;
  return [what, seconds.toFixed(2), most[0] ?? "", renewed.toFixed(2), requests.toString(), most[1] ?? ""];
}

function scrollRow(width: number, frames: readonly number[]): string[] {
  const slow = frames.filter((each) => each > SMOOTH);
  return [
    `${width} px`,
    frames.length.toString(),
    median(frames).toFixed(1),
    Math.max(...frames).toFixed(0),
    slow.length.toString(),
  ];
}

function text(rows: readonly Row[], scrolled: readonly string[][], size: number, blocks: number): string {
  return `${[
    "# What the community page takes",
    "",
    `Measured by \`npm run bench:page\`, which writes this page: Chromium, without a window, on the page's folder of a DAO with`,
    `${(PROPOSALS + OPEN).toLocaleString("en")} proposals, ${(PROPOSALS * VOTERS).toLocaleString("en")} votes, ${BADGES.toLocaleString("en")} badges, and a call with ${IDEAS.toLocaleString("en")} ideas and up to`,
    `${(IDEAS * SUPPORTED).toLocaleString("en")} times support, in ${blocks.toLocaleString("en")} blocks, on \`npx hardhat node\`, all on one machine. _Cold_ is`,
    `somebody's first visit, with nothing kept; _warm_ is the next one. Seconds go from the address, in a window that is open already, to`,
    "what can be used: on later visits, the view as it was at the last one, with the newest of what is over, which says so. How things",
    `are _now_ stands there after the seconds of that column. All are the median of ${ROUNDS}; requests are those to the node, the`,
    `most of ${ROUNDS}. More than a limit, and the bench fails. The copy of the logs has ${(size / 1_048_576).toFixed(1)} MiB, before a host compresses it.`,
    "",
    machine(),
    "",
    ...markdownTable(
      ["view", "seconds", "at most", "now", "requests", "at most"],
      rows.map(rowOf),
      [1, 2, 3, 4, 5],
    ),
    "",
    "## Scrolling",
    "",
    `The list of ${(PROPOSALS + OPEN).toLocaleString("en")} proposals, from its begin to its end by 120 pixels a frame; milliseconds.`,
    "",
    ...markdownTable(["width", "frames", "median", "longest", `over ${SMOOTH} ms`], scrolled, [1, 2, 3, 4]),
  ].join("\n")}\n`;
}

/** Takes the page's copy of the logs away, as of one that was made for a node that knows no final block. */
async function withoutSnapshot(folder: string): Promise<void> {
  const file = path.join(folder, "dao.json");
  const document = JSON.parse(await readFile(file, "utf8")) as PageDocument;
  await writeFile(file, JSON.stringify({ ...document, snapshot: null }));
}

async function sizeOf(folder: string): Promise<number> {
  const { snapshot } = JSON.parse(await readFile(path.join(folder, "dao.json"), "utf8")) as PageDocument;
  const files = Object.values(snapshot?.files ?? {});
  const sizes = await Promise.all(
    files.map(async ({ file }) => (await readFile(path.join(folder, file))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function makeAll(live: LiveNode): Promise<void> {
  await makeHistory(live, { proposals: PROPOSALS, badges: BADGES });
  await live.pass(MONTH);
  await propose(live, PROPOSALS, OPEN);
  await live.pass(2 * 86_400);
  await settle(live);
  await makeCall(live, IDEAS);
}

async function bench(): Promise<void> {
  const executablePath = CHROMIUM.find((file) => existsSync(file));
  if (executablePath === undefined) throw new Error(`There is no Chromium: none of ${CHROMIUM.join(", ")}`);
  const live = await launchLive(longLived);
  const folder = await mkdtemp(path.join(tmpdir(), "kyoso-bench-page-"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-quic"] });
  let served: Awaited<ReturnType<typeof servePage>> | undefined;
  try {
    const began = performance.now();
    await makeAll(live);
    const blocks = await live.node.provider.getBlockNumber();
    console.log(`A history of ${blocks} blocks, made in ${Math.round((performance.now() - began) / 1000)} s`);
    const out = path.join(folder, "page");
    await live.json(["dao", "page", "--out", out, "--brand", live.files.brand, "--rpc", live.node.url]);
    const size = await sizeOf(out);
    const port = await freePort();
    served = await servePage(out, port);
    const site = `http://localhost:${port}`;
    const node = new URL(live.node.url).origin;
    const rows = [
      ...(await measure(browser, site, node, "/")),
      ...(await measure(browser, site, node, "/proposals")),
      ...(await measure(browser, site, node, "/calls/1")),
    ];
    const scrolled: string[][] = [];
    for (const width of [390, 1280]) scrolled.push(scrollRow(width, await scroll(browser, site, width)));
    await withoutSnapshot(out);
    const [bare] = await measure(browser, site, node, "/");
    if (bare !== undefined)
      rows.push({ ...bare, what: "home, cold, without the copy of the logs", limit: undefined });
    for (const each of rows) console.log(rowOf(each).join("  "));
    for (const each of scrolled) console.log(each.join("  "));
    for (const { what, visit, limit } of rows) {
      if (limit === undefined || (visit.seconds <= limit.seconds && visit.requests <= limit.requests))
        continue;
      console.error(
        `${what}: ${visit.seconds.toFixed(2)} s and ${visit.requests} requests are more than the limit`,
      );
      process.exitCode = 1;
    }
    if (!SMALL)
      await writeFile(
        path.join(hre.config.paths.root, "docs", "bench-page.md"),
        text(rows, scrolled, size, blocks),
      );
  } finally {
    await browser.close();
    await served?.stop();
    await rm(folder, { recursive: true });
    await live.stop();
  }
}

await bench();
