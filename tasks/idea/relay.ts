import { ideaName } from "../../sdk/ideas/names.js";
import type { SupportOutcome } from "../../sdk/node/ideas/supportRelay.js";
import { relaySupport } from "../../sdk/node/ideas/supportRelay.js";
import { done, styled } from "../output.js";
import { relayAction, UNSENT } from "../relayed.js";

export default relayAction({
  what: "signed support",
  key: "support",
  headings: { dryRun: "Support that would be taken", sent: "Support" },
  columns: ["call", "who", "ideas", "outcome"],
  row,
  asJson,
  relay: async ({ live }, files, { signer, json }) => {
    const transactions: string[] = [];
    const onBatch = (hash: string, count: number) => {
      transactions.push(hash);
      if (!json) done(`${count} ${count === 1 ? "account" : "accounts"} in one transaction: ${hash}`);
    };
    return { outcomes: await relaySupport(live, files, { signer, onBatch }), more: { transactions } };
  },
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
