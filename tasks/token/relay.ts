import { findFiles } from "../../sdk/node/signed/files.js";
import type { DelegationOutcome } from "../../sdk/node/token/relay.js";
import { relayDelegations } from "../../sdk/node/token/relay.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive, requireAccount } from "../context.js";
import { alignRight, heading, print, printJson, styled, table, warn } from "../output.js";
import { requireAllCarriedOut, UNSENT } from "../relayed.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Fails (exit code 1) where a delegation was refused, after the others were carried out. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  const found = await findFiles(files);
  const outcomes = await relayDelegations(live, found, { signer });
  if (json) {
    printJson({ dao: live.record.slug, dryRun, delegations: outcomes.map(asJson) });
  } else {
    heading(dryRun ? "Delegations that would be carried out" : "Delegations");
    const [head, ...rows] = alignRight([["who", "votes by", "votes", "outcome"], ...outcomes.map(row)], 2);
    table(rows, head);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) print();
    problems.forEach(warn);
    if (dryRun) print("\nThis was a dry run: nothing was sent.");
  }
  await requireAllCarriedOut(outcomes, "delegation", dryRun);
});

function asJson({ file, delegation, status, votes, transaction, problem }: DelegationOutcome) {
  return {
    file,
    status,
    delegator: delegation?.delegator ?? null,
    delegatee: delegation?.delegatee ?? null,
    votes,
    transaction: transaction ?? null,
    problem: problem ?? null,
  };
}

function row({ file, delegation, status, votes }: DelegationOutcome): string[] {
  const style = {
    ...UNSENT,
    refused: "red",
    "carried out": "green",
    valid: "green",
    "so already": "dim",
  } as const;
  return [
    delegation?.delegator ?? file,
    delegation === undefined
      ? ""
      : delegation.delegatee === delegation.delegator
        ? "itself"
        : delegation.delegatee,
    votes === 0n ? "" : formatAmount(votes),
    styled(style[status], status),
  ];
}
