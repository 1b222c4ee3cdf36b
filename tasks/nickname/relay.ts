import { requireShared } from "../../sdk/community/shared.js";
import type { NicknameOutcome } from "../../sdk/node/community/nicknameRelay.js";
import { relayNicknames } from "../../sdk/node/community/nicknameRelay.js";
import { oneLine } from "../../sdk/text.js";
import { styled } from "../output.js";
import { relayAction, UNSENT } from "../relayed.js";

export default relayAction({
  what: "nickname",
  key: "nicknames",
  headings: { dryRun: "Nicknames that would be carried out", sent: "Nicknames" },
  columns: ["who", "is called", "outcome"],
  row,
  asJson,
  relay: async ({ live }, files, { signer }) => {
    await requireShared(live, "nicknames");
    return { outcomes: await relayNicknames(live, files, signer) };
  },
});

function asJson({ file, signed, status, transaction, problem }: NicknameOutcome) {
  return {
    file,
    status,
    account: signed?.account ?? null,
    nickname: signed?.nickname ?? null,
    transaction: transaction ?? null,
    problem: problem ?? null,
  };
}

function row({ file, signed, status }: NicknameOutcome): string[] {
  const style = {
    ...UNSENT,
    refused: "red",
    "carried out": "green",
    valid: "green",
    "so already": "dim",
  } as const;
  return [
    signed?.account ?? file,
    signed === undefined ? "" : signed.nickname === "" ? "nothing" : `“${oneLine(signed.nickname)}”`,
    styled(style[status], status),
  ];
}
