import { expect } from "chai";
import { connect, type Connection, DAY, HOUR, now, type Signer, tokens } from "../../helpers/chain.js";
import { type Config, type DAO, launchDAO, prepareLaunch } from "../../helpers/dao.js";
import { enact, enactLater, Proposal, STATE, travelTo } from "../../helpers/proposal.js";

const { networkHelpers } = await connect();

const ONE_TOKEN = tokens(1);
const FLOOR = tokens(20_000);

/** What the three holders have. */
const CIRCULATING = tokens(600_000);

/** The smallest fraction there is, 60 tokens, so that only the floor counts. */
const byTheFloor = (governance: Partial<Config["governance"]> = {}) => ({
  governance: { quorumBps: 1n, quorumFloor: FLOOR, ...governance },
  token: { contributionShareBps: 0n },
});

const launchWithFloor = (connection: Connection) => launchDAO(connection, byTheFloor());

const launchWithLowThreshold = (connection: Connection) =>
  launchDAO(connection, byTheFloor({ proposalThreshold: 1n }));

const launchWithHighFloor = (connection: Connection) =>
  launchDAO(connection, byTheFloor({ quorumFloor: tokens(300_000) }));

describe("The quorum's floor", function () {
  let dao: DAO;
  let selector: string;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithFloor);
    ({ selector } = dao.governor.interface.getFunction("setQuorumFloor"));
  });

  async function setting(floor: bigint) {
    return dao.governor.setQuorumFloor.populateTransaction(floor);
  }

  /** Has all holders set the floor. */
  async function set(floor: bigint): Promise<void> {
    await enact(
      dao,
      [await setting(floor)],
      `# A floor of ${floor.toString()}, ${await now(dao.connection)}`,
    );
  }

  /** Has all holders set the floor, which fails as it isn't within `lowest` to `highest`. */
  async function expectRefused(floor: bigint, lowest: bigint, highest: bigint): Promise<void> {
    const { governor } = dao;
    const before = await governor.quorumFloor();
    const proposal = enactLater(dao, [await setting(floor)], `# A floor of ${floor.toString()}`);
    await proposal;
    await expect(governor.execute(...proposal.args))
      .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
      .withArgs(selector, floor, lowest, highest);
    expect(await governor.quorumFloor()).to.equal(before);
  }

  describe("at the launch", function () {
    const launchWith = async (governance: Partial<Config["governance"]>) => {
      const { factory, launcher, config } = await prepareLaunch(dao.connection, byTheFloor(governance));
      return { factory, launch: () => factory.connect(launcher).launch(config) };
    };
    const highest = tokens(5_000_000); // half of the cap

    for (const quorumFloor of [0n, 1n, ONE_TOKEN - 1n, highest + 1n]) {
      it(`can't be ${quorumFloor.toString()} units`, async function () {
        const { launch } = await launchWith({ quorumFloor, proposalThreshold: 1n });
        await expect(launch())
          .to.be.revertedWithCustomError(dao.governor, "BrandGovernorOutOfBounds")
          .withArgs(selector, quorumFloor, ONE_TOKEN, highest);
      });
    }

    for (const quorumFloor of [ONE_TOKEN, highest]) {
      it(`can be ${quorumFloor.toString()} units, whatever circulates`, async function () {
        const { factory, launch } = await launchWith({ quorumFloor, proposalThreshold: 1n });
        await expect(launch()).to.emit(factory, "DAOLaunched");
      });
    }

    it("can't be below the proposal threshold", async function () {
      const { governor } = dao;
      const { launch } = await launchWith({ quorumFloor: tokens(999), proposalThreshold: tokens(1_000) });
      await expect(launch())
        .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
        .withArgs(
          governor.interface.getFunction("setProposalThreshold").selector,
          tokens(1_000),
          1,
          tokens(999),
        );
    });

    it("is announced", async function () {
      const { connection, governor, launcher } = dao;
      const prepared = await prepareLaunch(connection, byTheFloor());
      const { factory, config } = prepared;
      const at = await factory.predict(launcher, config.salt, config.handover);
      await expect(factory.connect(launcher).launch(config))
        .to.emit(governor.attach(at.governor), "QuorumFloorSet")
        .withArgs(0, FLOOR);
    });
  });

  describe("setQuorumFloor", function () {
    it("is only for a passed proposal", async function () {
      const { governor, asSafe, holders, stranger, safe } = dao;
      const call = await setting(tokens(30_000));
      for (const [account, attempt] of [
        [stranger.address, () => stranger.sendTransaction(call)],
        [holders[0].address, () => holders[0].sendTransaction(call)],
        [safe.address, () => asSafe(call)],
      ] as const) {
        await expect(attempt())
          .to.be.revertedWithCustomError(governor, "GovernorOnlyExecutor")
          .withArgs(account);
      }
    });

    it("sets it from then on, and says so", async function () {
      const { governor } = dao;
      const proposal = enactLater(dao, [await setting(tokens(30_000))]);
      await proposal;
      const at = (await now(dao.connection)) + 10n;
      await networkHelpers.time.setNextBlockTimestamp(at);
      await expect(governor.execute(...proposal.args))
        .to.emit(governor, "QuorumFloorSet")
        .withArgs(FLOOR, tokens(30_000));
      expect(await governor.quorumFloor()).to.equal(tokens(30_000));
      await networkHelpers.mine();
      expect(await governor.quorum(at - 1n)).to.equal(FLOOR);
      expect(await governor.quorum(at)).to.equal(tokens(30_000));
    });

    it("takes the proposal threshold at least", async function () {
      await expectRefused(tokens(1_000) - 1n, tokens(1_000), CIRCULATING);
      await set(tokens(1_000));
      expect(await dao.governor.quorumFloor()).to.equal(tokens(1_000));
    });

    it("takes one token at least, where the threshold is lower", async function () {
      dao = await networkHelpers.loadFixture(launchWithLowThreshold);
      await expectRefused(ONE_TOKEN - 1n, ONE_TOKEN, CIRCULATING);
      await expectRefused(0n, ONE_TOKEN, CIRCULATING);
      await set(ONE_TOKEN);
      expect(await dao.governor.quorumFloor()).to.equal(ONE_TOKEN);
    });

    it("takes what circulates at most: nobody could lower it again", async function () {
      await expectRefused(CIRCULATING + 1n, tokens(1_000), CIRCULATING);
      await expectRefused(tokens(4_600_000), tokens(1_000), CIRCULATING);
      await set(CIRCULATING);
      expect(await dao.governor.quorumFloor()).to.equal(CIRCULATING);
      // All holders together still reach it.
      await set(FLOOR);
      expect(await dao.governor.quorumFloor()).to.equal(FLOOR);
    });

    it("takes what circulates when it is executed, not what did when it was voted on", async function () {
      const { governor, token, holders } = dao;
      const proposal = enactLater(dao, [await setting(tokens(500_000))]);
      await proposal;
      await token.connect(holders[0]).burn(tokens(100_000) + 1n);
      await expect(governor.execute(...proposal.args))
        .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
        .withArgs(selector, tokens(500_000), tokens(1_000), tokens(500_000) - 1n);
      await enact(dao, [await token.transfer.populateTransaction(holders[0], 1)], "# One unit more");
      await governor.execute(...proposal.args);
      expect(await governor.quorumFloor()).to.equal(tokens(500_000));
    });

    it("moves the highest threshold, which is the floor, with it", async function () {
      const { governor } = dao;
      const threshold = await governor.setProposalThreshold.populateTransaction(tokens(50_000));
      const before = enactLater(dao, [threshold], "# Threshold alone");
      await before;
      await expect(governor.execute(...before.args))
        .to.be.revertedWithCustomError(governor, "BrandGovernorOutOfBounds")
        .withArgs(threshold.data.slice(0, 10), tokens(50_000), 1, FLOOR);
      await enact(dao, [await setting(tokens(50_000)), threshold], "# Both");
      expect(await governor.proposalThreshold()).to.equal(tokens(50_000));
      await expectRefused(tokens(50_000) - 1n, tokens(50_000), CIRCULATING);
    });

    it("keeps several changes in a row apart", async function () {
      const { connection, governor } = dao;
      const floors = [tokens(50_000), tokens(5_000), tokens(5_000), tokens(100_000), tokens(1_000)];
      const history: [timepoint: bigint, floor: bigint][] = [[await now(connection), FLOOR]];
      for (const floor of floors) {
        await set(floor);
        history.push([await now(connection), floor]);
        expect(await governor.quorumFloor()).to.equal(floor);
      }
      await networkHelpers.mine();
      for (const [index, [timepoint, floor]] of history.entries()) {
        expect(await governor.quorum(timepoint)).to.equal(floor);
        const next = history[index + 1];
        if (next) expect(await governor.quorum(next[0] - 1n)).to.equal(floor);
      }
    });

    it("has the last word of a proposal that sets it twice", async function () {
      const { connection, governor } = dao;
      const proposal = enactLater(dao, [await setting(tokens(50_000)), await setting(tokens(30_000))]);
      await proposal;
      const transaction = governor.execute(...proposal.args);
      await expect(transaction).to.emit(governor, "QuorumFloorSet").withArgs(FLOOR, tokens(50_000));
      await expect(transaction).to.emit(governor, "QuorumFloorSet").withArgs(tokens(50_000), tokens(30_000));
      const at = await now(connection);
      await networkHelpers.mine();
      expect(await governor.quorumFloor()).to.equal(tokens(30_000));
      expect(await governor.quorum(at)).to.equal(tokens(30_000));
      expect(await governor.quorum(at - 1n)).to.equal(FLOOR);
    });
  });

  describe("of a proposal is that of its snapshot", function () {
    let small: Signer;

    beforeEach(async function () {
      const { token, holders, stranger } = dao;
      small = stranger;
      await token.connect(holders[0]).transfer(small, tokens(10_000));
    });

    /** A proposal that only the small voter takes part in, with 10,000 votes for it. */
    function ofTheSmallVoter(description: string): Proposal {
      const { governor, member } = dao;
      return new Proposal(governor, [{ to: member.address, data: "0x" }], description);
    }

    it("so raising it undoes no success", async function () {
      await set(tokens(10_000));
      const proposal = ofTheSmallVoter("# 10,000 votes");
      await proposal
        .propose(small)
        .vote({ for: [small] })
        .pass();
      expect(await proposal.state()).to.equal(STATE.Succeeded);
      await set(tokens(50_000));
      expect(await proposal.state()).to.equal(STATE.Succeeded);
      await proposal.queue().execute();
      expect(await proposal.state()).to.equal(STATE.Executed);
      const later = ofTheSmallVoter("# 10,000 votes, later");
      await later
        .propose(small)
        .vote({ for: [small] })
        .pass();
      expect(await later.state()).to.equal(STATE.Defeated);
    });

    it("so lowering it undoes no defeat", async function () {
      const { governor } = dao;
      const proposal = ofTheSmallVoter("# 10,000 votes");
      await proposal
        .propose(small)
        .vote({ for: [small] })
        .pass();
      expect(await proposal.state()).to.equal(STATE.Defeated);
      await set(tokens(5_000));
      expect(await proposal.state()).to.equal(STATE.Defeated);
      await expect(governor.queue(...proposal.args)).to.be.revertedWithCustomError(
        governor,
        "GovernorUnexpectedProposalState",
      );
      const later = ofTheSmallVoter("# 10,000 votes, later");
      await later
        .propose(small)
        .vote({ for: [small] })
        .pass();
      expect(await later.state()).to.equal(STATE.Succeeded);
    });

    const directions = [
      {
        what: "raised",
        from: tokens(10_000),
        to: tokens(10_000) + 1n,
        before: "Succeeded",
        after: "Defeated",
      },
      {
        what: "lowered",
        from: tokens(10_000) + 1n,
        to: tokens(10_000),
        before: "Defeated",
        after: "Succeeded",
      },
    ] as const;
    for (const { what, from, to, before, after } of directions) {
      it(`so where it is ${what} while two are voted on, it depends on which snapshot was before`, async function () {
        const { governor, holders, config } = dao;
        await set(from);
        const change = new Proposal(governor, [await setting(to)], "# The change");
        await change.propose(holders[0]).vote({ for: holders }).pass().queue();
        const eta = await governor.proposalEta(change.id);
        const { votingDelay } = config.governance;

        await networkHelpers.time.setNextBlockTimestamp(eta - votingDelay);
        const first = ofTheSmallVoter("# First");
        await first.propose(small);
        await networkHelpers.time.setNextBlockTimestamp(eta - HOUR / 2n);
        const second = ofTheSmallVoter("# Second");
        await second.propose(small);
        await networkHelpers.time.setNextBlockTimestamp(eta + 1n);
        await governor.execute(...change.args);
        expect(await governor.proposalSnapshot(first.id)).to.equal(eta);
        expect(await governor.proposalSnapshot(second.id)).to.equal(eta + HOUR / 2n);

        await first.vote({ for: [small] });
        await second.vote({ for: [small] });
        await first.pass();
        await second.pass();
        expect(await first.state()).to.equal(STATE[before]);
        expect(await second.state()).to.equal(STATE[after]);
      });
    }
  });

  describe("of a DAO whose holders burn tokens", function () {
    beforeEach(async function () {
      dao = await networkHelpers.loadFixture(launchWithHighFloor);
    });

    async function burn(): Promise<void> {
      const { token, holders } = dao;
      const [alice, bob] = holders;
      await token.connect(alice).burn(tokens(300_000));
      await token.connect(bob).burn(tokens(200_000));
    }

    it("is lowered in time, and those who are left decide", async function () {
      const { governor, token, holders, stranger } = dao;
      const carol = holders[2];
      await set(tokens(20_000));
      await burn();
      const proposal = new Proposal(governor, [await token.transfer.populateTransaction(stranger, 1)]);
      await proposal
        .propose(carol)
        .vote({ for: [carol] })
        .pass()
        .queue()
        .execute();
      expect(await token.balanceOf(stranger)).to.equal(1);
    });

    it("can't be lowered once it is out of reach", async function () {
      const { governor, token, holders } = dao;
      const carol = holders[2];
      await burn();
      expect(await token.circulatingSupply()).to.equal(tokens(100_000));
      const proposal = new Proposal(governor, [await setting(tokens(20_000))]);
      await proposal
        .propose(carol)
        .vote({ for: [carol] })
        .pass();
      expect(await proposal.state()).to.equal(STATE.Defeated);
      await travelTo((await now(dao.connection)) + 365n * DAY);
      expect(await governor.quorumFloor()).to.equal(tokens(300_000));
    });
  });
});
