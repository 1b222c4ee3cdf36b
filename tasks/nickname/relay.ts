import { requireShared } from "../../sdk/community/shared.js";
import type { NicknameOutcome } from "../../sdk/node/community/nicknameRelay.js";
import { relayNicknames } from "../../sdk/node/community/nicknameRelay.js";
import { findFiles } from "../../sdk/node/signed/files.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { openLive, requireAccount } from "../context.js";
import { heading, print, printJson, styled, table, warn } from "../output.js";
import { requireAllCarriedOut, UNSENT } from "../relayed.js";

interface Arguments {
  files: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Fails (exit code 1) where a nickname was refused, after the others were carried out. */
export default action<Arguments>(async ({ files, dao, from, dryRun, json }, hre) => {
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const signer = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  await requireShared(live, "nicknames");
  const outcomes = await relayNicknames(live, await findFiles(files), signer);
  if (json) {
    printJson({ dao: live.record.slug, dryRun, nicknames: outcomes.map(asJson) });
  } else {
    heading(dryRun ? "Nicknames that would be carried out" : "Nicknames");
    table(outcomes.map(row), ["who", "is called", "outcome"]);
    const problems = outcomes.flatMap(({ problem }) => problem ?? []);
    if (problems.length > 0) print();
    problems.forEach(warn);
    if (dryRun) print("\nThis was a dry run: nothing was sent.");
  }
  await requireAllCarriedOut(outcomes, "nickname", dryRun);
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
