import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { launchedLater } from "../../integration/brands.js";
import { accounts, expectSuccess, run as runTask } from "../../integration/support.js";
import { startHost } from "./host.js";
import type { Ground } from "./ground.js";
import { accountKey, openProposal } from "./ground.js";
import type { Visitor, Wishes } from "./visitor.js";
import { tooWide, visitor } from "./visitor.js";
import { giveWallet } from "./wallet.js";

const [, , , , ALICE, BOB, CAROL, , STRANGER] = accounts;

// cspell:ignoreRegExp /n?[\u0600-\u06ff]+/g

/** What this device may call somebody. */
const NAMES = [
  "とてもとても長いお名前をお持ちの朝の常連の山本五右衛門左衛門太郎さんとご家族",
  "عضو طويل الاسم من المقهى",
  "🍵🌸☕️🎐🍡🎂🍰🍮",
];

/** Tests of how things look that are seldom seen. To be called in `describe`. */
export function testShown(ground: () => Ground): void {
  describe("in all its states", () => {
    let number: number;

    before(async () => {
      const text = `# ${"とても長い題名の提案です。".repeat(8)} مقترح 🍵\n\n${"a".repeat(300)}\n\nهذا مقترح.`;
      number = await openProposal(ground().live, BOB, STRANGER.address, text);
    });

    const at = (view: string) => `${ground().stage.host.url}${view}`;

    async function as(
      key: HDNodeWallet | undefined,
      wishes: Wishes,
      run: (on: Visitor) => Promise<void>,
    ): Promise<void> {
      const { live, browser } = ground();
      const on = await visitor(browser, wishes);
      try {
        if (key !== undefined) await giveWallet(on.context, key, live.node.provider, accountKey(live));
        await run(on);
        expect(on.complaints).to.deep.equal([]);
      } finally {
        await on.leave();
      }
    }

    /** By day and by night, and on a narrow screen with large letters. */
    async function expectWell({ page, axe, run }: Visitor, what: string): Promise<void> {
      expect(await axe(), what).to.deep.equal([]);
      await page.setViewportSize({ width: 320, height: 844 });
      for (const size of ["100%", "200%"])
        expect(await run(tooWide(size)), `${what}, ${size}`).to.deep.equal([]);
      await run(`document.documentElement.style.fontSize = ""`);
      await page.setViewportSize({ width: 390, height: 844 });
    }

    for (const language of ["ja", "en"] as const) {
      const said = {
        ja: {
          ...{
            account: "会員証をえらぶ・つくる",
            for: "賛成",
            look: "たしかめて投票する",
            price: "ウォレットから送ると",
          },
          lend: "この人に、あなたの票を任せる",
        },
        en: {
          ...{
            account: "Choose or make an account",
            for: "For",
            look: "Look it over and vote",
            price: "From your wallet",
          },
          lend: "Lend them your votes",
        },
      }[language];

      it(`has dialogs that anybody can use, by day and by night, narrow and large: ${language}`, async () => {
        await as(undefined, { language }, async (on) => {
          await on.visit(at("/settings"));
          await on.page.getByRole("button", { name: said.account }).click();
          await on.page.locator("dialog summary").first().waitFor();
          for (const summary of await on.page.locator("dialog summary").all()) await summary.click();
          await on.page.locator("dialog input[type=password]").first().waitFor();
          await expectWell(on, "accounts");
        });
        await as(CAROL, { language }, async (on) => {
          await on.visit(at(`/proposals/${number}`));
          await on.page.getByRole("radio", { name: said.for, exact: true }).check();
          await on.page.getByRole("button", { name: said.look }).click();
          await on.page.getByText(said.price).waitFor();
          await expectWell(on, "a vote");
          await on.visit(at(`/members/${ALICE.address}`));
          await on.page.getByRole("button", { name: said.lend }).click();
          await on.page.getByText(said.price).waitFor();
          await expectWell(on, "a delegation");
        });
      });

      it(`has room for long names, emoji, and what is written from right to left: ${language}`, async () => {
        const { chainId, contracts } = ground().live.record;
        await as(ALICE, { language, width: 320 }, async (on) => {
          const names = Object.fromEntries(
            [BOB, CAROL, ALICE].map(({ address }, i) => [address.toLowerCase(), NAMES[i]]),
          );
          const key = `kyoso-names ${chainId} ${contracts.governor}`;
          await on.context.addInitScript({
            content: `localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(JSON.stringify(names))})`,
          });
          for (const view of ["/", "/proposals", `/proposals/${number}`, "/members?season=all"]) {
            await on.visit(at(view));
            await expectWell(on, view);
          }
          for (const [{ address }, name] of [
            [BOB, NAMES[0]],
            [CAROL, NAMES[1]],
            [ALICE, NAMES[2]],
          ] as const) {
            await on.visit(at(`/members/${address}`));
            expect(await on.page.locator("h1").textContent()).to.equal(name);
            await expectWell(on, name ?? "");
          }
        });
      });
    }

    it("says of a DAO in which nothing has happened what there will be, and waits without moving", async () => {
      const { live, browser, stage } = ground();
      const other = await live.brands.write(launchedLater);
      expectSuccess(await runTask(["dao", "launch", other.file], live.node));
      const site = await mkdtemp(path.join(tmpdir(), "kyoso-empty-"));
      const args = ["dao", "page", "--out", site, "--brand", other.file, "--rpc", stage.node.url];
      expectSuccess(await runTask([...args, "--dao", other.slug], live.node));
      const host = await startHost(site);
      try {
        for (const language of ["ja", "en"] as const) {
          const on = await visitor(browser, { language });
          try {
            for (const [view, says] of [
              ["/", { ja: "まだ", en: "There are no proposals yet" }],
              ["/proposals", { ja: "まだ", en: "no proposals" }],
              ["/members?season=all", { ja: "まだ", en: "yet" }],
              ["/powers", { ja: "第一章", en: "the shop" }],
              [`/members/${STRANGER.address}`, { ja: "まだバッジはありません", en: "No badges yet" }],
            ] as const) {
              // What is waited for is looked at, too.
              let answer: () => void = () => undefined;
              const held = new Promise<void>((resolve) => (answer = resolve));
              stage.node.bend = async (_, ask) => {
                await held;
                return ask();
              };
              await on.page.goto(`${host.url}${view}`);
              await on.page.locator("main h1").first().waitFor();
              await on.page.locator("main [aria-busy]").first().waitFor();
              expect(await on.axe(), `${view}, waiting`).to.deep.equal([]);
              expect(await on.run("document.getAnimations().length")).to.equal(0);
              answer();
              stage.node.bend = undefined;
              await on.page.locator("[aria-busy]").first().waitFor({ state: "detached" });
              expect((await on.page.locator("main").innerText()).toLowerCase(), view).to.include(
                says[language].toLowerCase(),
              );
              await expectWell(on, view);
            }
            expect(on.complaints).to.deep.equal([]);
          } finally {
            await on.leave();
          }
        }
      } finally {
        stage.node.bend = undefined;
        host.stop();
        await rm(site, { recursive: true, force: true });
      }
    });

    it("takes a proposal by keyboard alone", async () => {
      await as(ALICE, { language: "ja" }, async (on) => {
        const { page, run } = on;
        const { keyboard } = page;
        /** Goes on until what is in focus has a name. */
        const reach = async (name: string) => {
          for (let i = 0; i < 80; i++) {
            const focused = await run<string>(
              `(() => { const at = document.activeElement; return at.tagName === "SELECT" ? "" : (at.labels?.[0]?.firstChild?.textContent ?? at.textContent); })()`,
            );
            if (focused === name) return;
            await keyboard.press("Tab");
          }
          throw new Error(`The keyboard doesn't reach "${name}"`);
        };
        const write = async (name: string, text: string) => {
          await reach(name);
          await keyboard.type(text);
        };
        await on.visit(at("/propose"));
        await reach("加える");
        await keyboard.press("Enter");
        await run("document.activeElement.blur(), document.querySelector('main').focus()");
        await write("だれに", STRANGER.address);
        await write("いくら", "１０");
        await write("題名", "夏の試飲会");
        await write("本文", "豆を選びます。");
        await reach("たしかめる");
        await keyboard.press("Enter");
        await page.getByText("ためしたところ、うまくいきます。").waitFor();
        await reach("提案する");
        await keyboard.press("Enter");
        await page.getByText("提案しました").waitFor();
        await page.locator('.notice.good a[href^="/proposals/"]').waitFor();
        await reach("提案を見る");
        await keyboard.press("Enter");
        await page.locator("h1", { hasText: "夏の試飲会" }).waitFor();
      });
    });
  });
}
