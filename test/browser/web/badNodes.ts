import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { PageDocument } from "../../../sdk/page/document.js";
import { launchedLater } from "../../integration/brands.js";
import { accounts, expectSuccess, run as runTask } from "../../integration/support.js";
import { stoppedAt } from "./bentNode.js";
import { openCampaign } from "./campaign.js";
import type { Ground } from "./ground.js";
import { accountKey, openProposal } from "./ground.js";
import type { Visitor, Wishes } from "./visitor.js";
import { visitor } from "./visitor.js";
import type { TestWallet } from "./wallet.js";
import { giveWallet } from "./wallet.js";

const [, , , , ALICE, BOB, CAROL] = accounts;
const VIEWS = ["/proposals", "/members?season=all", "/powers"];

/** Tests of nodes and relays that answer badly. To be called in `describe`. */
export function testBadNodes(ground: () => Ground): void {
  describe("with a node or a relay that isn't as it should be", () => {
    const at = (view: string) => `${ground().stage.host.url}${view}`;
    const proposed = (title: string) => openProposal(ground().live, BOB, CAROL.address, `# ${title}`);

    afterEach(() => {
      const { node, host } = ground().stage;
      node.bend = undefined;
      node.takesSeveral = true;
      host.instead.clear();
    });

    async function look(
      run: (on: Visitor, wallet: () => Promise<TestWallet>) => Promise<void>,
      wishes: Wishes = {},
    ): Promise<void> {
      const { live, browser } = ground();
      const on = await visitor(browser, wishes);
      try {
        await run(on, () => giveWallet(on.context, ALICE, live.node.provider, accountKey(live)));
      } finally {
        await on.leave();
      }
    }

    /** What the page shows of each view. */
    async function readAll(on: Visitor): Promise<string[]> {
      const shown: string[] = [];
      for (const view of VIEWS) {
        await on.visit(at(view));
        shown.push(await on.page.locator("main").innerText());
      }
      return shown;
    }

    it("shows the same where a node takes one question at a time", async () => {
      let whole: string[] = [];
      await look(async (on) => {
        whole = await readAll(on);
      });
      ground().stage.node.takesSeveral = false;
      await look(async (on) => {
        expect(await readAll(on)).to.deep.equal(whole);
      });
    });

    it("says that a node refuses, with what it says; and goes on when it answers", async () => {
      const { node } = ground().stage;
      node.bend = () => 403;
      await look(
        async (on) => {
          const { page } = on;
          await page.goto(at("/proposals"));
          const alert = page.getByRole("alert");
          await alert.getByText("記録を読めませんでした").waitFor();
          await alert.getByText("くわしい内容").click();
          expect(await alert.innerText()).to.include("HTTP 403");
          expect(await on.axe()).to.deep.equal([]);
          node.bend = undefined;
          await page.getByRole("button", { name: "もう一度つなぐ" }).click();
          await page.locator("main h2").first().waitFor();
          await alert.waitFor({ state: "detached" });
        },
        { language: "ja" },
      );
    });

    it("shows no proposals and members that are wrong where a node leaves out logs, and keeps none of that", async () => {
      const { host, node, site } = ground().stage;
      const document = JSON.parse(await readFile(`${site}/dao.json`, "utf8")) as PageDocument;
      host.instead.set("dao.json", JSON.stringify({ ...document, snapshot: null }));
      let whole: string[] = [];
      await look(async (on) => {
        whole = await readAll(on);
      });
      node.bend = async ({ method }, ask) => {
        const answer = await ask();
        return method === "eth_getLogs" && Array.isArray(answer.result)
          ? { ...answer, result: answer.result.slice(0, answer.result.length / 2) }
          : answer;
      };
      await look(async (on) => {
        const { page } = on;
        for (const [i, view] of VIEWS.entries()) {
          await on.visit(at(view));
          const isRefused = (await page.getByRole("alert").count()) > 0;
          if (!isRefused) expect(await page.locator("main").innerText(), view).to.equal(whole[i]);
          expect(await on.axe()).to.deep.equal([]);
        }
        node.bend = undefined;
        expect(await readAll(on)).to.deep.equal(whole);
      });
    });

    it("waits for a node that lags behind the relay, and never says that a vote failed", async () => {
      const { live, stage } = ground();
      const number = await proposed("Behind");
      await look(async (on, wallet) => {
        const { page } = on;
        await wallet();
        await on.visit(at(`/proposals/${number}`));
        await page.getByRole("radio", { name: "For" }).check();
        await page.getByRole("button", { name: "Look it over and vote" }).click();
        await page.getByText("The shop pays for it.").waitFor();
        stage.node.bend = stoppedAt(await live.node.provider.getBlockNumber());
        await page.getByRole("dialog").getByRole("button", { name: "Vote", exact: true }).click();
        await page.getByRole("heading", { name: "You voted" }).waitFor();
        expect(await page.getByRole("alert").count()).to.equal(0);
        expect(await on.axe()).to.deep.equal([]);
        await on.visit(at(`/proposals/${number}`));
        expect(await page.getByRole("alert").count()).to.equal(0);
        stage.node.bend = undefined;
        await page.reload();
        await page.getByText(/You voted “For” with/u).waitFor();
        expect(on.complaints).to.deep.equal([]);
      });
    });

    it("doesn't use the relay of another DAO: neither for a vote, nor for a claim", async () => {
      const { live, stage } = ground();
      const number = await proposed("At another counter");
      const campaign = await openCampaign(live, "other-relay", { site: stage.site, known: [ALICE.address] });
      const other = await live.brands.write(launchedLater);
      expectSuccess(await runTask(["dao", "launch", other.file], live.node));
      const data = await mkdtemp(path.join(tmpdir(), "kyoso-other-"));
      await stage.stopRelay();
      await stage.startRelay({ record: other.record, data });
      try {
        await look(async (on, wallet) => {
          const { page } = on;
          const { signed } = await wallet();
          await on.visit(at(`/proposals/${number}`));
          await page.getByRole("radio", { name: "For" }).check();
          await page.getByRole("button", { name: "Look it over and vote" }).click();
          const dialog = page.getByRole("dialog");
          await dialog.getByText("The counter is another shop’s").waitFor();
          await dialog.getByRole("button", { name: "Sign, and save it as a file" }).waitFor();
          expect(await on.axe()).to.deep.equal([]);
          expect(signed).to.deep.equal([]);
          await on.visit(at(`/claim#${campaign.long(11)}`));
          await page.getByRole("button", { name: "Claim it" }).click();
          await page.getByRole("alert").getByText("The shop can’t deliver it right now").waitFor();
          await page.getByRole("button", { name: "Save the file" }).waitFor();
          await page.getByRole("button", { name: "Send it with my wallet" }).click();
          await page.getByText("Sent from your wallet.").or(page.getByText("Welcome")).first().waitFor();
          await page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
        });
      } finally {
        await stage.stopRelay();
        await rm(data, { recursive: true, force: true });
      }
    });
  });
}
