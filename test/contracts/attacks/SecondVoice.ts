import { expect } from "chai";
import { connect, type Connection, DAY } from "../../helpers/chain.js";
import {
  COUNTING,
  ideaId,
  launchWithStewardedModules,
  makeMembers,
  MODULE_KIND,
  type ModularDAO,
  openCall,
  openSupport,
  submitIdea,
} from "../../helpers/modules.js";
import { award, joinWith, recoverAll, requestAndWait } from "../../helpers/recovery.js";

const { networkHelpers } = await connect();

/** The member has two badges, 1 and 2, and a pass; there is a call in which members of a day have a voice. */
async function launchWithMember(connection: Connection): Promise<ModularDAO> {
  const dao = await launchWithStewardedModules(connection);
  const { pass, member, holders } = dao;
  await makeMembers(dao, member, member, holders[0]);
  const terms = { kind: MODULE_KIND.CUSTOMER, royaltyBps: 0n, colour: 0n, language: 0n };
  await dao.asSafe(await pass.setTerms.populateTransaction(terms));
  await pass.mint(1);
  return dao;
}

describe("Attack: somebody has a second voice in a call", function () {
  let dao: ModularDAO;
  let idea: bigint;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithMember);
  });

  /** Opens a call with one idea, of so many seconds. */
  async function open(ideasFor: bigint, supportFor = 60n * DAY): Promise<bigint> {
    const call = await openCall(dao, { counting: COUNTING.voice, memberDays: 1n, ideasFor, supportFor });
    idea = await submitIdea(dao, call, dao.holders[0]);
    return call;
  }

  const support = (by: (typeof dao)["member"]) => dao.board.connect(by).support([idea]);

  async function expectMute(who: (typeof dao)["member"], call: bigint): Promise<void> {
    await expect(support(who))
      .to.be.revertedWithCustomError(dao.board, "IdeaBoardNoVoice")
      .withArgs(call, who);
  }

  it("by a recovery to another account after the first one has spoken", async function () {
    const { member, other } = dao;
    const call = await open(2n * DAY);
    await openSupport(dao, call);
    await support(member);
    await recoverAll(dao, member, other, [1n, 2n]);
    await expectMute(other, call);
    expect((await dao.board.ideaOf(idea)).tally).to.equal(1);
  });

  it("by a recovery of one badge of two, long before", async function () {
    const { badge, member, other } = dao;
    await requestAndWait(dao, member, other);
    await badge.recover(member, [1]);
    const call = await open(10n * DAY);
    await openSupport(dao, call);
    // The account that has what was recovered speaks; the one that kept a badge doesn't.
    await support(other);
    await expectMute(member, call);
  });

  it("by a pass that was handed on", async function () {
    const { pass, member, stranger } = dao;
    const call = await open(2n * DAY);
    await openSupport(dao, call);
    await support(member);
    await pass.connect(member).transferFrom(member, stranger, 1);
    await expectMute(stranger, call);
  });

  it("by referring accounts of one's own just before the snapshot", async function () {
    const { member, stranger, other } = dao;
    const call = await open(10n * DAY);
    const { snapshot } = await dao.board.callOf(call);
    await networkHelpers.time.increaseTo(snapshot - 1_000n);
    await joinWith(dao, stranger, MODULE_KIND.CUSTOMER, MODULE_KIND.CUSTOMER, member);
    await openSupport(dao, call);
    await award(dao, MODULE_KIND.CUSTOMER, other);
    await expectMute(stranger, call);
    await expectMute(other, call);
  });

  it("in the same call for the same idea, by oneself and by a signature", async function () {
    const { board, member } = dao;
    const call = await open(2n * DAY);
    await openSupport(dao, call);
    await support(member);
    await expect(support(member))
      .to.be.revertedWithCustomError(board, "IdeaBoardSupportedBefore")
      .withArgs(ideaId(call, 0), member);
  });
});
