import type { BallotOutcome } from "../../sdk/node/governance/ballotRelay.js";
import { relayBallots } from "../../sdk/node/governance/ballotRelay.js";
import { formatAmount } from "../../sdk/units.js";
import { done, styled } from "../output.js";
import { relayAction, UNSENT } from "../relayed.js";

export default relayAction({
  what: "ballot",
  key: "ballots",
  headings: { dryRun: "Ballots that would be cast", sent: "Ballots" },
  columns: ["proposal", "voter", "vote", "votes", "outcome"],
  right: [3],
  row,
  asJson,
  relay: async ({ live }, files, { signer, json }) => {
    const transactions: string[] = [];
    const onBatch = (hash: string, ballots: number) => {
      transactions.push(hash);
      if (!json) done(`${ballots} ${ballots === 1 ? "ballot" : "ballots"} in one transaction: ${hash}`);
    };
    return { outcomes: await relayBallots(live, files, { signer, onBatch }), more: { transactions } };
  },
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
