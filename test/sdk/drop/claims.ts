import type { ProblemCode } from "../../../sdk/errors.js";
import { expectData } from "../../helpers/problems.js";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { parseEther, Wallet, ZeroAddress } from "ethers";
import { campaignId } from "../../../sdk/drop/campaign.js";
import { claimedBy, readCampaigns } from "../../../sdk/drop/campaigns.js";
import type { Claim } from "../../../sdk/drop/claims.js";
import { CLAIM_FILE, claimCall, makeClaim } from "../../../sdk/drop/claims.js";
import type { Claimable } from "../../../sdk/drop/link.js";
import { checkClaim, checkClaimable, readRules } from "../../../sdk/drop/readiness.js";
import { relayClaims } from "../../../sdk/node/drop/relay.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import type { LiveDao } from "../../../sdk/live.js";
import { readSigned, writeSigned } from "../../../sdk/node/signed/files.js";
import { KIND } from "../badges/support.js";
import type { DropWorld } from "./support.js";
import { linkOf, linksOf, withDrops } from "./support.js";

/** Has the claim key of a link sign. */
function signed(live: LiveDao, link: Claimable, account: string, referrer?: string): Promise<Claim> {
  const key = link.key === undefined ? undefined : new Wallet(link.key);
  return makeClaim(live, link, { account, referrer }, key);
}

async function check(world: DropWorld, claim: Claim, sender: string) {
  const live = await world.open();
  return checkClaim(live, await readRules(live), claim, "here", sender);
}

const REFERENCE = "花子, 店長";
const TARO = "taro@example.jp";

describe("checkClaim", () => {
  it("lets through what can be claimed, and what it lets through is claimed", () =>
    withDrops(async (world) => {
      const { links, live } = await world.opened();
      const { holders, launcher, dao, steward } = world;
      const newcomer = Wallet.createRandom().address;
      const claims = [
        await signed(live, linkOf(links, REFERENCE), newcomer),
        await signed(live, linkOf(links, holders[0].address), holders[0].address),
      ];
      for (const claim of claims) {
        expect(await check(world, claim, launcher.address)).to.deep.equal({ status: "valid" });
        const before = await dao.token.balanceOf(claim.account);
        await executeAsSigner({ title: "", calls: [claimCall(live, claim)] }, steward);
        expect(await dao.token.balanceOf(claim.account)).to.equal(before + BigInt(claim.leaf.amount));
        expect(await check(world, claim, launcher.address)).to.deep.equal({ status: "claimed before" });
        expect(await claimedBy(await world.open(), claim.campaign, claim.leaf.index)).to.equal(claim.account);
      }
      expect((await dao.badge.badgeOf(1)).account).to.equal(newcomer);
      const [campaign] = await readCampaigns(await world.open());
      expect(campaign).to.deep.include({ claimed: 2, given: parseEther("15"), tokens: 0n });
    }));

  it("names what stands in the way of a claim", () =>
    withDrops(async (world) => {
      const { links, live } = await world.opened();
      const { alice, launcher, holders } = world;
      const claim = await signed(live, linkOf(links, REFERENCE), launcher.address);
      const own = await signed(live, linkOf(links, alice.address), alice.address);
      const cases: readonly [message: string, code: ProblemCode, claim: Claim][] = [
        ["It is for chain 1, and this is chain 31337", "signed.other-chain", { ...claim, chainId: "1" }],
        ["It is for the drop", "signed.other-contract", { ...claim, drop: launcher.address }],
        ['There is no campaign "', "campaign.not-opened", { ...claim, campaign: `0x${"11".repeat(32)}` }],
        [
          "It isn't one of the campaign's claims",
          "claim.not-of-campaign",
          { ...claim, leaf: { ...claim.leaf, amount: "1" } },
        ],
        ["It isn't one of the campaign's claims", "claim.not-of-campaign", { ...claim, proof: [] }],
        ["It isn't signed with its claim key", "claim.not-signed", { ...claim, account: holders[1].address }],
        ["It isn't signed with its claim key", "claim.not-signed", { ...claim, signature: "0x" }],
        [`It belongs to ${alice.address}`, "claim.of-other", { ...own, account: holders[1].address }],
        [
          "rewards nobody for bringing others",
          "referral.not-rewarded",
          { ...claim, referrer: alice.address },
        ],
      ];
      for (const [message, code, each] of cases) {
        const outcome = await check(world, each, launcher.address);
        if (outcome.status !== "refused") return expect.fail(`${message}: ${outcome.status}`);
        expect(outcome.problem.message).to.include(message);
        expect(outcome.problem.code).to.equal(code);
        expectData(outcome.problem);
        expect(outcome.problem.place).to.equal("here");
        expect(outcome.problem.remedy ?? "").not.to.equal("");
      }
    }));

  it("says what the contract answers to what nothing else has found", () =>
    withDrops(async (world) => {
      const { links, live } = await world.opened();
      const claim = await signed(live, linkOf(links, REFERENCE), ZeroAddress);
      const outcome = await check(world, claim, world.launcher.address);
      if (outcome.status !== "refused") return expect.fail(outcome.status);
      expect(outcome.problem.message).to.equal(
        `It would fail: ClaimantMismatch(claimant: ${claim.leaf.claimant}, account: ${ZeroAddress})`,
      );
      expect(outcome.problem.remedy)
        .to.include("npx hardhat drop status spring")
        .and.to.include("npx hardhat dao status");
    }));

  it("knows what the campaign and the badges let through", () =>
    withDrops(async (world) => {
      const { prepare, steward, owners, dao, connection, record } = world;
      const { plan, drop } = await prepare();
      const [open] = plan?.calls ?? [];
      if (open === undefined || drop === undefined) return expect.fail("no plan");
      await executeAsSigner({ title: "", calls: [open] }, steward);
      const links = await linksOf(drop);
      const live = await world.open();
      const reviewer = await signed(live, linkOf(links, REFERENCE), owners[2].address);
      const taro = await signed(live, linkOf(links, TARO), owners[2].address);
      const expectProblem = async (claim: Claim, message: string) => {
        const outcome = await check(world, claim, steward.address);
        expect(outcome.status === "refused" && outcome.problem.message).to.include(message);
      };
      await expectProblem(reviewer, "It has only 0 BLUE left, and this claim is of 10 BLUE");
      expect((await check(world, taro, steward.address)).status).to.equal("valid");
      await dao.badge.connect(owners[0]).halt(0);
      await expectProblem(taro, "They are halted");
      await dao.badge.connect(steward).resume();
      const issuer = dao.badge.connect(world.issuer);
      await issuer.awardBatch(
        KIND.RECIPE,
        Array.from({ length: 3 }, () => owners[0].address),
        Array.from({ length: 3 }, () => `0x${"00".repeat(32)}`),
        "",
      );
      await expectProblem(taro, "All that can be awarded of it in a day has been");
      await connection.networkHelpers.time.increase(86_400);
      await issuer.awardBatch(
        KIND.RECIPE,
        [owners[0].address, owners[0].address],
        Array.from({ length: 2 }, () => `0x${"00".repeat(32)}`),
        "",
      );
      await expectProblem(taro, "All 5 badges of it are awarded");
      await dao.badge.connect(steward).closeKind(KIND.RECIPE);
      await expectProblem(taro, "It is closed");
      const provider = world.context.eip1193;
      const rotate = dao.badge.interface.encodeFunctionData("rotateIssuerRole");
      await provider.request({ method: "hardhat_impersonateAccount", params: [record.contracts.handover] });
      await provider.request({
        method: "hardhat_setBalance",
        params: [record.contracts.handover, "0xde0b6b3a7640000"],
      });
      await provider.request({
        method: "eth_sendTransaction",
        params: [{ from: record.contracts.handover, to: record.contracts.badge, data: rotate }],
      });
      await expectProblem(taro, "The DAO's issuers were replaced");
      await connection.networkHelpers.time.increase(60 * 86_400);
      await expectProblem(taro, "It ended at");
    }));

  it("knows who can be named as referrer", () =>
    withDrops(async (world) => {
      const { links, live } = await world.opened({ referral: "レビュー" });
      const { issuer, alice, holders, launcher, dao, steward } = world;
      await dao.badge.connect(issuer).award(KIND.REVIEW, holders[1], `0x${"00".repeat(32)}`);
      const newcomer = launcher.address;
      const link = linkOf(links, REFERENCE);
      const expectProblem = async (claim: Claim, message: string, sender = steward.address) => {
        const outcome = await check(world, claim, sender);
        expect(outcome.status === "refused" && outcome.problem.message).to.include(message);
      };
      await expectProblem(await signed(live, link, newcomer, newcomer), "Nobody can have brought itself");
      await expectProblem(await signed(live, link, newcomer, alice.address), `${alice.address} has no badge`);
      await expectProblem(
        await signed(live, link, holders[1].address, alice.address),
        `${holders[1].address} has or had a badge`,
      );
      // Of an account it is the account that says who brought it.
      const own = linkOf(links, alice.address);
      const receiver = { account: alice.address, referrer: holders[1].address };
      await expectProblem(await makeClaim(live, own, receiver, undefined), "It isn't signed by");
      const claim = await makeClaim(live, own, receiver, alice);
      expect((await check(world, claim, steward.address)).status).to.equal("valid");
      await executeAsSigner({ title: "", calls: [claimCall(live, claim)] }, steward);
      expect(await dao.badge.referrerOf(alice)).to.equal(holders[1].address);
      await expectProblem(
        await signed(live, link, alice.address, holders[1].address),
        `${alice.address} was brought by`,
      );
      const good = await signed(live, link, newcomer, holders[1].address);
      expect((await check(world, good, steward.address)).status).to.equal("valid");
    }));
});

describe("checkClaimable", () => {
  it("says of a link how it stands, whoever claims it", () =>
    withDrops(async (world) => {
      const { links, live } = await world.opened();
      const { steward, dao, owners } = world;
      const link = linkOf(links, REFERENCE);
      const look = async (change: Partial<Claimable> = {}) => {
        const now = await world.open();
        return checkClaimable(now, await readRules(now), { ...link, ...change }, "link");
      };
      const valid = await look();
      expect(valid.status).to.equal("valid");
      expect(valid.campaign).to.deep.include({ id: link.campaign, tokens: parseEther("15") });
      for (const [change, message, known] of [
        [{ chainId: 1n }, "It is for chain 1, and this is chain 31337", false],
        [{ drop: steward.address }, `It is for the drop ${steward.address}, and not this DAO's`, false],
        [{ campaign: campaignId("summer") }, 'There is no campaign "summer" on the chain', false],
        [
          { leaf: { ...link.leaf, amount: 1n } },
          "It isn't one of the campaign's claims, or was changed",
          true,
        ],
        [{ proof: link.proof.slice(1) }, "It isn't one of the campaign's claims, or was changed", true],
      ] as const) {
        const refused = await look(change);
        if (refused.status !== "refused") return expect.fail(`${message}: ${refused.status}`);
        const { place, message: said, remedy = "" } = refused.problem;
        expect([place, said, remedy !== ""]).to.deep.equal(["link", message, true]);
        expect(refused.campaign !== undefined, message).to.equal(known);
      }
      const { points, ...rules } = await readRules(live);
      const full = await checkClaimable(live, { ...rules, points: { ...points, left: 9 } }, link, "link");
      expect(full.status === "refused" && full.problem.message).to.equal(
        "Of the 100,000 points that can be awarded in it, 9 are left, less than those of the badge",
      );
      const enough = { ...rules, points: { ...points, left: 10 } };
      expect((await checkClaimable(live, enough, link, "link")).status).to.equal("valid");
      await dao.badge.connect(owners[0]).halt(0);
      const halted = await look();
      expect(halted.status === "refused" && halted.problem.message).to.include("They are halted");
      await dao.badge.connect(steward).resume();
      const claim = await signed(live, link, steward.address);
      await executeAsSigner({ title: "", calls: [claimCall(live, claim)] }, steward);
      expect((await look()).status).to.equal("claimed before");
    }));
});

describe("relayClaims", () => {
  it("carries out what can be, skips what was claimed, and refuses the rest", () =>
    withDrops(async (world) => {
      const { links, live } = await world.opened();
      const { root, steward, launcher, dao } = world;
      const files = ["1", "2", "3", "4", "5"].map((name) => path.join(root, "claims", `${name}.json`));
      const [one = "", two = "", three = "", four = "", five = ""] = files;
      const reviewer = await signed(live, linkOf(links, REFERENCE), launcher.address);
      const taro = await signed(live, linkOf(links, TARO), steward.address);
      const write = (file: string, claim: Claim) => writeSigned(file, claim, CLAIM_FILE, () => true);
      await write(one, reviewer);
      await write(two, reviewer);
      await write(three, taro);
      // Who found taro's link, and was too late.
      const late = await signed(live, linkOf(links, TARO), launcher.address);
      await write(four, late);
      await writeFile(five, "{}");
      const run = async (signer = true) => {
        const outcomes = await relayClaims(await world.open(), files, {
          signer: signer ? steward : undefined,
        });
        expect(outcomes[3]?.problem).to.deep.include({ code: "claim.used-by-other", place: four });
        expect(outcomes[3]?.problem?.data).to.deep.equal({
          campaign: "spring",
          index: late.leaf.index,
          account: launcher.address,
          by: steward.address,
        });
        return outcomes.map(({ status }) => status);
      };
      expect(await run(false)).to.deep.equal(["valid", "claimed before", "valid", "refused", "refused"]);
      expect(await run()).to.deep.equal(["claimed", "claimed before", "claimed", "refused", "refused"]);
      expect(await dao.token.balanceOf(launcher)).to.equal(parseEther("10"));
      const nonce = await steward.getNonce();
      expect(await run()).to.deep.equal([
        "claimed before",
        "claimed before",
        "claimed before",
        "refused",
        "refused",
      ]);
      expect(await steward.getNonce()).to.equal(nonce);
      expect((await readSigned(one, CLAIM_FILE)).value).to.deep.equal(reviewer);
    }));

  it("carries out what names a referrer who can't be recorded any more: it was signed, and nobody is recorded", () =>
    withDrops(async (world) => {
      const { links, live } = await world.opened({ referral: "レビュー" });
      const { root, issuer, steward, holders, launcher, dao } = world;
      const [, bob, carol] = holders;
      const file = path.join(root, "claims", "1.json");
      await dao.badge.connect(issuer).award(KIND.REVIEW, bob, `0x${"00".repeat(32)}`);
      const claim = await signed(live, linkOf(links, REFERENCE), launcher.address, bob.address);
      await writeSigned(file, claim, CLAIM_FILE, () => true);
      await dao.badge.connect(bob).renounce(1);
      // Who makes one now is told.
      expect((await check(world, claim, steward.address)).status).to.equal("refused");
      const [outcome] = await relayClaims(await world.open(), [file], { signer: steward });
      expect(outcome).to.deep.include({ status: "claimed", problem: undefined });
      expect(await dao.badge.balanceOf(launcher)).to.equal(1);
      expect(await dao.badge.referrerOf(launcher)).to.equal(`0x${"00".repeat(20)}`);
      // One who never had a badge can't be named, whoever sends it.
      const never = await signed(live, linkOf(links, TARO), launcher.address, carol.address);
      await writeSigned(file, never, CLAIM_FILE, () => true);
      const [refused] = await relayClaims(await world.open(), [file], { signer: steward });
      expect(refused?.problem?.code).to.equal("referral.no-member");
    }));
});
