import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { parseEther } from "ethers";
import { checkEvidence } from "../../../../sdk/badges/awards/evidence.js";
import { reviewCalls } from "../../../../sdk/calls/review.js";
import { campaignId } from "../../../../sdk/drop/campaign.js";
import { readCampaigns } from "../../../../sdk/drop/campaigns.js";
import { requireOwnId } from "../../../../sdk/node/drop/prepare.js";
import { DROP_FILES, DropFolder, findDrops } from "../../../../sdk/node/drop/folder.js";
import { allLinks } from "../../../../sdk/node/drop/customers.js";
import { parseLink } from "../../../../sdk/drop/link.js";
import { hashLeaf } from "../../../../sdk/drop/leaf.js";
import { planClose, planStop, requireCampaign } from "../../../../sdk/drop/plans.js";
import { rootOf } from "../../../../sdk/drop/tree.js";
import { executeAsSigner } from "../../../../sdk/execute/signer.js";
import { asSafe, LIMITED, thrownBy } from "../../badges/support.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { breakingSigner, impatient, kyosoError, problemOf } from "../../support.js";
import { kindOf } from "../../../helpers/problems.js";
import { linksOf, withDrops } from "../../drop/support.js";

const bytes = (text: string) => Buffer.from(text.slice(2), "hex");

describe("prepareCampaign", () => {
  it("makes links of all customers, each in the tree, for their owner alone to read", () =>
    withDrops(async ({ prepare, alice }) => {
      const { drop, summary, before, warnings } = await prepare();
      if (drop === undefined) return expect.fail("there is no folder");
      expect(before).to.equal(false);
      // Of three lines one is for an account, and gives no badge that it could be for.
      expect(warnings.map(kindOf)).to.deep.equal([["campaign.accounts-guessable", { count: 1 }]]);
      expect((await prepare({ long: true, dryRun: true, campaign: "other" })).warnings).to.deep.equal([]);
      expect(summary).to.deep.include({ leaves: 3, keys: 2, tokens: parseEther("15").toString() });
      const links = await linksOf(drop);
      expect([...links.keys()]).to.deep.equal(["花子, 店長", alice.address, "taro@example.jp"]);
      for (const [reference, { leaf, proof, key, ...domain }] of links) {
        expect(key === undefined).to.equal(reference === alice.address);
        expect(rootOf(bytes(hashLeaf(domain, leaf)), proof.map(bytes))).to.equal(drop.manifest.root);
        expect(await drop.claimable(leaf.index)).to.deep.equal({ ...domain, leaf, proof, key: undefined });
        expect(await drop.leafOf(leaf.claimant)).to.deep.equal(leaf);
      }
      for (const file of Object.values(DROP_FILES)) {
        expect((await stat(path.join(drop.folder, file))).mode & 0o077, file).to.equal(0);
      }
      const [line = ""] = (await readFile(path.join(drop.folder, DROP_FILES.evidence), "utf8")).split("\n");
      const evidence = JSON.parse(line) as { text: string; salt: string; hash: string };
      expect(evidence.text).to.equal("春の深煎り");
      expect(checkEvidence(evidence)).to.equal(true);
      expect(links.get("花子, 店長")?.leaf.evidence).to.equal(evidence.hash);
    }));

  it("plans to open and to fund, and goes on where it broke off", () =>
    withDrops(async ({ prepare, steward, dao, open }) => {
      const { plan, drop } = await prepare();
      expect(
        plan?.calls.map(({ contract, signature }) => `${contract}.${signature.split("(")[0] ?? ""}`),
      ).to.deep.equal(["drop.open", "token.approve", "drop.fund"]);
      for (const [count, left] of [
        [1, ["token.approve", "drop.fund"]],
        [1, ["drop.fund"]],
      ] as const) {
        const { plan: next } = await prepare();
        const breaking = await impatient(breakingSigner(steward, count));
        await problemOf(executeAsSigner(next ?? { title: "", calls: [] }, breaking));
        const again = await prepare();
        expect(again.before).to.equal(true);
        expect(again.drop?.manifest).to.deep.equal(drop?.manifest);
        expect(
          again.plan?.calls.map(({ contract, signature }) => `${contract}.${signature.split("(")[0] ?? ""}`),
        ).to.deep.equal(left);
      }
      await executeAsSigner((await prepare()).plan ?? { title: "", calls: [] }, steward);
      expect((await prepare()).plan).to.equal(undefined);
      const id = drop?.manifest.campaign ?? "";
      expect((await dao.drop.campaignOf(id)).tokens).to.equal(parseEther("15"));
      const [campaign] = await readCampaigns(await open());
      expect(campaign).to.deep.include({
        id,
        root: drop?.manifest.root,
        funded: parseEther("15"),
        given: 0n,
        claimed: 0,
        stopReason: null,
      });
    }));

  it("tries each call after those before it, as an account and as the treasury", () =>
    withDrops(async ({ prepare, steward, record, open }) => {
      const { plan } = await prepare();
      const live = await open();
      for (const from of [steward.address, record.contracts.timelock]) {
        const reviewed = await reviewCalls(live, plan?.calls ?? [], from);
        expect(reviewed.map(({ simulation }) => simulation.ok)).to.deep.equal([true, true, true]);
      }
      const { simulation } = (await reviewCalls(live, plan?.calls ?? [], live.safe))[2] ?? {};
      expect(simulation?.ok === false && simulation.reason).to.match(/ERC20InsufficientBalance|LoyaltyDrop/u);
    }));

  it("throws a draft away that was left behind, and never replaces a folder", () =>
    withDrops(async ({ prepare, request, file, csv }) => {
      const draft = path.join(request.root, ".spring.draft-x1y2z3");
      await mkdir(path.join(draft, "public"), { recursive: true });
      await writeFile(path.join(draft, "links.csv"), "half a li");
      const { drop } = await prepare();
      expect(await readdir(request.root)).to.deep.equal(["spring"]);
      const links = await linksOf(drop ?? expect.fail("no folder"));
      expect(await linksOf((await prepare()).drop ?? expect.fail("no folder"))).to.deep.equal(links);
      for (const [more, message] of [
        [{ link: "https://example.com/other" }, "with --link https://example.com/claim"],
        [{ deadline: "61 days" }, 'with --deadline "60 days"'],
        [{ referral: "レビュー" }, "without --referral"],
        [{ long: true }, "without --long"],
      ] as const) {
        expect((await problemOf(prepare(more))).message).to.include(message);
      }
      await writeFile(file, `${csv.slice(0, 2).join("\n")}\n`);
      expect((await problemOf(prepare())).message).to.include("from another file (spring.csv");
      expect(await linksOf(drop ?? expect.fail("no folder"))).to.deep.equal(links);
    }));

  it("makes long links where it is asked to, and goes on with a campaign of before there were others", () =>
    withDrops(async ({ prepare }) => {
      const { drop } = await prepare({ long: true });
      if (drop === undefined) return expect.fail("there is no folder");
      expect(existsSync(drop.published)).to.equal(false);
      for (const link of (await allLinks(drop)).map((each) => each.link)) {
        expect(parseLink(link).proof).not.to.have.length(0);
      }
      expect((await problemOf(prepare())).message).to.include("with --long");
      const manifest = path.join(drop.folder, DROP_FILES.manifest);
      const { links, ...before } = JSON.parse(await readFile(manifest, "utf8")) as Record<string, unknown>;
      expect(links).to.equal("long");
      await writeFile(manifest, JSON.stringify(before));
      for (const long of [true, false]) expect((await prepare({ long })).before).to.equal(true);
    }));

  it("takes names as those of locks, and finds their folders", () =>
    withDrops(async ({ prepare, root }) => {
      for (const campaign of ["x.lock", "create.lock"]) await prepare({ campaign });
      const found = await findDrops(path.join(root, "drops"));
      expect([...found.values()].map(({ manifest }) => manifest.name).sort()).to.deep.equal([
        "create.lock",
        "x.lock",
      ]);
    }));

  it("refuses a name whose links would look like another campaign's", () => {
    const drop = `0x${"ab".repeat(20)}`;
    const domain = (name: string) => ({ chainId: 31_337n, drop, campaign: campaignId(name) });
    // The first two of these names whose digests have the same beginning: there is such a pair in 100,000.
    const others = ["summer", "spring-44320"].map((name) => campaignId(name));
    const problem = thrownBy(() => {
      requireOwnId(domain("spring-90196"), others);
    });
    expect(kindOf(problem)).to.deep.equal([
      "campaign.same-beginning",
      { campaign: "spring-90196", other: "spring-44320" },
    ]);
    expect(problem.remedy).to.include("--campaign");
    requireOwnId(domain("spring-90196"), [campaignId("summer"), campaignId("spring-90196")]);
  });

  it("sees that links were sorted, of either version", () =>
    withDrops(async ({ prepare }) => {
      for (const long of [false, true]) {
        const { drop } = await prepare({ long, campaign: long ? "long" : "short" });
        if (drop === undefined) return expect.fail("there is no folder");
        const file = path.join(drop.folder, DROP_FILES.links);
        const [head = "", ...rows] = (await readFile(file, "utf8")).trimEnd().split(/\r?\n/u);
        await writeFile(file, `${[head, ...rows.reverse()].join("\r\n")}\r\n`);
        const { problems } = await kyosoError(allLinks(drop));
        expect(problems[0]?.code).to.equal("campaign.links-missing");
        expect(problems[0]?.message).to.include("order");
      }
    }));

  it("makes no second set of links for a campaign that is open", () =>
    withDrops(async ({ opened, prepare }) => {
      const { drop } = await opened();
      await rm(drop.folder, { recursive: true });
      expect((await problemOf(prepare())).message).to.include("on the chain already");
      expect(existsSync(drop.folder)).to.equal(false);
    }));

  it("writes nothing in a dry run", () =>
    withDrops(async ({ prepare, request }) => {
      const { drop, plan, summary } = await prepare({ dryRun: true });
      expect([drop, plan]).to.deep.equal([undefined, undefined]);
      expect(summary.leaves).to.equal(3);
      expect(existsSync(request.root)).to.equal(false);
    }));

  it("refuses what can't work, all at once, and writes nothing", () =>
    withDrops(async (world) => {
      const { prepare, file, request, holders, dao } = world;
      const badge = await named("badge", dao.badge);
      await asSafe(world, [
        call(badge, "addKind", [{ ...LIMITED, name: "閉店" }], "Add"),
        call(badge, "closeKind", [5], "Close"),
      ]);
      await writeFile(file, "customer,tokens,kind\na,5000,閉店\nb,1,Own\n");
      const { problems } = await kyosoError(prepare({ referral: "Ambassador", actor: holders[2].address }));
      expect(problems.map(({ place = "", message }) => `${place}: ${message}`).join("\n"))
        .to.include('kind 5 "閉店": It is closed')
        .and.to.include('kind 4 "Own": Its badges are awarded by the members of role no. 100')
        .and.to.include('kind 2 "Ambassador": It carries votes')
        .and.to.include("lacks the role STEWARD");
      const poor = await problemOf(writeFile(file, "customer,tokens\na,5000\n").then(() => prepare()));
      expect(poor.message).to.equal("It has 1,000 BLUE, and the campaign needs 5,000 BLUE");
      expect(existsSync(request.root)).to.equal(false);
      for (const [more, place] of [
        [{ campaign: undefined }, "--campaign"],
        [{ deadline: undefined }, "--deadline"],
        [{ deadline: "5 years" }, "--deadline"],
        [{ link: "example.com" }, "--link"],
        [{ referral: "Nobody" }, "--referral"],
      ] as const) {
        const { problems: found } = await kyosoError(prepare(more));
        expect(found[0]?.place).to.match(new RegExp(`^(${place}|kind)$`, "u"));
      }
    }));

  it("warns of limits that only some of the claims get through", () =>
    withDrops(async ({ prepare, file }) => {
      const lines = Array.from({ length: 6 }, (_, i) => `c-${i},レシピ`);
      await writeFile(file, `customer,kind\n${lines.join("\n")}\n`);
      const { warnings } = await prepare({ dryRun: true });
      expect(warnings.map(({ message }) => message)).to.deep.equal([
        "Only 5 badges of it are left, and the campaign has 6 badges",
        "At most 3 badges of it can be claimed a day, and the campaign has 6 badges",
      ]);
    }));
});

describe("a campaign with more votes than the limits let through", () => {
  it("is warned of, with what to do", () =>
    withDrops(async ({ prepare, file, dao }) => {
      const lines = (count: number) =>
        Array.from({ length: count }, (_, i) => `c-${i},Ambassador`).join("\n");
      const { available, limit } = await dao.token.contributionLimit();
      const most = Number(available / parseEther("100"));
      await writeFile(file, `customer,kind\n${lines(most)}\n`);
      expect((await prepare({ dryRun: true })).warnings).to.deep.equal([]);
      await writeFile(file, `customer,kind\n${lines(most + 1)}\n`);
      const { warnings } = await prepare({ dryRun: true });
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.deep.include({
        code: "campaign.votes-short",
        data: {
          votes: available + parseEther("100"),
          available,
          limit: limit.amount,
          window: Number(limit.window),
          symbol: "BLUE",
        },
      });
      expect(warnings[0]?.message).to.include("2,100 BLUE").and.to.include("2,000 BLUE");
      expect(warnings[0]?.remedy).to.include("badge grant-votes").and.to.include("30 days");
    }));
});

describe("DropFolder", () => {
  it("opens what was published, too, and nothing that is damaged", () =>
    withDrops(async ({ prepare, request, alice }) => {
      const { drop } = await prepare();
      const folder = drop?.folder ?? "";
      const published = await DropFolder.open(path.join(folder, "public"), "");
      expect((await published.leafOf(alice.address))?.amount).to.equal(parseEther("5"));
      expect([...(await findDrops(request.root)).keys()]).to.deep.equal([drop?.manifest.campaign]);
      expect(await DropFolder.find(request.root)).to.equal(undefined);
      const none = await problemOf(DropFolder.open(request.root, "Name another one."));
      expect(none).to.deep.equal({
        place: request.root,
        message: "There is no campaign's folder",
        remedy: "Name another one.",
      });
      await truncate(path.join(folder, DROP_FILES.tree), 32);
      expect((await kyosoError(DropFolder.find(folder))).problems[0]?.place).to.include("tree.bin");
    }));
});

describe("planStop and planClose", () => {
  it("end a campaign, and send what is left to the treasury", () =>
    withDrops(async ({ opened, open, steward, dao, record }) => {
      const { drop, live } = await opened();
      const id = drop.manifest.campaign;
      const running = requireCampaign(await readCampaigns(live), id);
      expect(() => planClose(live, running)).to.throw("It runs until");
      expect(() => planStop(live, running, " ")).to.throw("There is no reason");
      await executeAsSigner(planStop(live, running, "誤送信"), steward);
      const after = await open();
      const stopped = requireCampaign(await readCampaigns(after), id);
      expect(stopped).to.deep.include({ stopped: true, stopReason: "誤送信" });
      expect(() => planStop(after, stopped, "again")).to.throw("It was stopped already");
      const before = await dao.token.balanceOf(record.contracts.timelock);
      await executeAsSigner(planClose(after, stopped), steward);
      expect(await dao.token.balanceOf(record.contracts.timelock)).to.equal(before + parseEther("15"));
      const last = await open();
      const closed = requireCampaign(await readCampaigns(last), id);
      expect(closed).to.deep.include({ tokens: 0n, returned: parseEther("15") });
      expect(() => planClose(last, closed)).to.throw("Nothing is left in it");
      expect(() => requireCampaign([closed], `0x${"00".repeat(32)}`)).to.throw("There are: spring");
    }));
});
