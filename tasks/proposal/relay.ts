import type { BallotOutcome } from "../../sdk/node/governance/ballotRelay.js";
import { relayBallots } from "../../sdk/node/governance/ballotRelay.js";
import { findFiles } from "../../sdk/node/signed/files.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive, requireAccount } from "../context.js";
import { alignRight, done, heading, print, printJson, styled, table, warn } from "../output.js";
import { requireAllCarriedOut, UNSENT } from "../relayed.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Fails (exit code 1) where a ballot was refused, after the others were cast. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  const found = await findFiles(files);
  const transactions: string[] = [];
  const outcomes = await relayBallots(live, found, {
    signer,
    onBatch: (hash, ballots) => {
      transactions.push(hash);
      if (!json) done(`${ballots} ${ballots === 1 ? "ballot" : "ballots"} in one transaction: ${hash}`);
    },
  });
  if (json) {
    printJson({ dao: live.record.slug, dryRun, ballots: outcomes.map(asJson), transactions });
  } else {
    heading(dryRun ? "Ballots that would be cast" : "Ballots");
    const titles = ["proposal", "voter", "vote", "votes", "outcome"];
    const [head, ...rows] = alignRight([titles, ...outcomes.map(row)], 3);
    table(rows, head);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) print();
    problems.forEach(warn);
    if (dryRun) print("\nThis was a dry run: nothing was sent.");
  }
  await requireAllCarriedOut(outcomes, "ballot", dryRun);
});

function asJson({ file, ballot, proposal, status, votes, transaction, problem }: BallotOutcome) {
  return {
    file,
    status,
    proposal: proposal ?? null,
    voter: ballot?.voter ?? null,
    support: ballot?.support ?? null,
    votes,
    transaction: transaction ?? null,
    problem: problem ?? null,
  };
}

function row({ file, ballot, proposal, status, votes }: BallotOutcome): string[] {
  const style = { ...UNSENT, refused: "red", cast: "green", valid: "green", "cast before": "dim" } as const;
  return [
    proposal === undefined ? "" : `#${proposal}`,
    ballot?.voter ?? file,
    ballot?.support ?? "",
    votes === 0n ? "" : formatAmount(votes),
    styled(style[status], status),
  ];
}
