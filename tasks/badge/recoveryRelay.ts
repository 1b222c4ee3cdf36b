import type { RefusalOutcome } from "../../sdk/node/badges/refusals.js";
import { relayRefusals } from "../../sdk/node/badges/refusals.js";
import { findFiles } from "../../sdk/node/signed/files.js";
import { action } from "../action.js";
import { openLive, requireAccount } from "../context.js";
import { heading, print, printJson, styled, table, warn } from "../output.js";
import { requireAllCarriedOut, UNSENT } from "../relayed.js";
import { printDryRun } from "./format.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Fails (exit code 1) where a refusal was refused itself, after the others were carried out. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  const outcomes = await relayRefusals(live, await findFiles(files), { signer });
  if (json) {
    printJson({ dao: live.record.slug, dryRun, refusals: outcomes.map(asJson) });
  } else {
    heading(dryRun ? "Refusals that would be carried out" : "Refusals");
    table(outcomes.map(row), ["who", "recovery of", "into", "outcome"]);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) print();
    problems.forEach(warn);
    if (dryRun) printDryRun();
  }
  await requireAllCarriedOut(outcomes, "refusal", dryRun);
});

function asJson({ file, refusal, status, transaction, problem }: RefusalOutcome) {
  return {
    file,
    status,
    account: refusal?.account ?? null,
    recovery: refusal?.recovery ?? null,
    oldAccount: refusal?.oldAccount ?? null,
    newAccount: refusal?.newAccount ?? null,
    transaction: transaction ?? null,
    problem: problem ?? null,
  };
}

function row({ file, refusal, status }: RefusalOutcome): string[] {
  const style = {
    ...UNSENT,
    refused: "red",
    "carried out": "green",
    valid: "green",
    "so already": "dim",
  } as const;
  const { account = file, oldAccount = "", newAccount = "" } = refusal ?? {};
  return [account, oldAccount, newAccount, styled(style[status], status)];
}
