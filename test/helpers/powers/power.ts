import type { BaseContract } from "ethers";
import type { Call } from "../chain.js";
import type { DAO } from "../dao.js";

/** Those who hold few powers or none; everything else belongs to passed proposals. */
export const ACTORS = [
  "the Safe",
  "the launcher",
  "the factory",
  "an owner of the Safe",
  "a stranger",
] as const;
export type Actor = (typeof ACTORS)[number];

/** A custom error as `revertedWithCustomError` and `withArgs` take it. */
export interface Refusal {
  contract: BaseContract;
  error: string;
  args: unknown[];
}

/** Something that somebody may do, what it is called with, and how the others are turned away. */
export interface Power {
  name: string;
  call: (dao: DAO) => Promise<Call>;
  refusal: (dao: DAO, caller: string) => Refusal;
  /** Who of {@link ACTORS} does hold it, or is turned away for another reason. */
  except?: Actor[];
}

export type Refuse = Power["refusal"];

/** Address of the implementation that the factory uses, for an upgrade that would change nothing. */
export async function implementation(
  { factory }: DAO,
  name: "token" | "timelock" | "governor" | "badge" | "drop" | "rewards",
): Promise<string> {
  return (await factory.implementations())[name];
}
