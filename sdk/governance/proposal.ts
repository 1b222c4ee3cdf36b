import { AbiCoder, id, keccak256 } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { RawCall } from "../calls/decode.js";
import type { Call, Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import type { DaoRecord } from "../daoRecord.js";
import type { Support } from "./events.js";
import { SUPPORTS } from "./events.js";

/** What somebody proposes: calls for the timelock to make, and why. */
export interface Proposal {
  readonly targets: readonly string[];
  /** Wei. */
  readonly values: readonly bigint[];
  readonly calldatas: readonly string[];
  readonly description: string;
}

/** What the governor's steps name a proposal by. */
export interface ProposalIdentity extends Omit<Proposal, "description"> {
  /** Of the whole description, as it is on the chain. */
  readonly descriptionHash: string;
}

/**
 * A proposal to make calls as the timelock.
 *
 * @param title One line; pages show it as the proposal's name.
 * @param body Markdown; may be empty.
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
    description: [`# ${title}`, body, `#proposer=${proposer}`].filter((part) => part !== "").join("\n\n"),
  };
}

/** The identity of a proposal, and the number that the governor makes of it. */
export function identify({ description, ...rest }: Proposal): ProposalIdentity & { readonly id: bigint } {
  const identity = { ...rest, descriptionHash: id(description) };
  const types = ["address[]", "uint256[]", "bytes[]", "bytes32"];
  return { ...identity, id: BigInt(keccak256(AbiCoder.defaultAbiCoder().encode(types, argsOf(identity)))) };
}

/** The calls that the timelock makes for a proposal. */
export function callsOf({
  targets,
  values,
  calldatas,
}: Pick<ProposalIdentity, "targets" | "values" | "calldatas">): RawCall[] {
  return targets.map((to, i) => ({ to, value: values[i] ?? 0n, data: calldatas[i] ?? "0x" }));
}

/** The first steps of a proposal's life, each a plan. */
export function planProposal(record: Pick<DaoRecord, "contracts">, proposal: Proposal) {
  const { targets, values, calldatas, description } = proposal;
  const propose = step(record, "propose", [targets, values, calldatas, description], "Proposing");
  const { queue, execute } = planSteps(record, identify(proposal));
  return { propose, queue, execute };
}

/** The steps of a proposal that was made, each a plan. */
export function planSteps(record: Pick<DaoRecord, "contracts">, proposal: ProposalIdentity) {
  const identity = argsOf(proposal);
  return {
    queue: step(record, "queue", identity, "Queueing"),
    execute: step(record, "execute", identity, "Executing"),
    cancel: step(record, "cancel", identity, "Withdrawing"),
    veto: (reason: string) => step(record, "veto", [...identity, reason], "Vetoing"),
  };
}

/**
 * A vote.
 *
 * @param proposalId Decimal.
 * @param reason Empty for none.
 */
export function planVote(
  record: Pick<DaoRecord, "contracts">,
  proposalId: string,
  support: Support,
  reason: string,
): Plan {
  const args = [proposalId, SUPPORTS.indexOf(support)];
  return reason === ""
    ? step(record, "castVote", args, "Voting")
    : step(record, "castVoteWithReason", [...args, reason], "Voting");
}

function argsOf({ targets, values, calldatas, descriptionHash }: ProposalIdentity) {
  return [targets, values, calldatas, descriptionHash] as const;
}

function step(
  { contracts }: Pick<DaoRecord, "contracts">,
  name: string,
  args: readonly unknown[],
  title: string,
): Plan {
  const governor = { name: "governor", address: contracts.governor, interface: INTERFACES.governor };
  return { title, calls: [call(governor, name, args, title)] };
}
