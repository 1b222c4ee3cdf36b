import path from "node:path";
import { writeBatch } from "../../sdk/safe/sharing/builder.js";
import { checkSafeFile } from "../../sdk/safe/transactions/check.js";
import { jsonText, replaceFile } from "../../sdk/node/files.js";
import { reviewAsSafe } from "../../sdk/safe/transactions/trial.js";
import { action } from "../action.js";
import { printCalls, requireReadable } from "../calls.js";
import { shortPath, shownPath } from "../commandLine.js";
import { openLive } from "../context.js";
import { done, heading, print, printJson } from "../output.js";
import { openDesk } from "./desk.js";

interface Arguments {
  file: string;
  out: string | undefined;
  dao: string | undefined;
  allowUnknownCalls: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ file: name, out, dao, json, allowUnknownCalls }, hre) => {
  const opened = await openLive(hre, dao);
  const { live, account, exchange } = await openDesk(hre, opened, undefined);
  const { file, place } = await exchange.open(name);
  const { calls, title, transaction } = await checkSafeFile(live, account, file, place);
  const reviewed = await reviewAsSafe(live, account, calls);
  requireReadable(reviewed, { allowUnknownCalls, json }, shortPath(place));
  const target = path.resolve(out ?? place.replace(/(?:\.json)?$/u, ".builder.json"));
  const batch = writeBatch(calls, {
    chainId: live.chainId,
    safe: account.address,
    title,
    createdAt: Date.now(),
  });
  await replaceFile(target, jsonText(batch));
  if (json) {
    printJson({ file: shortPath(target), transactions: calls.length, checksum: batch.meta.checksum });
    return;
  }
  heading("What it does");
  printCalls(reviewed);
  print();
  done(`Written: ${shownPath(target)}`);
  print(
    `\nNext: open it in the Transaction Builder of Safe{Wallet}, as the Safe ${account.address}. It becomes a transaction of its own there: signatures of ${shownPath(place)} don't count for it, and of the two only one can have the number ${transaction.nonce}.`,
  );
});
