import { id, ZeroAddress, ZeroHash } from "ethers";
import { implementation, type Power, type Refuse } from "./power.js";

const timelockOnlySelf: Refuse = ({ timelock }, caller) => ({
  contract: timelock,
  error: "BrandTimelockUnauthorized",
  args: [caller],
});

function timelockWants(role: string): Refuse {
  return ({ timelock }, caller) => ({
    contract: timelock,
    error: "AccessControlUnauthorizedAccount",
    args: [caller, role],
  });
}

const onlyGovernance: Refuse = ({ governor }, caller) => ({
  contract: governor,
  error: "GovernorOnlyExecutor",
  args: [caller],
});

const notGuardian: Refuse = ({ governor }, caller) => ({
  contract: governor,
  error: "BrandGovernorNotGuardian",
  args: [caller],
});

const handoverUnauthorized: Refuse = ({ handover }, caller) => ({
  contract: handover,
  error: "HandoverUnauthorized",
  args: [caller],
});

const PROPOSER = id("PROPOSER_ROLE");
const EXECUTOR = id("EXECUTOR_ROLE");
const CANCELLER = id("CANCELLER_ROLE");

export const timelockPowers: Power[] = [
  {
    name: "upgrade the timelock",
    call: async (dao) =>
      dao.timelock.upgradeToAndCall.populateTransaction(await implementation(dao, "timelock"), "0x"),
    refusal: timelockOnlySelf,
  },
  {
    name: "schedule with the timelock",
    call: ({ timelock, stranger }) =>
      timelock.schedule.populateTransaction(stranger, 1, "0x", ZeroHash, ZeroHash, 1_000_000),
    refusal: timelockWants(PROPOSER),
  },
  {
    name: "schedule a batch with the timelock",
    call: ({ timelock, stranger }) =>
      timelock.scheduleBatch.populateTransaction([stranger], [1], ["0x"], ZeroHash, ZeroHash, 1_000_000),
    refusal: timelockWants(PROPOSER),
  },
  {
    name: "queue a batch with the timelock",
    call: ({ timelock, stranger }) =>
      timelock.queueBatch.populateTransaction([stranger], [1], ["0x"], ZeroHash),
    refusal: timelockWants(PROPOSER),
  },
  {
    name: "execute in the timelock",
    call: ({ timelock, stranger }) =>
      timelock.execute.populateTransaction(stranger, 1, "0x", ZeroHash, ZeroHash),
    refusal: timelockWants(EXECUTOR),
  },
  {
    name: "execute a batch in the timelock",
    call: ({ timelock, stranger }) =>
      timelock.executeBatch.populateTransaction([stranger], [1], ["0x"], ZeroHash, ZeroHash),
    refusal: timelockWants(EXECUTOR),
  },
  {
    name: "cancel in the timelock",
    call: ({ timelock }) => timelock.cancel.populateTransaction(ZeroHash),
    refusal: timelockWants(CANCELLER),
  },
  {
    name: "grant a role of the timelock",
    call: ({ timelock, stranger }) => timelock.grantRole.populateTransaction(PROPOSER, stranger),
    refusal: timelockWants(ZeroHash),
  },
  {
    name: "revoke a role of the timelock",
    call: ({ timelock, at }) => timelock.revokeRole.populateTransaction(PROPOSER, at.governor),
    refusal: timelockWants(ZeroHash),
  },
  {
    name: "change the timelock's delay",
    call: ({ timelock }) => timelock.updateDelay.populateTransaction(60),
    refusal: ({ timelock }, caller) => ({
      contract: timelock,
      error: "TimelockUnauthorizedCaller",
      args: [caller],
    }),
  },
  {
    name: "change the daoURI",
    call: ({ timelock }) => timelock.setDaoURI.populateTransaction("https://example.org"),
    refusal: timelockOnlySelf,
  },
];

const NOTHING: [string[], bigint[], string[], string] = [[ZeroAddress], [0n], ["0x"], ZeroHash];

export const governorPowers: Power[] = [
  {
    name: "upgrade the governor",
    call: async (dao) =>
      dao.governor.upgradeToAndCall.populateTransaction(await implementation(dao, "governor"), "0x"),
    refusal: onlyGovernance,
  },
  {
    name: "change the voting delay",
    call: ({ governor }) => governor.setVotingDelay.populateTransaction(3600),
    refusal: onlyGovernance,
  },
  {
    name: "change the voting period",
    call: ({ governor }) => governor.setVotingPeriod.populateTransaction(86_400),
    refusal: onlyGovernance,
  },
  {
    name: "change the proposal threshold",
    call: ({ governor }) => governor.setProposalThreshold.populateTransaction(1),
    refusal: onlyGovernance,
  },
  {
    name: "change the quorum",
    call: ({ governor }) => governor.updateQuorumNumerator.populateTransaction(2_500),
    refusal: onlyGovernance,
  },
  {
    name: "change the extension of late votes",
    call: ({ governor }) => governor.setLateQuorumVoteExtension.populateTransaction(1),
    refusal: onlyGovernance,
  },
  {
    name: "name a guardian",
    call: ({ governor, stranger }) => governor.setProposalGuardian.populateTransaction(stranger),
    refusal: onlyGovernance,
  },
  {
    name: "prolong the veto",
    call: ({ governor, stranger }) => governor.setGuardianTerm.populateTransaction(stranger, 2n ** 40n),
    refusal: onlyGovernance,
  },
  {
    name: "relay a call through the governor",
    call: ({ governor, stranger }) => governor.relay.populateTransaction(stranger, 0, "0x"),
    refusal: onlyGovernance,
  },
  {
    name: "give the governor another timelock",
    call: ({ governor, at }) => governor.updateTimelock.populateTransaction(at.handover),
    refusal: ({ governor }) => ({ contract: governor, error: "BrandGovernorTimelockIsFixed", args: [] }),
  },
  {
    name: "veto",
    call: ({ governor }) => governor.veto.populateTransaction(...NOTHING, "no reason"),
    refusal: notGuardian,
    except: ["the Safe"],
  },
  {
    name: "resign for the guardian",
    call: ({ governor }) => governor.resignGuardian.populateTransaction(),
    refusal: notGuardian,
    except: ["the Safe"],
  },
];

export const handoverPowers: Power[] = [
  {
    name: "make another Safe the brand's Safe",
    call: ({ handover, factory }) => handover.setSafe.populateTransaction(factory),
    refusal: handoverUnauthorized,
  },
  {
    name: "change the date of the handover",
    call: ({ handover }) => handover.setCommunityDate.populateTransaction(2n ** 40n),
    refusal: handoverUnauthorized,
  },
  {
    name: "hand over before the date",
    call: ({ handover }) => handover.handOver.populateTransaction(),
    refusal: ({ handover, config }, caller) => ({
      contract: handover,
      error: "HandoverTooEarly",
      args: [caller, config.handover.communityDate],
    }),
    except: ["the Safe"],
  },
  {
    name: "halt awards",
    call: ({ handover }) => handover.haltAwards.populateTransaction(),
    refusal: ({ handover }, caller) => ({
      contract: handover,
      error: "HandoverNotSafeOwner",
      args: [caller],
    }),
    except: ["an owner of the Safe"],
  },
];
