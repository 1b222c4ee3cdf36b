import { campaignName } from "../../sdk/drop/campaign.js";
import type { ClaimOutcome } from "../../sdk/node/drop/relay.js";
import { relayClaims } from "../../sdk/node/drop/relay.js";
import { findFiles } from "../../sdk/node/signed/files.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { openLive, requireAccount } from "../context.js";
import { alignRight, heading, print, printJson, progress, styled, table, warn } from "../output.js";
import { requireAllCarriedOut, UNSENT } from "../relayed.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Fails (exit code 1) where a claim was refused, after the others were carried out. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  const found = await findFiles(files);
  const bar = progress("Sending the claims");
  let settled = 0;
  const outcomes = await relayClaims(live, found, {
    signer,
    onOutcome: () => {
      settled += 1;
      bar(settled, found.length);
    },
  });
  if (json) {
    printJson({ dao: live.record.slug, dryRun, claims: outcomes.map(asJson) });
  } else {
    heading(dryRun ? "Claims that would be sent" : "Claims");
    const head = ["campaign", "claim", "account", "tokens", "outcome"];
    const [titles, ...rows] = alignRight([head, ...outcomes.map(row)], 1, 3);
    table(rows, titles);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) print();
    problems.forEach(warn);
    if (dryRun) printDryRun();
  }
  await requireAllCarriedOut(outcomes, "claim", dryRun);
});

function asJson({ file, claim, status, transaction, problem }: ClaimOutcome) {
  return {
    file,
    status,
    campaign: claim === undefined ? null : campaignName(claim.campaign),
    index: claim?.leaf.index ?? null,
    account: claim?.account ?? null,
    amount: claim?.leaf.amount ?? null,
    kind: claim?.leaf.kind ?? null,
    transaction: transaction ?? null,
    problem: problem ?? null,
  };
}

function row({ file, claim, status }: ClaimOutcome): string[] {
  const style = {
    ...UNSENT,
    refused: "red",
    claimed: "green",
    valid: "green",
    "claimed before": "dim",
  } as const;
  return [
    claim === undefined ? "" : campaignName(claim.campaign),
    claim?.leaf.index.toString() ?? "",
    claim?.account ?? file,
    claim === undefined ? "" : formatAmount(BigInt(claim.leaf.amount)),
    styled(style[status], status),
  ];
}
