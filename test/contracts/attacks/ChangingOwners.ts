import safeArtifact from "@safe-global/safe-smart-account/build/artifacts/contracts/Safe.sol/Safe.json" with { type: "json" };
import { expect } from "chai";
import { Interface, ZeroAddress, ZeroHash } from "ethers";
import { type Call, connect, type Connection, DAY, type Signer } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, Proposal, SUPPORT } from "../../helpers/proposal.js";
import { signBallotAsSafe } from "../../helpers/ballots.js";
import { createSafe, execAsSafe, signedBySafe } from "../../helpers/safe.js";
import { signVoucherAsSafe, voucherOf } from "../../helpers/vouchers.js";

const { networkHelpers } = await connect();

const SAFE = new Interface(safeArtifact.abi);
const STEWARD_DELAY = 2n * DAY;
/** What owner lists of a Safe begin with. */
const SENTINEL = "0x0000000000000000000000000000000000000001";

const launchWithDelay = (connection: Connection) =>
  launchDAO(connection, { handover: { stewardDelay: STEWARD_DELAY } });

describe("Attack: owners of the Safe change between signing and carrying out", function () {
  let dao: DAO;
  /** The owner who has to go, one who stays, and who comes. */
  let leaving: Signer;
  let staying: Signer;
  let coming: Signer;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithDelay);
    [leaving, staying] = dao.owners;
    coming = dao.other;
  });

  /** Replaces the first of the three owners, as a call of the Safe. */
  const replacement = (): Call => ({
    to: dao.safe.address,
    data: SAFE.encodeFunctionData("swapOwner", [SENTINEL, leaving.address, coming.address]),
  });

  const replace = () => dao.asSafe(replacement());

  /** Sends a call as the Safe, with the signatures of those who own it since. */
  const asNewOwners = (call: Call) => execAsSafe(dao.safe, [staying, coming], call);

  async function schedule(): Promise<{ call: Call; id: string }> {
    const { asSafe, at, badge, manager, safe } = dao;
    const { data } = await badge.closeKind.populateTransaction(KIND.RECIPE);
    await asSafe(await manager.schedule.populateTransaction(at.badge, data, 0));
    const call = await badge.closeKind.populateTransaction(KIND.RECIPE);
    return { call, id: await manager.hashOperation(safe.address, at.badge, data) };
  }

  it("whoever was signed for before isn't obeyed: the Safe counts its transactions", async function () {
    const { badge, safe, stranger } = dao;
    const signed = await signedBySafe(
      safe,
      dao.owners,
      await badge.award.populateTransaction(KIND.BUG, stranger, ZeroHash),
    );
    await replace();
    await expect(stranger.sendTransaction(signed)).to.be.revertedWith("GS026");
    expect(await badge.balanceOf(stranger)).to.equal(0);
  });

  it("an owner who left can't sign, halt or schedule any more, and one who came can", async function () {
    const { badge, handover, manager, at } = dao;
    await replace();
    await expect(handover.connect(leaving).haltAwards())
      .to.be.revertedWithCustomError(handover, "HandoverNotSafeOwner")
      .withArgs(leaving);
    const { data } = await badge.closeKind.populateTransaction(KIND.RECIPE);
    const scheduling = await manager.schedule.populateTransaction(at.badge, data, 0);
    await expect(dao.asSafe(scheduling)).to.be.revertedWith("GS026");
    await asNewOwners(scheduling);
    await handover.connect(coming).haltAwards();
    expect(await badge.halted()).to.equal(true);
  });

  it("what was scheduled waits for the Safe, and not for its owners of then: the new ones carry it out or cancel it", async function () {
    const { at, badge, manager, safe } = dao;
    const { call, id } = await schedule();
    await replace();
    await networkHelpers.time.increase(STEWARD_DELAY);
    await expect(dao.asSafe(call)).to.be.revertedWith("GS026");
    await expect(
      manager.connect(leaving).cancel(safe.address, at.badge, call.data),
    ).to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedCancel");
    const snapshot = await networkHelpers.takeSnapshot();
    await asNewOwners(call);
    expect((await badge.kindOf(KIND.RECIPE)).closed).to.equal(true);
    await snapshot.restore();
    await asNewOwners(await manager.cancel.populateTransaction(safe.address, at.badge, call.data));
    expect(await manager.getSchedule(id)).to.equal(0);
    await expect(asNewOwners(call)).to.be.revertedWithCustomError(manager, "AccessManagerNotScheduled");
  });

  it("what the old Safe has scheduled dies with its role, when a proposal names another Safe", async function () {
    const { badge, connection, deployer, handover, manager, safe } = dao;
    const { call } = await schedule();
    const other = await createSafe(connection, deployer, [dao.stranger, dao.member], 2, 1n);
    await enact(dao, [await handover.setSafe.populateTransaction(other.address)]);
    expect(await manager.hasRole(ROLE.STEWARD, safe.address)).to.deep.equal([false, 0n]);
    await expect(dao.asSafe(call))
      .to.be.revertedWithCustomError(badge, "AccessManagedUnauthorized")
      .withArgs(safe.address);
    // And the new one has to schedule it by itself.
    await expect(execAsSafe(other, [dao.stranger, dao.member], call)).to.be.revertedWithCustomError(
      manager,
      "AccessManagerNotScheduled",
    );
  });

  it("a voucher and a ballot that those signed who left count no more", async function () {
    const { badge, governor, holders, member, owners, safe, stranger, token } = dao;
    await token.connect(holders[0]).transfer(safe.address, 1_000);
    const voucher = await voucherOf(dao);
    const signature = await signVoucherAsSafe(badge, safe, owners, voucher);
    const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
    await proposal.propose(holders[0]).start();
    const ballot = await signBallotAsSafe(governor, safe, owners, proposal, { support: SUPPORT.for });
    await replace();
    await expect(badge.redeem(voucher, signature, member, ZeroAddress, "0x"))
      .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidVoucher")
      .withArgs(safe.address);
    await expect(governor.castVoteBySig(proposal.id, SUPPORT.for, safe.address, ballot.signature))
      .to.be.revertedWithCustomError(governor, "GovernorInvalidSignature")
      .withArgs(safe.address);
    // What the new ones sign does.
    const theirs = [staying, coming];
    const again = await signBallotAsSafe(governor, safe, theirs, proposal, { support: SUPPORT.for });
    await governor.castVoteBySig(proposal.id, SUPPORT.for, safe.address, again.signature);
    await badge.redeem(
      voucher,
      await signVoucherAsSafe(badge, safe, theirs, voucher),
      member,
      ZeroAddress,
      "0x",
    );
    expect(await badge.balanceOf(member)).to.equal(1);
  });

  it("a halt of an owner who left afterwards stays, and its successor's counts for itself", async function () {
    const { badge, handover } = dao;
    await handover.connect(leaving).haltAwards();
    await replace();
    expect(await badge.halted()).to.equal(true);
    expect(await handover.haltableFrom(coming)).to.equal(0);
    expect(await handover.haltableFrom(leaving)).to.not.equal(0);
  });
});
