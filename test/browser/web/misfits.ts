import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { PageDocument } from "../../../sdk/page/document.js";
import { ContributionBadge__factory } from "../../../typechain-types/index.js";
import type { TestCampaign } from "./campaign.js";
import { openCampaign } from "./campaign.js";
import { givePasskeys } from "./passkeys.js";
import type { Ground } from "./ground.js";
import type { Visitor, Wishes } from "./visitor.js";
import { visitor } from "./visitor.js";
import { openVoucher } from "./vouchers.js";

/** Tests of pages, relays and browsers that don't fit. To be called in `describe`. */
export function testMisfits(ground: () => Ground): void {
  describe("where something doesn't fit", () => {
    let campaign: TestCampaign;

    before(async () => {
      const { live, stage } = ground();
      campaign = await openCampaign(live, "misfits", { site: stage.site });
    });

    const at = (path: string) => `${ground().stage.host.url}${path}`;
    const press = ({ page }: Visitor, name: string) =>
      page.getByRole("button", { name, exact: true }).click();

    /** @param without What the browser lacks: a script that takes it away. */
    async function look(
      run: (on: Visitor) => Promise<void>,
      { without, ...wishes }: Wishes & { readonly without?: string } = {},
    ): Promise<void> {
      const on = await visitor(ground().browser, wishes);
      try {
        if (without !== undefined) await on.context.addInitScript({ content: without });
        await run(on);
      } finally {
        await on.leave();
      }
    }

    /** Makes an account of a passkey, and with it claims; as far as the page hands it on. */
    async function claim(on: Visitor, line: number): Promise<void> {
      await givePasskeys(await on.context.newCDPSession(on.page), {});
      await on.visit(at(`/claim#${campaign.code(line)}`));
      for (const name of ["Claim it", "Make one with a passkey", "Touch to open it", "Check once more"])
        await press(on, name);
    }

    for (const [route, payload] of [
      ["/claim", () => Promise.resolve(campaign.code(0))],
      ["/redeem", () => openVoucher(ground().live)],
    ] as const) {
      it(`offers nothing at ${route} of a dao.json that has other contracts`, async () => {
        const { host, site } = ground().stage;
        const link = await payload();
        const text = await readFile(`${site}/dao.json`, "utf8");
        const { record, ...rest } = JSON.parse(text) as PageDocument;
        try {
          await look(async (on) => {
            // It is said also where the node answers last: that a link is another DAO's would be what the page is wrong about.
            await on.page.route(
              ({ origin }) => origin !== new URL(host.url).origin,
              async (asked) => {
                await new Promise((resolve) => setTimeout(resolve, 1_500));
                await asked.continue();
              },
            );
            for (const [wrong, put] of [
              ["drop", "badge"],
              ["badge", "token"],
              ["token", "badge"],
            ] as const) {
              const contracts = { ...record.contracts, [wrong]: record.contracts[put] };
              host.instead.set("dao.json", JSON.stringify({ ...rest, record: { ...record, contracts } }));
              await on.page.goto("about:blank");
              await on.visit(at(`${route}#${link}`));
              await on.page.getByRole("alert").getByText("Don’t sign anything").waitFor();
              expect(await on.page.getByRole("button", { name: "Claim it" }).count(), wrong).to.equal(0);
              expect(await on.axe()).to.deep.equal([]);
            }
            // It was for that alone.
            host.instead.clear();
            await on.page.goto("about:blank");
            await on.visit(at(`${route}#${link}`));
            await on.page.getByRole("button", { name: "Claim it" }).waitFor();
          });
        } finally {
          host.instead.clear();
        }
      });
    }

    it("keeps what is claimed where the relay is away, and hands it in when it is back", async () => {
      const { live, stage } = ground();
      const badge = ContributionBadge__factory.connect(live.record.contracts.badge, live.node.provider);
      const before = await badge.totalAwarded();
      await stage.stopRelay();
      await look(async (on) => {
        await claim(on, 1);
        await on.page.getByRole("alert").getByText("The shop can’t deliver it right now").waitFor();
        await on.page.getByRole("button", { name: "Save the file" }).waitFor();
        expect(await on.axe()).to.deep.equal([]);
        await stage.startRelay();
        await press(on, "Try again");
        await on.page.getByRole("heading", { name: "Welcome" }).waitFor({ timeout: 30_000 });
        expect((await badge.totalAwarded()) - before).to.equal(1n);
      });
    });

    for (const [what, without, says] of [
      ["without passkeys", "delete globalThis.PublicKeyCredential;", "This browser can’t use passkeys here"],
      ["without Workers", "delete globalThis.Worker;", "This browser can’t open the page"],
    ] as const) {
      it(`says what to do in a browser ${what}`, async () => {
        await look(
          async (on) => {
            await on.visit(at(`/claim#${campaign.code(2)}`));
            if (what === "without passkeys") await press(on, "Claim it");
            await on.page.getByText(says).waitFor();
            expect(await on.axe()).to.deep.equal([]);
            if (what !== "without passkeys") return;
            // The other ways are open.
            await on.page.getByLabel("Password").waitFor();
          },
          { without },
        );
      });
    }

    it("says that it is the browser where the page doesn't begin at all: one without BigInt", async () => {
      await look(
        async ({ page }) => {
          await page.goto(at("/"));
          await page.getByText("新しいSafari").waitFor({ timeout: 15_000 });
          await page.getByText("newer Safari").waitFor();
        },
        { without: "delete globalThis.BigInt;" },
      );
    });
  });
}
