import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { ZeroHash } from "ethers";
import { ContributionBadge__factory, MembershipPass__factory } from "../../typechain-types/index.js";
import {
  account,
  ALICE,
  BOB,
  CAROL,
  CO_CREATOR,
  prepare,
  REVIEW,
  sendAs,
  STEWARD,
  STRANGER,
} from "./coCreation.js";
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

  it("have terms that a steward or the Safe sets, of which only what is named changes", async () => {
    const terms = (...changes: string[]) => ["pass", "terms", ...changes, "--via", "signer"];
    await refused(terms(), STEWARD, "so already", "--kind");
    await refused(terms("--royalty", "11%"), STEWARD, "--royalty", "more than 10%");
    await refused(terms("--colour", "brown", "--language", "fr"), STEWARD, "--colour", "--language");
    await refused(terms("--kind", "夏みかん"), STEWARD, "--kind", "no badge kind");
    await refused(terms("--royalty", "0%"), STRANGER, "pass.setTerms", "STEWARD");
    const shown = await live.cli(terms("--royalty", "0%", "--dry-run"), STEWARD);
    expectSuccess(shown);
    expect(shown.stdout).to.match(/Asked of markets +5% → 0%/u);
    expect((await pass().terms()).royaltyBps).to.equal(500n);
    const set = await live.json<Record<string, unknown>>(
      terms("--kind", "none", "--royalty", "2.5%", "--language", "en"),
      STEWARD,
    );
    const before = { kind: REVIEW, royaltyBps: 500, colour: "#3b2f2f", language: "Japanese" };
    expect(set).to.deep.include({
      before,
      terms: { ...before, kind: null, royaltyBps: 250, language: "English" },
    });
    const { kind, royaltyBps, colour, language } = await pass().terms();
    expect([kind, royaltyBps, colour, language]).to.deep.equal([0n, 250n, 0x3b2f2fn, 0n]);
    await refused(["pass", "mint", "3"], CAROL, "No kind of badge", "pass terms");
    const bySafe = ["pass", "terms", "--kind", "レビュー", "--colour", "#8E4B4A"];
    const { files } = await live.json<{ files: string[] }>(bySafe, STRANGER);
    const [file = ""] = files;
    for (const owner of [account(1), account(2)]) {
      const signed = await live.cli(["safe", "sign", file], owner);
      expectSuccess(signed);
      expect(signed.stdout).to.include("pass.setTerms").and.to.include("#8e4b4a");
    }
    expectSuccess(await live.cli(["safe", "execute", file], STRANGER));
    expect((await pass().terms()).kind).to.equal(BigInt(REVIEW));
    // A proposal could say so, too.
    const draft = await live.json<{ files: string[] }>(
      [...bySafe, "--royalty", "0%", "--via", "proposal"],
      ALICE,
    );
    expect(await readFile(draft.files[0] ?? "", "utf8")).to.include("Set the terms of membership passes");
  });

  it("are the DAO's own, which the status says loudly where a record names others", async () => {
    const { record: file } = live.files;
    const text = await readFile(file, "utf8");
    const record = JSON.parse(text) as typeof live.record;
    const drop = record.contracts.drop;
    await writeFile(file, JSON.stringify({ ...record, modules: { ...record.modules, pass: drop } }));
    try {
      const status = await live.cli(["dao", "status"]);
      expectSuccess(status);
      expect(status.stderr).to.include(`pass ${drop}`).and.to.include("Sign nothing for that address");
      expect(status.stdout).to.include(record.modules?.pass);
      const json = await live.cli(["dao", "status", "--json"]);
      expectSuccess(json);
      expect(json.stderr).to.include("Sign nothing for that address");
      const { strangeModules } = JSON.parse(json.stdout) as { strangeModules: { code: string }[] };
      expect(strangeModules.map(({ code }) => code)).to.deep.equal(["dao.other-module"]);
    } finally {
      await writeFile(file, text);
    }
    expect((await live.json<{ strangeModules: object[] }>(["dao", "status"])).strangeModules).to.deep.equal(
      [],
    );
  });
});
