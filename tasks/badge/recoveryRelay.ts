import type { RefusalOutcome } from "../../sdk/node/badges/refusals.js";
import { relayRefusals } from "../../sdk/node/badges/refusals.js";
import { styled } from "../output.js";
import { relayAction, UNSENT } from "../relayed.js";

export default relayAction({
  what: "refusal",
  key: "refusals",
  headings: { dryRun: "Refusals that would be carried out", sent: "Refusals" },
  columns: ["who", "recovery of", "into", "outcome"],
  row,
  asJson,
  relay: async ({ live }, files, { signer }) => ({ outcomes: await relayRefusals(live, files, { signer }) }),
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
