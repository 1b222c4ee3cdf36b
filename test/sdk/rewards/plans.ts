import { expect } from "chai";
import { concat, dataLength, parseEther, toBeHex } from "ethers";
import { decodeCall } from "../../../sdk/calls/decode.js";
import { INTERFACES } from "../../../sdk/calls/known.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { claimsPaidBy } from "../../../sdk/rewards/logs.js";
import { planClaims, planFunding, planReturn } from "../../../sdk/rewards/plans.js";
import { parseRewardSeason } from "../../../sdk/rewards/seasons.js";
import { formatTokens, readRewardToken, requireRewardToken } from "../../../sdk/rewards/token.js";
import { asSafe, SEASON } from "../badges/support.js";
import { kyosoError, problemOf } from "../support.js";
import { DAY, FEE_TOKEN, fund, opened, type RewardsWorld } from "./support.js";

async function chosen({ live }: RewardsWorld, season = "current", token?: string) {
  return {
    season: await parseRewardSeason(live, season),
    token: await requireRewardToken(live, token),
  };
}

describe("planFunding", () => {
  it("approves exactly that, and funds", async () => {
    const { live, dao, holders, record } = await opened();
    const { rewards } = record.contracts;
    const plan = await fund(live, holders[0], parseEther("100"));
    expect(plan.title).to.equal("Fund season 1 with 100 BLUE");
    expect(plan.calls.map(({ contract, signature }) => `${contract}.${signature}`)).to.deep.equal([
      "token.approve(address,uint256)",
      "rewards.fund(uint16,address,uint256)",
    ]);
    expect((await dao.rewards.budgetOf(1, dao.token)).budget).to.equal(parseEther("100"));
    expect(await dao.token.allowance(holders[0], rewards)).to.equal(0n);
    expect(await dao.token.balanceOf(rewards)).to.equal(parseEther("100"));
  });

  it("leaves an approval that is enough", async () => {
    const { live, dao, holders, record } = await opened();
    await dao.token.connect(holders[0]).approve(record.contracts.rewards, parseEther("100"));
    const plan = await fund(live, holders[0], parseEther("100"));
    expect(plan.calls).to.have.length(1);
  });

  it("takes back a smaller approval of another token first", async () => {
    const { live, holders, record, plain, dao } = await opened();
    const token = await plain.getAddress();
    await plain.connect(holders[0]).approve(record.contracts.rewards, 5n);
    const plan = await fund(live, holders[0], 6n, { token });
    expect(plan.calls.map(({ args }) => args.at(-1))).to.deep.equal([0n, 6n, 6n]);
    expect((await dao.rewards.budgetOf(1, token)).budget).to.equal(6n);
  });

  it("shows the brand's amounts as such, and others as they are", async () => {
    const { live, holders, plain } = await opened();
    const amountIn = async (token?: string) => {
      const plan = await fund(live, holders[0], parseEther("2"), token === undefined ? {} : { token });
      const call = plan.calls.at(-1);
      if (call === undefined) throw new Error("no call");
      return decodeCall(call, live).args.at(-1)?.text;
    };
    expect(await amountIn()).to.equal("2 BLUE");
    expect(await amountIn(await plain.getAddress())).to.equal("2,000,000,000,000,000,000");
  });

  it("takes a season that runs or is ahead", async () => {
    const world = await opened();
    const { holders, afterEnd, open } = world;
    await fund(world.live, holders[0], 1n, { season: "5" });
    await afterEnd(1, 0);
    const live = await open();
    const { season, token } = await chosen({ ...world, live }, "1");
    const problem = await problemOf(planFunding(live, season, { token, amount: 1n }, holders[0].address));
    expect(problem.place).to.equal("season");
    expect(problem.message).to.include("Season 1 ended");
    expect(problem.remedy).to.include('"current"');
  });

  it("takes an amount that is there", async () => {
    const world = await opened();
    const { live, holders, record } = world;
    const { season, token } = await chosen(world);
    const plan = async (amount: bigint, funder = holders[2].address) =>
      planFunding(live, season, { token, amount }, funder);
    expect((await plan(parseEther("30000"))).calls).to.have.length(2);
    const more = await problemOf(plan(parseEther("30001")));
    expect(more.place).to.include(holders[2].address);
    expect(more.message).to.equal("It has 30,000 BLUE, less than 30,001 BLUE");
    expect((await problemOf(plan(0n))).message).to.equal("It is zero");
    const most = await problemOf(plan(2n ** 128n));
    expect(most.message).to.include("more than a budget can hold");
    // The treasury can pay as well.
    expect((await plan(parseEther("20000"), record.contracts.timelock)).calls).to.have.length(2);
  });

  it("refuses a token that takes a fee", async () => {
    const world = await opened();
    const { season, token } = await chosen(world, "current", FEE_TOKEN);
    expect(token).to.deep.include({ symbol: "FEE", decimals: 1 });
    const plan = planFunding(world.live, season, { token, amount: 1n }, world.holders[0].address);
    const { place, message } = await problemOf(plan);
    expect(place).to.equal("--token");
    expect(message).to.include("FEE takes a fee").and.to.include("amount: 1, received: 0");
  });
});

describe("reward tokens", () => {
  it("are the brand's where nothing is said, and have an address beside their symbol where they aren't", async () => {
    const { live, plain } = await opened();
    const own = await requireRewardToken(live, undefined);
    expect(own.address).to.equal(live.record.contracts.token);
    expect(formatTokens(live, parseEther("1.5"), own)).to.equal("1.5 BLUE");
    const other = await requireRewardToken(live, await plain.getAddress());
    expect(formatTokens(live, parseEther("1.5"), other)).to.match(/^1\.5 PLAIN \(0x.{4}….{4}\)$/u);
  });

  it("are ERC-20s", async () => {
    const { live, stranger } = await opened();
    const problem = await problemOf(requireRewardToken(live, stranger.address));
    expect(problem.place).to.equal("--token");
    expect(problem.message).to.include(stranger.address).and.to.include("isn't an ERC-20");
    expect((await problemOf(requireRewardToken(live, "0x12"))).place).to.equal("--token");
    // What somebody funded a season with is shown all the same.
    expect(await readRewardToken(live, stranger.address)).to.include({ decimals: 0, known: false });
  });
});

describe("planClaims", () => {
  async function funded() {
    const world = await opened();
    const { live, holders, plain, afterEnd, open } = world;
    const token = await plain.getAddress();
    await fund(live, holders[2], parseEther("100"));
    await fund(live, holders[2], 10n, { token });
    await afterEnd(1, 14 * DAY);
    const now = await open();
    return { ...world, live: now, token, season: await parseRewardSeason(now, "1") };
  }

  it("pays in all tokens, whoever asks for it", async () => {
    const { live, season, holders, stranger, dao, plain } = await funded();
    const [alice] = holders;
    const before = await dao.token.balanceOf(alice);
    const { plan, claims } = await planClaims(live, season, alice.address, stranger.address);
    // 30 of 40 points; 7.5 units are rounded down.
    expect(claims.map(({ token, amount }) => [token.symbol, amount])).to.deep.equal([
      ["BLUE", parseEther("75")],
      ["PLAIN", 7n],
    ]);
    await executeAsSigner(plan, stranger);
    expect((await dao.token.balanceOf(alice)) - before).to.equal(parseEther("75"));
    expect(await plain.balanceOf(alice)).to.equal(10n ** 24n + 7n);
  });

  it("says what was paid, which may be less than was planned", async () => {
    const world = await funded();
    const { live, season, holders, stranger, token, dao, record, open } = world;
    const [alice] = holders;
    const { plan, claims } = await planClaims(live, season, alice.address, stranger.address);
    expect(claims.map(({ amount }) => amount)).to.deep.equal([parseEther("75"), 7n]);
    const badge = await named("badge", dao.badge);
    await asSafe(world, [call(badge, "revoke", [1, "写真が別のお店"], "Revoke")]);
    const receipts = await executeAsSigner(plan, stranger);
    const hashes = receipts.map(({ hash }) => hash);
    // 20 of 40 points: what is revoked after the dispute window leaves the account's, and not the total.
    const paid = claimsPaidBy(await open(), receipts);
    const claim = { season: 1, account: alice.address, points: 20 };
    expect(paid).to.deep.equal([
      { ...claim, token: record.contracts.token, amount: parseEther("50"), transaction: hashes[0] },
      { ...claim, token, amount: 5n, transaction: hashes[1] },
    ]);
    expect(claimsPaidBy(live, [])).to.deep.equal([]);
  });

  it("pays in one of them, where it is named, and later in the others", async () => {
    const { live, season, holders, token, open } = await funded();
    const only = await requireRewardToken(live, token);
    const { address } = holders[0];
    const first = await planClaims(live, season, address, address, only);
    expect(first.claims.map(({ amount }) => amount)).to.deep.equal([7n]);
    await executeAsSigner(first.plan, holders[0]);
    const now = await open();
    const again = await problemOf(planClaims(now, season, address, address, only));
    expect(again.message).to.include("has nothing left to claim");
    const rest = await planClaims(now, season, address, address);
    expect(rest.claims.map(({ amount }) => amount)).to.deep.equal([parseEther("75")]);
  });

  it("says why an account is due nothing, once for all tokens", async () => {
    const { live, season, stranger } = await funded();
    const problem = await problemOf(planClaims(live, season, stranger.address, stranger.address));
    expect(problem.place).to.equal("season 1");
    expect(problem.message).to.equal(`${stranger.address} has no points of season 1`);
  });

  it("says that a season has no budget, or none in a token", async () => {
    const { live, holders, token } = await funded();
    const { address } = holders[0];
    const second = await parseRewardSeason(live, "2");
    expect((await problemOf(planClaims(live, second, address, address))).message).to.include(
      "nobody has funded it",
    );
    const third = await opened();
    await fund(third.live, holders[2], 1n);
    await third.afterEnd(1, 14 * DAY);
    const now = await third.open();
    const only = await requireRewardToken(now, token);
    const season = await parseRewardSeason(now, "1");
    const problem = await problemOf(planClaims(now, season, address, address, only));
    expect(problem.message).to.equal("Season 1 has no budget in PLAIN");
  });
});

/** A contract that answers to everything with an error: at most 255 bytes. */
function reverting(error: string): string {
  return concat(["0x60", toBeHex(dataLength(error), 1), "0x8060095f395ffd", error]);
}

describe("planReturn", () => {
  it("returns what nobody can claim any more, and nothing before", async () => {
    const { live, holders, dao, record, stranger, afterEnd, open } = await opened();
    await fund(live, holders[2], parseEther("100"));
    const token = await requireRewardToken(live, undefined);
    const early = await problemOf(planReturn(live, token));
    expect(early.message).to.include("All BLUE that they hold belong to seasons");
    await afterEnd(1, SEASON - 1);
    expect((await kyosoError(planReturn(await open(), token))).problems).to.have.length(1);

    await afterEnd(1, SEASON);
    const { plan, amount } = await planReturn(await open(), token);
    expect(amount).to.equal(parseEther("100"));
    expect(plan.title).to.equal("Return 100 BLUE to the treasury");
    const before = await dao.token.balanceOf(record.contracts.timelock);
    await executeAsSigner(plan, stranger);
    expect((await dao.token.balanceOf(record.contracts.timelock)) - before).to.equal(amount);
  });

  it("says what a token answers that can't be returned", async () => {
    const { live, connection, plain, stranger } = await opened();
    const token = await requireRewardToken(live, await plain.getAddress());
    const error = INTERFACES.token.encodeErrorResult("ERC20InvalidSender", [stranger.address]);
    await connection.networkHelpers.setCode(token.address, reverting(error));
    const problem = await problemOf(planReturn(live, token));
    expect(problem.message).to.equal(
      `Nothing can be returned: ERC20InvalidSender(sender: ${stranger.address})`,
    );
    expect(problem.remedy).to.include("npx hardhat season list").and.to.include(token.address);
  });
});
