import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Plan } from "../../sdk/calls/plan.js";
import { reviewCalls } from "../../sdk/calls/review.js";
import { executeAsSigner, outstanding } from "../../sdk/execute/signer.js";
import { callsOf } from "../../sdk/governance/proposal.js";
import type { ProposalView } from "../../sdk/governance/proposals.js";
import { findProposal } from "../../sdk/governance/proposals.js";
import { isFinal } from "../../sdk/governance/states.js";
import type { Circumstances, Readiness } from "../../sdk/governance/readiness.js";
import { readCircumstances, requireReady } from "../../sdk/governance/readiness.js";
import type { LiveDao } from "../../sdk/live.js";
import { refreshed } from "../../sdk/live.js";
import { decodeCall } from "../../sdk/calls/decode.js";
import { printCalls, printPastCalls, requireSuccess } from "../calls.js";
import { commandLine } from "../commandLine.js";
import type { Opened } from "../context.js";
import { requireYes } from "../confirm.js";
import { openLive, requireAccount } from "../context.js";
import { done, heading, print, printJson, styled } from "../output.js";
import type { Submitted } from "../submit.js";
import type { SubmitOptions } from "../submitOptions.js";
import { submit } from "../submit.js";
import { summaryAsJson } from "../../sdk/governance/views.js";

/** Arguments of every task that moves a proposal on. */
export type StepArguments = Omit<SubmitOptions, "via" | "service"> & {
  readonly proposal: string;
  readonly dao: string | undefined;
};

/** A step of a proposal's life: when it can be taken, and how. */
export interface Step {
  /** Who takes it; an account without it. */
  readonly via?: "signer" | "safe";
  /** URL of a Safe transaction service. */
  readonly service?: string | undefined;
  readonly readiness: (proposal: ProposalView, circumstances: Circumstances) => Readiness;
  readonly plan: (opened: Opened, proposal: ProposalView) => Plan;
  /** What is going to be done, in a sentence. */
  readonly will: (actor: string, circumstances: Circumstances) => string;
  /** Whether to show what the proposal does before that. */
  readonly showsActions?: boolean;
  /** What was done, in a sentence; of the proposal as it is after it. */
  readonly told: (proposal: ProposalView, circumstances: Circumstances) => string;
  /** The task that takes the step after this one. */
  readonly next?: readonly string[];
  /** More for `--json`. */
  readonly more?: (circumstances: Circumstances) => object;
}

/** Finds a proposal, says whether a step can be taken and takes it. Nothing is sent where it can't. */
export async function takeStep(
  hre: HardhatRuntimeEnvironment,
  { proposal: which, dao, ...options }: StepArguments,
  step: Step,
): Promise<void> {
  const { via = "signer", service } = step;
  const { dryRun, json } = options;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const proposal = await findProposal(live, which);
  const actor = via === "safe" ? live.safe : (await requireAccount(opened, options.from, options)).address;
  const circumstances = await readCircumstances(live, proposal, actor);
  const ready = step.readiness(proposal, circumstances);
  if (!json) {
    heading(`#${proposal.number} ${proposal.title}`);
    if (ready.ready) print(`  ${ready.message}.`);
  }
  requireReady(ready, `proposal #${proposal.number}`);
  if (!json) {
    if (step.showsActions === true) await printActions(live, proposal);
    print(`  ${step.will(actor, circumstances)}.`);
  }
  const plan = step.plan(opened, proposal);
  const { after, ...submitted } =
    via === "safe"
      ? { ...(await submit(hre, opened, [plan], { ...options, via, service })), after: 0 }
      : await send(opened, plan, options);

  const now = after === 0 ? live : await refreshed(live, after);
  const as = after === 0 ? proposal : await findProposal(now, proposal.id);
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      ...submitted,
      account: actor,
      ...step.more?.(circumstances),
      proposal: summaryAsJson(as, circumstances.quorum),
    });
    return;
  }
  if (dryRun) print("\nThis was a dry run: nothing was sent.");
  if (after === 0) return;
  done(`${step.told(as, { ...circumstances, now: now.now })}.`);
  print(styled("dim", `  Transaction ${submitted.transactions.join(", ")}`));
  if (step.next !== undefined) {
    print(`\n  Then: ${await commandLine(hre, opened, step.next, as.number.toString())}`);
  }
}

/** Shows what a proposal does, as it should be read before anybody signs for it. */
export async function printActions(live: LiveDao, proposal: ProposalView): Promise<void> {
  const calls = callsOf(proposal);
  if (isFinal(proposal.state)) printPastCalls(calls.map((raw) => decodeCall(raw, live)));
  else printCalls(await reviewCalls(live, calls, live.record.contracts.timelock));
}

/** Tries a plan and, unless it is a dry run, sends it. `after` is the block that it is in; 0 for nothing. */
async function send(
  opened: Opened,
  plan: Plan,
  { from, dryRun, json }: Pick<SubmitOptions, "from" | "dryRun" | "json">,
): Promise<Submitted & { readonly after: number }> {
  const account = await requireAccount(opened, from, { dryRun, json });
  const { calls } = outstanding(plan, account, false).left;
  requireSuccess(await reviewCalls(opened.live, calls, account.address), "Nothing was sent.");
  if (!dryRun && calls.length > 0) {
    await requireYes(`Send this as ${account.address}?`, json, "Nothing was sent.");
  }
  const receipts = dryRun ? [] : await executeAsSigner(plan, account);
  return {
    via: "signer",
    transactions: receipts.map(({ hash }) => hash),
    files: [],
    after: Math.max(0, ...receipts.map(({ blockNumber }) => blockNumber)),
  };
}
