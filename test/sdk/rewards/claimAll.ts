import { expect } from "chai";
import { parseEther } from "ethers";
import { MULTICALL3 } from "../../../sdk/chain/reads.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { claimableSeason, planAllClaims } from "../../../sdk/rewards/claimAll.js";
import { claimsPaidBy } from "../../../sdk/rewards/logs.js";
import { planClaims } from "../../../sdk/rewards/plans.js";
import { multicall3 } from "../../helpers/multicall.js";
import { kindOf } from "../../helpers/problems.js";
import { kyosoError } from "../support.js";
import { DAY, fund, opened } from "./support.js";

describe("planAllClaims", () => {
  /** A season that can be claimed; with Multicall3, unless it is left out. */
  async function funded(batched = true) {
    const world = await opened();
    const { live, holders, plain, afterEnd, open, connection, context } = world;
    await fund(live, holders[2], parseEther("100"));
    await fund(live, holders[2], 10n, { token: await plain.getAddress() });
    if (batched) {
      await connection.networkHelpers.setCode(MULTICALL3, await multicall3(context.provider, holders[2]));
    }
    expect(kindOf((await kyosoError(claimableSeason(live))).problems[0] ?? expect.fail())[0]).to.equal(
      "season.none-claimable",
    );
    await afterEnd(1, 14 * DAY);
    const now = await open();
    return { ...world, live: now, season: await claimableSeason(now) };
  }

  /** 30 of 40 points, and 10. */
  const DUE = [
    ["BLUE", parseEther("75")],
    ["BLUE", parseEther("25")],
    ["PLAIN", 7n],
    ["PLAIN", 2n],
  ];

  it("pays all members in one transaction, whoever asks for it", async () => {
    const { live, open, season, holders, stranger, dao } = await funded();
    const [alice, bob] = holders;
    const { plans, claims, batched } = await planAllClaims(live, season);
    expect(claims.map(({ token, amount }) => [token.symbol, amount])).to.deep.equal(DUE);
    expect([plans.length, batched]).to.deep.equal([1, true]);
    const before = await Promise.all([alice, bob].map((member) => dao.token.balanceOf(member)));
    const [receipt] = await executeAsSigner(plans[0] ?? { title: "", calls: [] }, stranger);
    const after = await Promise.all([alice, bob].map((member) => dao.token.balanceOf(member)));
    expect(after.map((balance, i) => balance - (before[i] ?? 0n))).to.deep.equal([
      parseEther("75"),
      parseEther("25"),
    ]);
    expect(receipt?.gasUsed).to.be.lessThan(600_000n);
    const paid = claimsPaidBy(live, [receipt ?? null]);
    expect(paid.map(({ account }) => account)).to.deep.equal(
      [alice, bob, alice, bob].map(({ address }) => address),
    );
    const [left] = (await kyosoError(planAllClaims(await open(), season))).problems;
    expect(left && kindOf(left)).to.deep.equal(["season.all-paid", { season: 1 }]);
  });

  it("leaves out who was paid, and other tokens than the one that is asked for", async () => {
    const { live, open, season, holders, stranger } = await funded();
    const { plan } = await planClaims(live, season, holders[0].address, stranger.address);
    await executeAsSigner(plan, stranger);
    const [blue] = season.budgets.map(({ token }) => token);
    const { claims, batched } = await planAllClaims(await open(), season, blue);
    expect(claims.map(({ account, amount }) => [account, amount])).to.deep.equal([
      [holders[1].address, parseEther("25")],
    ]);
    expect(batched).to.equal(false);
  });

  it("pays one after the other where the chain has no Multicall3", async () => {
    const { live, open, season, stranger } = await funded(false);
    const { plans, claims, batched } = await planAllClaims(live, season);
    expect(claims.map(({ token, amount }) => [token.symbol, amount])).to.deep.equal(DUE);
    expect([plans.length, batched]).to.deep.equal([4, false]);
    for (const plan of plans) await executeAsSigner(plan, stranger);
    const [left] = (await kyosoError(planAllClaims(await open(), season))).problems;
    expect(left?.code).to.equal("season.all-paid");
  });
});
