import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import { ContributionBadge__factory, MembershipPass__factory } from "../../typechain-types/index.js";
import { ALICE, BOB, CAROL, CO_CREATOR, prepare, REVIEW, sendAs, STEWARD, STRANGER } from "./coCreation.js";
import type { LiveNode } from "./support.js";
import { describeCommandLine, expectFailure, expectSuccess, launchLive } from "./support.js";

describeCommandLine("passes and perks", function () {
  let live: LiveNode;

  before(async () => {
    live = await launchLive();
    await prepare(live);
  });

  after(() => live.stop());

  const pass = () => MembershipPass__factory.connect(live.record.modules?.pass ?? "", live.node.provider);

  async function refused(args: string[], who: typeof ALICE, ...texts: string[]): Promise<void> {
    const block = await live.node.provider.getBlockNumber();
    expectFailure(await live.cli(args, who), ...texts, "→");
    expect(await live.node.provider.getBlockNumber()).to.equal(block);
  }

  it("are minted by anybody to whoever has the badge, shown, and saved as pictures", async () => {
    expectSuccess(await live.cli(["pass", "mint", "--dry-run"], ALICE));
    const minted = await live.json<Record<string, unknown>>(["pass", "mint"], ALICE);
    expect(minted).to.deep.include({ pass: 1, holder: ALICE.address });
    // Somebody else pays the gas.
    expect(await live.json(["pass", "mint", "2"], STRANGER)).to.deep.include({
      pass: 2,
      holder: BOB.address,
    });
    await refused(["pass", "mint", "1"], BOB, "There is a pass for it already");
    await refused(["pass", "mint"], STRANGER, 'has no "レビュー" without a pass');
    await (await pass().connect(ALICE.connect(live.node.provider)).transferFrom(ALICE, CAROL, 1)).wait();
    const { passes } = await live.json<{ passes: Record<string, unknown>[] }>([
      "pass",
      "show",
      CAROL.address,
    ]);
    expect(passes).to.have.length(1);
    expect(passes[0]).to.deep.include({ number: 1, holder: CAROL.address, points: 10 });
    const text = await live.cli(["pass", "show"], CAROL);
    expectSuccess(text);
    expect(text.stdout).to.include("No. 1").and.to.include("Points");
    const out = path.join(live.brands.folder, "pass.svg");
    expectSuccess(await live.cli(["pass", "card", "1", "--out", out], STRANGER));
    expect(await readFile(out, "utf8")).to.match(/^<svg/u);
    await refused(["pass", "card", "9"], STRANGER, "no such pass");
    await refused(["pass", "card"], ALICE, "It has no pass");
  });

  it("open doors to those who meet a perk's conditions, and say what is missing", async () => {
    const add = [
      "perk",
      "add",
      "先行販売",
      "1 pass",
      "10 points",
      "or",
      "2 badges of レビュー",
      "--via",
      "signer",
    ];
    await refused(add, STRANGER, "pass.addPerk", "STEWARD");
    await refused(["perk", "add", "x", "2 cats"], STRANGER, "is no condition");
    await refused(
      ["perk", "add", "x", "1 pass", "or", "rank 3", "--once"],
      STRANGER,
      "by pass or by account",
    );
    const added = await live.json<{ perk: Record<string, unknown> }>(add, STEWARD);
    expect(added.perk).to.deep.include({ number: 1, name: "先行販売", once: false });
    expectSuccess(await live.cli(["perk", "add", "Never", "rank 5", "--via", "signer"], STEWARD));
    const list = await live.cli(["perk", "list"]);
    expectSuccess(list);
    expect(list.stdout).to.include('1 pass and 10 points, or 2 badges of "レビュー"');
    interface Checked {
      readonly perks: readonly {
        readonly eligible: boolean;
        readonly conditions: readonly { met: boolean }[];
      }[];
    }
    const carol = await live.json<Checked>(["perk", "check", CAROL.address]);
    expect(carol.perks.map(({ eligible }) => eligible)).to.deep.equal([true, false]);
    const alice = await live.cli(["perk", "check"], ALICE);
    expectSuccess(alice);
    expect(alice.stdout).to.include("missing: 1 pass");
    const badge = ContributionBadge__factory.abi;
    const { safe, contracts } = live.record;
    await sendAs(live, safe, contracts.badge, badge, "award", [REVIEW, ALICE.address, ZeroHash]);
    const now = await live.json<Checked>(["perk", "check", ALICE.address, "--perk", "1"]);
    expect(
      now.perks.map(({ eligible, conditions }) => [eligible, conditions.map(({ met }) => met)]),
    ).to.deep.equal([[true, [false, true, true]]]);
    expect(await pass().isEligible(ALICE, 1, [1, 4])).to.equal(true);
    const closed = await live.json<{ transactions: string[] }>(
      ["perk", "close", "1", "--via", "signer"],
      STEWARD,
    );
    expect(closed.transactions).to.have.length(1);
    await refused(["perk", "close", "1", "--via", "signer"], STEWARD, "closed already");
    await refused(["perk", "check", "--perk", "7"], ALICE, "no such perk");
    expect((await live.json<{ perks: object[] }>(["perk", "list"])).perks).to.have.length(2);
    expect(CO_CREATOR).to.equal(3);
  });
});
