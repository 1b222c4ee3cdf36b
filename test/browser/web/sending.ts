import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { BrandGovernor__factory } from "../../../typechain-types/index.js";
import { accounts } from "../../integration/support.js";
import type { Ground } from "./ground.js";
import { accountKey, openProposal } from "./ground.js";
import type { Visitor } from "./visitor.js";
import { visitor } from "./visitor.js";
import type { TestWallet } from "./wallet.js";
import { giveWallet } from "./wallet.js";

const [, , , , ALICE, BOB, CAROL] = accounts;

/** Tests of how the page follows what a wallet has sent. To be called in `describe`. */
export function testSending(ground: () => Ground): void {
  describe("for what a wallet has sent", () => {
    let number: number;

    const governor = () => {
      const { record, node } = ground().live;
      return BrandGovernor__factory.connect(record.contracts.governor, CAROL.connect(node.provider));
    };
    const provider = () => ground().live.node.provider;
    const mine = (isOn: boolean) => provider().send("evm_setAutomine", [isOn]);
    const block = () => provider().send("evm_mine", []);

    before(async () => {
      number = await openProposal(ground().live, CAROL, CAROL.address, "# To be followed");
    });

    afterEach(async () => {
      await mine(true);
      await block();
    });

    /** Somebody votes with a transaction of their wallet's, which no block takes yet. */
    async function sendVote(
      key: HDNodeWallet,
      run: (on: Visitor, wallet: TestWallet) => Promise<void>,
      keepsToItself = false,
    ): Promise<void> {
      const { live, browser, stage } = ground();
      const on = await visitor(browser);
      const { page } = on;
      try {
        const wallet = await giveWallet(on.context, key, live.node.provider, accountKey(live));
        wallet.keepsToItself = keepsToItself;
        await on.visit(`${stage.host.url}/proposals/${number}`);
        await page.getByRole("radio", { name: "For" }).check();
        await page.getByRole("button", { name: "Look it over and vote" }).click();
        await page.getByRole("dialog").getByText("From your wallet it costs about").waitFor();
        await mine(false);
        await page.getByRole("button", { name: "Send it from your wallet" }).click();
        await page.getByText("Sent. Waiting for the record").waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await run(on, wallet);
        expect(await page.getByText("The chain refused it").count()).to.equal(0);
        expect(on.complaints).to.deep.equal([]);
      } finally {
        await on.leave();
      }
    }

    /** Sooner than the page looks anew at all that an account may do. */
    const voted = ({ page }: Visitor) =>
      page.getByText(/You voted “For” with [\d,.]+ votes\./u).waitFor({ timeout: 15_000 });

    /** Waits until the page knows the nonce of what was sent: a node told it. */
    async function nonceKnown({ run }: Visitor): Promise<void> {
      for (let i = 0; i < 100; i++) {
        if (await run<boolean>(`(localStorage.getItem("kyoso-sent") ?? "").includes('"isNonceKnown":true')`))
          return;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error("The page doesn't learn the nonce");
    }

    it("follows it where the wallet sends the same with higher fees", async () => {
      await sendVote(ALICE, async (on, wallet) => {
        await nonceKnown(on);
        const hash = await wallet.replace("faster");
        await block();
        await voted(on);
        expect((await provider().getTransactionReceipt(hash))?.status).to.equal(1);
      });
    });

    it("says so where the wallet sends something else in its place, also after a reload; and lets it be done again", async () => {
      await sendVote(BOB, async (on, wallet) => {
        await nonceKnown(on);
        await on.page.reload();
        await on.page.getByText("Sent. Waiting for the record").waitFor();
        await wallet.replace("nothing");
        await block();
        await on.page.getByRole("alert").getByText("It was called off").waitFor();
        expect(await governor().hasVoted(await governor().proposalIdAt(number), BOB.address)).to.equal(false);
        expect(await on.axe()).to.deep.equal([]);
        await mine(true);
        await on.page.getByRole("radio", { name: "For" }).check();
        await on.page.getByRole("button", { name: "Look it over and vote" }).click();
        await on.page.getByRole("button", { name: "Send it from your wallet" }).click();
        await voted(on);
      });
    });

    it("finds it by what it does where no node ever had it; and lets nobody wait for ever", async () => {
      await sendVote(
        CAROL,
        async (on, wallet) => {
          const { page } = on;
          await on.run(
            `localStorage.setItem("kyoso-sent", localStorage.getItem("kyoso-sent").replace(/"at":\\d+/u, '"at":1'))`,
          );
          await page.reload();
          await page.getByText("It takes longer than usual").waitFor();
          await page.getByRole("button", { name: "Stop waiting" }).waitFor();
          expect(await on.axe()).to.deep.equal([]);
          await wallet.replace("faster");
          await block();
          await voted(on);
        },
        true,
      );
    });
  });
}
