import { id } from "ethers";
import type { Call, Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { DaoRecord } from "../record.js";
import { BrandGovernor__factory } from "../../typechain-types/index.js";

/** What the governor identifies a proposal by. */
export interface Proposal {
  readonly targets: readonly string[];
  readonly values: readonly bigint[];
  readonly calldatas: readonly string[];
  readonly description: string;
}

/**
 * A proposal to make calls as the timelock.
 *
 * @param title One line; pages show it as the proposal's name.
 * @param body Markdown.
 * @param proposer Who will propose it. Its address ends the description, so that nobody else can propose the same first
 * and then cancel it: the governor takes such a description from this account only.
 */
export function makeProposal(
  calls: readonly Call[],
  title: string,
  body: string,
  proposer: string,
): Proposal {
  return {
    targets: calls.map(({ to }) => to),
    values: calls.map(({ value }) => value),
    calldatas: calls.map(({ data }) => data),
    description: `# ${title}\n\n${body}\n\n#proposer=${proposer}`,
  };
}

/** The steps of a proposal's life, each a plan. */
export function planProposal(record: Pick<DaoRecord, "contracts">, proposal: Proposal) {
  const governor = {
    name: "governor",
    address: record.contracts.governor,
    interface: BrandGovernor__factory.createInterface(),
  };
  const { targets, values, calldatas, description } = proposal;
  const identity = [targets, values, calldatas, id(description)];
  const step = (name: string, args: readonly unknown[], title: string): Plan => ({
    title,
    calls: [call(governor, name, args, title)],
  });
  return {
    propose: step("propose", [targets, values, calldatas, description], "Proposing"),
    queue: step("queue", identity, "Queueing"),
    execute: step("execute", identity, "Executing"),
  };
}
