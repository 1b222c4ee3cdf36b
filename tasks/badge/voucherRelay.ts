import { findFiles } from "../../sdk/node/signed/files.js";
import type { RedemptionOutcome } from "../../sdk/node/vouchers/redeem.js";
import { relayRedemptions } from "../../sdk/node/vouchers/redeem.js";
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

/** Fails (exit code 1) where a redemption was refused, after the others were carried out. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  const outcomes = await relayRedemptions(live, await findFiles(files), signer);
  if (json) {
    printJson({ dao: live.record.slug, dryRun, redemptions: outcomes.map(asJson) });
  } else {
    heading(dryRun ? "Redemptions that would be carried out" : "Redemptions");
    table(outcomes.map(row), ["who", "badge", "outcome"]);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) print();
    problems.forEach(warn);
    if (dryRun) printDryRun();
  }
  await requireAllCarriedOut(outcomes, "redemption", dryRun);
});

function asJson({ file, redemption, status, badge, transaction, problem }: RedemptionOutcome) {
  return {
    file,
    status,
    account: redemption?.account ?? null,
    badge: badge ?? null,
    transaction: transaction ?? null,
    problem: problem ?? null,
  };
}

function row({ file, redemption, status, badge }: RedemptionOutcome): string[] {
  const style = {
    ...UNSENT,
    refused: "red",
    redeemed: "green",
    valid: "green",
    "redeemed before": "dim",
  } as const;
  return [redemption?.account ?? file, badge?.toString() ?? "", styled(style[status], status)];
}
