import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { getBytes, sha256, toQuantity, Wallet } from "ethers";
import { fromBase64Url, toBase64Url } from "../../../sdk/bytes.js";
import { CLAIM_FILE } from "../../../sdk/drop/claims.js";
import { formatCode } from "../../../sdk/drop/code.js";
import type { PageDocument } from "../../../sdk/page/document.js";
import { parseSigned } from "../../../sdk/signed/form.js";
import {
  BrandToken__factory,
  ContributionBadge__factory,
  LoyaltyDrop__factory,
} from "../../../typechain-types/index.js";
import { accounts } from "../../integration/support.js";
import type { TestCampaign } from "./campaign.js";
import { formsOfSecret, openCampaign } from "./campaign.js";
import type { Device } from "./passkeys.js";
import { givePasskeys } from "./passkeys.js";
import type { Ground } from "./ground.js";
import type { Visitor, Wishes } from "./visitor.js";
import { visitor } from "./visitor.js";
import { openVoucher } from "./vouchers.js";
import { giveWallet } from "./wallet.js";

const LINE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari Line/14.0.0";

/** Tests of who receives something on the page, for a chain and a browser that others use too. To be called in `describe`. */
export function testClaiming(ground: () => Ground): void {
  describe("for who is given something", () => {
    const stage = () => ground().stage;
    let spring: TestCampaign;
    /** Somebody whom a line is for. */
    const known = Wallet.createRandom();

    before(async () => {
      const { live } = ground();
      spring = await openCampaign(live, `spring-${Date.now()}`, {
        site: stage().site,
        known: [known.address],
      });
    });

    const badge = () =>
      ContributionBadge__factory.connect(ground().live.record.contracts.badge, ground().live.node.provider);
    const at = (path: string, payload = "") =>
      `${stage().host.url}${path}${payload === "" ? "" : `#${payload}`}`;

    /** Somebody looks, and nothing goes wrong that their browser notices. */
    async function look(
      run: (on: Visitor) => Promise<void>,
      wishes: Wishes & { readonly device?: Device | undefined } = {},
    ): Promise<void> {
      const on = await visitor(ground().browser, wishes);
      const cdp = await on.context.newCDPSession(on.page);
      if (wishes.device !== undefined) await givePasskeys(cdp, wishes.device);
      try {
        await run(on);
        expect(on.complaints).to.deep.equal([]);
      } finally {
        await on.leave();
      }
    }

    /** The account that the page remembers. */
    async function kept({
      run,
    }: Visitor): Promise<{ kind: string; address: string } & Record<string, unknown>> {
      const found = await run<string>(
        `Object.entries(localStorage).find(([key]) => key.startsWith("kyoso-account"))?.[1] ?? "null"`,
      );
      return JSON.parse(found) as { kind: string; address: string };
    }

    /** Goes on with the keyboard until something is reached. */
    async function reach({ page, run }: Visitor, name: string): Promise<void> {
      await page.getByRole("button", { name, exact: true, disabled: false }).waitFor();
      for (let i = 0; i < 60; i++) {
        if ((await run("document.activeElement.textContent")) === name) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`The keyboard doesn't reach "${name}"`);
    }

    const press = ({ page }: Visitor, name: string) =>
      page.getByRole("button", { name, exact: true }).click();

    /** Makes an account of a passkey: three touches, each with a press of its own. */
    async function touch(on: Visitor): Promise<void> {
      for (const name of ["Make one with a passkey", "Touch to open it", "Check once more"])
        await press(on, name);
    }

    it("gives a customer a card: a short link, a passkey, the relay; in Japanese, on a phone", async () => {
      const [code, secrets] = [spring.code(0), formsOfSecret(spring.code(0), spring.seed(0))];
      await look(
        async (on) => {
          const { page, run } = on;
          const sent: string[] = [];
          page.on("request", (request) => sent.push(`${request.url()} ${request.postData() ?? ""}`));
          await on.visit(at("/claim", code));
          expect(page.url()).to.equal(at("/claim"));
          await page.getByRole("button", { name: "受けとる" }).waitFor();
          expect(await page.locator(".gift").textContent())
            .to.include("レビュー")
            .and.to.include("10");
          expect(await on.axe()).to.deep.equal([]);
          await press(on, "受けとる");
          await page.getByRole("button", { name: "パスキーでつくる" }).waitFor();
          expect(await on.axe()).to.deep.equal([]);
          for (const name of ["パスキーでつくる", "ふれて、ひらく", "もう一度、たしかめる"])
            await press(on, name);
          await page.getByRole("heading", { name: "ようこそ" }).waitFor({ timeout: 30_000 });
          expect(await on.axe()).to.deep.equal([]);
          const { kind, address } = await kept(on);
          expect(kind).to.equal("passkey");
          expect(await badge().balanceOf(address)).to.equal(1n);
          expect(await ground().live.node.provider.getTransactionCount(address)).to.equal(0);
          const relay = `http://127.0.0.1:${stage().relay().port}`;
          const node = stage().node.url;
          expect([...on.asked]).to.have.members([stage().host.url, node, relay]);

          // What the link holds is nowhere.
          const left = await run<string>(
            `JSON.stringify([location.href, history.state, { ...localStorage }, { ...sessionStorage }, document.cookie])`,
          );
          const everywhere = [...sent, left, ...(await databases(on)), await page.content()].join("\n");
          for (const secret of secrets) expect(everywhere).not.to.include(secret);
          await page.goBack();
          expect(page.url()).to.not.include("ky1");
        },
        { language: "ja", device: {} },
      );
    });

    it("gives it to the account of a wallet, which signs where the link is for it alone", async () => {
      await look(async (on) => {
        const { page } = on;
        const wallet = await giveWallet(on.context, known, ground().live.node.provider);
        await on.visit(at("/claim", spring.long(11)));
        expect(await page.locator("main").textContent()).to.include("Only one account can claim");
        await press(on, "Use another account");
        await page.getByText("Use a wallet that I have").click();
        await press(on, "Test wallet");
        await page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
        expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Claim"]);
        expect(await badge().balanceOf(known.address)).to.equal(1n);
        expect(await kept(on)).to.deep.include({ kind: "wallet", address: known.address });
      });
    });

    it("gives it to an account of a password, once its file was read back; and opens it again", async () => {
      await look(async (on) => {
        const { page } = on;
        await on.visit(at("/claim", spring.code(1)));
        await press(on, "Claim it");
        await page.getByText("Make one with a password").click();
        await page.getByLabel("Password").fill("pass short");
        await page.getByLabel("Once more").fill("pass shorT");
        await press(on, "Make an account");
        expect(await page.locator("form [role=alert]").textContent()).to.include("differ");
        // Wide letters are the same letters.
        await page.getByLabel("Once more").fill("\uff50ass short");
        await press(on, "Make an account");
        const downloading = page.waitForEvent("download");
        await page.getByRole("button", { name: "Save the backup" }).click({ timeout: 30_000 });
        const text = await readFile(await (await downloading).path(), "utf8");
        const file = { name: "other.json", mimeType: "application/json", buffer: Buffer.from("{}") };
        await page.getByLabel("Choose the file you saved").setInputFiles(file);
        await page.getByText("That isn’t the backup you just saved").waitFor();
        expect(await kept(on)).to.equal(null);
        await page
          .getByLabel("Choose the file you saved")
          .setInputFiles({ ...file, buffer: Buffer.from(text) });
        await page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
        const { address } = await kept(on);
        expect(await badge().balanceOf(address)).to.equal(1n);
        // Any wallet opens the file.
        const opened = await Wallet.fromEncryptedJson(text, "pass short");
        expect(opened.address).to.equal(address);
        expect(text).not.to.include(opened.privateKey.slice(2));
        // Its key isn't kept: the next visit asks for the password where something is signed.
        await on.visit(at(`/members/${accounts[4].address}`));
        await page.getByRole("button", { name: "Lend them your votes" }).click();
        await page.getByRole("button", { name: "Settle it" }).click();
        const asking = page.getByRole("dialog", { name: "Open your account" });
        await asking.getByLabel("Password").fill("pass shorT");
        await asking.getByRole("button", { name: "Open", exact: true }).click();
        await asking.getByRole("alert").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await asking.getByLabel("Password").fill("pass short");
        await asking.getByRole("button", { name: "Open", exact: true }).click();
        await page.getByText("They have your votes.").waitFor({ timeout: 30_000 });
        const { record, node } = ground().live;
        const token = BrandToken__factory.connect(record.contracts.token, node.provider);
        expect(await token.delegates(address)).to.equal(accounts[4].address);
      });
    });

    it("demands a backup where the passkey is on one device only", async () => {
      await look(
        async (on) => {
          const { page } = on;
          await on.visit(at("/claim", spring.code(2)));
          await press(on, "Claim it");
          await touch(on);
          await page.getByRole("heading", { name: "First, a backup" }).waitFor();
          const { address, isSafe } = await kept(on);
          expect(isSafe).to.equal(false);
          expect(await badge().balanceOf(address)).to.equal(0n);
        },
        { device: { isBackedUp: false } },
      );
    });

    it("makes no account of a passkey that gives no secret, and says so", async () => {
      await look(
        async (on) => {
          await on.visit(at("/claim", spring.code(2)));
          await press(on, "Claim it");
          await press(on, "Make one with a passkey");
          await press(on, "Touch to open it");
          await on.page.getByRole("heading", { name: "can’t hold an account" }).waitFor();
          expect(await kept(on)).to.equal(null);
        },
        { device: { hasSecrets: false } },
      );
    });

    it("has somebody whom their device doesn't recognise go on with a password", async () => {
      await look(
        async (on) => {
          const { page } = on;
          await on.visit(at("/claim", spring.code(2)));
          await press(on, "Claim it");
          await press(on, "Make one with a passkey");
          await page.getByRole("heading", { name: "Nothing was done" }).waitFor();
          expect(await kept(on)).to.equal(null);
          expect(await on.axe()).to.deep.equal([]);
          await page.getByText("Make one with a password").click();
          await page.getByLabel("Password").waitFor();
        },
        { device: { isVerified: false } },
      );
    });

    it("goes on with the passkey that was begun, and makes no second one; opens it anew where the page has forgotten it", async () => {
      await look(
        async (on) => {
          const { page } = on;
          await on.visit(at("/settings"));
          await press(on, "Choose or make an account");
          await press(on, "Make one with a passkey");
          await page.getByRole("button", { name: "Touch to open it" }).waitFor();
          await on.visit(at("/settings"));
          await press(on, "Choose or make an account");
          await press(on, "Touch to open it");
          await press(on, "Check once more");
          await page.getByText("With a passkey").waitFor();
          const { address } = await kept(on);
          expect(await on.axe()).to.deep.equal([]);
          await on.run("localStorage.clear()");
          await on.visit(at("/settings"));
          await press(on, "Choose or make an account");
          await press(on, "I have one: open it");
          await press(on, "Check once more");
          await page.getByText("With a passkey").waitFor();
          expect((await kept(on)).address).to.equal(address);
        },
        { device: {} },
      );
    });

    it("stops where another passkey answers than that of the account", async () => {
      await look(
        async (on) => {
          const { page, run } = on;
          await on.visit(at("/settings"));
          await press(on, "Choose or make an account");
          await touch(on);
          await page.getByText("With a passkey").waitFor();
          const other = Wallet.createRandom().address;
          await run(
            `(() => { const key = Object.keys(localStorage).find((each) => each.startsWith("kyoso-account")); localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), address: "${other}" })); })()`,
          );
          await on.visit(at("/settings"));
          await page.getByText("Show the key itself").click();
          await press(on, "Show it");
          await page.getByRole("heading", { name: "isn’t the account this device remembers" }).waitFor();
          expect(
            await page
              .locator("code")
              .filter({ hasText: /^0x[0-9a-f]{64}$/u })
              .count(),
          ).to.equal(0);
        },
        { device: {} },
      );
    });

    for (const [what, payload, says] of [
      ["is used", () => spring.code(0), "has been used"],
      ["is cut off", () => spring.code(3).slice(0, -4), "cut off"],
      [
        "has a letter changed",
        () => spring.code(3).replace(/.$/u, (last) => (last === "q" ? "p" : "q")),
        "cut off",
      ],
      ["isn't one", () => "hello", "cut off"],
      ["is there twice", () => `${spring.code(3)} ${spring.code(4)}`, "several invitations"],
    ] as const) {
      it(`says what to do where a link ${what}`, async () => {
        await look(async (on) => {
          await on.visit(at("/claim", payload()));
          const told = on.page.getByRole("alert");
          await told.waitFor();
          expect(await told.textContent()).to.include(says);
          expect(on.page.url()).to.equal(at("/claim"));
          expect(await on.axe()).to.deep.equal([]);
        });
      });
    }

    it("takes a second link that is pasted into the address bar of the open page", async () => {
      await look(async (on) => {
        await on.visit(at("/claim", spring.code(0)));
        await on.page.getByRole("alert").waitFor();
        await on.run(`location.hash = ${JSON.stringify(spring.code(3))}`);
        await on.page.getByRole("button", { name: "Claim it" }).waitFor();
        expect(on.page.url()).to.equal(at("/claim"));
      });
    });

    it("hands the whole link to the browser where an app like LINE has opened it", async () => {
      await look(
        async (on) => {
          await on.visit(at("/claim", spring.code(3)));
          expect(await on.page.locator("main").textContent()).to.include("inside LINE");
          const going = on.page.waitForRequest((request) => request.url().includes("openExternalBrowser=1"));
          await press(on, "Open in the browser");
          expect((await going).url()).not.to.include("ky1");
          await on.page.getByText("inside LINE").waitFor();
          // The link came along.
          await press(on, "Go on here");
          await on.page.getByRole("button", { name: "Claim it" }).waitFor();
        },
        { userAgent: LINE },
      );
    });

    it("redeems a voucher, by keyboard alone", async () => {
      const code = await openVoucher(ground().live);
      await look(
        async (on) => {
          await on.visit(at("/redeem", code));
          expect(on.page.url()).to.equal(at("/redeem"));
          for (const name of ["Claim it", "Make one with a passkey", "Touch to open it", "Check once more"]) {
            await reach(on, name);
            await on.page.keyboard.press("Enter");
          }
          await on.page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
          // What comes next is read out, and is where the keyboard is.
          expect(await on.run("document.activeElement.tagName")).to.equal("H1");
          expect(await badge().balanceOf((await kept(on)).address)).to.equal(1n);
          await on.visit(at("/redeem", code));
          await on.page.getByText("has been used").waitFor();
        },
        { device: {} },
      );
    });

    it("has it sent by a wallet, or saved as the commands take it, where the brand has no relay", async () => {
      const key = Wallet.createRandom();
      await ground().live.node.provider.send("hardhat_setBalance", [key.address, toQuantity(10n ** 18n)]);
      const document = JSON.parse(await readFile(`${stage().site}/dao.json`, "utf8")) as PageDocument;
      stage().host.instead.set(
        "dao.json",
        JSON.stringify({ ...document, page: { ...document.page, relay: null } }),
      );
      try {
        await look(async (on) => {
          const { page } = on;
          await giveWallet(on.context, key, ground().live.node.provider);
          await on.visit(at("/claim", spring.code(6)));
          await press(on, "Claim it");
          await page.getByText("Use a wallet that I have").click();
          await press(on, "Test wallet");
          await page.getByRole("button", { name: "Save the file" }).waitFor();
          const downloading = page.waitForEvent("download");
          await press(on, "Save the file");
          const text = await readFile(await (await downloading).path(), "utf8");
          const { value } = parseSigned(text, "claim.json", CLAIM_FILE);
          expect(value?.account).to.equal(key.address);
          for (const secret of formsOfSecret(spring.code(6), spring.seed(6)))
            expect(text).not.to.include(secret);
          expect(await on.axe()).to.deep.equal([]);
          await press(on, "Send it with my wallet");
          await page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
          expect(await badge().balanceOf(key.address)).to.equal(1n);
        });
      } finally {
        stage().host.instead.clear();
      }
    });

    it("says so where a campaign was stopped, is over, isn't published, or is another shop's", async () => {
      const { live } = ground();
      const short = await openCampaign(live, `short-${Date.now()}`, { site: stage().site, lasts: 600 });
      const [links, gone] = [
        await openCampaign(live, `stopped-${Date.now()}`, { site: stage().site }),
        short.code(1),
      ];
      const stop = LoyaltyDrop__factory.createInterface().encodeFunctionData("stop", [links.id, "A mistake"]);
      await live.node.provider.send("eth_sendTransaction", [
        { from: live.record.safe, to: live.record.contracts.drop, data: stop },
      ]);
      await live.pass(601);
      const away = formatCode({ id: "0123abcd", index: 1, seed: new Uint8Array(16) });
      const foreign = fromBase64Url(spring.long(7));
      foreign[8] = 2;
      for (const [payload, says] of [
        [links.code(0), "withdrawn"],
        [gone, "The time to claim is over"],
        [away, "isn’t here yet"],
        [resealed(foreign), "another shop’s"],
      ] as const) {
        await look(async (on) => {
          await on.visit(at("/claim", payload));
          await on.page.getByRole("alert").waitFor();
          expect(await on.page.getByRole("alert").textContent()).to.include(says);
          // That a file isn't there, the browser itself notes.
          on.complaints.splice(
            0,
            on.complaints.length,
            ...on.complaints.filter((each) => !each.includes("404")),
          );
        });
      }
    });

    it("remembers what this device calls somebody, and names who brought the newcomer", async () => {
      const member = accounts[4].address;
      await look(
        async (on) => {
          const { page } = on;
          await on.visit(at("/settings"));
          await page.getByLabel("A link to their page").fill(`https://example.com/members/${member}`);
          await page.getByLabel("What you call them").fill("みよこ 🌸");
          await press(on, "Remember");
          await page.getByText("みよこ 🌸").first().waitFor();
          await on.visit(at("/claim", spring.code(5)));
          await page.getByLabel("Who brought you?").fill("みよこ🌸");
          await page.getByText("We can’t find them").waitFor();
          await page.getByLabel("Who brought you?").fill("みよこ 🌸");
          await page.getByText("みよこ 🌸 gets a badge").waitFor();
          await press(on, "Claim it");
          await touch(on);
          await page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
          expect(await badge().referrerOf((await kept(on)).address)).to.equal(member);
        },
        { device: {} },
      );
    });
  });
}

/** A long link whose content was changed, with the checksum that it has then. */
function resealed(bytes: Uint8Array): string {
  const body = bytes.subarray(0, -4);
  bytes.set(getBytes(sha256(body)).subarray(0, 4), body.length);
  return toBase64Url(bytes);
}

/** All that the page's databases have, as text. */
async function databases({ run }: Visitor): Promise<string[]> {
  return run<string[]>(`(async () => {
    const texts = [];
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise((resolve) => { const open = indexedDB.open(name); open.onsuccess = () => resolve(open.result); });
      for (const store of db.objectStoreNames) {
        const all = await new Promise((resolve) => { const got = db.transaction(store).objectStore(store).getAll(); got.onsuccess = () => resolve(got.result); });
        texts.push(JSON.stringify(all, (_, value) => value instanceof Uint8Array ? Array.from(value, (b) => b.toString(16).padStart(2, "0")).join("") : value));
      }
      db.close();
    }
    return texts;
  })()`);
}
