import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { parseEther, toQuantity } from "ethers";
import { BrandGovernor__factory, BrandToken__factory } from "../../../typechain-types/index.js";
import { accounts } from "../../integration/support.js";
import type { Ground } from "./ground.js";
import { accountKey, openProposal, propose } from "./ground.js";
import type { Visitor, Wishes } from "./visitor.js";
import { visitor } from "./visitor.js";
import type { TestWallet } from "./wallet.js";
import { giveWallet } from "./wallet.js";

const [, , , , ALICE, BOB, CAROL, , STRANGER] = accounts;

/** What strangers write into a proposal's title. */
const TITLE = "A gift for <b>Dave</b> \u202eevil";

interface Shown {
  readonly number: number;
  readonly id: string;
  readonly state: string;
  readonly votes: readonly { readonly voter: string; readonly support: string; readonly reason: string }[];
}

/** Tests of what people do on the page, for a chain and a browser that others use too. To be called in `describe`. */
export function testActing(ground: () => Ground): void {
  describe("for those with an account", () => {
    const stage = () => ground().stage;
    /** Number of the proposal that is open to votes. */
    let open: number;

    before(async () => {
      const { live } = ground();
      open = await openProposal(live, BOB, STRANGER.address, textOf(TITLE));
    });

    const governor = (key?: HDNodeWallet) => {
      const { record, node } = ground().live;
      return BrandGovernor__factory.connect(
        record.contracts.governor,
        key === undefined ? node.provider : key.connect(node.provider),
      );
    };
    const token = () => {
      const { record, node } = ground().live;
      return BrandToken__factory.connect(record.contracts.token, node.provider);
    };
    const show = (number: number) => ground().live.json<Shown>(["proposal", "show", number.toString()]);

    const textOf = (title: string) => `# ${title}\n\nAs a start.`;

    /** Somebody with a wallet looks, and nothing goes wrong that their browser notices. */
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

    const at = (path_: string) => `${stage().host.url}${path_}`;

    it("asks for an account before a vote, and for nothing else", async () => {
      await as(undefined, async (on) => {
        await on.visit(at(`/proposals/${open}`));
        await on.page.getByRole("button", { name: "Open my account" }).waitFor();
        expect(await on.page.getByRole("radio").count()).to.equal(0);
        expect(on.requestsTo(new URL(`http://127.0.0.1:${stage().relay().port}`).origin)).to.equal(0);
      });
    });

    it("takes a vote with its reason by the relay, by keyboard alone, and shows it from its receipt", async () => {
      await as(
        BOB,
        async (on, wallet) => {
          const { page } = on;
          const before = await ground().live.node.provider.getBalance(BOB.address);
          await on.visit(at(`/proposals/${open}`));
          await page.getByRole("radio", { name: "賛成" }).waitFor();
          expect(await page.locator(".ballot").textContent()).to.include("あなたの40,000票を");
          expect(await on.axe()).to.deep.equal([]);
          await page.getByRole("radio", { name: "賛成" }).focus();
          await page.keyboard.press("Space");
          await page.keyboard.press("Tab");
          await page.keyboard.type("いいね <b>");
          await page.keyboard.press("Tab");
          await page.keyboard.press("Enter");
          const dialog = page.getByRole("dialog");
          await dialog.getByText("金庫から").waitFor();
          const looked = (await dialog.textContent()) ?? "";
          expect(looked)
            .to.include("賛成 40,000票")
            .and.to.include("いいね <b>")
            .and.to.include("費用はお店が持ちます");
          expect(await dialog.locator("b img, img").count()).to.equal(0);
          expect(await on.axe()).to.deep.equal([]);
          await page.keyboard.press("Escape");
          await dialog.waitFor({ state: "hidden" });
          expect(wallet.signed).to.deep.equal([]);
          await page.getByRole("button", { name: "たしかめて投票する" }).press("Enter");
          await dialog.getByRole("button", { name: "投票する", exact: true }).press("Enter");
          await page.getByText("あなたは賛成に40,000票を入れました。").waitFor();
          expect(await page.locator(".rows").textContent()).to.include("いいね <b>");
          expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["ExtendedBallot"]);
          expect(wallet.asked).not.to.include("eth_sendTransaction");
          expect(await on.axe()).to.deep.equal([]);
          const { votes } = await show(open);
          expect(votes).to.have.length(1);
          expect(votes[0]).to.include({ voter: BOB.address, support: "for", reason: "いいね <b>" });
          expect(await ground().live.node.provider.getBalance(BOB.address)).to.equal(before);
          await on.visit(at(`/proposals/${open}`));
          await page.getByText("あなたは賛成に40,000票を入れました。").waitFor();
          expect(await page.getByRole("radio").count()).to.equal(0);
        },
        { language: "ja" },
      );
    });

    it("says so where the relay is away, keeps what was signed over a reload, and goes on when it is back", async () => {
      const number = await openProposal(ground().live, BOB, STRANGER.address, textOf("Another gift"));
      await as(CAROL, async (on, wallet) => {
        const { page } = on;
        await on.visit(at(`/proposals/${number}`));
        await page.getByRole("radio", { name: "Against" }).check();
        await page.getByLabel("Reason").fill("Not now");
        await page.getByRole("button", { name: "Look it over and vote" }).click();
        await page.getByText("The shop pays for it.").waitFor();
        await stage().stopRelay();
        await page.getByRole("dialog").getByRole("button", { name: "Vote", exact: true }).click();
        await page.getByText("The shop’s counter doesn’t answer").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await page.reload();
        await page.getByText("The shop’s counter doesn’t answer").waitFor();
        await page.getByText("Other ways").click();
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "Save it as a file" }).click(),
        ]);
        // The file is what the command line's relays take.
        const file = path.join(ground().live.brands.folder, "ballot.json");
        await download.saveAs(file);
        expect(JSON.parse(await readFile(file, "utf8"))).to.include({ kind: "ballot", reason: "Not now" });
        const { ballots } = await ground().live.json<{ ballots: readonly { status: string }[] }>([
          "proposal",
          "relay",
          file,
          "--dry-run",
        ]);
        expect(ballots.map(({ status }) => status)).to.deep.equal(["valid"]);
        await stage().startRelay();
        await page.getByText("You voted “Against” with 30,000 votes.").waitFor();
        expect(wallet.signed).to.have.length(1);
        expect((await show(number)).votes[0]).to.include({ voter: CAROL.address, reason: "Not now" });
        // The browser itself notes that nobody was there.
        expect(on.complaints.splice(0).every((each) => each.includes("ERR_CONNECTION_REFUSED"))).to.equal(
          true,
        );
      });
    });

    it("says what the relay says: why it refuses, that its money is short, that nobody can tell yet", async () => {
      const { provider } = ground().live.node;
      const number = await openProposal(ground().live, ALICE, STRANGER.address, textOf("One more gift"));
      await stage().stopRelay();
      await stage().startRelay({ votes: { least: 50_000 } });
      await as(BOB, async (on) => {
        const { page } = on;
        const dialog = page.getByRole("dialog");
        const vote = async () => {
          await page.getByRole("radio", { name: "For" }).check();
          await page.getByRole("button", { name: "Look it over and vote" }).click();
          await dialog.getByText("The shop pays for it.").waitFor();
        };
        await on.visit(at(`/proposals/${number}`));
        await vote();
        await dialog.getByRole("button", { name: "Vote", exact: true }).click();
        await page.getByText("It is too few votes for the shop to pay for them.").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await page.getByRole("button", { name: "Close" }).click();

        await stage().stopRelay();
        await provider.send("hardhat_setBalance", [stage().payer, toQuantity(parseEther("0.5"))]);
        await stage().startRelay();
        await on.visit(at(`/proposals/${number}`));
        await vote();
        await dialog.getByText("The shop’s counter is short of money.").waitFor();
        await provider.send("evm_setAutomine", [false]);
        await dialog.getByRole("button", { name: "Vote", exact: true }).click();
        await page.getByText("Waiting for the record.").waitFor();
        stage().proxy.handle = () => Promise.resolve(undefined);
        await page.getByText("We can’t tell yet whether it arrived").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await page.getByText("Other ways").click();
        await page.getByRole("button", { name: "Send it from your wallet" }).waitFor();
        stage().proxy.mend();
        await provider.send("evm_setAutomine", [true]);
        await provider.send("evm_mine", []);
        await page.getByText("You voted “For” with 40,000 votes.").waitFor();
        expect((await show(number)).votes.map(({ voter }) => voter)).to.deep.equal([BOB.address]);
        await provider.send("hardhat_setBalance", [stage().payer, toQuantity(parseEther("100"))]);
        // The browser itself notes what isn't taken.
        expect(on.complaints.splice(0).every((each) => each.includes("422"))).to.equal(true);
      });
    });

    it("sends nothing where nobody signs, and lets a wallet send by itself", async () => {
      await as(ALICE, async (on, wallet) => {
        const { page } = on;
        await on.visit(at(`/proposals/${open}`));
        await page.getByRole("radio", { name: "Abstain" }).check();
        await page.getByRole("button", { name: "Look it over and vote" }).click();
        const dialog = page.getByRole("dialog");
        wallet.declines = true;
        await dialog.getByRole("button", { name: "Vote", exact: true }).click();
        await dialog.getByRole("alert").waitFor();
        expect(await dialog.locator("img").count()).to.equal(0);
        expect((await show(open)).votes.map(({ voter }) => voter)).not.to.include(ALICE.address);
        wallet.declines = false;
        await dialog.getByText("From your wallet it costs about").waitFor();
        await dialog.getByRole("button", { name: "Send it from your wallet" }).click();
        await page.getByText(/You voted “Abstain” with [\d,.]+ votes\./u).waitFor();
        expect((await show(open)).votes.find(({ voter }) => voter === ALICE.address)?.support).to.equal(
          "abstain",
        );
      });
    });

    it("says that somebody without votes has none, and that voting ended meanwhile", async () => {
      await as(STRANGER, async (on) => {
        await on.visit(at(`/proposals/${open}`));
        await on.page.getByText("You had no votes when they were counted").waitFor();
        expect(await on.page.getByRole("radio").count()).to.equal(0);
        expect(await on.axe()).to.deep.equal([]);
      });
      await as(CAROL, async (on, wallet) => {
        const { page } = on;
        await on.visit(at(`/proposals/${open}`));
        await page.getByRole("radio", { name: "For" }).check();
        await page.getByRole("button", { name: "Look it over and vote" }).click();
        await page.getByText("The shop pays for it.").waitFor();
        await ground().live.pass(Number(await governor().votingPeriod()) + 1);
        await page.getByRole("dialog").getByRole("button", { name: "Vote", exact: true }).click();
        await page.getByRole("dialog").getByText("Voting is over.").waitFor();
        expect(wallet.signed).to.deep.equal([]);
      });
    });

    it("lets anyone with a wallet queue and execute, each tried and in words", async () => {
      await as(STRANGER, async (on) => {
        const { page } = on;
        const before = await token().balanceOf(STRANGER.address);
        await on.visit(at(`/proposals/${open}`));
        await page.getByRole("button", { name: "Announce it" }).click();
        await page.getByText("It was tried, and would succeed.").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await page.getByRole("button", { name: "Send it from your wallet" }).click();
        await page.locator(".stamp", { hasText: "In notice" }).waitFor();
        expect((await show(open)).state).to.equal("Queued");
        const { timelock } = ground().live.record.contracts;
        expect(timelock).not.to.equal("");
        await ground().live.pass(8 * 86_400);
        await on.visit(at(`/proposals/${open}`));
        await page.getByRole("button", { name: "Carry it out" }).click();
        await page.getByRole("button", { name: "Send it from your wallet" }).click();
        await page.locator(".stamp", { hasText: "Carried out" }).waitFor();
        expect((await token().balanceOf(STRANGER.address)) - before).to.equal(parseEther("1"));
      });
    });

    it("lets its proposer alone withdraw a proposal", async () => {
      const number = await propose(ground().live, ALICE, STRANGER.address, textOf("A mistake"));
      await as(BOB, async (on) => {
        await on.visit(at(`/proposals/${number}`));
        expect(await on.page.getByRole("button", { name: "Withdraw it" }).count()).to.equal(0);
      });
      await as(ALICE, async (on) => {
        await on.visit(at(`/proposals/${number}`));
        await on.page.getByRole("button", { name: "Withdraw it" }).click();
        await on.page.getByRole("button", { name: "Send it from your wallet" }).click();
        await on.page.locator(".stamp", { hasText: "Withdrawn" }).waitFor();
        expect((await show(number)).state).to.equal("Canceled");
      });
    });

    it("takes a proposal from forms: a draft that stays, a trial, the file of the command line, and the chain", async () => {
      const { live } = ground();
      const file = path.join(live.brands.folder, "from-the-page.md");
      await as(ALICE, async (on) => {
        const { page } = on;
        await on.visit(at("/propose"));
        expect(await on.axe()).to.deep.equal([]);
        await page.getByRole("button", { name: "Add" }).click();
        await page.getByLabel("To whom").fill(STRANGER.address);
        await page.getByLabel("How much").fill("1,000");
        await page.getByRole("combobox").selectOption({ label: "Fund a season" });
        await page.getByRole("button", { name: "Add" }).click();
        await page.getByLabel("How much").nth(1).fill("500");
        await page.getByRole("combobox").first().selectOption({ label: "Change a setting" });
        await page.getByRole("button", { name: "Add" }).click();
        await page.getByLabel("From then on").fill("tomorrow");
        await page.getByLabel("Title").fill("Summer <i>blend</i>");
        await page.getByLabel("Text").fill("**Why**: <script>alert(1)</script>");
        await page.getByText("See how it will look").click();
        expect(await page.locator(".prose strong").textContent()).to.equal("Why");
        expect(await page.locator(".prose script").count()).to.equal(0);
        await page.getByRole("button", { name: "Check it" }).click();
        await page.getByText("Number 3: ").waitFor();
        await page.reload();
        await page.getByLabel("From then on").waitFor();
        expect(await page.getByLabel("Title").inputValue()).to.equal("Summer <i>blend</i>");
        await page.getByLabel("From then on").fill("7 days");
        await page.getByRole("button", { name: "Check it" }).click();
        await page.getByText("It was tried, and would succeed.").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.getByRole("button", { name: "Save it as a file" }).click(),
        ]);
        await download.saveAs(file);
        await page.getByRole("button", { name: "Propose it" }).click();
        await page.getByText("It’s proposed").waitFor();
        const link = page.getByRole("link", { name: "See the proposal" });
        await page.locator('.notice.good a[href^="/proposals/"]').waitFor();
        await link.click();
        await page.locator("h1", { hasText: "Summer <i>blend</i>" }).waitFor();
        // What was proposed is gone from the device.
        await on.follow("/propose");
        expect(await page.getByLabel("Title").inputValue()).to.equal("");
        await page.locator('input[type="file"]').setInputFiles(file);
        await page.getByLabel("From then on").waitFor();
        expect(await page.getByLabel("How much").nth(1).inputValue()).to.equal("500");
      });
      // The same file makes the same proposal: it is there already.
      const outcome = await live.cli(["proposal", "create", file, "--dry-run", "--json"], ALICE);
      expect(`${outcome.stdout}${outcome.stderr}`).to.include("was proposed already");
      await writeFile(file, "---\nactions: [\n");
      await as(ALICE, async (on) => {
        await on.visit(at("/propose"));
        await on.page.getByLabel("Title").fill("Mine");
        await on.page.locator('input[type="file"]').setInputFiles(file);
        await on.page.getByRole("alert").waitFor();
        expect(await on.page.getByLabel("Title").inputValue()).to.equal("Mine");
      });
    });

    it("has somebody trust another member with their votes, and take them back", async () => {
      await as(BOB, async (on, wallet) => {
        const { page } = on;
        await on.visit(at(`/members/${ALICE.address}`));
        await page.getByRole("button", { name: "Lend them your votes" }).click();
        const dialog = page.getByRole("dialog");
        await dialog.getByText("The shop pays for it.").waitFor();
        expect(await dialog.textContent())
          .to.include("40,000")
          .and.to.include(ALICE.address);
        expect(await on.axe()).to.deep.equal([]);
        await dialog.getByRole("button", { name: "Settle it" }).click();
        await page.getByText("They have your votes.").waitFor();
        expect(await token().delegates(BOB.address)).to.equal(ALICE.address);
        expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Delegation"]);
        await on.visit(at(`/members/${BOB.address}`));
        expect(await on.axe()).to.deep.equal([]);
        await page.getByLabel("Whom do you trust with them?").fill("0x1234");
        await page.getByRole("button", { name: "Lend them", exact: true }).click();
        await dialog.getByRole("button", { name: "Settle it" }).click();
        await dialog.getByRole("alert").waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("button", { name: "Vote in person again" }).click();
        await dialog.getByRole("button", { name: "Send it from your wallet" }).click();
        await page.getByText("Votes in person").waitFor();
        expect(await token().delegates(BOB.address)).to.equal(BOB.address);
      });
    });

    it("has a member paid its share by anyone, without an account and without gas", async () => {
      const { live } = ground();
      const { seasons } = await live.json<{ seasons: readonly { number: number; opens: number }[] }>([
        "season",
        "list",
      ]);
      const now = (await live.node.provider.getBlock("latest"))?.timestamp ?? 0;
      const opens = seasons.find(({ number }) => number === 1)?.opens ?? 0;
      await live.pass(Math.max(1, opens - now + 1));
      await as(undefined, async (on) => {
        const { page } = on;
        const before = await token().balanceOf(BOB.address);
        await on.visit(at(`/members/${BOB.address}`));
        await page.getByRole("button", { name: "Have it paid to them" }).click();
        await page.getByText("The shop pays for it.").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await page.getByRole("dialog").getByRole("button", { name: "Have it paid" }).click();
        await page.getByText("It was claimed.").waitFor();
        expect((await token().balanceOf(BOB.address)) > before).to.equal(true);
      });
    });
  });
}
