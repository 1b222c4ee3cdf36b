import { expect } from "chai";
import { id as hash, ZeroAddress, ZeroHash } from "ethers";
import { connect, type Connection, now, tokens } from "../../helpers/chain.js";
import { type DAO, deployImplementations, KIND, kindConfig, launchDAO, ROLE } from "../../helpers/dao.js";
import { enact, enactLater } from "../../helpers/proposal.js";

const { ethers, networkHelpers } = await connect();

const EVIDENCE = hash("salt, and what it was for");

/** With a fourth kind, that the members of role 100 award. */
const launchWithOwnRole = (connection: Connection) =>
  launchDAO(connection, { kinds: [kindConfig(), kindConfig({ issuerRole: ROLE.FIRST_CUSTOM })] });

describe("ContributionBadge", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchDAO);
  });

  async function award(kind: bigint, account = dao.member.address) {
    return dao.asSafe(await dao.badge.award.populateTransaction(kind, account, EVIDENCE));
  }

  describe("initialize", function () {
    it("takes the names from the token, and the kinds of the launch", async function () {
      const { badge, at } = dao;
      expect(await badge.name()).to.equal("ブランド共創コミュニティ");
      expect(await badge.symbol()).to.equal("KYO-BADGE");
      expect(await badge.token()).to.equal(at.token);
      expect(await badge.issuerRole()).to.equal(ROLE.ISSUER);
      expect(await badge.halted()).to.equal(false);
      expect(await badge.totalAwarded()).to.equal(0);
    });

    it("tells wallets and pages in which domain it is signed for (ERC-5267)", async function () {
      const { badge, at, connection } = dao;
      const { chainId } = await connection.ethers.provider.getNetwork();
      const domain = ["ContributionBadge", "1", chainId, at.badge];
      expect(await badge.eip712Domain()).to.deep.equal(["0x0f", ...domain, ZeroHash, []]);
    });
  });

  describe("award", function () {
    it("gives a badge, and says to whom and for what", async function () {
      const { badge, member, safe, connection } = dao;
      const transaction = award(KIND.BUG);
      await expect(transaction).to.emit(badge, "Transfer").withArgs(ZeroAddress, member, 1);
      await expect(transaction).to.emit(badge, "Locked").withArgs(1);
      await expect(transaction)
        .to.emit(badge, "BadgesAwarded")
        .withArgs(safe.address, KIND.BUG, 1, [EVIDENCE], "");
      expect(await badge.ownerOf(1)).to.equal(member);
      expect(await badge.balanceOf(member)).to.equal(1);
      expect(await badge.totalAwarded()).to.equal(1);
      expect(await badge.badgeOf(1)).to.deep.equal([
        member.address,
        KIND.BUG,
        await now(connection),
        1n,
        10n,
        0n,
      ]);
    });

    it("gives the votes of the kind", async function () {
      const { badge, token, member } = dao;
      await award(KIND.AMBASSADOR);
      expect((await badge.badgeOf(1)).votes).to.equal(tokens(1_000));
      expect(await token.getVotes(member)).to.equal(tokens(1_000));
    });

    it("numbers badges in sequence, whatever was revoked", async function () {
      const { asSafe, badge, member } = dao;
      await award(KIND.BUG);
      await asSafe(await badge.revoke.populateTransaction(1, "by mistake"));
      const from = dao.safe.address;
      const asked = badge.connect(ethers.provider);
      expect(await asked.award.staticCall(KIND.BUG, member, ZeroHash, { from })).to.equal(2);
      expect(await asked.awardBatch.staticCall(KIND.BUG, [member], [ZeroHash], "", { from })).to.equal(2);
      expect(await asked.addKind.staticCall(kindConfig(), { from })).to.equal(4);
      await award(KIND.BUG);
      expect(await badge.ownerOf(2)).to.equal(member);
      expect(await badge.totalAwarded()).to.equal(2);
    });

    it("refuses the zero address, and a kind that doesn't exist", async function () {
      const { badge } = dao;
      await expect(award(KIND.BUG, ZeroAddress))
        .to.be.revertedWithCustomError(badge, "ERC721InvalidReceiver")
        .withArgs(ZeroAddress);
      await expect(badge.balanceOf(ZeroAddress))
        .to.be.revertedWithCustomError(badge, "ERC721InvalidOwner")
        .withArgs(ZeroAddress);
      await expect(award(4n))
        .to.be.revertedWithCustomError(badge, "ContributionBadgeNonexistentKind")
        .withArgs(4);
    });

    it("refuses an issuer with an execution delay, as nothing would make it wait", async function () {
      const { asSafe, badge, manager, member, stranger } = dao;
      await asSafe(await manager.grantRole.populateTransaction(ROLE.ISSUER, stranger, 1));
      await networkHelpers.time.increase(10);
      await expect(badge.connect(stranger).award(KIND.BUG, member, ZeroHash))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(stranger, ROLE.ISSUER);
    });

    it("of a kind with a role of its own is for its members, and not for the DAO's issuers", async function () {
      dao = await networkHelpers.loadFixture(launchWithOwnRole);
      const { badge, manager, member, stranger, safe } = dao;
      await expect(award(2n))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(safe.address, ROLE.FIRST_CUSTOM);
      await enact(dao, [await manager.grantRole.populateTransaction(ROLE.FIRST_CUSTOM, stranger, 0)]);
      await badge.connect(stranger).award(2, member, ZeroHash);
      expect(await badge.ownerOf(1)).to.equal(member);
      await expect(badge.connect(stranger).award(1, member, ZeroHash))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(stranger, ROLE.ISSUER);
    });
  });

  describe("awardBatch", function () {
    const batch = async (kind: bigint, accounts: string[], evidence: string[], uri = "") =>
      dao.asSafe(await dao.badge.awardBatch.populateTransaction(kind, accounts, evidence, uri));

    it("gives one badge for each account, an account named twice included", async function () {
      const { badge, member, other, safe } = dao;
      await award(KIND.BUG);
      const accounts = [member.address, other.address, member.address];
      const evidence = [hash("a"), hash("b"), ZeroHash];
      const transaction = batch(KIND.BUG, accounts, evidence, "https://example.org/evidence");
      await expect(transaction)
        .to.emit(badge, "BadgesAwarded")
        .withArgs(safe.address, KIND.BUG, 2, evidence, "https://example.org/evidence");
      for (const [index, account] of accounts.entries()) {
        await expect(transaction)
          .to.emit(badge, "Transfer")
          .withArgs(ZeroAddress, account, index + 2);
        expect(await badge.ownerOf(index + 2)).to.equal(account);
      }
      expect(await badge.balanceOf(member)).to.equal(3);
      expect(await badge.totalAwarded()).to.equal(4);
      expect(await badge.totalPoints()).to.equal(40);
    });

    it("gives votes as far as they go, and every badge all the same", async function () {
      const { badge, token, member } = dao;
      const accounts = Array<string>(12).fill(member.address);
      await batch(
        KIND.AMBASSADOR,
        accounts,
        accounts.map(() => ZeroHash),
      );
      expect(await badge.balanceOf(member)).to.equal(12);
      expect(await token.contributionVotes(member)).to.equal(tokens(10_000));
      expect((await badge.badgeOf(10)).votes).to.equal(tokens(1_000));
      expect((await badge.badgeOf(11)).votes).to.equal(0);
    });

    it("refuses a batch of nobody, or with too few or too many hashes", async function () {
      const { badge, member } = dao;
      const account = member.address;
      for (const [accounts, evidence] of [
        [[], []],
        [[account], []],
        [[account], [ZeroHash, ZeroHash]],
      ] as [string[], string[]][]) {
        await expect(batch(KIND.BUG, accounts, evidence))
          .to.be.revertedWithCustomError(badge, "ContributionBadgeInvalidBatch")
          .withArgs(accounts.length, evidence.length);
      }
    });

    it("is all or nothing", async function () {
      const { badge, member } = dao;
      await expect(
        batch(KIND.BUG, [member.address, ZeroAddress], [ZeroHash, ZeroHash]),
      ).to.be.revertedWithCustomError(badge, "ERC721InvalidReceiver");
      expect(await badge.balanceOf(member)).to.equal(0);
    });
  });

  describe("halt and resume", function () {
    it("stop awards, and nothing else, until a steward resumes them", async function () {
      const { asSafe, badge, handover, owners, member } = dao;
      await award(KIND.BUG);
      await award(KIND.BUG);
      await handover.connect(owners[0]).haltAwards();
      await expect(award(KIND.BUG)).to.be.revertedWithCustomError(badge, "ContributionBadgeHalted");
      await asSafe(await badge.revoke.populateTransaction(1, "by mistake"));
      await badge.connect(member).renounce(2);
      await asSafe(await badge.resume.populateTransaction());
      await award(KIND.BUG);
      expect(await badge.ownerOf(3)).to.equal(member);
    });

    it("can't resume what isn't halted", async function () {
      const { asSafe, badge } = dao;
      await expect(asSafe(await badge.resume.populateTransaction())).to.be.revertedWithCustomError(
        badge,
        "ContributionBadgeNotHalted",
      );
    });
  });

  describe("rotateIssuerRole", function () {
    it("ends all appointments, each time anew", async function () {
      const { badge, governor } = dao;
      for (const generation of [1n, 2n]) {
        const proposal = enactLater(
          dao,
          [await badge.rotateIssuerRole.populateTransaction()],
          `# ${generation}`,
        );
        await proposal;
        await expect(governor.execute(...proposal.args))
          .to.emit(badge, "IssuerRoleRotated")
          .withArgs(ROLE.ISSUER + ((generation - 1n) << 32n), ROLE.ISSUER + (generation << 32n));
      }
      await expect(award(KIND.BUG))
        .to.be.revertedWithCustomError(badge, "RoleRestrictedUnauthorized")
        .withArgs(dao.safe.address, ROLE.ISSUER + (2n << 32n));
    });
  });

  describe("an upgrade", function () {
    it("tells that badges may be drawn differently", async function () {
      const { badge, governor, connection } = dao;
      await award(KIND.BUG);
      await award(KIND.BUG);
      const { badge: implementation } = await deployImplementations(connection);
      const proposal = enactLater(dao, [
        await badge.upgradeToAndCall.populateTransaction(implementation, "0x"),
      ]);
      await proposal;
      const execution = governor.execute(...proposal.args);
      await expect(execution).to.emit(badge, "BatchMetadataUpdate").withArgs(1, 2);
      await expect(execution).to.emit(badge, "ContractURIUpdated");
      expect(await badge.totalAwarded()).to.equal(2);
    });
  });
});
