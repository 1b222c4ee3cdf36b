import { expect } from "chai";
import { formatEther, parseEther, Wallet } from "ethers";
import {
  BrandGovernor__factory,
  BrandToken__factory,
  ContributionBadge__factory,
  ContributionRewards__factory,
} from "../../../typechain-types/index.js";
import { accounts } from "../../integration/support.js";
import { openCampaign } from "./campaign.js";
import { givePasskeys } from "./passkeys.js";
import type { Ground } from "./ground.js";
import { openProposal } from "./ground.js";
import type { Visitor } from "./visitor.js";
import { visitor } from "./visitor.js";
import { giveWallet } from "./wallet.js";

/** How somebody who has nothing yet comes to an account. */
interface Newcomer {
  readonly kind: "passkey" | "wallet";
  /** What they need beside the page. @returns What they have signed so far, where it isn't the page that signs. */
  readonly prepare: (on: Visitor) => Promise<() => readonly string[]>;
  /** What they do where the page asks for an account. */
  readonly choose: (on: Visitor) => Promise<void>;
}

const [, , , , , BOB, CAROL] = accounts;
const DAY = 86_400;

const press = ({ page }: Visitor, name: string) => page.getByRole("button", { name, exact: true }).click();

const NEWCOMERS = (ground: () => Ground): readonly Newcomer[] => [
  {
    kind: "passkey",
    prepare: async ({ context, page }) => {
      await givePasskeys(await context.newCDPSession(page), {});
      return () => [];
    },
    choose: async (on) => {
      for (const name of ["パスキーでつくる", "ふれて、ひらく", "もう一度、たしかめる"])
        await press(on, name);
    },
  },
  {
    kind: "wallet",
    prepare: async ({ context }) => {
      const wallet = await giveWallet(context, Wallet.createRandom(), ground().live.node.provider);
      return () => wallet.signed.map(({ primaryType }) => primaryType);
    },
    choose: async (on) => {
      await on.page.getByText("持っているウォレットを使う").click();
      await press(on, "Test wallet");
    },
  },
];

/** What a customer does from their first e-mail to their first share, in one go. To be called in `describe`. */
export function testStories(ground: () => Ground): void {
  describe("a customer's whole story, in Japanese, on a phone", () => {
    const contracts = () => {
      const { record, node } = ground().live;
      const { token, badge, governor, rewards } = record.contracts;
      return {
        token: BrandToken__factory.connect(token, CAROL.connect(node.provider)),
        badge: ContributionBadge__factory.connect(badge, node.provider),
        governor: BrandGovernor__factory.connect(governor, BOB.connect(node.provider)),
        rewards: ContributionRewards__factory.connect(rewards, CAROL.connect(node.provider)),
      };
    };
    const at = (path: string) => `${ground().stage.host.url}${path}`;
    const yen = (amount: bigint) =>
      new Intl.NumberFormat("ja", { maximumFractionDigits: 2, roundingMode: "floor" }).format(
        formatEther(amount) as `${number}`,
      );

    /** Gives a season something to share. */
    async function fund(season: bigint, amount: bigint): Promise<void> {
      const { token, rewards } = contracts();
      await (await token.approve(rewards, amount)).wait();
      await (await rewards.fund(season, token, amount)).wait();
    }

    for (const { kind, prepare, choose } of NEWCOMERS(ground)) {
      it(`with a ${kind}: a link, the card, a vote without gas, and a share when the season ends`, async () => {
        const { live, browser, stage } = ground();
        const { token, badge, governor } = contracts();
        const campaign = await openCampaign(live, `story-${kind}`, { site: stage.site });
        const season = await badge.currentSeason();
        await fund(season, parseEther("500"));
        const on = await visitor(browser, { language: "ja" });
        const { page } = on;
        try {
          const signed = await prepare(on);

          // The link in the e-mail.
          await on.visit(at(`/claim#${campaign.code(0)}`));
          await page.getByRole("heading", { name: "あなたへの、 お店からの招待です。" }).waitFor();
          expect(await page.locator(".gift").innerText()).to.match(/バッジ[^]*レビュー[^]*ポイント\s*10/u);
          await page.getByText("無料です。").waitFor();
          await press(on, "受けとる");
          await page.getByRole("heading", { name: "会員証をつくります" }).waitFor();
          await choose(on);

          // The card.
          const welcome = page.getByRole("heading", { name: "ようこそ" });
          await welcome.waitFor({ timeout: 30_000 });
          const name = (await welcome.innerText()).replace(/^ようこそ、|。$/gu, "");
          expect(await page.locator(".card").innerText())
            .to.include("レビュー")
            .and.to.include(name);
          await page.getByText("1 BLUE").first().waitFor();
          expect(await on.axe()).to.deep.equal([]);

          // Home, and from there a vote.
          const title = `夏の試飲会をひらく（${kind}）`;
          const number = await openProposal(live, BOB, CAROL.address, `# ${title}\n\n夏の豆を選ぶ会です。`);
          await page.getByRole("link", { name: "コミュニティを見る" }).click();
          await on.visit(at("/"));
          await page.locator("article", { hasText: title }).getByRole("link", { name: "読んでみる" }).click();
          await page.getByRole("heading", { level: 1, name: title }).waitFor();
          await page.getByText("あなたの1票を、どちらに？").waitFor();
          await page.getByRole("radio", { name: "賛成" }).check();
          await page.getByLabel("ひとこと").fill("楽しみです 🍧");
          await press(on, "たしかめて投票する");
          const dialog = page.getByRole("dialog");
          await dialog.getByText("費用はお店が持ちます。").waitFor();
          expect(await dialog.innerText())
            .to.include("賛成 1票")
            .and.to.include("楽しみです 🍧");
          expect(await on.axe()).to.deep.equal([]);
          await dialog.getByRole("button", { name: "投票する", exact: true }).click();
          await page.getByText("あなたは賛成に1票を入れました。").waitFor({ timeout: 30_000 });
          await page.locator(".rows", { hasText: "楽しみです 🍧" }).getByText(name).waitFor();

          // The season ends.
          const account = await accountOf(on);
          expect(await governor.hasVoted(await governor.proposalIdAt(number), account)).to.equal(true);
          await on.visit(at(`/members/${account}`));
          await page.getByRole("heading", { level: 1, name }).waitFor();
          await page.getByRole("heading", { name: `シーズン${season}の分け前` }).waitFor();
          expect(await page.locator("main").innerText()).to.match(/ほど\(見込み\)[^]*から受けとれます。/u);
          expect(await page.getByRole("button", { name: "受けとる" }).count()).to.equal(0);
          const [{ end }, window, now] = [
            await badge.seasonBounds(season),
            await badge.disputeWindow(),
            await live.node.provider.getBlock("latest"),
          ];
          await live.pass(Number(end + window) - (now?.timestamp ?? 0) + DAY);
          await on.visit(at("/"));

          // What it brought.
          await on.visit(at(`/members/${account}`));
          const before = await token.balanceOf(account);
          await press(on, "受けとる");
          await dialog.getByText("費用はお店が持ちます。").waitFor();
          expect(await on.axe()).to.deep.equal([]);
          await dialog.getByRole("button", { name: "届けてもらう" }).click();
          await page.getByText("受けとりました。").waitFor({ timeout: 30_000 });
          const share = (await token.balanceOf(account)) - before;
          expect(share > 0n).to.equal(true);
          expect(await page.locator(".figure-xl", { hasText: "BLUE" }).innerText()).to.include(yen(share));

          // They have paid nothing, and signed what they were shown.
          expect(await live.node.provider.getTransactionCount(account)).to.equal(0);
          expect(await live.node.provider.getBalance(account)).to.equal(0n);
          expect(signed()).to.deep.equal(kind === "wallet" ? ["ExtendedBallot"] : []);
          expect(on.complaints).to.deep.equal([]);
        } finally {
          await on.leave();
        }
      });
    }
  });
}

/** The account that the page remembers. */
async function accountOf({ run }: Visitor): Promise<string> {
  return run<string>(
    `JSON.parse(Object.entries(localStorage).find(([key]) => key.startsWith("kyoso-account"))[1]).address`,
  );
}
