import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import type { SignedProblems } from "./codes.js";

/** What something signed is for. */
export interface Destination {
  readonly chainId: string;
  readonly contract: SignedProblems["signed.other-contract"]["contract"];
  readonly address: string;
  /** The DAO's slug, where it says one. */
  readonly dao: string | undefined;
  /** Where this DAO's is, if it isn't one of those of its launch. */
  readonly own?: string;
}

/**
 * That something signed is for another chain or another DAO; undefined if it is for this one.
 *
 * @param place Where it is from, for messages.
 */
export function foreignTo(
  live: Pick<LiveDao, "chainId" | "record">,
  place: string,
  { chainId, contract, address, dao, own }: Destination,
): Problem | undefined {
  if (chainId !== live.chainId.toString()) {
    return problem("signed.other-chain", {
      data: { file: place, chainId, here: live.chainId },
      place,
      message: `It is for chain ${chainId}, and this is chain ${live.chainId}`,
      remedy: "Choose its network with --network.",
    });
  }
  const here = own ?? (live.record.contracts as Readonly<Record<string, string>>)[contract];
  if (address === here) return undefined;
  const name = contract === "badge" ? "badge contract" : contract;
  const which = dao === undefined ? "" : ` (${dao})`;
  return problem("signed.other-contract", {
    data: { file: place, contract, address, dao },
    place,
    message: `It is for the ${name} ${address}, and not this DAO's`,
    remedy: `Choose its DAO${which} with --dao.`,
  });
}
