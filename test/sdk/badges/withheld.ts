import { expect } from "chai";
import { parseEther, ZeroHash } from "ethers";
import { planGrantVotes } from "../../../sdk/badges/withheld.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { kyosoError, load, problemOf } from "../support.js";
import { badgeWorld, KIND, openAs } from "./support.js";

const VOTES = parseEther("100");

/** The bucket is used up by badges of alice; `first` and `first + 1` of the stranger came without their votes, then one without any. */
async function withheldWorld() {
  const found = await load(badgeWorld);
  const { badge, dao, holders, stranger } = found;
  const { available, limit } = await dao.token.contributionLimit();
  const count = Number(available / VOTES);
  const accounts = Array.from({ length: count }, () => holders[0].address);
  await badge.awardBatch(
    KIND.AMBASSADOR,
    accounts,
    accounts.map(() => ZeroHash),
    "",
  );
  await badge.awardBatch(KIND.AMBASSADOR, [stranger, stranger], [ZeroHash, ZeroHash], "");
  await badge.award(KIND.REVIEW, stranger, ZeroHash);
  const plan = async (text: string) => planGrantVotes(await openAs(found), text);
  /** Moves on until as much is in the bucket. */
  const refill = (votes: bigint) =>
    found.connection.networkHelpers.time.increase((limit.window * votes) / limit.amount + 1n);
  return { ...found, first: count + 1, plan, refill };
}

const codeOf = async (attempt: Promise<unknown>) => (await kyosoError(attempt)).problems[0]?.code;

describe("planGrantVotes", () => {
  it("gives what is withheld of an account's badges, as far as it fits", async () => {
    const { dao, first, holders, plan, refill, stranger } = await withheldWorld();
    await refill(VOTES);
    const grant = await plan(stranger.address);
    const badgeOf = (id: number) => ({ id, account: stranger.address, votes: VOTES });
    expect(grant.granted).to.deep.equal([badgeOf(first)]);
    expect(grant.left).to.deep.equal([badgeOf(first + 1)]);
    await executeAsSigner(grant.plan, holders[1]);
    expect(await dao.token.contributionVotes(stranger)).to.equal(VOTES);
    await refill(VOTES);
    const rest = await plan(`#${first}, ${first + 1}, ${first + 1}`);
    expect(rest.granted).to.deep.equal([badgeOf(first + 1)]);
    expect(rest.left).to.deep.equal([]);
  });

  it("says when there is no room, and what to do", async () => {
    const { first, plan, refill } = await withheldWorld();
    await refill(VOTES / 2n);
    const attempt = `${first},${first + 1}`;
    const { message, remedy } = await problemOf(plan(attempt));
    expect(await codeOf(plan(attempt))).to.equal("votes.limit-short");
    expect(message).to.include("200 BLUE are withheld").and.to.include("only 50");
    expect(remedy).to.include("2,000 BLUE").and.to.include("30 days");
  });

  it("says where nothing is withheld", async () => {
    const { first, holders, plan, refill } = await withheldWorld();
    await refill(VOTES);
    for (const text of ["1", `1,${first + 2}`, holders[0].address, holders[1].address]) {
      expect(await codeOf(plan(text))).to.equal("votes.nothing-withheld");
      expect((await problemOf(plan(text))).message).to.equal("No votes of them are withheld");
    }
  });

  it("names what isn't a badge, or is nobody's", async () => {
    const { dao, first, plan, refill, stranger } = await withheldWorld();
    await refill(VOTES);
    expect(await codeOf(plan("twelve"))).to.equal("badge.not-number");
    expect(await codeOf(plan("1,"))).to.equal("badge.not-number");
    expect(await codeOf(plan(`${first},999`))).to.equal("badge.unknown");
    await dao.badge.connect(stranger).renounce(first);
    expect(await codeOf(plan(String(first)))).to.equal("badge.gone");
  });

  it("waits for the end of a halt", async () => {
    const { dao, first, owners, plan, refill } = await withheldWorld();
    await refill(VOTES);
    await dao.handover.connect(owners[0]).haltAwards();
    expect(await codeOf(plan(String(first)))).to.equal("awards.halted");
  });
});
