import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { BrandGovernor__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO, type Overrides, prepareLaunch } from "../../helpers/dao.js";
import { enact, enactLater, Proposal, STATE } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** What the three holders have. */
const CIRCULATING = tokens(600_000);

const BPS = 10_000n;

/** What badges can grant in all, and a tenth of it: what each of them gives. */
const grantable = (shareBps: bigint) => (CIRCULATING * shareBps) / BPS;
const votesOfOne = (shareBps: bigint) => grantable(shareBps) / 10n;

const terms = (shareBps: bigint, quorumBps: bigint): Overrides => ({
  // Only the share is to stand in the way: not the bucket, and not the quorum's floor.
  token: {
    contributionShareBps: shareBps,
    contributionLimit: { amount: tokens(10_000_000), window: 7n * DAY },
  },
  governance: { quorumBps, quorumFloor: tokens(1), proposalThreshold: 1n },
  kinds: [kindConfig({ votes: votesOfOne(shareBps) })],
});

/** One fixture for each fraction, so that the chain can be set back to it. */
const LAUNCHES = [1n, 400n, 2_000n, 2_500n].map((bps) => ({
  bps,
  launch: (connection: Connection) => launchDAO(connection, terms(bps, bps)),
}));

const launchWithFourPercent = (connection: Connection) => launchDAO(connection, terms(400n, 400n));

/** Gives `count` badges to the stranger, who stands for the issuer and its friends. */
async function awardMany({ asSafe, badge, stranger }: DAO, count: number): Promise<void> {
  const friends = Array<string>(count).fill(stranger.address);
  const hashes = friends.map(() => ZeroHash);
  await asSafe(await badge.awardBatch.populateTransaction(1, friends, hashes, ""));
}

describe("Attack: an issuer captures the DAO with the votes of its badges", function () {
  describe("at the launch", function () {
    for (const [shareBps, quorumBps] of [
      [2_001n, 2_000n],
      [2_500n, 2_499n],
      [2n, 1n],
    ] as const) {
      it(`is prevented: a share of ${shareBps.toString()} with a quorum of ${quorumBps.toString()} basis points is refused`, async function () {
        const { factory, launcher, config } = await prepareLaunch(
          await connect(),
          terms(shareBps, quorumBps),
        );
        const governor = BrandGovernor__factory.connect(ZeroAddress, launcher);
        await expect(factory.connect(launcher).launch(config))
          .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
          .withArgs(
            governor.getFunction("updateQuorumNumerator").fragment.selector,
            quorumBps,
            shareBps,
            5_000n - shareBps,
          );
      });
    }

    for (const [shareBps, quorumBps] of [
      [1n, 1n],
      [0n, 400n],
      [1_999n, 2_000n],
      [2_500n, 2_500n],
      [0n, 5_000n],
    ] as const) {
      it(`needs no more: a share of ${shareBps.toString()} with a quorum of ${quorumBps.toString()} is fine`, async function () {
        const { factory, launcher, config } = await prepareLaunch(
          await connect(),
          terms(shareBps, quorumBps),
        );
        await expect(factory.connect(launcher).launch(config)).to.emit(factory, "DAOLaunched");
      });
    }
  });

  for (const { bps, launch } of LAUNCHES) {
    it(`fails where share and quorum are both ${bps.toString()} basis points, with every vote that is granted`, async function () {
      const dao = await networkHelpers.loadFixture(launch);
      const { asSafe, badge, governor, token, stranger, other } = dao;
      await awardMany(dao, 12);
      const granted = grantable(bps);
      expect(await token.contributionVotes(stranger)).to.equal(granted);
      await expect(asSafe(await badge.award.populateTransaction(1, stranger, ZeroHash)))
        .to.emit(token, "ContributionVotesWithheld")
        .withArgs(stranger, votesOfOne(bps));

      await token.connect(stranger).delegate(other);
      const proposal = new Proposal(governor, [
        await token.transfer.populateTransaction(stranger, tokens(4_000_000)),
      ]);
      await proposal
        .propose(other)
        .vote({ for: [other] })
        .pass();
      expect((await governor.proposalVotes(proposal.id)).forVotes).to.equal(granted);
      // The quorum is above it, as what is granted circulates too.
      const quorum = ((CIRCULATING + granted) * bps) / BPS;
      expect(await governor.quorum(await governor.proposalSnapshot(proposal.id))).to.equal(quorum);
      expect(quorum > granted).to.equal(true);
      expect(await proposal.state()).to.equal(STATE.Defeated);
    });
  }

  describe("by proposals that change what was launched", function () {
    const limit = { amount: tokens(10_000_000), window: 7n * DAY };

    it("is prevented: the share isn't raised above the quorum, nor the quorum lowered below the share", async function () {
      const dao = await networkHelpers.loadFixture(launchWithFourPercent);
      const { governor, token } = dao;
      const share = enactLater(
        dao,
        [await token.setContributionLimit.populateTransaction(401, limit)],
        "# Up",
      );
      await share;
      await expect(governor.execute(...share.args))
        .to.be.revertedWithCustomError(token, "BrandTokenInvalidShare")
        .withArgs(401, 400);
      const quorum = enactLater(
        dao,
        [await governor.updateQuorumNumerator.populateTransaction(399)],
        "# Down",
      );
      await quorum;
      await expect(governor.execute(...quorum.args))
        .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
        .withArgs(governor.getFunction("updateQuorumNumerator").fragment.selector, 399, 400, 4_600);
    });

    it("takes both in one, in the order that keeps them so", async function () {
      const dao = await networkHelpers.loadFixture(launchWithFourPercent);
      const { governor, token } = dao;
      const set = async (shareBps: number, quorumBps: number) => [
        await governor.updateQuorumNumerator.populateTransaction(quorumBps),
        await token.setContributionLimit.populateTransaction(shareBps, limit),
      ];
      await enact(dao, await set(1_000, 2_000), "# More");
      expect(await token.contributionShare()).to.equal(1_000);
      expect(await governor["quorumNumerator()"]()).to.equal(2_000);
      await enact(dao, (await set(100, 100)).reverse(), "# Less");
      expect(await token.contributionShare()).to.equal(100);
      expect(await governor["quorumNumerator()"]()).to.equal(100);
      await enact(dao, await set(2_500, 2_500), "# Most");
      expect((await token.contributionLimit()).shareBps).to.equal(2_500);
    });
  });
});
