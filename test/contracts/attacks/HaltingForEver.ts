import { expect } from "chai";
import { Interface, ZeroHash } from "ethers";
import { connect, type Signer } from "../../helpers/chain.js";
import { type DAO, KIND, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const SAFE = new Interface(["function addOwnerWithThreshold(address owner, uint256 threshold)"]);

async function addOwner({ asSafe, safe }: DAO, owner: Signer): Promise<void> {
  const data = SAFE.encodeFunctionData("addOwnerWithThreshold", [owner.address, safe.threshold]);
  await asSafe({ to: safe.address, data });
}

describe("Attack: a majority of the Safe halts again and again, through owners that it names", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
    await travelTo(dao.config.handover.communityDate);
    await dao.handover.handOver();
  });

  it("works after the handover too, until the proposal that resumes takes SENTINEL from the Handover", async function () {
    const { at, badge, handover, manager, owners, stranger, member } = dao;
    await handover.connect(owners[0]).haltAwards();
    await enact(dao, [await badge.resume.populateTransaction()]);
    await addOwner(dao, stranger);
    await handover.connect(stranger).haltAwards();
    expect(await badge.halted()).to.equal(true);

    const issuers = await badge.issuerRole();
    await enact(
      dao,
      [
        await badge.resume.populateTransaction(),
        await manager.revokeRole.populateTransaction(ROLE.SENTINEL, at.handover),
        await manager.grantRole.populateTransaction(issuers, dao.other, 0),
      ],
      "# Halts end",
    );
    await addOwner(dao, member);
    await expect(handover.connect(member).haltAwards())
      .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
      .withArgs(at.handover, ROLE.SENTINEL);
    await badge.connect(dao.other).award(KIND.BUG, member, ZeroHash);
    expect(await badge.balanceOf(member)).to.equal(1);
  });
});
