import type { RedemptionOutcome } from "../../sdk/node/vouchers/redeem.js";
import { relayRedemptions } from "../../sdk/node/vouchers/redeem.js";
import { styled } from "../output.js";
import { relayAction, UNSENT } from "../relayed.js";

export default relayAction({
  what: "redemption",
  key: "redemptions",
  headings: { dryRun: "Redemptions that would be carried out", sent: "Redemptions" },
  columns: ["who", "badge", "outcome"],
  row,
  asJson,
  relay: async ({ live }, files, { signer }) => ({ outcomes: await relayRedemptions(live, files, signer) }),
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
