import type { Interface, ParamType } from "ethers";
import { FunctionFragment } from "ethers";
import type { OwnContract } from "../daoRecord.js";
import { STEWARD_FUNCTIONS } from "../roles.js";

/** Who may call a function that administers the DAO, beside those who get in by another capacity of theirs. */
export type Power =
  /** The timelock: what has passed a vote. */
  | "proposal"
  /** STEWARD: the timelock, and the Safe until handed over. */
  | "steward"
  /** Who has the role that awards the kind. */
  | "issuer"
  /** The Safe, while it has its veto. */
  | "guardian"
  /** Each owner of the Safe. */
  | "owner"
  /** As {@link Power} has no other name for it: the Safe once it has no veto, and anyone once the date has come. */
  | "handover"
  /** Other contracts of the DAO alone, or nobody any more. */
  | "nobody";

type Functions = Readonly<Partial<Record<OwnContract, readonly string[]>>>;

/** What works on the caller's own, or does what was decided before: it gives nobody a power, and isn't tried. */
const UNRESTRICTED: Functions = {
  manager: ["cancel", "consumeScheduledOp", "multicall", "renounceRole"],
  token: ["approve", "burn", "burnFrom", "delegate", "delegateBySig", "permit", "transfer", "transferFrom"],
  timelock: ["onERC1155BatchReceived", "onERC1155Received", "onERC721Received", "renounceRole"],
  governor: [
    "cancel",
    "castVote",
    "castVoteBySig",
    "castVoteWithReason",
    "castVoteWithReasonAndParams",
    "castVoteWithReasonAndParamsBySig",
    "discard",
    "execute",
    "onERC1155BatchReceived",
    "onERC1155Received",
    "onERC721Received",
    "propose",
    "queue",
  ],
  badge: ["cancelVoucher", "grantVotes", "recover", "redeem", "refuseRecovery", "renounce"],
  drop: ["claim", "close", "fund"],
  rewards: ["claim", "fund", "returnUnclaimed"],
  board: ["relay", "submit", "support", "supportBySig", "withdraw"],
  pass: ["approve", "mint", "refresh", "safeTransferFrom", "setApprovalForAll", "transferFrom"],
};

/** What stewards do at once, which names its role in the code, beside what the AccessManager lists for them. */
const STEWARDS: Functions = { badge: ["cancelRecovery"], drop: ["stop"], board: ["hide", "show"] };

/** What is for other contracts of the DAO, or was done for good at launch. */
const INTERNAL: Functions = {
  manager: ["initialize", "schedule"],
  token: ["initialize", "moveContributionVotes", "setAuthority"],
  timelock: ["cancel", "execute", "executeBatch", "initialize", "queueBatch", "schedule", "scheduleBatch"],
  governor: ["initialize"],
  badge: ["awardClaim", "halt", "initialize", "setAuthority"],
  drop: ["initialize"],
  rewards: ["initialize"],
};

const NAMED: readonly (readonly [power: Power, functions: Functions])[] = [
  ["steward", STEWARD_FUNCTIONS],
  ["steward", STEWARDS],
  ["issuer", { badge: ["award", "awardBatch"] }],
  ["guardian", { governor: ["resignGuardian", "veto"] }],
  ["owner", { handover: ["haltAwards"] }],
  ["handover", { handover: ["handOver"] }],
  ["nobody", INTERNAL],
];

/**
 * Who may call a function; undefined where it administers nothing. What isn't named is the timelock's alone: a function that is
 * new has to be named here before anybody else gets in.
 */
export function powerOf(contract: OwnContract, name: string): Power | undefined {
  if (UNRESTRICTED[contract]?.includes(name) === true) return undefined;
  return NAMED.find(([, functions]) => functions[contract]?.includes(name))?.[0] ?? "proposal";
}

/** The functions of a contract that change something. */
export function changingFunctions({ fragments }: Interface): FunctionFragment[] {
  return fragments
    .filter((fragment) => FunctionFragment.isFragment(fragment))
    .filter(({ constant }) => !constant)
    .sort((one, other) => (one.format("sighash") < other.format("sighash") ? -1 : 1));
}

/**
 * Some value of a type. Numbers are 1, which is the first badge, its kind, and MINTER; delays are a day, which is within
 * all bounds; accounts are somebody else.
 */
export function exampleValue(input: ParamType, other: string): unknown {
  if (input.isArray()) return [exampleValue(input.arrayChildren, other)];
  if (input.isTuple()) return input.components.map((component) => exampleValue(component, other));
  if (input.type === "address") return other;
  if (input.type === "bool") return false;
  if (input.type === "string") return "x";
  if (input.type === "bytes") return "0x00000000";
  if (input.type.startsWith("bytes")) return `0x${"00".repeat(Number(input.type.slice("bytes".length)))}`;
  return /delay/i.test(input.name) ? DAY : 1;
}

const DAY = 86_400;
