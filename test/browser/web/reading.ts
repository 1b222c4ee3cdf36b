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

  it("shows the same with its copy of the logs and without, and says quietly that it isn't used", async () => {
    const { host, look } = ground();
    const files = await snapshotFiles();
    expect(files).to.have.length(4);
    const views = ["/", "/proposals", "/proposals/1", "/members?season=all", "/powers"];
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
