import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import {
  BrandAccessManager__factory,
  MembershipPass__factory,
  Nicknames__factory,
} from "../../../typechain-types/index.js";
import { shared } from "../../../sdk/community/shared.js";
import { ROLES } from "../../../sdk/roles.js";
import { CAROL, REVIEW, sendAs, STEWARD, STRANGER } from "../../integration/coCreation.js";
import { accounts } from "../../integration/support.js";
import type { Ground } from "./ground.js";
import { accountKey, openProposal } from "./ground.js";
import type { Visitor, Wishes } from "./visitor.js";
import { tooWide, visitor } from "./visitor.js";
import type { TestWallet } from "./wallet.js";
import { giveWallet } from "./wallet.js";

const [, , , , ALICE, BOB] = accounts;

/** Tests of membership cards, perks and nicknames on the page. To be called in `describe`. */
export function testMembership(ground: () => Ground): void {
  describe("for members", () => {
    const at = (view: string) => `${ground().stage.host.url}${view}`;
    const pass = () => {
      const { record, node } = ground().live;
      return MembershipPass__factory.connect(record.modules?.pass ?? "", node.provider);
    };
    const nicknames = (key?: HDNodeWallet) => {
      const { provider } = ground().live.node;
      return Nicknames__factory.connect(shared("nicknames").address, key?.connect(provider) ?? provider);
    };
    const call = async (key: HDNodeWallet, nickname: string) => (await nicknames(key).set(nickname)).wait();

    before(async () => {
      const { live } = ground();
      const { safe, contracts, modules } = live.record;
      const terms = { kind: REVIEW, royaltyBps: 500, colour: 0x3b2f2f, language: 1 };
      const [passes, manager] = [MembershipPass__factory.abi, BrandAccessManager__factory.abi];
      await sendAs(live, safe, modules?.pass ?? "", passes, "setTerms", [terms]);
      const grant = [ROLES.STEWARD, STEWARD.address, 0];
      await sendAs(live, contracts.timelock, contracts.manager, manager, "grantRole", grant);
      for (const perk of [
        ["先行販売", "1 pass", "10 points", "--uri", "https://sakura.example/early"],
        ["<b>Bad</b> \u0639", "9 badges of レビュー", "or", "2 pass", "--uri", "javascript:alert(1)"],
        ["一杯無料", "1 pass", "--once"],
        ["Over", "1 badge"],
      ]) {
        await live.json(["perk", "add", ...perk, "--via", "signer"], STEWARD);
      }
      await live.json(["perk", "close", "4", "--via", "signer"], STEWARD);
    });

    after(async () => {
      for (const key of [ALICE, BOB, CAROL]) await call(key, "");
    });

    /** Somebody looks, with their wallet where they have one. */
    async function as(
      key: HDNodeWallet | undefined,
      wishes: Wishes,
      run: (on: Visitor, wallet: TestWallet) => Promise<void>,
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
      const before = page.viewportSize() ?? { width: 390, height: 844 };
      await page.setViewportSize({ width: 320, height: 844 });
      for (const size of ["100%", "200%"])
        expect(await run(tooWide(size)), `${what}, ${size}`).to.deep.equal([]);
      await run(`document.documentElement.style.fontSize = ""`);
      await page.setViewportSize(before);
    }

    it("has a card minted by its owner's wallet, and shows it as a picture that is saved as one", async () => {
      await as(ALICE, { language: "ja" }, async (on, wallet) => {
        const { page } = on;
        await on.visit(at(`/members/${ALICE.address}`));
        await page.getByRole("button", { name: "会員カードを受けとる" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("ためしたところ、うまくいきます。").waitFor();
        expect(await dialog.textContent()).to.include("第1号");
        await expectWell(on, "minting");
        await dialog.getByRole("button", { name: "ウォレットから送る" }).click();
        const picture = page.getByRole("img", { name: "会員カード 第1号。" });
        await picture.waitFor();
        expect(wallet.asked).to.include("eth_sendTransaction");
        expect(await pass().ownerOf(1)).to.equal(ALICE.address);
        // A picture, and nothing of it a part of the page.
        expect(await picture.getAttribute("src")).to.match(/^data:image\/svg\+xml,/u);
        expect(await page.locator("main svg text").count()).to.equal(0);
        const width = `document.querySelector(".pass img").naturalWidth`;
        expect(await on.run(width)).to.equal(600);
        expect(await page.locator("main").textContent()).to.include("ゆずることも、売ることも");
        await expectWell(on, "a card");
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "画像を保存する" }).click(),
        ]);
        expect(download.suggestedFilename()).to.match(/-1\.png$/u);
        const file = path.join(ground().live.brands.folder, "pass.png");
        await download.saveAs(file);
        const png = await readFile(file);
        expect(png.subarray(1, 4).toString()).to.equal("PNG");
        expect([png.readUInt32BE(16), png.readUInt32BE(20)]).to.deep.equal([1200, 760]);
        // More than one colour: it was drawn.
        expect(png.length).to.be.above(10_000);
      });
    });

    it("lets anybody with a wallet have a card made for its owner, and offers nobody what is theirs", async () => {
      await as(STRANGER, {}, async (on) => {
        const { page } = on;
        await on.visit(at(`/members/${ALICE.address}`));
        await page.getByRole("img", { name: "Membership card no. 1." }).waitFor();
        expect(await page.getByRole("button", { name: "Save the picture" }).count()).to.equal(0);
        await on.follow(`/members/${BOB.address}`);
        await page.getByRole("button", { name: "Get it for them" }).click();
        await page.getByRole("dialog").getByRole("button", { name: "Send it from your wallet" }).click();
        await page.getByRole("img", { name: "Membership card no. 3." }).waitFor();
        expect(await pass().ownerOf(3)).to.equal(BOB.address);
      });
      await as(undefined, {}, async (on) => {
        await on.visit(at(`/members/${ALICE.address}`));
        await on.page.getByRole("img", { name: "Membership card no. 1." }).waitFor();
        expect(await on.page.getByRole("button", { name: "Get it for them" }).count()).to.equal(0);
      });
    });

    it("hands a picture on where the browser can, and shows the card of a new holder", async () => {
      await (
        await pass()
          .connect(BOB.connect(ground().live.node.provider))
          .transferFrom(BOB.address, CAROL.address, 3)
      ).wait();
      await as(CAROL, {}, async (on) => {
        await on.context.addInitScript({
          content: `navigator.canShare = () => true;
            navigator.share = async ({ files: [file] }) => { globalThis.shared = [file.name, file.type, file.size]; };`,
        });
        await on.visit(at(`/members/${CAROL.address}`));
        await on.page.getByRole("img", { name: "Its holder now: 0 points." }).waitFor();
        await on.page.getByRole("button", { name: "Share the picture" }).click();
        await on.page.waitForFunction("globalThis.shared !== undefined");
        const [name, type, size] = await on.run<[string, string, number]>("globalThis.shared");
        expect(name).to.match(/-3\.png$/u);
        expect(type).to.equal("image/png");
        expect(size).to.be.above(10_000);
        expect(await on.page.getByText("The picture couldn’t be made.").count()).to.equal(0);
      });
    });

    for (const [language, says] of [
      [
        "ja",
        {
          rule: "会員カードと、10ポイント以上で使えます。",
          have: "使える",
          missing: "足りないもの：9つ以上の「レビュー」のバッジ",
          once: "会員カード1枚につき一度です。",
          closed: "終わった特典(1件)",
          whose: "会員証をひらく",
        },
      ],
      [
        "en",
        {
          rule: "For a membership card and 10 points.",
          have: "Yours",
          missing: "Still missing: 9 “レビュー” badges.",
          once: "Once a card.",
          closed: "Perks that have ended (1)",
          whose: "Open my account",
        },
      ],
    ] as const) {
      it(`says what members get, for whom, and what somebody has or misses of it: ${language}`, async () => {
        const own = pass().connect(STRANGER.connect(ground().live.node.provider));
        if ((await own.balanceOf(ALICE.address)) === 0n) await (await own.mint(1)).wait();
        await as(ALICE, { language }, async (on) => {
          const { page } = on;
          await on.visit(at("/perks"));
          const rows = page.locator(".perk");
          const first = rows.filter({ hasText: "先行販売" });
          expect(await first.textContent()).to.include(says.rule);
          expect(await first.locator(".stamp").textContent()).to.equal(says.have);
          expect(await first.getByRole("link").getAttribute("href")).to.equal("https://sakura.example/early");
          const bad = rows.filter({ hasText: "<b>Bad</b>" });
          expect(await bad.locator(".stamp").count()).to.equal(0);
          expect(await bad.textContent()).to.include(says.missing);
          expect(await bad.getByRole("link").count()).to.equal(0);
          expect(await rows.filter({ hasText: "一杯無料" }).textContent()).to.include(says.once);
          expect(await rows.filter({ hasText: "Over" }).isVisible()).to.equal(false);
          await page.getByText(says.closed).click();
          expect(await rows.filter({ hasText: "Over" }).isVisible()).to.equal(true);
          await expectWell(on, "perks");
        });
        await as(undefined, { language }, async (on) => {
          await on.visit(at("/members"));
          await on.page
            .locator("main")
            .getByRole("link", { name: /特典|perks/u })
            .click();
          await on.page.locator("main").getByRole("button", { name: says.whose }).waitFor();
          expect(await on.page.locator(".perk .stamp").count()).to.equal(0);
          await expectWell(on, "perks without an account");
        });
      });
    }

    it("takes a nickname from a wallet, shows it with its title and its seal, and takes it back", async () => {
      const number = await openProposal(
        ground().live,
        ALICE,
        STRANGER.address,
        "# Of somebody with a nickname",
      );
      await as(ALICE, { language: "ja" }, async (on) => {
        const { page } = on;
        await on.visit(at(`/members/${ALICE.address}`));
        const pseudonym = (await page.locator("h1").textContent()) ?? "";
        const seal = await page.locator(".person .seal").textContent();
        await on.follow("/settings");
        const section = page.getByRole("region", { name: "みんなに見える呼び名" });
        const field = section.getByLabel("呼び名");
        await field.fill("あ".repeat(11));
        await page.getByText("長すぎます。").waitFor();
        expect(await page.getByRole("button", { name: "この呼び名にする" }).isDisabled()).to.equal(true);
        await field.fill("a\u202eb");
        await page.getByText("目に見えない文字が入っています").waitFor();
        await field.fill("はな🌸");
        await page.getByText("あと7文字入ります").waitFor();
        await page.getByRole("button", { name: "この呼び名にする" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("およそ").waitFor();
        await expectWell(on, "a nickname");
        await dialog.getByRole("button", { name: "決める" }).click();
        await page.getByText("いまの呼び名は「はな🌸」です。").waitFor();
        expect(await nicknames().nicknameOf(ALICE.address)).to.equal("はな🌸");
        await page.locator(".masthead .account", { hasText: "はな🌸" }).waitFor();
        await expectWell(on, "settings");
        await on.visit(at(`/members/${ALICE.address}`));
        await page.locator("h1", { hasText: "はな🌸" }).waitFor();
        expect(await page.locator(".person .seal").textContent()).to.equal(seal);
        expect(await page.locator(".person").textContent()).to.include(`「${pseudonym}」`);
        await on.visit(at(`/proposals/${number}`));
        await page.locator(".by", { hasText: "はな🌸" }).waitFor();
        expect(await page.locator(".by .seal").first().textContent()).to.equal(seal);
        await on.visit(at("/members?season=all"));
        const line = page.locator(".board li", { hasText: "はな🌸" });
        await line.waitFor();
        expect(await line.locator(".seal").textContent()).to.equal(seal);
        await on.follow("/proposals");
        await page.getByText(`はな🌸 (${pseudonym})`).first().waitFor();
        await on.follow("/settings");
        await page.getByRole("button", { name: "呼び名をなくす" }).click();
        await dialog.getByRole("button", { name: "決める" }).click();
        await page.getByText("まだ決めていません。").waitFor();
        await page.locator(".masthead .account", { hasText: pseudonym }).waitFor();
        expect(await nicknames().nicknameOf(ALICE.address)).to.equal("");
      });
    });

    it("uses no nickname that would be taken for somebody else, and shows it as what somebody says", async () => {
      const { live } = ground();
      await call(ALICE, "Treasury");
      await call(BOB, "<img src=x> evil");
      await call(CAROL, "はな\u0639\u0644\u064a");
      await as(undefined, {}, async (on) => {
        const { page } = on;
        await on.visit(at(`/members/${ALICE.address}`));
        await page.getByText("They call themselves “Treasury”.").waitFor();
        expect(await page.locator("h1").textContent()).to.match(/^[A-Z][a-z]+ [A-Z][a-z]+$/u);
        await on.follow(`/members/${BOB.address}`);
        await page.locator("h1", { hasText: "<img src=x>" }).waitFor();
        expect(await page.locator("h1 img").count()).to.equal(0);
        await expectWell(on, "a nickname of markup");
        await on.follow(`/members/${CAROL.address}`);
        await page.locator("h1", { hasText: "はな" }).waitFor();
        await expectWell(on, "a nickname that goes both ways");
        await on.follow("/members?season=all");
        expect(await page.locator(".board").textContent()).not.to.include("Treasury");
      });
      // What a device calls somebody goes first.
      await as(undefined, {}, async (on) => {
        const { chainId, contracts } = live.record;
        const key = `kyoso-names ${chainId} ${contracts.governor}`;
        const own = JSON.stringify({ [CAROL.address.toLowerCase()]: "My sister" });
        await on.context.addInitScript({
          content: `localStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(own)})`,
        });
        await on.visit(at(`/members/${CAROL.address}`));
        await on.page.getByText("They call themselves “はな").waitFor();
        expect(await on.page.locator("h1").textContent()).to.equal("My sister");
      });
    });

    it("shows what it shows where nicknames can't be read, and asks for each once", async () => {
      await call(ALICE, "はな");
      const { node } = ground().stage;
      const selector = nicknames().interface.getFunction("nicknameOf").selector.slice(2);
      let asked = 0;
      node.bend = ({ id, method, params }, ask) =>
        method === "eth_call" && JSON.stringify(params).includes(selector)
          ? { id, error: { code: -32_000, message: "not that" } }
          : ask();
      try {
        await as(undefined, {}, async (on) => {
          await on.visit(at("/members?season=all"));
          expect(await on.page.locator(".board li").count()).to.be.above(0);
          on.complaints.splice(0);
        });
        node.bend = ({ method, params }, ask) => {
          if (method === "eth_call" && JSON.stringify(params).includes(selector)) asked += 1;
          return ask();
        };
        asked = 0;
        await as(undefined, {}, async (on) => {
          await on.visit(at("/members?season=all"));
          await on.page.locator(".board li", { hasText: "はな" }).waitFor();
          await on.follow("/members");
          await on.follow("/members?season=all");
          expect(asked).to.be.at.most(2);
        });
      } finally {
        node.bend = undefined;
      }
    });

    it("says of the modules who can do what with them", async () => {
      await as(undefined, { language: "ja" }, async (on) => {
        await on.visit(at("/powers"));
        const powers = await on.page.locator(".powers").innerText();
        for (const text of ["アイデアを募る", "特典をつくり、終える", "会員カードのきまりを変える"])
          expect(powers).to.include(text);
        expect(await on.page.locator(".cannot").innerText()).to.include("会員カードをとりあげる");
        await expectWell(on, "powers");
      });
    });
  });
}
