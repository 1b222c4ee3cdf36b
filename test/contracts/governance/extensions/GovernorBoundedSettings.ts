import { expect } from "chai";
import { type Call, connect, type Connection, DAY, HOUR, tokens } from "../../../helpers/chain.js";
import { type Config, type DAO, launchDAO, prepareLaunch } from "../../../helpers/dao.js";
import { enact, enactLater } from "../../../helpers/proposal.js";

const { networkHelpers } = await connect();

const MINUTE = 60n;

type Setting =
  | "setVotingDelay"
  | "setVotingPeriod"
  | "setProposalThreshold"
  | "updateQuorumNumerator"
  | "gracePeriod"
  | "setQuorumFloor";

/** A setting's bounds: inclusive, in the launch config's field, named in errors by the function's selector. */
interface Bounded {
  field: keyof Config["governance"];
  setting: Setting;
  lowest: bigint;
  highest: bigint;
  /** Other settings that have to give way. */
  beside?: Partial<Config["governance"]>;
  token?: Partial<Config["token"]>;
}

const BOUNDS: Bounded[] = [
  { field: "votingDelay", setting: "setVotingDelay", lowest: MINUTE, highest: 30n * DAY },
  {
    field: "votingPeriod",
    setting: "setVotingPeriod",
    lowest: 10n * MINUTE,
    highest: 60n * DAY,
    beside: { lateQuorumExtension: 0n },
  },
  { field: "proposalThreshold", setting: "setProposalThreshold", lowest: 1n, highest: tokens(20_000) },
  {
    field: "quorumBps",
    setting: "updateQuorumNumerator",
    lowest: 1n,
    highest: 5_000n,
    token: { contributionShareBps: 0n },
  },
  { field: "gracePeriod", setting: "gracePeriod", lowest: DAY, highest: 90n * DAY },
  {
    field: "quorumFloor",
    setting: "setQuorumFloor",
    lowest: tokens(1),
    highest: tokens(5_000_000),
    beside: { proposalThreshold: 1n },
  },
];

const launchWithoutEarnedVotes = (connection: Connection) =>
  launchDAO(connection, { token: { contributionShareBps: 0n } });

describe("GovernorBoundedSettings, and the bounds of the other extensions", function () {
  let dao: DAO;

  beforeEach(async function () {
    dao = await networkHelpers.loadFixture(launchWithoutEarnedVotes);
  });

  function selectorOf(setting: Setting | "setLateQuorumVoteExtension"): string {
    return dao.governor.getFunction(setting).fragment.selector;
  }

  async function launchWith(governance: Partial<Config["governance"]>, token: Partial<Config["token"]> = {}) {
    const { factory, launcher, config } = await prepareLaunch(dao.connection, { governance, token });
    return { factory, launch: () => factory.connect(launcher).launch(config) };
  }

  describe("at launch", function () {
    for (const { field, setting, lowest, highest, beside, token } of BOUNDS) {
      it(`${field} is from ${lowest.toString()} to ${highest.toString()}`, async function () {
        for (const value of [lowest - 1n, highest + 1n]) {
          const { launch } = await launchWith({ ...beside, [field]: value }, token);
          await expect(launch())
            .to.be.revertedWithCustomError(dao.governor, "BrandGovernorOutOfBounds")
            .withArgs(selectorOf(setting), value, lowest, highest);
        }
        for (const value of [lowest, highest]) {
          const { factory, launch } = await launchWith({ ...beside, [field]: value }, token);
          await expect(launch()).to.emit(factory, "DAOLaunched");
        }
      });
    }

    it("the extension of late votes is at most the voting period", async function () {
      const { launch } = await launchWith({ votingPeriod: HOUR, lateQuorumExtension: HOUR + 1n });
      await expect(launch())
        .to.be.revertedWithCustomError(dao.governor, "GovernorPreventLateQuorumVoteExtensionTooLarge")
        .withArgs(HOUR + 1n, HOUR);
      const allowed = await launchWith({ votingPeriod: HOUR, lateQuorumExtension: HOUR });
      await expect(allowed.launch()).to.emit(allowed.factory, "DAOLaunched");
    });

    it("the threshold is at most the floor of the quorum", async function () {
      const { launch } = await launchWith({ proposalThreshold: tokens(2), quorumFloor: tokens(1) });
      await expect(launch())
        .to.be.revertedWithCustomError(dao.governor, "BrandGovernorOutOfBounds")
        .withArgs(selectorOf("setProposalThreshold"), tokens(2), 1, tokens(1));
    });
  });

  describe("by a passed proposal", function () {
    const setters: Record<string, (value: bigint) => Promise<Call>> = {
      votingDelay: (value) => dao.governor.setVotingDelay.populateTransaction(value),
      votingPeriod: (value) => dao.governor.setVotingPeriod.populateTransaction(value),
      proposalThreshold: (value) => dao.governor.setProposalThreshold.populateTransaction(value),
      quorumBps: (value) => dao.governor.updateQuorumNumerator.populateTransaction(value),
    };

    async function read(field: string): Promise<bigint> {
      const { governor } = dao;
      if (field === "votingDelay") return governor.votingDelay();
      if (field === "votingPeriod") return governor.votingPeriod();
      if (field === "proposalThreshold") return governor.proposalThreshold();
      return governor["quorumNumerator()"]();
    }

    for (const { field, setting, lowest, highest } of BOUNDS.slice(0, 4)) {
      // The extension of late votes, one day, is the lowest voting period here.
      const least = field === "votingPeriod" ? DAY : lowest;

      it(`${field} is set from ${least.toString()} to ${highest.toString()}`, async function () {
        for (const value of [least, highest]) {
          const call = await setters[field]?.(value);
          await enact(dao, call ? [call] : [], `# ${field} ${value.toString()}`);
          expect(await read(field)).to.equal(value);
        }
      });

      it(`${field} can't be set outside of that`, async function () {
        const before = await read(field);
        for (const value of new Set([0n, least - 1n, highest + 1n])) {
          const call = await setters[field]?.(value);
          const proposal = enactLater(dao, call ? [call] : [], `# ${field} ${value.toString()}`);
          await proposal;
          await expect(dao.governor.execute(...proposal.args))
            .to.be.revertedWithCustomError(dao.governor, "BrandGovernorOutOfBounds")
            .withArgs(selectorOf(setting), value, least, highest);
          expect(await read(field)).to.equal(before);
        }
      });
    }

    it("the extension can't pass the voting period, and the period follows a lowered extension", async function () {
      const { governor } = dao;
      const tooLong = enactLater(dao, [
        await governor.setLateQuorumVoteExtension.populateTransaction(3n * DAY + 1n),
      ]);
      await tooLong;
      await expect(governor.execute(...tooLong.args))
        .to.be.revertedWithCustomError(governor, "GovernorPreventLateQuorumVoteExtensionTooLarge")
        .withArgs(3n * DAY + 1n, 3n * DAY);
      await enact(dao, [
        await governor.setLateQuorumVoteExtension.populateTransaction(MINUTE),
        await governor.setVotingPeriod.populateTransaction(10n * MINUTE),
      ]);
      expect(await governor.votingPeriod()).to.equal(10n * MINUTE);
      expect(await governor.lateQuorumVoteExtension()).to.equal(MINUTE);
    });
  });
});
