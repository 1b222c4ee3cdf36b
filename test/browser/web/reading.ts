import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { PageDocument } from "../../../sdk/page/document.js";
import type { LiveNode } from "../../integration/support.js";
import type { Host } from "./host.js";
import type { Visitor } from "./visitor.js";

/** Requests to the node that a first visit may take, and one after it. */
const COLD = 25;
const WARM = 6;

interface Ground {
  readonly live: LiveNode;
  readonly host: Host;
  readonly folder: string;
  readonly look: (run: (on: Visitor) => Promise<void>) => Promise<void>;
}

/** Tests of how the page reads the chain: its copy of the logs, and how much it asks of the node. */
export function testReading(ground: () => Ground): void {
  const shownBy = ({ page }: Visitor) => page.locator("main").innerText();
  const UNUSED = "without the page’s copy of the records";

  async function snapshotFiles(): Promise<string[]> {
    const text = await readFile(path.join(ground().folder, "dao.json"), "utf8");
    const { snapshot } = JSON.parse(text) as PageDocument;
    return Object.values(snapshot?.files ?? {}).map(({ file }) => path.basename(file));
  }

  for (const view of ["/", "/proposals"]) {
    it(`asks the node at most ${COLD} times for ${view} the first time, and ${WARM} times the second`, async () => {
      const { live, host, look } = ground();
      const node = new URL(live.node.url).origin;
      await look(async (on) => {
        await on.visit(host.url + view);
        const cold = on.requestsTo(node);
        await on.visit(host.url + view);
        const warm = on.requestsTo(node) - cold;
        expect(cold).to.be.at.most(COLD);
        expect(warm).to.be.at.most(WARM);
      });
    });
  }

  it("shows at once what was seen at the last visit, says so, and renews it", async () => {
    const { live, host, look } = ground();
    await look(async (on) => {
      const { page } = on;
      await on.visit(host.url);
      const before = await shownBy(on);
      // The node answers no more: what is there is what was kept.
      await page.route(`${live.node.url}/**`, (route) => route.abort());
      await page.goto(host.url);
      await page.locator(".notice.care").waitFor();
      expect(await shownBy(on)).to.include(before.slice(before.indexOf("Welcome")));
      expect(await page.locator(".renewing").count()).to.equal(0);
      await page.unroute(`${live.node.url}/**`);
      // It answers late: until then it says from when it is.
      let go: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (go = resolve));
      await page.route(`${live.node.url}/**`, async (route) => {
        await held;
        await route.continue();
      });
      await page.goto(host.url);
      await page.locator(".renewing").waitFor();
      expect(await page.locator("[aria-busy]").count()).to.equal(0);
      expect(await on.axe()).to.deep.equal([]);
      go();
      await page.locator(".renewing").waitFor({ state: "detached" });
      expect(await shownBy(on)).to.equal(before);
      await page.unroute(`${live.node.url}/**`);
      on.complaints.length = 0;
    });
  });

  it("doesn't show what was seen where time alone has made something else of it, or the node is of another chain", async () => {
    const { live, host, look } = ground();
    await look(async (on) => {
      const { page } = on;
      await on.visit(host.url);
      await page.route(`${live.node.url}/**`, (route) => route.abort());
      const keyOf = `Object.keys(localStorage).find((key) => key.startsWith("kyoso-seen") && key.endsWith("home"))`;
      const changed = async (change: string) => {
        await on.run(
          `(() => { const key = ${keyOf}; const kept = JSON.parse(localStorage.getItem(key)); globalThis.kept ??= structuredClone(kept); ${change}; localStorage.setItem(key, JSON.stringify(kept)); })()`,
        );
        const kept = await on.run<string>("JSON.stringify(globalThis.kept)");
        await page.goto(host.url);
        await page.locator(".notice.stop").waitFor();
        expect(await page.locator(".renewing").count()).to.equal(0);
        await on.run(
          `(() => { globalThis.kept = ${kept}; localStorage.setItem(${keyOf}, ${JSON.stringify(kept)}); })()`,
        );
      };
      await changed("kept.build = 'assets/reader-another.js'");
      await changed("kept.at -= 8 * 86400000");
      await changed("kept.at += 3600000");
      await changed("kept.answer.season.end = kept.answer.now - 1");
      await page.unroute(`${live.node.url}/**`);
      await page.route(`${live.node.url}/**`, (route) =>
        route.fulfill({ json: { jsonrpc: "2.0", id: 1, result: "0x1" } }),
      );
      await page.goto(host.url);
      await page.locator(".notice.stop").waitFor();
      expect(await on.run<boolean>(`${keyOf} === undefined`)).to.equal(true);
      on.complaints.length = 0;
    });
  });

  it("shows the same with its copy of the logs and without, and says quietly that it isn't used", async () => {
    const { host, look } = ground();
    const files = await snapshotFiles();
    expect(files).to.have.length(5);
    const views = ["/", "/proposals", "/proposals/1", "/members?season=all", "/calls", "/powers"];
    const readAll = async (on: Visitor) => {
      await on.visit(host.url);
      const shown: string[] = [];
      for (const view of views) {
        await on.follow(view);
        shown.push(await shownBy(on));
      }
      return shown;
    };
    const footOf = ({ page }: Visitor) => page.locator("footer").innerText();
    let withCopy: string[] = [];
    await look(async (on) => {
      withCopy = await readAll(on);
      expect(await footOf(on)).not.to.include(UNUSED);
    });
    for (const file of files) host.instead.set(file, "changed");
    try {
      await look(async (on) => {
        expect(await readAll(on)).to.deep.equal(withCopy);
        expect(await footOf(on)).to.include(UNUSED);
        expect(await on.axe()).to.deep.equal([]);
        // The browser itself notes that the hash is another.
        expect(on.complaints.splice(0).every((each) => each.includes("integrity"))).to.equal(true);
      });
    } finally {
      host.instead.clear();
    }
  });
}
