import { expect } from "chai";
import { ZeroHash } from "ethers";
import { connect, type Connection } from "../../helpers/chain.js";
import { type DAO, KIND, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, Proposal, STATE, travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** The issuers after the handover. */
const LATER_ISSUERS = ROLE.ISSUER + 2n ** 32n;

async function handOver({ handover, config }: DAO): Promise<void> {
  await travelTo(config.handover.communityDate);
  await handover.handOver();
}

describe("Attack: an issuer appointed by the Safe survives the handover", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  it("fails however many were appointed", async function () {
    const { asSafe, manager, badge, member, stranger, other } = dao;
    const accomplices = [stranger, other];
    for (const accomplice of accomplices) {
      await asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, accomplice, 0));
      await badge.connect(accomplice).award(KIND.BUG, member, ZeroHash);
    }
    await handOver(dao);
    for (const accomplice of accomplices) {
      await expect(badge.connect(accomplice).award(KIND.AMBASSADOR, member, ZeroHash))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(accomplice, LATER_ISSUERS);
    }
  });

  it("fails when the Safe appoints for the role to come", async function () {
    const { asSafe, manager, stranger, safe } = dao;
    await expect(asSafe(await manager.grantRole.populateTransaction(LATER_ISSUERS, stranger, 0)))
      .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
      .withArgs(safe.address, ROLE.ADMIN);
  });

  it("fails when the Safe makes another steward first", async function () {
    const { asSafe, manager, stranger, safe } = dao;
    await expect(asSafe(await manager.grantRole.populateTransaction(ROLE.STEWARD, stranger, 0)))
      .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
      .withArgs(safe.address, ROLE.HANDOVER);
  });
});

describe("Attack: the Safe hides a kind behind a foreign role", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  for (const [what, issuerRole] of [
    ["that it holds for ever: everybody's", 2n ** 64n - 1n],
    ["of stewards", ROLE.STEWARD],
    ["of the issuers to come, before there are any", LATER_ISSUERS],
    ["of those who halt, which are its owners", ROLE.SENTINEL],
  ] as const) {
    it(`fails with the role ${what}`, async function () {
      const { asSafe, badge } = dao;
      await expect(asSafe(await badge.addKind.populateTransaction(kindConfig({ issuerRole }))))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidIssuerRole")
        .withArgs(issuerRole);
    });
  }

  it("gains nothing by a role of its own: only a passed proposal appoints for it", async function () {
    const { asSafe, badge, manager, member, stranger, safe } = dao;
    const role = ROLE.FIRST_CUSTOM;
    await asSafe(await badge.addKind.populateTransaction(kindConfig({ issuerRole: role })));
    await expect(asSafe(await manager.grantRole.populateTransaction(role, safe.address, 0)))
      .to.be.revertedWithCustomError(manager, "AccessManagerUnauthorizedAccount")
      .withArgs(safe.address, ROLE.ADMIN);
    await handOver(dao);
    await expect(asSafe(await badge.award.populateTransaction(4, member, ZeroHash)))
      .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
      .withArgs(safe.address, role);
    await enact(dao, [await manager.grantRole.populateTransaction(role, stranger, 0)]);
    await badge.connect(stranger).award(4, member, ZeroHash);
    expect(await badge.ownerOf(1)).to.equal(member);
  });
});

async function launchAfterTheTerm(connection: Connection): Promise<DAO> {
  const dao = await launchDAO(connection);
  await travelTo(dao.config.handover.guardianExpiry);
  return dao;
}

describe("Attack: the guardian outlives its term", function () {
  it("can neither veto, nor resign, nor prolong its term, nor cancel", async function () {
    const { asSafe, governor, safe, holders, stranger } =
      await networkHelpers.loadFixture(launchAfterTheTerm);
    const proposal = new Proposal(governor, [{ to: stranger.address, data: "0x" }]);
    await proposal.propose(holders[0]);
    const asGuardian = [
      await governor.veto.populateTransaction(...proposal.args, "still here"),
      await governor.resignGuardian.populateTransaction(),
    ];
    for (const call of asGuardian) {
      await expect(asSafe(call))
        .to.be.revertedWithCustomError(governor, "BrandGovernorNotGuardian")
        .withArgs(safe.address);
    }
    await expect(asSafe(await governor.setGuardianTerm.populateTransaction(safe.address, 2n ** 40n)))
      .to.be.revertedWithCustomError(governor, "GovernorOnlyExecutor")
      .withArgs(safe.address);
    await expect(asSafe(await governor.cancel.populateTransaction(...proposal.args)))
      .to.be.revertedWithCustomError(governor, "GovernorUnableToCancel")
      .withArgs(proposal.id, safe.address);
    await proposal.vote({ for: holders }).pass().queue().execute();
    expect(await proposal.state()).to.equal(STATE.Executed);
  });
});
