import { expect } from "chai";
import { parseEther, ZeroHash } from "ethers";
import type { Contribution } from "../../../../sdk/badges/awards/contribution.js";
import { readKinds } from "../../../../sdk/badges/kinds/kinds.js";
import { checkAwards } from "../../../../sdk/badges/awards/readiness.js";
import { call, named } from "../../../../sdk/calls/plan.js";
import { ROLES } from "../../../../sdk/roles.js";
import { kyosoError, load, problemOf } from "../../support.js";
import { asSafe, awardOf, badgeWorld, KIND, openAs } from "../support.js";

async function world() {
  const found = await load(badgeWorld);
  const many = (kind: number, count: number, line = 2): Contribution[] =>
    Array.from({ length: count }, (_, i) => awardOf(kind, found.stranger.address, `${i}`, line + i));
  const check = async (
    awards: readonly Contribution[],
    { actor = found.issuer.address, underWay = [] as readonly Contribution[] } = {},
  ) => {
    const live = await openAs(found);
    return checkAwards(live, await readKinds(live), { awards, underWay, actor });
  };
  return { ...found, many, check };
}

describe("checkAwards", () => {
  it("lets through what fits", async () => {
    const { many, check, record } = await world();
    expect(await check([])).to.deep.equal([]);
    expect(await check([...many(KIND.REVIEW, 400), ...many(KIND.RECIPE, 3)])).to.deep.equal([]);
    expect(await check(many(KIND.RECIPE, 3), { actor: record.safe })).to.deep.equal([]);
  });

  it("refuses while awards are halted", async () => {
    const { many, check, dao, owners } = await world();
    await dao.handover.connect(owners[1]).haltAwards();
    const { message } = await problemOf(check(many(KIND.REVIEW, 1)));
    expect(message).to.include("halted");
    expect(await check([])).to.deep.equal([]);
  });

  it("refuses a kind that is closed, and names its lines", async () => {
    const found = await world();
    const badge = await named("badge", found.dao.badge);
    await asSafe(found, [call(badge, "closeKind", [KIND.RECIPE], "Close")]);
    const { place, message } = await problemOf(found.check(found.many(KIND.RECIPE, 7)));
    expect(place).to.equal('kind 3 "レシピ"');
    expect(message).to.include("closed").and.to.include("(lines 2, 3, 4, 5, 6 and 2 more of blue.csv)");
  });

  it("refuses more badges than are left, with those that are under way", async () => {
    const { many, check, badge, stranger, connection } = await world();
    await badge.award(KIND.RECIPE, stranger, ZeroHash);
    await badge.award(KIND.RECIPE, stranger, ZeroHash);
    await connection.networkHelpers.time.increase(86_400);
    expect(await check(many(KIND.RECIPE, 3))).to.deep.equal([]);
    const { message } = await problemOf(check(many(KIND.RECIPE, 3), { underWay: many(KIND.RECIPE, 1, 9) }));
    expect(message).to.include("Only 3 of 5 badges are left, and 3 would be awarded");
    expect(message).to.include("beside 1 badge under way");
    // Those of other kinds take nothing from it.
    expect(await check(many(KIND.RECIPE, 3), { underWay: many(KIND.REVIEW, 9) })).to.deep.equal([]);
  });

  it("refuses more points than are left today, and says until when", async () => {
    const { many, check, badge, stranger } = await world();
    await badge.award(KIND.RECIPE, stranger, ZeroHash);
    expect(await check(many(KIND.RECIPE, 2))).to.deep.equal([]);
    const { message, remedy } = await problemOf(check(many(KIND.RECIPE, 3)));
    expect(message).to.include("Only 40 of 60 points a day are left, and 60 would be awarded");
    expect(remedy).to.include("at most 2 today").and.to.include("00:00 UTC");
  });

  it("refuses more points than are left in the season, and says until when", async () => {
    const { many, check, badge, holders } = await world();
    await badge.awardBatch(KIND.REVIEW, [holders[0], holders[1]], [ZeroHash, ZeroHash], "");
    expect(await check(many(KIND.REVIEW, 9_998))).to.deep.equal([]);
    const { place, message, remedy } = await problemOf(check(many(KIND.REVIEW, 9_999)));
    expect(place).to.equal("season 1");
    expect(message).to.equal(
      "Only 99,980 of 100,000 points that can be awarded in it are left, and 99,990 would be",
    );
    expect(remedy).to.include("a proposal can allow more (badge.setLimits)");
  });

  it("refuses whoever isn't an issuer, and names those who are", async () => {
    const { many, check, stranger, issuer, record } = await world();
    const { place, message, remedy } = await problemOf(
      check([...many(KIND.REVIEW, 1), ...many(KIND.RECIPE, 1)], { actor: stranger.address }),
    );
    expect(place).to.include(stranger.address);
    expect(message).to.equal('It may not award "レビュー", "レシピ": it lacks the role ISSUER');
    expect(remedy).to.include(issuer.address).and.to.include(`${record.safe} (--via safe)`);
  });

  it("refuses a kind that another role awards", async () => {
    const { many, check } = await world();
    const { message, remedy } = await problemOf(check(many(KIND.OWN_ROLE, 1)));
    expect(message).to.equal('It may not award "Own": it lacks the role no. 100');
    expect(remedy).to.include("Nobody has it");
  });

  it("refuses an issuer with a delay", async () => {
    const found = await world();
    const manager = await named("manager", found.dao.manager);
    const grant = call(manager, "grantRole", [ROLES.ISSUER, found.stranger.address, 3600], "Appoint");
    await asSafe(found, [grant]);
    const { message, remedy } = await problemOf(
      found.check(found.many(KIND.REVIEW, 1), { actor: found.stranger.address }),
    );
    expect(message).to.include("ISSUER only with a delay of 1 hour");
    expect(remedy).not.to.include(found.stranger.address);
  });

  it("refuses the issuers of before, once power is handed over", async () => {
    const { many, check, connection, record, dao } = await world();
    await connection.networkHelpers.time.increaseTo(record.terms.communityDate);
    await dao.handover.handOver();
    const { message, remedy } = await problemOf(check(many(KIND.REVIEW, 1)));
    expect(message).to.include("it lacks the role ISSUER (no. ");
    expect(remedy).to.include("Nobody has it");
  });

  it("names everything at once", async () => {
    const { many, check, dao, owners, stranger } = await world();
    await dao.handover.connect(owners[1]).haltAwards();
    const { problems } = await kyosoError(check(many(KIND.RECIPE, 6), { actor: stranger.address }));
    expect(problems).to.have.length(4);
  });

  it("only warns of votes that would be withheld", async () => {
    const { many, check, dao } = await world();
    const { available } = await dao.token.contributionLimit();
    const most = Number(available / parseEther("100"));
    expect(await check(many(KIND.AMBASSADOR, most))).to.deep.equal([]);
    const [warning, ...more] = await check(many(KIND.AMBASSADOR, most + 1));
    expect(more).to.deep.equal([]);
    expect(warning?.message).to.include("let only").and.to.include("BLUE");
    expect(warning?.remedy).to.include("without their votes");
  });
});
