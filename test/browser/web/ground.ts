import type { Signer } from "ethers";
import { parseEther } from "ethers";
import type { Browser } from "playwright-core";
import { BrandGovernor__factory, BrandToken__factory } from "../../../typechain-types/index.js";
import type { LiveNode } from "../../integration/support.js";
import type { Stage } from "./stage.js";

/** What tests of a page stand on that has its brand's relay. */
export interface Ground {
  readonly live: LiveNode;
  readonly browser: Browser;
  readonly stage: Stage;
}

/** The key of local storage under which the page keeps its reader's account. */
export function accountKey({ record }: LiveNode): string {
  return `kyoso-account ${record.chainId} ${record.contracts.governor}`;
}

/**
 * Somebody proposes to give a token from the treasury to an account.
 *
 * @param text Markdown.
 * @returns The proposal's number.
 */
export async function propose(live: LiveNode, by: Signer, to: string, text: string): Promise<number> {
  const { contracts } = live.record;
  const governor = BrandGovernor__factory.connect(contracts.governor, by.connect(live.node.provider));
  const give = BrandToken__factory.createInterface().encodeFunctionData("transfer", [to, parseEther("1")]);
  await (await governor.propose([contracts.token], [0], [give], text)).wait();
  return Number(await governor.proposalCount());
}

/** {@link propose}; and the vote on it opens. */
export async function openProposal(live: LiveNode, by: Signer, to: string, text: string): Promise<number> {
  const number = await propose(live, by, to, text);
  const governor = BrandGovernor__factory.connect(live.record.contracts.governor, live.node.provider);
  await live.pass(Number(await governor.votingDelay()) + 1);
  return number;
}
