import { expect } from "chai";
import { BrandToken__factory, ContributionBadge__factory } from "../../../typechain-types/index.js";
import { accounts } from "../../integration/support.js";
import { openCampaign } from "./campaign.js";
import type { Ground } from "./ground.js";
import { accountKey, openProposal } from "./ground.js";
import type { Visitor } from "./visitor.js";
import { visitor } from "./visitor.js";
import type { TestWallet } from "./wallet.js";
import { giveWallet } from "./wallet.js";

const [, ...OWNERS] = accounts.slice(0, 3);
const [, , , , ALICE, BOB, CAROL] = accounts;

/** Tests of wallets that aren't just an account on the DAO's chain. To be called in `describe`. */
export function testWallets(ground: () => Ground): void {
  describe("for wallets of other kinds", () => {
    const at = (path: string) => `${ground().stage.host.url}${path}`;

    async function look(
      give: (on: Visitor) => Promise<TestWallet>,
      run: (on: Visitor, wallet: TestWallet) => Promise<void>,
    ): Promise<void> {
      const on = await visitor(ground().browser);
      try {
        await run(on, await give(on));
        expect(on.complaints).to.deep.equal([]);
      } finally {
        await on.leave();
      }
    }

    it("gives a Safe what is for it alone, by its owners' signatures; and has it delegate by a transaction", async () => {
      const { live, stage } = ground();
      const { record, node } = live;
      const { provider } = node;
      const owners = OWNERS.map((owner) => owner.connect(provider));
      const safe = { address: record.safe, threshold: 2, chainId: BigInt(record.chainId), owners };
      const [sender = CAROL] = OWNERS;
      const campaign = await openCampaign(live, "safe", { site: stage.site, known: [record.safe] });
      const badge = ContributionBadge__factory.connect(record.contracts.badge, provider);
      const token = BrandToken__factory.connect(record.contracts.token, provider);
      await look(
        ({ context }) => giveWallet(context, sender, provider, accountKey(ground().live), safe),
        async (on, wallet) => {
          const { page } = on;
          await on.visit(at(`/claim#${campaign.long(11)}`));
          await page.getByRole("button", { name: "Claim it" }).click();
          await page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
          expect(wallet.signed.map(({ primaryType }) => primaryType)).to.deep.equal(["Claim"]);
          expect(await badge.balanceOf(record.safe)).to.equal(1n);

          // The token takes signatures of keys alone.
          await on.visit(at(`/members/${ALICE.address}`));
          await page.getByRole("button", { name: "Lend them your votes" }).click();
          const dialog = page.getByRole("dialog");
          await dialog.getByRole("button", { name: "Settle it" }).click();
          await dialog.getByText("This wallet can’t delegate by signature").waitFor();
          expect(wallet.signed).to.have.length(1);
          await dialog.getByRole("button", { name: "Send it from your wallet" }).click();
          await page.getByText("They have your votes.").waitFor();
          expect(await token.delegates(record.safe)).to.equal(ALICE.address);
        },
      );
    });

    describe("on another chain", () => {
      let number: number;

      before(async () => {
        number = await openProposal(ground().live, BOB, CAROL.address, "# For wallets elsewhere");
      });

      for (const [voter, whenAsked, then] of [
        [ALICE, "changes", ["wallet_switchEthereumChain"]],
        [BOB, "learns", ["wallet_switchEthereumChain", "wallet_addEthereumChain"]],
        [CAROL, "refuses", "Nothing was done"],
        [CAROL, "can't", "Your wallet is on another network"],
      ] as const) {
        it(`${typeof then === "string" ? "says so, and signs nothing" : "has it change, and then sign"}: one that ${whenAsked}`, async () => {
          await look(
            ({ context }) =>
              giveWallet(context, voter, ground().live.node.provider, accountKey(ground().live)),
            async (on, wallet) => {
              const { page } = on;
              wallet.elsewhere = { chainId: 1n, whenAsked };
              await on.visit(at(`/proposals/${number}`));
              await page.getByRole("radio", { name: "For" }).check();
              await page.getByRole("button", { name: "Look it over and vote" }).click();
              const dialog = page.getByRole("dialog");
              await dialog.getByRole("button", { name: "Vote", exact: true }).click();
              if (typeof then !== "string") {
                await page.getByText("You voted “For”").waitFor();
                expect(wallet.asked.filter((each) => each.startsWith("wallet_"))).to.deep.equal(then);
                return;
              }
              await dialog.getByRole("alert").getByText(then).waitFor();
              expect(await on.axe()).to.deep.equal([]);
              expect(wallet.signed).to.deep.equal([]);
              // Once its owner has changed the chain, it goes on.
              wallet.elsewhere = undefined;
              wallet.declines = true;
              await dialog.getByRole("button", { name: "Vote", exact: true }).click();
              await dialog.getByRole("alert").getByText("Nothing was done").waitFor();
              expect(wallet.asked.at(-1)).to.equal("eth_signTypedData_v4");
            },
          );
        });
      }
    });
  });
}
