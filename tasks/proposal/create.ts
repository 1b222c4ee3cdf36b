import path from "node:path";
import type { ReviewedCall } from "../../sdk/calls/review.js";
import { reviewCalls } from "../../sdk/calls/review.js";
import { KyosoError } from "../../sdk/errors.js";
import { readProposalFile } from "../../sdk/node/governance/proposalFile.js";
import { identify, makeProposal, planProposal } from "../../sdk/governance/proposal.js";
import { findProposal, readProposals, readQuorum } from "../../sdk/governance/proposals.js";
import { proposeReadiness, requireReady } from "../../sdk/governance/readiness.js";
import { executeAsSigner } from "../../sdk/execute/signer.js";
import { refreshed } from "../../sdk/live.js";
import { action } from "../action.js";
import { callsAsJson, printCalls, requireReadable } from "../calls.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, requireAccount } from "../context.js";
import { done, heading, print, printJson, styled, table } from "../output.js";
import { momentRows } from "./print.js";
import { summaryAsJson } from "../../sdk/governance/views.js";

interface Arguments {
  file: string;
  anyway: boolean;
  allowUnknownCalls: boolean;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { file, anyway, dao, from, dryRun, json } = args;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { title, body, calls } = await readProposalFile(live, path.relative("", path.resolve(file)));
  const signer = await requireAccount(opened, from, { dryRun, json });
  const proposal = makeProposal(calls, title, body, signer.address);
  const id = identify(proposal).id.toString();
  const [reviewed, readiness, all] = await Promise.all([
    reviewCalls(live, calls, live.record.contracts.timelock),
    proposeReadiness(live, signer.address),
    readProposals(live),
  ]);

  if (!json) {
    heading(title);
    printCalls(reviewed);
    print(`  ${readiness.message}.`);
  }
  const same = all.find((other) => other.id === id);
  if (same !== undefined) {
    throw KyosoError.of("proposal.made-already", {
      data: { proposal: same.number },
      place: file,
      message: `This was proposed already: it is #${same.number}`,
      remedy:
        "To propose it once more, change its text: a proposal is known by what it does and what it says.",
    });
  }
  requireReady(readiness, `account ${signer.address}`);
  requireReadable(reviewed, args, file);
  requireSuccess(reviewed, file, anyway);
  const planned = {
    dao: live.record.slug,
    dryRun,
    account: signer.address,
    id,
    title,
    description: proposal.description,
    actions: callsAsJson(reviewed),
  };
  if (dryRun) {
    if (json) printJson({ ...planned, transaction: null, proposal: null });
    else print("\nThis was a dry run: nothing was sent.");
    return;
  }

  await requireYes(`Propose this as ${signer.address}?`, json, "Nothing was sent.");
  const [receipt] = await executeAsSigner(planProposal(live.record, proposal).propose, signer);
  const after = await refreshed(live, receipt?.blockNumber);
  const made = await findProposal(after, id);
  if (json) {
    const summary = summaryAsJson(made, await readQuorum(after, made.snapshot));
    printJson({ ...planned, transaction: receipt?.hash ?? null, proposal: summary });
    return;
  }
  done(`Proposed as #${made.number}.`);
  print(styled("dim", `  Transaction ${receipt?.hash ?? ""}`));
  table(momentRows(made, after.now));
  print(`\n  Look at it: ${await commandLine(hre, opened, ["proposal", "show"], made.number.toString())}`);
});

/**
 * One call that fails undoes all of a proposal, a week after everybody voted for it.
 *
 * @param anyway Whether whoever proposes it was told, and wants it nevertheless.
 */
function requireSuccess(reviewed: readonly ReviewedCall[], file: string, anyway: boolean): void {
  const failing = reviewed.filter(({ simulation }) => !simulation.ok).length;
  if (failing === 0 || anyway) return;
  throw KyosoError.of("proposal.calls-would-fail", {
    data: { failing, count: reviewed.length },
    place: file,
    message: `${failing} of ${reviewed.length} calls would fail if the treasury made them now, one after the other`,
    remedy:
      "Mend them: one call that fails undoes all of them. If it will be different by the time it is executed, add --anyway.",
  });
}
