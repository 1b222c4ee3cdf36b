import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { ZeroHash } from "ethers";
import { ideaOf } from "../../../sdk/ideas/names.js";
import { textInURI } from "../../../sdk/ideas/inline.js";
import { ROLES } from "../../../sdk/roles.js";
import {
  BrandGovernor__factory,
  ContributionBadge__factory,
  IdeaBoard__factory,
} from "../../../typechain-types/index.js";
import { sendAs } from "../../integration/coCreation.js";
import { accounts, expectSuccess } from "../../integration/support.js";
import type { Ground } from "./ground.js";
import { accountKey } from "./ground.js";
import type { Visitor, Wishes } from "./visitor.js";
import { tooWide, visitor } from "./visitor.js";
import type { TestWallet } from "./wallet.js";
import { giveWallet } from "./wallet.js";

const [, , , , ALICE, BOB, CAROL, , STRANGER] = accounts;
const DAY = 86_400;
/** Seconds for which a call of these tests takes ideas, and then support. */
const [IDEAS_FOR, SUPPORT_FOR] = [2 * DAY, 3 * DAY];

/** What a stranger writes who wants to be more than text. */
const HOSTILE = "<img src=x onerror=alert(1)> 無料で \u202egift";

interface Life {
  readonly idea: {
    readonly status: string;
    readonly steps: readonly { readonly what: string; readonly badge: number | null }[];
  };
}

/** Tests of calls for ideas on the page, for a chain and a browser that others use too. To be called in `describe`. */
export function testIdeas(ground: () => Ground): void {
  describe("calls for ideas", () => {
    let badgeKind: number;

    const at = (view: string) => `${ground().stage.host.url}${view}`;
    const boardAt = () => ground().live.record.modules?.board ?? "";
    const board = (key: HDNodeWallet) =>
      IdeaBoard__factory.connect(boardAt(), key.connect(ground().live.node.provider));
    const badge = () =>
      ContributionBadge__factory.connect(ground().live.record.contracts.badge, ground().live.node.provider);

    before(async () => {
      const { live } = ground();
      const { safe, contracts } = live.record;
      const kind = {
        ...{ name: "共創メンバー", description: "", image: "", points: 100, votes: 0 },
        ...{ issuerRole: ROLES.BOARD, supplyLimit: 0, dailyPointsLimit: 0 },
      };
      const { abi } = ContributionBadge__factory;
      await sendAs(live, safe, contracts.badge, abi, "addKind", [kind]);
      badgeKind = Number(await badge().kindCount());
      const holders = [ALICE, BOB, CAROL].map(({ address }) => address);
      await sendAs(live, safe, contracts.badge, abi, "awardBatch", [
        1,
        holders,
        holders.map(() => ZeroHash),
        "",
      ]);
      await live.pass(DAY);
    });

    /** The Safe opens a call; without options it takes ideas first. */
    async function openCall(question: string, terms: object = {}): Promise<number> {
      const whole = {
        ...{ question, rulesURI: "https://example.com/rules", rulesHash: ZeroHash },
        ...{ ideasFor: IDEAS_FOR, supportFor: SUPPORT_FOR, ideasPerMember: 3, winners: 2, counting: 1 },
        ...{ choice: 0, memberDays: 0, badgeKind: 0, options: [] as string[] },
        ...terms,
      };
      const { live } = ground();
      await sendAs(live, live.record.safe, boardAt(), IdeaBoard__factory.abi, "open", [whole]);
      return Number(await board(ALICE).callCount());
    }

    const openPoll = (question: string, options: readonly string[], terms: object = {}) =>
      openCall(question, { ideasFor: 0, ideasPerMember: 0, winners: 1, options, ...terms });

    async function submit(by: HDNodeWallet, call: number, title: string, uri = ""): Promise<void> {
      await (await board(by).submit(call, title, uri, ZeroHash)).wait();
    }

    /** Somebody looks, with a wallet where they have a key, and nothing goes wrong that their browser notices. */
    async function as(
      key: HDNodeWallet | undefined,
      run: (on: Visitor, wallet: TestWallet) => Promise<void>,
      wishes: Wishes = {},
    ): Promise<void> {
      const { live, browser } = ground();
      const on = await visitor(browser, wishes);
      const kept = key === undefined ? undefined : accountKey(live);
      const wallet = await giveWallet(on.context, key ?? STRANGER, live.node.provider, kept);
      try {
        await run(on, wallet);
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

    it("are on the first page while they are open, and among its contents", async () => {
      const number = await openCall("次の季節のブレンドは？", { badgeKind });
      for (const [language, says] of [
        ["ja", { open: "いま募集しています", tab: "アイデア", go: "読んで、出してみる" }],
        ["en", { open: "Open now", tab: "Ideas", go: "Read them, and add yours" }],
      ] as const) {
        await as(
          undefined,
          async (on) => {
            const { page } = on;
            await on.visit(at("/"));
            await page.getByRole("heading", { name: says.open }).waitFor();
            await page.getByText("次の季節のブレンドは？").waitFor();
            await expectWell(on, "/");
            await page.getByRole("navigation").getByRole("link", { name: says.tab }).click();
            await page.getByRole("heading", { level: 1, name: says.tab }).waitFor();
            await page
              .locator("article", { hasText: "次の季節の" })
              .getByRole("link", { name: says.go })
              .click();
            await page.getByRole("heading", { level: 1, name: "次の季節のブレンドは？" }).waitFor();
            expect(new URL(page.url()).pathname).to.equal(`/calls/${number}`);
            await page.getByText("共創メンバー").waitFor();
            await page.getByRole("link", { name: "https://example.com/rules" }).waitFor();
            await expectWell(on, "a call");
            await on.visit(at("/calls"));
            await expectWell(on, "all calls");
            await on.visit(at(`/calls/${number + 99}`));
            expect(await page.locator("main").innerText()).not.to.include("ブレンド");
          },
          { language },
        );
      }
    });

    it("take an idea from a member's wallet: it stays while it is written, and is the board's", async () => {
      const number = await openCall("What shall we bake?", { ideasPerMember: 1 });
      await as(ALICE, async (on) => {
        const { page } = on;
        await on.visit(at(`/calls/${number}`));
        await page.getByLabel("Title").fill("あ".repeat(70));
        await page.getByText("too long by about 4 letters").waitFor();
        await page.getByLabel("Title").fill("Two\u200bwords");
        await page.getByText("characters in it that can’t be seen").waitFor();
        await page.getByLabel("Title").fill(" Lemon cake ");
        await page.getByLabel("What is it like?").fill("あ".repeat(500));
        await page.getByText("too long by about 10 letters").waitFor();
        await page.getByLabel("What is it like?").fill("Sour,\nand <b>sweet</b>.");
        await page.reload();
        await page.getByLabel("Title").waitFor();
        expect(await page.getByLabel("Title").inputValue()).to.equal(" Lemon cake ");
        await page.getByRole("button", { name: "Look it over" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("It was tried, and would succeed.").waitFor();
        expect(await dialog.innerText())
          .to.include("Lemon cake")
          .and.to.include("<b>sweet</b>")
          .and.to.include("for ever");
        await expectWell(on, "an idea, looked over");
        await dialog.getByRole("button", { name: "Send it from your wallet" }).click();
        await page.getByText("Your idea is there.").waitFor();
        await page.getByRole("link", { name: "Lemon cake" }).click();
        await page.getByRole("heading", { level: 1, name: "Lemon cake" }).waitFor();
        expect(await page.locator(".plain").innerText()).to.equal("Sour,\nand <b>sweet</b>.");
        await expectWell(on, "an idea");
        // What was put forward is gone from the device, and a member who has had its ideas hears so.
        await on.visit(at(`/calls/${number}`));
        await page.getByText("You’ve put as many forward as a member can.").waitFor();
        expect(
          await on.run("Object.keys(localStorage).filter((key) => key.startsWith('kyoso-idea')).length"),
        ).to.equal(0);
      });
      const submitted = board(ALICE).filters.IdeaSubmitted(ideaOf(number, 1));
      const [log] = await board(ALICE).queryFilter(submitted);
      expect(log?.args.title).to.equal("Lemon cake");
      expect(textInURI(log?.args.uri ?? "")).to.equal("Sour,\nand <b>sweet</b>.");
      expect(log?.args.author).to.equal(ALICE.address);
      await as(STRANGER, async (on) => {
        await on.visit(at(`/calls/${number}`));
        await on.page.getByText("It takes a badge to put an idea forward.").waitFor();
        expect(await on.page.getByLabel("Title").count()).to.equal(0);
      });
    });

    it("let an author alone withdraw an idea, until support opens", async () => {
      const number = await openCall("What shall we play?");
      await submit(BOB, number, "Chess");
      await as(ALICE, async (on) => {
        await on.visit(at(`/ideas/${number}-1`));
        expect(await on.page.getByRole("button", { name: "Withdraw this idea" }).count()).to.equal(0);
      });
      await as(BOB, async (on) => {
        const { page } = on;
        await on.visit(at(`/ideas/${number}-1`));
        await page.getByRole("button", { name: "Withdraw this idea" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Send it from your wallet" }).click();
        await page.getByText("Whoever had it withdrew it.").waitFor();
        await on.visit(at(`/calls/${number}`));
        await page.getByText("One was withdrawn by whoever had it.").waitFor();
        expect(await page.getByRole("link", { name: "Chess" }).count()).to.equal(0);
      });
      expect((await board(BOB).ideaOf(ideaOf(number, 1))).status).to.equal(2n);
    });

    it("never make more than text of what a stranger wrote, and fold away what the shop doesn't show", async () => {
      const { live } = ground();
      const number = await openCall("What shall we sing?");
      await submit(ALICE, number, HOSTILE, "https://evil.example/\u202etxt.exe");
      await submit(BOB, number, "A round", "javascript:alert(3)");
      await submit(CAROL, number, "Buy my coins");
      const hidden = [ideaOf(number, 3), "It is <b>an advertisement</b>"];
      await sendAs(live, live.record.safe, boardAt(), IdeaBoard__factory.abi, "hide", hidden);
      await as(undefined, async (on) => {
        const { page } = on;
        await on.visit(at(`/calls/${number}`));
        expect(await page.locator(".ideas .title").allTextContents()).to.deep.equal([
          "A round",
          HOSTILE.replace("\u202e", "\\u202e"),
        ]);
        expect(await page.locator(".ideas :is(img, script, b)").count()).to.equal(0);
        await page.getByText("Not shown, at the shop’s wish (1)").click();
        await page.getByText("It is <b>an advertisement</b>").waitFor();
        expect(await page.locator("main").textContent()).not.to.include("Buy my coins");
        await expectWell(on, "what isn't shown");
        await page.getByRole("link", { name: `${number}-3` }).click();
        await page.getByRole("heading", { level: 1, name: "An idea that the shop doesn’t show" }).waitFor();
        expect(await page.title()).not.to.include("Buy my coins");
        expect(await page.locator("main").innerText()).not.to.include("Buy my coins");
        await expectWell(on, "an idea that isn't shown");
        await page.getByText("Read it anyway").click();
        await page.getByText("Buy my coins").waitFor();

        await on.visit(at(`/ideas/${number}-1`));
        expect(await page.locator("h1").textContent()).not.to.include("\u202e");
        const links = await on.run<string[]>(
          `[...document.querySelectorAll("main a")].map(({ href }) => href).filter((href) => !href.startsWith(location.origin))`,
        );
        expect(links).to.deep.equal([]);
        await on.visit(at(`/ideas/${number}-2`));
        await page.getByText("javascript:alert(3)").waitFor();
        expect(await page.locator('main a[href^="javascript"]').count()).to.equal(0);
        expect([...on.asked].join()).not.to.include("evil");
      });
    });

    it("take support from a wallet, up to what a member can give, once, and show it at once", async () => {
      const number = await openCall("What shall we grow?");
      for (const title of ["Basil", "Mint", "Thyme"]) await submit(ALICE, number, title);
      await ground().live.pass(IDEAS_FOR + 1);
      await (await board(BOB).support([ideaOf(number, 2)])).wait();
      await as(CAROL, async (on) => {
        const { page } = on;
        await on.visit(at(`/calls/${number}`));
        await page.getByLabel("I want this one Basil").check();
        await page.getByLabel("I want this one Mint").check();
        await page.getByText("2 chosen").waitFor();
        await expectWell(on, "support");
        await page.getByRole("button", { name: "Look it over and support" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("Support can’t be changed or taken back.").waitFor();
        expect(await dialog.innerText())
          .to.include("Basil")
          .and.to.include("one voice");
        await dialog.getByText("From your wallet it costs about").waitFor();
        await expectWell(on, "support, looked over");
        await dialog
          .getByRole("button", { name: /^(?:Support|Send it from your wallet)$/u })
          .last()
          .click();
        await page.getByText("You support it").nth(1).waitFor();
        expect(await page.locator(".idea").allInnerTexts()).to.satisfy((rows: string[]) =>
          [/^1\s[^]*Mint[^]*2 voices/u, /^2\s[^]*Basil[^]*1 voice/u, /Thyme[^]*No support yet/u].every(
            (row, i) => row.test(rows[i] ?? ""),
          ),
        );
        await page.getByText("As it stands, the 2 above win").waitFor();
        await page.getByText("You can support up to 8 more.").waitFor();
      });
      const { ideas } = await board(CAROL).voiceOf(number, CAROL.address);
      expect(ideas).to.have.members([BigInt(ideaOf(number, 1)), BigInt(ideaOf(number, 2))]);
      await as(STRANGER, async (on) => {
        await on.visit(at(`/calls/${number}`));
        await on.page.getByText("It takes a badge from before support opened").waitFor();
        expect(await on.page.getByRole("checkbox").count()).to.equal(0);
        expect(await on.axe()).to.deep.equal([]);
      });
      await as(undefined, async (on) => {
        await on.visit(at(`/ideas/${number}-2`));
        await on.page.getByText("it is no. 1 of the 2 that win").waitFor();
        await on.visit(at(`/calls/${number}`));
        await on.page.getByText("2 people").waitFor();
        // Other tests may have let some of their first badges grow older.
        const { voices } = await ground().live.json<{ voices: { young: number } }>([
          ...["idea", "show", number.toString()],
        ]);
        await on.page
          .getByText(
            ["None of them has been a member", "One of them has been a member"][voices.young] ??
              `${voices.young} of them have been members`,
          )
          .waitFor();
      });
    });

    it("take support without gas where the shop's counter takes it, and more of it later", async function () {
      const { stage, live } = ground();
      const asked = await fetch(`http://127.0.0.1:${stage.relay().port}/status`);
      const { takes } = (await asked.json()) as { readonly takes: readonly string[] };
      if (!takes.includes("support")) this.skip();
      const number = await openCall("What shall we pour?");
      for (const title of ["Water", "Tea"]) await submit(ALICE, number, title);
      await live.pass(IDEAS_FOR + 1);
      await as(BOB, async (on, wallet) => {
        const { page } = on;
        const before = await live.node.provider.getBalance(BOB.address);
        await on.visit(at(`/calls/${number}`));
        for (const [i, title] of ["Water", "Tea"].entries()) {
          await page.getByLabel(`I want this one ${title}`).check();
          await page.getByRole("button", { name: "Look it over and support" }).click();
          const dialog = page.getByRole("dialog");
          await dialog.getByText("The shop pays for it.").waitFor();
          await dialog.getByRole("button", { name: "Support", exact: true }).click();
          await page.getByText("You support it").nth(i).waitFor();
          expect(await on.axe()).to.deep.equal([]);
        }
        expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Support", "Support"]);
        expect(await live.node.provider.getBalance(BOB.address)).to.equal(before);
      });
      expect((await board(BOB).voiceOf(number, BOB.address)).ideas).to.have.length(2);
    });

    it("have support signed into the file of the command line, where the shop's counter doesn't answer", async () => {
      const { live, stage } = ground();
      const number = await openPoll("Which bag?", ["Blue", "Green", "White"], { choice: 1 });
      await live.pass(2);
      await stage.stopRelay();
      const file = path.join(live.brands.folder, "support.json");
      await as(BOB, async (on, wallet) => {
        const { page } = on;
        await on.visit(at(`/calls/${number}`));
        await page.getByLabel("I want this one Blue").check();
        await page.getByLabel("I want this one Green").check();
        await page.getByText("One chosen").waitFor();
        await page.getByRole("button", { name: "Look it over and support" }).click();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "Sign, and save it as a file" }).click(),
        ]);
        await download.saveAs(file);
        expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Support"]);
        expect(await page.getByText("npx hardhat idea relay").count()).to.equal(1);
        // The browser itself notes that nobody was there.
        expect(on.complaints.splice(0).every((each) => each.includes("ERR_CONNECTION_REFUSED"))).to.equal(
          true,
        );
      });
      expect(JSON.parse(await readFile(file, "utf8"))).to.include({
        kind: "support",
        supporter: BOB.address,
      });
      await stage.startRelay();
      expectSuccess(await live.cli(["idea", "relay", file], CAROL));
      await as(BOB, async (on) => {
        await on.visit(at(`/calls/${number}`));
        await on.page.getByText("You support it").waitFor();
        await on.page.getByText("You support as many as one can.").waitFor();
        expect(await on.page.getByRole("radio").count()).to.equal(0);
      });
    });

    it("count by votes where the shop chose so, and say how much one's own weigh", async () => {
      const number = await openPoll("Which farm?", ["Hill", "Valley"], { counting: 0 });
      await ground().live.pass(2);
      await as(BOB, async (on) => {
        const { page } = on;
        await on.visit(at(`/calls/${number}`));
        await page.getByText(/What you choose gets [\d,.]+ BLUE from you/u).waitFor();
        await page.getByText("What counts is how many votes you could use").waitFor();
      });
    });

    it("are read in steps where they have many ideas, and found by their words", async () => {
      const options = Array.from({ length: 32 }, (_, i) => `Flavour ${i + 1}`);
      const number = await openPoll("Which flavour?", options);
      await as(undefined, async (on) => {
        const { page } = on;
        await on.visit(at(`/calls/${number}`));
        expect(await page.locator(".idea").count()).to.equal(30);
        // Who comes back sees it as it was, while nobody but the page's host answers.
        const isElsewhere = ({ href }: URL) => !href.startsWith(ground().stage.host.url);
        await page.route(isElsewhere, (route) => route.abort());
        await page.goto(at(`/calls/${number}`));
        await page.locator(".notice.care").waitFor();
        expect(await page.locator(".idea").count()).to.equal(30);
        await page.unroute(isElsewhere);
        // It answers late: nothing jumps when what it says is there.
        let go: () => void = () => undefined;
        const held = new Promise<void>((resolve) => (go = resolve));
        await page.route(isElsewhere, async (route) => {
          await held;
          await route.continue();
        });
        await page.goto(at(`/calls/${number}`));
        const heading = page.locator("main h1");
        await page.locator(".renewing").waitFor();
        const before = await heading.boundingBox();
        go();
        await page.locator(".renewing").waitFor({ state: "detached" });
        expect(await heading.boundingBox()).to.deep.equal(before);
        await page.unroute(isElsewhere);
        on.complaints.length = 0;
        await on.visit(at(`/calls/${number}`));
        await page.getByRole("button", { name: "See more (2 left)" }).click();
        await page.getByRole("link", { name: "Flavour 32" }).waitFor();
        expect(await page.locator(".idea").count()).to.equal(32);
        await page.getByLabel("Look for words in titles").fill("FLAVOUR 3");
        await page.getByRole("button", { name: "Look", exact: true }).click();
        await page.getByRole("link", { name: "Flavour 1", exact: true }).waitFor({ state: "detached" });
        expect(await page.locator(".idea .title").allTextContents()).to.deep.equal(
          [3, 30, 31, 32].map((each) => `Flavour ${each}`),
        );
        expect(await on.axe()).to.deep.equal([]);
        await page.getByRole("button", { name: "Show all" }).click();
        await page.getByRole("link", { name: "Flavour 1", exact: true }).waitFor();
      });
    });

    it("end with a winner that one button proposes, a vote adopts, the shop ships, and its author's badge", async () => {
      const { live } = ground();
      const number = await openCall("What shall we roast?", { badgeKind, winners: 1 });
      await submit(ALICE, number, "Dawn *roast*");
      await live.pass(IDEAS_FOR + 1);
      await (await board(BOB).support([ideaOf(number, 1)])).wait();
      await live.pass(SUPPORT_FOR);
      const name = `${number}-1`;
      await as(ALICE, async (on) => {
        const { page } = on;
        // Something that was begun before stays.
        await on.visit(at("/propose"));
        await page.getByLabel("Title").fill("Mine");
        await on.visit(at(`/ideas/${name}`));
        await page.getByText("It won, as no. 1.").waitFor();
        await page.getByRole("link", { name: "Propose to adopt it" }).click();
        await page.getByRole("button", { name: "Add the idea to it" }).waitFor();
        expect(await page.getByLabel("Title").inputValue()).to.equal("Mine");
        expect(await on.axe()).to.deep.equal([]);
        await page.getByRole("button", { name: "Delete it, and write one of this idea" }).click();
        await page.getByRole("link", { name: `Idea ${name}` }).waitFor();
        expect(await page.getByLabel("Title").inputValue()).to.equal(`Adopt idea ${name}: Dawn roast`);
        expect(await page.getByLabel("Text").inputValue()).to.include(
          `This adopts idea ${name} of call ${number}`,
        );
        expect(new URL(page.url()).search).to.equal("");
        await page.getByRole("button", { name: "Check it" }).click();
        await page.getByText("It was tried, and would succeed.").waitFor();
        await page.getByText(`Idea ${name} is adopted.`).waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await page.getByRole("button", { name: "Propose it" }).click();
        await page.getByText("It’s proposed").waitFor();
        await on.visit(at(`/ideas/${name}`));
        await page.getByRole("link", { name: /^Proposal \d+, to adopt it$/u }).waitFor();
        expect(await page.getByRole("link", { name: "Propose to adopt it" }).count()).to.equal(0);
      });
      await as(
        undefined,
        async (on) => {
          await on.visit(at(`/propose?idea=${name}`));
          const title = on.page.getByLabel("題名");
          await on.page.getByRole("link", { name: `アイデア${name}` }).waitFor();
          expect(await title.inputValue()).to.equal(`アイデア${name}を採用する：Dawn roast`);
        },
        { language: "ja" },
      );

      const governor = BrandGovernor__factory.connect(
        live.record.contracts.governor,
        ALICE.connect(live.node.provider),
      );
      const proposal = Number(await governor.proposalCount());
      await live.pass(Number(await governor.votingDelay()) + 1);
      expectSuccess(await live.cli(["proposal", "vote", proposal.toString(), "for"], ALICE));
      expectSuccess(await live.cli(["proposal", "vote", proposal.toString(), "for"], BOB));
      await live.pass(Number(await governor.votingPeriod()) + 1);
      expectSuccess(await live.cli(["proposal", "queue", proposal.toString()], ALICE));
      await live.pass(8 * DAY);
      expectSuccess(await live.cli(["proposal", "execute", proposal.toString()], ALICE));
      const shipped = [ideaOf(number, 1), ZeroHash, "https://example.com/dawn"];
      await sendAs(live, live.record.safe, boardAt(), IdeaBoard__factory.abi, "ship", shipped);

      const { idea } = await live.json<Life>(["idea", "show", name]);
      expect(idea.status).to.equal("shipped");
      expect((await badge().badgeOf(idea.steps.at(-1)?.badge ?? 0)).account).to.equal(ALICE.address);
      for (const [language, life] of [
        [
          "en",
          ["Put forward", "Support", "It won", `Proposal ${proposal}, to adopt it`, "Adopted", "Made real"],
        ],
        [
          "ja",
          [
            "出されました",
            "応援",
            "えらばれました",
            `採用の提案(第${proposal}号)`,
            "採用されました",
            "形になりました",
          ],
        ],
      ] as const) {
        await as(
          undefined,
          async (on) => {
            await on.visit(at(`/ideas/${name}`));
            expect(await on.page.locator(".way h3").allInnerTexts()).to.deep.equal(life);
            expect(await on.page.locator(".way").innerText())
              .to.include("共創メンバー")
              .and.to.include("https://example.com/dawn");
            await expectWell(on, "a life");
          },
          { language },
        );
      }
    });
  });
}
