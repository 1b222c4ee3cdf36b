import { expect } from "chai";
import { toQuantity } from "ethers";
import { makeEvidence } from "../../../sdk/badges/awards/evidence.js";
import { ContributionBadge__factory } from "../../../typechain-types/index.js";
import type { LiveNode } from "../../integration/support.js";
import { accounts } from "../../integration/support.js";
import type { Host } from "./host.js";
import type { Visitor } from "./visitor.js";

interface Ground {
  readonly live: LiveNode;
  readonly host: Host;
  readonly look: (
    run: (on: Visitor) => Promise<void>,
    wishes?: { readonly language?: "ja" | "en"; readonly width?: number },
  ) => Promise<void>;
}

/** Tests of the view that says whether what a badge was for is genuine. */
export function testEvidence(ground: () => Ground): void {
  describe("what a badge was given for", () => {
    const TEXT = "「朝のブレンド」のレビュー\n2026年4月10日";
    const evidence = makeEvidence(TEXT);
    const lost = makeEvidence("Somebody else’s");

    before(async () => {
      const { node, record } = ground().live;
      const { safe, contracts } = record;
      await node.provider.send("hardhat_impersonateAccount", [safe]);
      await node.provider.send("hardhat_setBalance", [safe, toQuantity(10n ** 18n)]);
      const data = ContributionBadge__factory.createInterface().encodeFunctionData("awardBatch", [
        1,
        [accounts[5].address],
        [evidence.hash],
        "",
      ]);
      await node.provider.send("eth_sendTransaction", [{ from: safe, to: contracts.badge, data }]);
    });

    async function check({ page }: Visitor, text: string, salt: string): Promise<string> {
      await page.locator("#evidence-text").fill(text);
      await page.locator("#evidence-salt").fill(salt);
      await page.keyboard.press("Enter");
      await page.locator(".evidence .notice").waitFor();
      const said = await page.locator(".evidence [aria-live]").innerText();
      return said;
    }

    for (const [language, genuine, forged] of [
      ["en", "Genuine", "Not on record"],
      ["ja", "本物です", "記録にありません"],
    ] as const) {
      it(`is told from what wasn't, and asked nobody for: ${language}`, async () => {
        const { host, look, live } = ground();
        await look(
          async (on) => {
            const bodies: string[] = [];
            on.page.on("request", (request) => bodies.push(request.url() + (request.postData() ?? "")));
            await on.visit(`${host.url}/evidence`);
            expect(await check(on, `  ${TEXT}\n`, evidence.salt.slice(2).toUpperCase())).to.include(genuine);
            const link = on.page.locator(".verdicts a");
            expect(await link.getAttribute("href")).to.equal(`/members/${accounts[5].address}`);
            expect(await on.axe()).to.deep.equal([]);
            await on.visit(`${host.url}/evidence`);
            expect(await check(on, `${TEXT}!`, evidence.salt)).to.include(forged);
            expect(await on.axe()).to.deep.equal([]);
            await on.visit(`${host.url}/evidence`);
            expect(await check(on, TEXT, "0x1234")).not.to.include(genuine);
            expect([...on.asked]).to.have.members([host.url, new URL(live.node.url).origin]);
            const sent = bodies.join("\n");
            const hidden = [TEXT.slice(0, 8), encodeURIComponent(TEXT.slice(0, 8)), evidence.salt.slice(2)];
            for (const each of [...hidden, evidence.hash.slice(2)]) expect(sent).not.to.include(each);
          },
          { language, width: language === "ja" ? 320 : 1280 },
        );
      });
    }

    it("is read from the file that a brand hands over", async () => {
      const { host, look } = ground();
      const lines = [evidence, lost].map((each) => JSON.stringify({ ...each, kind: 1 })).join("\n");
      await look(async (on) => {
        await on.visit(`${host.url}/evidence`);
        const open = (text: string) =>
          on.page
            .locator("#evidence-file")
            .setInputFiles({ name: "evidence.jsonl", mimeType: "text/plain", buffer: Buffer.from(text) });
        await open(`${lines}\n`);
        await on.page.locator(".verdicts").waitFor();
        expect(await on.page.locator(".verdicts h2").allInnerTexts()).to.deep.equal([
          "Genuine",
          "Not on record",
        ]);
        await open(JSON.stringify(evidence, null, 2));
        await on.page.locator(".verdicts li:only-child").waitFor();
        expect(await on.page.locator(".verdicts h2").allInnerTexts()).to.deep.equal(["Genuine"]);
        await open("nothing");
        await on.page.locator(".notice.care").waitFor();
        expect(await on.axe()).to.deep.equal([]);
      });
    });
  });
}
