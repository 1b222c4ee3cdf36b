import type { Result } from "ethers";
import { Interface, ZeroAddress } from "ethers";
import {
  BallotRelay,
  BrandAccessManager,
  BrandDAOFactory,
  BrandGovernor,
  BrandTimelock,
  BrandToken,
  ContributionBadge,
  ContributionRewards,
  Handover,
  LoyaltyDrop,
} from "../../typechain-types/abi/index.js";
import type { Dao } from "../dao.js";
import type { DaoContract } from "../daoRecord.js";
import { whenAsked } from "../lazy.js";

/** The functions, events and errors of a DAO's contracts; each is parsed when it is first asked for. */
export const INTERFACES: Readonly<Record<DaoContract, Interface>> = whenAsked({
  manager: () => BrandAccessManager.createInterface(),
  token: () => BrandToken.createInterface(),
  timelock: () => BrandTimelock.createInterface(),
  governor: () => BrandGovernor.createInterface(),
  badge: () => ContributionBadge.createInterface(),
  drop: () => LoyaltyDrop.createInterface(),
  rewards: () => ContributionRewards.createInterface(),
  handover: () => Handover.createInterface(),
});

/** What the brand's Safe may be asked to do with itself, and what it batches calls with. */
export const SAFE_INTERFACE = new Interface([
  "function addOwnerWithThreshold(address owner, uint256 threshold)",
  "function removeOwner(address previousOwner, address owner, uint256 threshold)",
  "function swapOwner(address previousOwner, address oldOwner, address newOwner)",
  "function changeThreshold(uint256 threshold)",
  "function setGuard(address guard)",
  "function setModuleGuard(address moduleGuard)",
  "function enableModule(address module)",
  "function disableModule(address previousModule, address module)",
  "function setFallbackHandler(address handler)",
  "function multiSend(bytes transactions)",
]);

/** What people do with any token or collectible that a treasury may hold. */
export const ASSET_INTERFACE = new Interface([
  "function transfer(address to, uint256 value)",
  "function approve(address spender, uint256 value)",
  "function transferFrom(address from, address to, uint256 value)",
  "function safeTransferFrom(address from, address to, uint256 tokenId)",
  "function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes data)",
  "function setApprovalForAll(address operator, bool approved)",
]);

/** Where an error of unknown origin may come from. */
export function* errorInterfaces(): Generator<Interface> {
  yield* Object.values(INTERFACES);
  yield BrandDAOFactory.createInterface();
  yield BallotRelay.createInterface();
}

/** What a number stands for. */
export type NumberUnit = "tokens" | "seconds" | "basis points" | "timestamp";

/** What a value stands for: a number, or the 32 bytes of a campaign's id. */
export type Unit = NumberUnit | "campaign";

/** What is known of a function beyond its signature. Arguments are named by their path: `limit.amount`. */
export interface KnownFunction {
  readonly units?: Readonly<Record<string, Unit>>;
  /** Amounts in whichever token another argument names: by the path of the amount, the name of that argument. */
  readonly amountsOf?: Readonly<Record<string, string>>;
  /** For a setting: what its arguments are at present. */
  readonly current?: (dao: Dao) => Promise<Readonly<Record<string, unknown>>>;
  /** Why it can't be taken back. */
  readonly irreversible?: string;
}

const one = <Value>(name: string, read: (dao: Dao) => Promise<Value>) => ({
  current: async (dao: Dao) => ({ [name]: await read(dao) }),
});

const upgrade = {
  irreversible: "It replaces the contract's code, and with it every rule of the contract.",
};
const newOwners =
  "Only the owners that it leaves, with as many signatures as it then takes, can change that again.";
const kindUnits = { "config.votes": "tokens" } as const;
const limitUnits = { "limit.amount": "tokens", "limit.window": "seconds" } as const;

/** By contract and name of the function. */
const KNOWN: Readonly<Record<DaoContract | "safe", Readonly<Record<string, KnownFunction>>>> = {
  token: {
    transfer: { units: { value: "tokens" }, irreversible: "What was sent can't be called back." },
    approve: { units: { value: "tokens" } },
    transferFrom: { units: { value: "tokens" }, irreversible: "What was sent can't be called back." },
    burn: { units: { value: "tokens" }, irreversible: "Burnt tokens are gone." },
    mint: { units: { amount: "tokens" }, irreversible: "It dilutes everybody's share." },
    setMintLimit: {
      units: limitUnits,
      current: async ({ token }) => {
        const { limit } = await token.mintLimit();
        return { "limit.amount": limit.amount, "limit.window": limit.window };
      },
    },
    setContributionLimit: {
      units: { shareBps: "basis points", ...limitUnits },
      current: async ({ token }) => {
        const { shareBps, limit } = await token.contributionLimit();
        return { shareBps, "limit.amount": limit.amount, "limit.window": limit.window };
      },
    },
    setAuthority: { irreversible: "Another contract then decides who may do what." },
    upgradeToAndCall: upgrade,
  },
  governor: {
    setVotingDelay: {
      units: { newVotingDelay: "seconds" },
      ...one("newVotingDelay", ({ governor }) => governor.votingDelay()),
    },
    setVotingPeriod: {
      units: { newVotingPeriod: "seconds" },
      ...one("newVotingPeriod", ({ governor }) => governor.votingPeriod()),
    },
    setLateQuorumVoteExtension: {
      units: { newVoteExtension: "seconds" },
      ...one("newVoteExtension", ({ governor }) => governor.lateQuorumVoteExtension()),
    },
    setProposalThreshold: {
      units: { newProposalThreshold: "tokens" },
      ...one("newProposalThreshold", ({ governor }) => governor.proposalThreshold()),
    },
    updateQuorumNumerator: {
      units: { newQuorumNumerator: "basis points" },
      ...one("newQuorumNumerator", ({ governor }) => governor["quorumNumerator()"]()),
    },
    setQuorumFloor: {
      units: { newFloor: "tokens" },
      ...one("newFloor", ({ governor }) => governor.quorumFloor()),
    },
    setGuardianTerm: {
      units: { newExpiry: "timestamp" },
      current: async ({ governor }) => ({
        guardian: await governor.proposalGuardian(),
        newExpiry: await governor.guardianExpiry(),
      }),
    },
    setProposalGuardian: one("newProposalGuardian", ({ governor }) => governor.proposalGuardian()),
    resignGuardian: { irreversible: "Only a passed proposal can name a guardian again." },
    veto: { irreversible: "A vetoed proposal is over for ever; the same can only be proposed again." },
    upgradeToAndCall: upgrade,
  },
  timelock: {
    updateDelay: {
      units: { newDelay: "seconds" },
      ...one("newDelay", ({ timelock }) => timelock.getMinDelay()),
    },
    setDaoURI: one("newDaoURI", ({ timelock }) => timelock.daoURI()),
    grantRole: { irreversible: "Whoever holds a role of the timelock can act with the whole treasury." },
    revokeRole: { irreversible: "Without its roles the governor can't carry anything out any more." },
    renounceRole: { irreversible: "Without its roles the governor can't carry anything out any more." },
    upgradeToAndCall: upgrade,
  },
  badge: {
    addKind: { units: kindUnits },
    addVotingKind: { units: kindUnits },
    closeKind: { irreversible: "A closed kind can't be opened again." },
    closeVotingKind: { irreversible: "A closed kind can't be opened again." },
    revoke: { irreversible: "A revoked badge is gone; another one can be awarded." },
    revokeVoting: { irreversible: "A revoked badge is gone; another one can be awarded." },
    setTitles: one("newTitles", async ({ badge }) =>
      (await badge.titles()).map(({ name, points }) => [name, points]),
    ),
    setLimits: {
      current: async ({ badge }) => ({
        seasonPointsLimit: await badge.seasonPointsLimit(),
        referralLimit: (await badge.referralsOf(ZeroAddress)).limit,
        recoveryLimit: (await badge.recoveries()).limit,
      }),
    },
    excludePoints: { irreversible: "A season can't be shared by points again that were left out of it." },
    recover: { irreversible: "What was moved can only be moved again by another recovery." },
    redeem: { irreversible: "A badge is bound to its account, and a voucher is for once." },
    cancelVoucher: { irreversible: "A canceled voucher stays so; its issuer can sign another one." },
    cancelRecovery: { irreversible: "Requested again, its time begins anew." },
    refuseRecovery: { irreversible: "Requested again, its time begins anew." },
    rotateIssuerRole: { irreversible: "All issuers have to be appointed anew." },
    setAuthority: { irreversible: "Another contract then decides who may do what." },
    upgradeToAndCall: upgrade,
  },
  drop: {
    open: { units: { campaign: "campaign", "terms.deadline": "timestamp" } },
    fund: {
      units: { campaign: "campaign", amount: "tokens" },
      irreversible: "What isn't claimed goes to the treasury, not back.",
    },
    stop: { units: { campaign: "campaign" }, irreversible: "A stopped campaign can't go on." },
    close: { units: { campaign: "campaign" } },
    claim: { units: { campaign: "campaign", "leaf.amount": "tokens" } },
    setAuthority: { irreversible: "Another contract then decides who may do what." },
    upgradeToAndCall: upgrade,
  },
  rewards: {
    fund: {
      amountsOf: { amount: "token" },
      irreversible: "What isn't claimed goes to the treasury, not back.",
    },
    setAuthority: { irreversible: "Another contract then decides who may do what." },
    upgradeToAndCall: upgrade,
  },
  handover: {
    handOver: { irreversible: "The Safe gets its powers back only by a passed proposal." },
    setCommunityDate: {
      units: { newDate: "timestamp" },
      ...one("newDate", ({ handover }) => handover.communityDate()),
    },
    setSafe: one("newSafe", ({ handover }) => handover.safe()),
  },
  manager: {
    grantRole: { units: { executionDelay: "seconds" } },
    setGrantDelay: { units: { newDelay: "seconds" } },
    setTargetAdminDelay: { units: { newDelay: "seconds" } },
    setRoleAdmin: { irreversible: "Another role then decides who has this one." },
    updateAuthority: { irreversible: "Another contract then decides who may do what." },
    schedule: { units: { when: "timestamp" } },
  },
  safe: {
    addOwnerWithThreshold: { irreversible: newOwners },
    removeOwner: { irreversible: newOwners },
    swapOwner: { irreversible: newOwners },
    changeThreshold: { irreversible: newOwners },
    setGuard: {
      irreversible: "A guard can refuse every transaction of the Safe, also the one that removes it.",
    },
    setModuleGuard: { irreversible: "A guard can refuse every transaction of the Safe's modules." },
    enableModule: { irreversible: "A module can do everything in the Safe's name, without any owner." },
    setFallbackHandler: { irreversible: "Another contract then answers for the Safe what isn't its own." },
  },
};

/** What is known of a function of a DAO's contract. */
export function knownFunction(contract: string, name: string): KnownFunction {
  return (KNOWN as Readonly<Record<string, Readonly<Record<string, KnownFunction>>>>)[contract]?.[name] ?? {};
}

/**
 * What the values of a call stand for, also where it depends on the call's other arguments: an amount of the brand's token
 * has its unit, and one of any other token none.
 */
export function unitsOf(
  { units = {}, amountsOf = {} }: KnownFunction,
  args: Result,
  isToken: (address: string) => boolean,
): Readonly<Record<string, Unit>> {
  const amounts = Object.entries(amountsOf).filter(([, token]) => isToken(String(args.getValue(token))));
  return { ...units, ...Object.fromEntries(amounts.map(([amount]) => [amount, "tokens" as const])) };
}
