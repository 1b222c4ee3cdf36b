import { INTERFACES } from "../calls/known.js";
import type { ProposalView } from "../governance/proposals.js";
import { readProposalsAndQuorums } from "../governance/proposals.js";
import type { LiveDao } from "../live.js";
import { boardAddress } from "./board.js";

/** The proposals that adopt an idea once they are executed, in the order in which they were made. */
export async function readAdoptions(live: LiveDao, idea: number): Promise<ProposalView[]> {
  const board = boardAddress(live).toLowerCase();
  const adopts = INTERFACES.board.encodeFunctionData("adopt", [idea]);
  const { proposals } = await readProposalsAndQuorums(live, {
    that: ({ targets, calldatas }) =>
      targets.some((target, i) => target.toLowerCase() === board && calldatas[i]?.toLowerCase() === adopts),
  });
  return proposals;
}
