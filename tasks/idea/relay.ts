import { ideaName } from "../../sdk/ideas/names.js";
import type { SupportOutcome } from "../../sdk/node/ideas/supportRelay.js";
import { relaySupport } from "../../sdk/node/ideas/supportRelay.js";
import { findFiles } from "../../sdk/node/signed/files.js";
import { action } from "../action.js";
import { openLive, requireAccount } from "../context.js";
import { done, heading, print, printJson, styled, table, warn } from "../output.js";
import { requireAllCarriedOut, UNSENT } from "../relayed.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Fails (exit code 1) where a file was refused, after the others were handed in. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  const found = await findFiles(files);
  const transactions: string[] = [];
  const outcomes = await relaySupport(live, found, {
    signer,
    onBatch: (hash, count) => {
      transactions.push(hash);
      if (!json) done(`${count} ${count === 1 ? "account" : "accounts"} in one transaction: ${hash}`);
    },
  });
  if (json) {
    printJson({ dao: live.record.slug, dryRun, support: outcomes.map(asJson), transactions });
  } else {
    heading(dryRun ? "Support that would be taken" : "Support");
    table(outcomes.map(row), ["call", "who", "ideas", "outcome"]);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) print();
    problems.forEach(warn);
    if (dryRun) print("\nThis was a dry run: nothing was sent.");
  }
  await requireAllCarriedOut(outcomes, "signed support", dryRun);
});

function asJson({ file, support, call, status, weight, transaction, problem }: SupportOutcome) {
  return {
    file,
    status,
    call: call ?? null,
    supporter: support?.supporter ?? null,
    ideas: support?.ideas ?? null,
    weight,
    transaction: transaction ?? null,
    problem: problem ?? null,
  };
}

function row({ file, support, call, status }: SupportOutcome): string[] {
  const style = {
    ...UNSENT,
    refused: "red",
    taken: "green",
    valid: "green",
    "supported before": "dim",
  } as const;
  return [
    call === undefined ? "" : call.toString(),
    support?.supporter ?? file,
    support?.ideas.map((idea) => ideaName(BigInt(idea))).join(", ") ?? "",
    styled(style[status], status),
  ];
}
