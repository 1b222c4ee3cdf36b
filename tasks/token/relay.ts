import type { DelegationOutcome } from "../../sdk/node/token/relay.js";
import { relayDelegations } from "../../sdk/node/token/relay.js";
import { formatAmount } from "../../sdk/units.js";
import { styled } from "../output.js";
import { relayAction, UNSENT } from "../relayed.js";

export default relayAction({
  what: "delegation",
  key: "delegations",
  headings: { dryRun: "Delegations that would be carried out", sent: "Delegations" },
  columns: ["who", "votes by", "votes", "outcome"],
  right: [2],
  row,
  asJson,
  relay: async ({ live }, files, { signer }) => ({
    outcomes: await relayDelegations(live, files, { signer }),
  }),
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
