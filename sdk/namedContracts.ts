import { OWN_CONTRACTS, type OwnContract } from "./daoRecord.js";
import type { ImplementationName } from "./implementations.js";

/** What belongs to no DAO and works with all of them, by the names that it has in each. */
export const SHARED_CONTRACTS = {
  modules: "ModuleFactory",
  nicknames: "Nicknames",
  decisions: "DecisionRecorder",
} as const satisfies Readonly<Record<string, ImplementationName>>;

export type SharedContract = keyof typeof SHARED_CONTRACTS;

/** What has a name in a DAO, and functions that are known. */
export type NamedContract = OwnContract | SharedContract;

export const NAMED_CONTRACTS: readonly NamedContract[] = [
  ...OWN_CONTRACTS,
  ...(Object.keys(SHARED_CONTRACTS) as SharedContract[]),
];
