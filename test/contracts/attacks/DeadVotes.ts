import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { BrandGovernor__factory, BrandToken__factory } from "../../../typechain-types/index.js";
import { connect, type Connection, DAY, tokens } from "../../helpers/chain.js";
import { type DAO, kindConfig, launchDAO, type Overrides, prepareLaunch } from "../../helpers/dao.js";
import { enactLater, Proposal, STATE } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

/** What the three holders have: alice a half. */
const CIRCULATING = tokens(600_000);

const terms = (shareBps: bigint, quorumBps: bigint): Overrides => ({
  token: {
    contributionShareBps: shareBps,
    contributionLimit: { amount: tokens(10_000_000), window: 7n * DAY },
  },
  governance: { quorumBps, quorumFloor: tokens(1), proposalThreshold: 1n },
  kinds: [kindConfig({ votes: (CIRCULATING * shareBps) / 10_000n })],
});

/** All that can be earned is, by somebody who never votes. */
async function launchWithDeadVotes(
  connection: Connection,
  shareBps: bigint,
  quorumBps: bigint,
): Promise<DAO> {
  const dao = await launchDAO(connection, terms(shareBps, quorumBps));
  const { asSafe, badge, member, token } = dao;
  await asSafe(await badge.award.populateTransaction(1, member, ZeroHash));
  expect(await token.contributionVotes(member)).to.equal((CIRCULATING * shareBps) / 10_000n);
  return dao;
}

const LAUNCHES = [
  { share: 2_500n, quorum: 2_500n },
  { share: 1_000n, quorum: 4_000n },
  { share: 1n, quorum: 4_999n },
  { share: 0n, quorum: 5_000n },
].map(({ share, quorum }) => ({
  share,
  quorum,
  launch: (connection: Connection) => launchWithDeadVotes(connection, share, quorum),
}));

describe("Attack: votes that nobody casts keep everybody else from deciding", function () {
  it("is prevented at the launch: a share and a quorum of a half each, with which two thirds of all tokens were too few", async function () {
    for (const [share, quorum] of [
      [2_000n, 3_001n],
      [1n, 5_000n],
    ] as const) {
      const { factory, launcher, config } = await prepareLaunch(await connect(), terms(share, quorum));
      const governor = BrandGovernor__factory.connect(ZeroAddress, launcher);
      await expect(factory.connect(launcher).launch(config))
        .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
        .withArgs(
          governor.getFunction("updateQuorumNumerator").fragment.selector,
          quorum,
          share,
          5_000n - share,
        );
    }
    const { factory, launcher, config } = await prepareLaunch(await connect(), terms(5_000n, 5_000n));
    await expect(factory.connect(launcher).launch(config))
      .to.be.revertedWithCustomError(
        BrandToken__factory.connect(ZeroAddress, launcher),
        "BrandTokenInvalidShare",
      )
      .withArgs(5_000, 2_500);
  });

  for (const { share, quorum, launch } of LAUNCHES) {
    it(`fails with a share of ${share.toString()} and a quorum of ${quorum.toString()} basis points: half of the tokens reach it`, async function () {
      const { governor, holders, at } = await networkHelpers.loadFixture(launch);
      const [alice] = holders;
      const proposal = new Proposal(governor, [{ to: at.timelock, data: "0x" }]);
      await proposal
        .propose(alice)
        .vote({ for: [alice] })
        .pass();
      expect((await governor.proposalVotes(proposal.id)).forVotes).to.equal(CIRCULATING / 2n);
      expect(await proposal.state()).to.equal(STATE.Succeeded);
    });
  }

  it("is prevented later: neither setter takes what the other leaves no room for", async function () {
    const dao = await networkHelpers.loadFixture(launchDAO);
    const { governor, token, config } = dao;
    const quorum = enactLater(
      dao,
      [await governor.updateQuorumNumerator.populateTransaction(3_001)],
      "# Quorum",
    );
    await quorum;
    await expect(governor.execute(...quorum.args))
      .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
      .withArgs(governor.getFunction("updateQuorumNumerator").fragment.selector, 3_001, 2_000, 3_000);
    const { contributionLimit } = config.token;
    const share = enactLater(
      dao,
      [
        await governor.updateQuorumNumerator.populateTransaction(3_000),
        await token.setContributionLimit.populateTransaction(2_001, contributionLimit),
      ],
      "# Share",
    );
    await share;
    await expect(governor.execute(...share.args))
      .to.be.revertedWithCustomError(token, "BrandTokenInvalidShare")
      .withArgs(2_001, 2_000);
  });
});
