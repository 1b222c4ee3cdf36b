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
  DecisionRecorder,
  Handover,
  IdeaBoard,
  LoyaltyDrop,
  MembershipPass,
  ModuleFactory,
  Nicknames,
} from "../../typechain-types/abi/index.js";
import type { Dao } from "../dao.js";
import type { NamedContract } from "../namedContracts.js";
import { whenAsked } from "../lazy.js";
import { PUBLIC_ROLE, ROLES } from "../roles.js";

/** The functions, events and errors of what has a name in a DAO; each is parsed when it is first asked for. */
export const INTERFACES: Readonly<Record<NamedContract, Interface>> = whenAsked({
  manager: () => BrandAccessManager.createInterface(),
  token: () => BrandToken.createInterface(),
  timelock: () => BrandTimelock.createInterface(),
  governor: () => BrandGovernor.createInterface(),
  badge: () => ContributionBadge.createInterface(),
  drop: () => LoyaltyDrop.createInterface(),
  rewards: () => ContributionRewards.createInterface(),
  handover: () => Handover.createInterface(),
  board: () => IdeaBoard.createInterface(),
  pass: () => MembershipPass.createInterface(),
  modules: () => ModuleFactory.createInterface(),
  nicknames: () => Nicknames.createInterface(),
  decisions: () => DecisionRecorder.createInterface(),
});

const ASSET = [
  "function transfer(address to, uint256 value)",
  "function approve(address spender, uint256 value)",
  "function transferFrom(address from, address to, uint256 value)",
  "function safeTransferFrom(address from, address to, uint256 tokenId)",
  "function safeTransferFrom(address from, address to, uint256 id, uint256 value, bytes data)",
  "function setApprovalForAll(address operator, bool approved)",
];

/** What isn't the DAO's own and is called all the same; each is parsed when it is first asked for. */
export const FOREIGN = whenAsked({
  /** What the brand's Safe may be asked to do with itself, and what it batches calls with. */
  safe: () =>
    new Interface([
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
    ]),
  /** A Safe's functions that make another call in its name. */
  safeExecution: () =>
    new Interface([
      "function execTransaction(address to, uint256 value, bytes data, uint8 operation, uint256 safeTxGas, uint256 baseGas, uint256 gasPrice, address gasToken, address refundReceiver, bytes signatures) payable",
      "function execTransactionFromModule(address to, uint256 value, bytes data, uint8 operation)",
      "function execTransactionFromModuleReturnData(address to, uint256 value, bytes data, uint8 operation)",
    ]),
  /** Multicall3: it makes calls in its own name, and with its own powers only, which are none. */
  multicall: () =>
    new Interface([
      "function aggregate((address target, bytes callData)[] calls) payable",
      "function tryAggregate(bool requireSuccess, (address target, bytes callData)[] calls) payable",
      "function aggregate3((address target, bool allowFailure, bytes callData)[] calls) payable",
      "function aggregate3Value((address target, bool allowFailure, uint256 value, bytes callData)[] calls) payable",
    ]),
  /** What people do with any token or collectible that a treasury may hold. */
  asset: () => new Interface(ASSET),
  /** That, and what else standards say: of ERC-721 and ERC-1155, wrapped ETH, ERC-4626, and tokens with votes (ERC-5805). */
  standard: () =>
    new Interface([
      ...ASSET,
      "function safeTransferFrom(address from, address to, uint256 tokenId, bytes data)",
      "function safeBatchTransferFrom(address from, address to, uint256[] ids, uint256[] values, bytes data)",
      "function deposit() payable",
      "function withdraw(uint256 value)",
      "function deposit(uint256 assets, address receiver)",
      "function mint(uint256 shares, address receiver)",
      "function withdraw(uint256 assets, address receiver, address owner)",
      "function redeem(uint256 shares, address receiver, address owner)",
      "function delegate(address delegatee)",
    ]),
});

/** Where an error of unknown origin may come from. */
export function* errorInterfaces(): Generator<Interface> {
  yield* Object.values(INTERFACES);
  yield BrandDAOFactory.createInterface();
  yield BallotRelay.createInterface();
}

/** What a number stands for. */
const NUMBER_UNITS = ["tokens", "seconds", "basis points", "timestamp"] as const;
export type NumberUnit = (typeof NUMBER_UNITS)[number];

/** What a value stands for: a number, or the 32 bytes of a campaign's id. */
export type Unit = NumberUnit | "campaign";

/** Whether it is a unit, and not what something is the number of. */
export function isUnit(stands: string): stands is Unit {
  return stands === "campaign" || NUMBER_UNITS.some((unit) => unit === stands);
}

/**
 * What a value stands for: a kind of badge, a badge, a role of the AccessManager or of a timelock, an idea; one of a few choices,
 * by its place; a colour; a perk's conditions; a short text in 32 bytes.
 */
export type Meaning =
  | "kind"
  | "badge"
  | "role"
  | "timelock role"
  | "idea"
  | "counting"
  | "choice"
  | "language"
  | "colour"
  | "conditions"
  | "short text";

/** What is known of a function beyond its signature. Arguments are named by their path: `limit.amount`. */
export interface KnownFunction {
  readonly units?: Readonly<Record<string, Unit>>;
  /** What arguments are the numbers of; in files they are written as those. */
  readonly meanings?: Readonly<Record<string, Meaning>>;
  /** Amounts in whichever token another argument names: by the path of the amount, the name of that argument. */
  readonly amountsOf?: Readonly<Record<string, string>>;
  /** For a setting: what its arguments are at present. */
  readonly current?: (dao: Dao) => Promise<Readonly<Record<string, unknown>>>;
  /** Functions that an argument names by their selectors: by its name, the name of the one that says of which contract. */
  readonly selectorsOf?: Readonly<Record<string, string>>;
  /** Why it can't be taken back. */
  readonly irreversible?: string;
  /** The same, where that depends on the arguments. */
  readonly grave?: (args: Result) => string | undefined;
}

const one = <Value>(name: string, read: (dao: Dao) => Promise<Value>) => ({
  current: async (dao: Dao) => ({ [name]: await read(dao) }),
});

const upgrade = {
  irreversible: "It replaces the contract's code, and with it every rule of the contract.",
};
const newOwners =
  "Only the owners that it leaves, with as many signatures as it then takes, can change that again.";
const withoutAdmin = "Without this role the DAO's proposals can't change its contracts any more.";
/** What is to be known of a role's being given or taken, where it is that which can do everything. */
const ofAdmin = (why: string) => (args: Result) =>
  args.getValue("roleId") === ROLES.ADMIN ? why : undefined;
const timelockRole = { role: "timelock role" } as const;
const role = { roleId: "role" } as const;
const kind = { kind: "kind" } as const;
const idea = { meanings: { idea: "idea" } } as const;
const sent = "What was sent can't be called back.";
const kindUnits = { "config.votes": "tokens" } as const;
const limitUnits = { "limit.amount": "tokens", "limit.window": "seconds" } as const;

/** By contract and name of the function. */
const KNOWN: Readonly<Record<NamedContract | "safe" | "asset", Readonly<Record<string, KnownFunction>>>> = {
  token: {
    transfer: { units: { value: "tokens" }, irreversible: sent },
    approve: { units: { value: "tokens" } },
    transferFrom: { units: { value: "tokens" }, irreversible: sent },
    permit: { units: { value: "tokens", deadline: "timestamp" } },
    burnFrom: { units: { value: "tokens" }, irreversible: "Burnt tokens are gone." },
    moveContributionVotes: { units: { amount: "tokens" } },
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
    schedule: { units: { delay: "seconds" } },
    scheduleBatch: { units: { delay: "seconds" } },
    grantRole: {
      meanings: timelockRole,
      irreversible: "A canceller can keep from happening what was decided, and an admin names cancellers.",
    },
    revokeRole: { meanings: timelockRole },
    renounceRole: { meanings: timelockRole },
    upgradeToAndCall: upgrade,
  },
  badge: {
    award: { meanings: kind },
    awardBatch: { meanings: kind },
    addKind: { units: kindUnits, meanings: { "config.issuerRole": "role" } },
    addVotingKind: { units: kindUnits, meanings: { "config.issuerRole": "role" } },
    closeKind: { meanings: kind, irreversible: "A closed kind can't be opened again." },
    closeVotingKind: { meanings: kind, irreversible: "A closed kind can't be opened again." },
    revoke: {
      meanings: { id: "badge" },
      irreversible: "A revoked badge is gone; another one can be awarded.",
    },
    revokeVoting: {
      meanings: { id: "badge" },
      irreversible: "A revoked badge is gone; another one can be awarded.",
    },
    grantVotes: { meanings: { ids: "badge" } },
    halt: { units: { until: "timestamp" } },
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
    recover: {
      meanings: { ids: "badge" },
      irreversible: "What was moved can only be moved again by another recovery.",
    },
    redeem: {
      units: { "voucher.expiry": "timestamp" },
      meanings: { "voucher.kind": "kind", "voucher.referralKind": "kind" },
      irreversible: "A badge is bound to its account, and a voucher is for once.",
    },
    cancelVoucher: { irreversible: "A canceled voucher stays so; its issuer can sign another one." },
    cancelRecovery: { irreversible: "Requested again, its time begins anew." },
    refuseRecovery: { irreversible: "Requested again, its time begins anew." },
    rotateIssuerRole: { irreversible: "All issuers have to be appointed anew." },
    setAuthority: { irreversible: "Another contract then decides who may do what." },
    upgradeToAndCall: upgrade,
  },
  drop: {
    open: {
      units: { campaign: "campaign", "terms.deadline": "timestamp" },
      meanings: { "terms.referralKind": "kind" },
    },
    fund: {
      units: { campaign: "campaign", amount: "tokens" },
      irreversible: "What isn't claimed goes to the treasury, not back.",
    },
    stop: { units: { campaign: "campaign" }, irreversible: "A stopped campaign can't go on." },
    close: { units: { campaign: "campaign" } },
    claim: { units: { campaign: "campaign", "leaf.amount": "tokens" }, meanings: { "leaf.kind": "kind" } },
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
  board: {
    open: {
      units: { "terms.ideasFor": "seconds", "terms.supportFor": "seconds" },
      meanings: { "terms.counting": "counting", "terms.choice": "choice", "terms.badgeKind": "kind" },
      irreversible: "An open call goes on until its end: nobody can change its terms or stop it.",
    },
    submit: idea,
    withdraw: { ...idea, irreversible: "An idea that was withdrawn stays so." },
    support: { meanings: { ideas: "idea" }, irreversible: "Support is never taken back." },
    supportBySig: { meanings: { ideas: "idea" }, irreversible: "Support is never taken back." },
    hide: idea,
    show: idea,
    adopt: { ...idea, irreversible: "What was adopted stays so." },
    ship: { ...idea, irreversible: "What was shipped stays so, and what its author is awarded for it." },
  },
  pass: {
    setTerms: {
      units: { "newTerms.royaltyBps": "basis points" },
      meanings: { "newTerms.kind": "kind", "newTerms.colour": "colour", "newTerms.language": "language" },
      current: async (dao) => {
        const { kind, royaltyBps, colour, language } = await dao.pass.terms();
        return {
          "newTerms.kind": kind,
          "newTerms.royaltyBps": royaltyBps,
          "newTerms.colour": colour,
          "newTerms.language": language,
        };
      },
    },
    mint: { meanings: { badgeId: "badge" } },
    addPerk: {
      meanings: { "config.conditions": "conditions" },
      irreversible: "A perk can't be changed; it can be closed.",
    },
    closePerk: { irreversible: "A closed perk can't be opened again." },
    transferFrom: { irreversible: sent },
    safeTransferFrom: { irreversible: sent },
  },
  modules: {},
  nicknames: { setBySig: { units: { deadline: "timestamp" } } },
  decisions: {
    record: { meanings: { kind: "short text" }, irreversible: "What is written down stays so." },
  },
  manager: {
    grantRole: {
      units: { executionDelay: "seconds" },
      meanings: role,
      grave: ofAdmin(
        "Whoever has this role can do everything with the DAO's contracts, and take it from all others.",
      ),
    },
    revokeRole: { meanings: role, grave: ofAdmin(withoutAdmin) },
    renounceRole: { meanings: role, grave: ofAdmin(withoutAdmin) },
    labelRole: { meanings: role },
    setGrantDelay: { units: { newDelay: "seconds" }, meanings: role },
    setTargetAdminDelay: { units: { newDelay: "seconds" } },
    setTargetFunctionRole: {
      meanings: role,
      selectorsOf: { selectors: "target" },
      grave: (args) => {
        const who = args.getValue("roleId") as bigint;
        if (who === ROLES.ADMIN) return undefined;
        return `What ${who === PUBLIC_ROLE ? "anybody" : "those with this role"} did with these functions stays done.`;
      },
    },
    setRoleGuardian: { meanings: { roleId: "role", guardian: "role" } },
    setRoleAdmin: {
      meanings: { roleId: "role", admin: "role" },
      irreversible: "Another role then decides who has this one.",
    },
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
  asset: {
    transfer: { irreversible: sent },
    transferFrom: { irreversible: sent },
    safeTransferFrom: { irreversible: sent },
    safeBatchTransferFrom: { irreversible: sent },
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
