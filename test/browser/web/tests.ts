import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect } from "chai";
import type { Browser } from "playwright-core";
import type { PageBuild } from "../../../sdk/node/page/site.js";
import type { PageDocument } from "../../../sdk/page/document.js";
import { BrandGovernor__factory } from "../../../typechain-types/index.js";
import { ROOT } from "../../integration/commandLine.js";
import type { LiveNode } from "../../integration/support.js";
import { accounts, freePort } from "../../integration/support.js";
import { testActing } from "./acting.js";
import { testBadNodes } from "./badNodes.js";
import { testClaiming } from "./claiming.js";
import { WORST_CONTRASTS } from "./contrast.js";
import { testEvidence } from "./evidence.js";
import type { Host } from "./host.js";
import { startHost } from "./host.js";
import { testMembership } from "./membership.js";
import { testIdeas } from "./ideas.js";
import { testMisfits } from "./misfits.js";
import { testReading } from "./reading.js";
import { testSending } from "./sending.js";
import { testShown } from "./shown.js";
import type { Stage } from "./stage.js";
import { startStage } from "./stage.js";
import { testStories } from "./stories.js";
import { testWallets } from "./wallets.js";
import type { Visitor } from "./visitor.js";
import { tooWide, visitor } from "./visitor.js";

/** Bytes of scripts, gzipped, that any view may take when it is the first one. */
const LARGEST_VIEW = 250_000;

/** Those of a view where somebody receives something: what reads links and signs is 27,600 of them. */
const LARGEST_CLAIM = 120_000;

/** What somebody writes who wants to take the page over. */
const HOSTILE = `# <img src=x onerror=alert(1)> 無料で \u202egift

<script>alert(2)</script> <b>bold</b>

![a picture](https://evil.example/pixel.png) [click](javascript:alert(3)) [there](https://evil.example/)

| a | b |
| - | - |
| 1 | 2 |
`;

interface Ground {
  readonly live: LiveNode;
  readonly browser: Browser;
}

interface Listed {
  readonly proposals: readonly { readonly number: number; readonly title: string; readonly state: string }[];
}

/** Tests of the community page, for a chain and a browser that others use too. */
export function testWeb(ground: () => Ground): void {
  describe("the community page", () => {
    let folder: string;
    let host: Host;
    let member: string;
    const views = () => [
      "/",
      "/proposals",
      "/proposals/1",
      "/proposals/2",
      "/members?season=all",
      `/members/${member}`,
      "/powers",
      "/settings",
      "/claim",
      "/redeem",
      "/propose",
      "/evidence",
      "/perks",
      "/calls",
    ];

    before(async () => {
      const { live } = ground();
      member = accounts[4].address;
      const governor = BrandGovernor__factory.connect(
        live.record.contracts.governor,
        accounts[4].connect(live.node.provider),
      );
      await (await governor.propose([live.record.contracts.token], [0], ["0x12345678"], HOSTILE)).wait();
      await promisify(execFile)(process.execPath, [path.join(ROOT, "web", "build.mjs"), "--quiet"]);
      folder = await mkdtemp(path.join(tmpdir(), "kyoso-page-"));
      await live.json(["dao", "page", "--out", folder, "--brand", live.files.brand, "--rpc", live.node.url]);
      host = await startHost(folder);
    });

    after(async () => {
      host.stop();
      await rm(folder, { recursive: true });
    });

    /** Somebody looks, and nothing goes wrong that their browser notices. */
    async function look(
      run: (on: Visitor) => Promise<void>,
      wishes: Parameters<typeof visitor>[1] = {},
    ): Promise<void> {
      const on = await visitor(ground().browser, wishes);
      try {
        await run(on);
        expect(on.complaints).to.deep.equal([]);
      } finally {
        await on.leave();
      }
    }

    /** The page's `dao.json`, changed. */
    async function changed(change: (document: PageDocument) => unknown): Promise<string> {
      const document = JSON.parse(await readFile(path.join(folder, "dao.json"), "utf8")) as PageDocument;
      return JSON.stringify(change(document));
    }

    it("shows what the commands print", async () => {
      const { live } = ground();
      const [{ proposals }, status, board] = [
        await live.json<Listed>(["proposal", "list"]),
        await live.json<{ symbol: string; treasury: { tokens: string } }>(["dao", "status"]),
        await live.json<{ entries: { account: string; points: number }[] }>([
          "badge",
          "board",
          "--season",
          "all",
        ]),
      ];
      await look(async ({ page, visit, follow, run }) => {
        await visit(`${host.url}/proposals`);
        const shown = await page.locator("main :is(article h2, .row .title)").allTextContents();
        expect(shown).to.have.members(proposals.map(({ title }) => title));
        await follow("/members?season=all");
        const lines = await run<unknown>(
          `[...document.querySelectorAll(".board a")].map((link) => [link.getAttribute("href"), link.querySelector(".tail b").textContent])`,
        );
        expect(lines).to.deep.equal(
          board.entries.map(({ account, points }) => [`/members/${account}`, `${points} points`]),
        );
        await follow("/powers");
        const tokens = BigInt(status.treasury.tokens) / 10n ** 18n;
        expect(await page.locator("main .figure-xl").first().textContent()).to.equal(
          `${tokens.toLocaleString("en")}${status.symbol}`,
        );
        await follow("/proposals/1");
        expect(await page.locator("main h1").textContent()).to.equal("A gift");
        expect(await page.locator("main").textContent())
          .to.include("Bob deserves it")
          .and.to.include("For Bob.");
      });
    });

    for (const [language, width] of [
      ["ja", 390],
      ["en", 1280],
    ] as const) {
      it(`is accessible by day and by night, and asks only its host and the node: ${language}, ${width} px`, async () => {
        await look(
          async (on) => {
            await on.visit(host.url);
            for (const view of views()) {
              await on.follow(view);
              expect(await on.run("document.documentElement.lang"), view).to.equal(language);
              expect(await on.axe(), view).to.deep.equal([]);
            }
            expect([...on.asked]).to.have.members([host.url, new URL(ground().live.node.url).origin]);
          },
          { language, width },
        );
      });
    }

    it("fits 320 pixels, also with text of double size", async () => {
      await look(
        async (on) => {
          await on.visit(host.url);
          for (const view of views()) {
            await on.follow(view);
            for (const size of ["100%", "200%"]) {
              expect(await on.run<string[]>(tooWide(size)), `${view} at ${size}`).to.deep.equal([]);
            }
          }
        },
        { width: 320 },
      );
    });

    it(`takes at most ${LARGEST_VIEW.toLocaleString("en")} bytes of scripts for any first view`, async () => {
      const dist = path.join(ROOT, "web", "dist");
      const { views: built } = JSON.parse(await readFile(path.join(dist, "build.json"), "utf8")) as PageBuild;
      const sizeOf = async (view: string) => {
        const files = await Promise.all((built[view] ?? []).map((file) => readFile(path.join(dist, file))));
        return files.reduce((sum, content) => sum + gzipSync(content, { level: 9 }).length, 0);
      };
      expect(Object.keys(built)).to.have.length.at.least(6);
      for (const view of Object.keys(built)) expect(await sizeOf(view), view).to.be.at.most(LARGEST_VIEW);
      for (const view of ["claim/Claim.tsx", "claim/Redeem.tsx"]) {
        expect(await sizeOf(view), view).to.be.at.most(LARGEST_CLAIM);
        expect(
          built[view]?.some((file) => file.includes("/reader-")),
          view,
        ).to.equal(false);
      }
      // What the build says is what a browser loads.
      await look(async ({ visit }) => {
        host.takeScripts();
        await visit(`${host.url}/proposals/1`);
        expect(host.takeScripts()).to.equal(await sizeOf("proposals/Proposal.tsx"));
      });
    });

    it("never makes markup of what strangers wrote, and loads no picture of theirs", async () => {
      await look(async (on) => {
        await on.visit(`${host.url}/proposals/2`);
        expect(await on.page.locator("h1").textContent())
          .to.include("<img src=x onerror=alert(1)>")
          .and.not.to.include("\u202e");
        expect(await on.page.locator(".prose :is(img, script, b)").count()).to.equal(0);
        expect(await on.page.locator(".prose td").count()).to.equal(2);
        const links = await on.run<unknown>(
          `[...document.querySelectorAll(".prose a")].map((link) => link.getAttribute("href"))`,
        );
        expect(links).to.deep.equal([null, "https://evil.example/"]);
        expect([...on.asked].join()).not.to.include("evil");
      });
    });

    it("holds its policy also on a host that sends no headers", async () => {
      host.sendsHeaders = false;
      try {
        await look(async (on) => {
          await on.visit(host.url);
          const blocked = await on.run<string>(
            `fetch("https://elsewhere.example/").then(() => "sent", () => "blocked")`,
          );
          expect(blocked).to.equal("blocked");
          expect(
            await on.run(
              `(() => { try { document.body.innerHTML = "<i>"; return "set"; } catch { return "refused"; } })()`,
            ),
          ).to.equal("refused");
          expect(on.complaints.splice(0).join()).to.include("Content Security Policy");
        });
      } finally {
        host.sendsHeaders = true;
      }
    });

    it("asks the next node where one doesn't answer, and says so where none does", async () => {
      const away = `http://127.0.0.1:${await freePort()}`;
      const policy = async (rpc: readonly string[]) => {
        await ground().live.json([
          "dao",
          "page",
          "--out",
          folder,
          "--brand",
          ground().live.files.brand,
          "--rpc",
          rpc.join(" "),
        ]);
      };
      const { url } = ground().live.node;
      const other = await startHost(folder);
      try {
        await policy([away, url]);
        await look(async (on) => {
          await on.visit(`${other.url}/proposals`);
          expect(await on.page.locator("main h2").first().textContent()).to.not.equal("");
          // The browser itself notes that nobody is there.
          expect(on.complaints.splice(0).every((each) => each.includes("ERR_CONNECTION_REFUSED"))).to.equal(
            true,
          );
        });
        await policy([away]);
        await look(async (on) => {
          await on.page.goto(`${other.url}/proposals`);
          await on.page.getByRole("alert").waitFor();
          expect(await on.page.getByRole("alert").textContent()).to.include(
            "nodes this page asks don’t answer",
          );
          expect(await on.axe()).to.deep.equal([]);
          on.complaints.splice(0);
        });
      } finally {
        await policy([url]);
        other.stop();
      }
    });

    for (const [what, change] of [
      [
        "contracts don't fit the chain",
        ({ record, ...rest }: PageDocument) => ({
          ...rest,
          record: { ...record, contracts: { ...record.contracts, token: record.contracts.badge } },
        }),
      ],
      [
        "chain is another one",
        ({ record, ...rest }: PageDocument) => ({ ...rest, record: { ...record, chainId: "1" } }),
      ],
    ] as const) {
      it(`shows nothing of a dao.json whose ${what}`, async () => {
        host.instead.set("dao.json", await changed(change));
        try {
          await look(async ({ page }) => {
            await page.goto(`${host.url}/powers`);
            await page.getByRole("alert").waitFor();
            expect(await page.getByRole("alert").textContent()).to.include("Don’t sign anything");
            expect(await page.locator(".figure-xl").count()).to.equal(0);
          });
        } finally {
          host.instead.clear();
        }
      });
    }

    it("says that it isn't ready where dao.json isn't whole", async () => {
      host.instead.set(
        "dao.json",
        await changed(({ page, ...rest }) => ({ ...rest, page: { ...page, colour: "red" } })),
      );
      try {
        await look(async ({ page }) => {
          await page.goto(host.url);
          expect(await page.getByRole("alert").textContent())
            .to.include("isn’t ready")
            .and.to.include("page.colour");
        });
      } finally {
        host.instead.clear();
      }
    });

    testReading(() => ({ live: ground().live, host, folder, look }));
    testEvidence(() => ({ live: ground().live, host, look }));

    it("has texts that can be read with any colour of a brand, by day and by night", async () => {
      for (const scheme of ["light", "dark"] as const) {
        await look(
          async (on) => {
            await on.visit(host.url);
            const worst = await on.run<Record<string, number>>(WORST_CONTRASTS);
            for (const [pair, contrast] of Object.entries(worst)) {
              expect(contrast, `${pair}, ${scheme}`).to.be.at.least(pair.includes("edge") ? 3 : 4.5);
            }
          },
          { scheme },
        );
      }
    });

    describe("with its brand's relay", () => {
      let stage: Stage;
      const staged = () => ({ ...ground(), stage });

      before(async () => {
        stage = await startStage(ground().live);
      });

      after(() => stage.stop());

      beforeEach(() => stage.startRelay());

      testActing(staged);
      testClaiming(staged);
      testStories(staged);
      testSending(staged);
      testWallets(staged);
      testMembership(staged);
      testMisfits(staged);
      testBadNodes(staged);
      testShown(staged);
      testIdeas(staged);
    });
  });
}
