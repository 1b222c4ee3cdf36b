import type { Addresses, ImplementationName } from "./implementations.js";
import type { JsonValue } from "./json.js";

/** The contracts of a DAO, as the factory names them. */
export const DAO_CONTRACTS = [
  "manager",
  "token",
  "timelock",
  "governor",
  "badge",
  "drop",
  "rewards",
  "handover",
] as const;

export type DaoContract = (typeof DAO_CONTRACTS)[number];

/** The modules that a DAO can have besides, from its launch on or later. */
export const DAO_MODULES = ["board", "pass"] as const;

export type DaoModule = (typeof DAO_MODULES)[number];

/** What is a DAO's own: what it was launched with, and its modules. */
export const OWN_CONTRACTS = [...DAO_CONTRACTS, ...DAO_MODULES] as const;

export type OwnContract = (typeof OWN_CONTRACTS)[number];

/** Timestamps that a launch fixes: an interrupted one continues with the same. */
export interface LaunchTerms {
  readonly guardianExpiry: number;
  readonly communityDate: number;
}

/** What is kept of a DAO on disk: all that is needed to find it again, and to audit it. */
export interface DaoRecord {
  readonly version: 1;
  /** `launching` until the launch is confirmed; a launch that was interrupted stays so. */
  readonly status: "launching" | "live";
  readonly slug: string;
  readonly name: string;
  readonly chainId: string;
  readonly launcher: string;
  /** The Safe that it was launched with; its Handover's address is made of it. */
  readonly safe: string;
  /** The Safe at present, where a passed proposal named another one: whoever checked that wrote it here. */
  readonly presentSafe?: string;
  readonly factory: string;
  readonly terms: LaunchTerms;
  /** The chain's block when the launch began: nothing of the DAO is in an earlier one. */
  readonly startBlock: number;
  readonly contracts: Addresses<DaoContract>;
  /** The modules that the DAO has; a DAO of which none is written down may have got some since. */
  readonly modules?: Readonly<Partial<Record<DaoModule, string>>>;
  readonly implementations: Addresses<ImplementationName>;
  /** The release that it was launched with; none where a checkout was changed. */
  readonly release?: string;
  /** What the factory was called with; numbers as decimal strings. */
  readonly parameters: JsonValue;
  /** Hashes of transactions, by what they did. The Safe has one only if it was created for this DAO. */
  readonly transactions: { readonly safe?: string; readonly launch?: string };
  /** Block of the launch. */
  readonly launchBlock?: number;
}
