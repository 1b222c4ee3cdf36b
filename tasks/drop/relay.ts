import { campaignName } from "../../sdk/drop/campaign.js";
import type { ClaimOutcome } from "../../sdk/node/drop/relay.js";
import { relayClaims } from "../../sdk/node/drop/relay.js";
import { formatAmount } from "../../sdk/units.js";
import { progress, styled } from "../output.js";
import { relayAction, UNSENT } from "../relayed.js";

export default relayAction({
  what: "claim",
  key: "claims",
  headings: { dryRun: "Claims that would be sent", sent: "Claims" },
  columns: ["campaign", "claim", "account", "tokens", "outcome"],
  right: [1, 3],
  row,
  asJson,
  relay: async ({ live }, files, { signer }) => {
    const bar = progress("Sending the claims");
    let settled = 0;
    const onOutcome = () => {
      settled += 1;
      bar(settled, files.length);
    };
    return { outcomes: await relayClaims(live, files, { signer, onOutcome }) };
  },
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
