import type { TransactionReceipt } from "ethers";
import { KyosoError } from "../../sdk/errors.js";
import { sendTransaction } from "../../sdk/node/execute/safe.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { checkSafeFile, mergeCopies } from "../../sdk/safe/transactions/check.js";
import type { Followed } from "../../sdk/node/safe/follow.js";
import { isFolder, openSeveral } from "../../sdk/node/safe/several.js";
import { follow } from "../../sdk/node/safe/follow.js";
import { requireReady } from "../../sdk/safe/transactions/ready.js";
import { reviewAsSafe } from "../../sdk/safe/transactions/trial.js";
import { turnOf } from "../../sdk/safe/transactions/turn.js";
import { action } from "../action.js";
import { callsAsJson, printCalls, requireReadable, requireSuccess } from "../calls.js";
import { shortPath, shownPath } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, requireAccount } from "../context.js";
import { done, formatMoment, heading, print, printJson } from "../output.js";
import type { Desk } from "./desk.js";
import { openDesk, withOutbox } from "./desk.js";
import { executeSeveral } from "./executeSeveral.js";
import { requireFile } from "./files.js";
import { followedAsJson, followNow, printFollowed } from "./followed.js";
import { warnUnless } from "./several.js";
import { printFollowUp, printSigners, printTransaction } from "./print.js";
import { wordsFor } from "./words.js";

interface Arguments {
  files: string[];
  service: string | undefined;
  dao: string | undefined;
  allowUnknownCalls: boolean;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { files, service, dao, from, dryRun, json } = args;
  const opened = await openLive(hre, dao);
  const sender = dryRun ? undefined : await requireAccount(opened, from, { dryRun, json });
  const desk = await openDesk(hre, opened, service);
  const { live, account, exchange } = desk;
  const checked = await openCopies(desk, files);
  if (checked === undefined) {
    const several = await openSeveral(live, account, exchange, files, warnUnless(json));
    await executeSeveral(hre, opened, desk, several, { ...args, sender });
    return;
  }
  const { hash, calls } = checked;
  const { nonce } = checked.transaction;

  const turn = await turnOf(live, account, { nonce, hash });
  const before = turn.state === "executed" ? sender?.takeOver(turn.transaction) : undefined;
  if (before !== undefined && checked.followUp === undefined) {
    // This command has sent it, and was stopped before it could say so.
    if (json) printJson(toJson(args, checked, [], before.hash, before, undefined));
    else done(`Carried out, in block ${before.blockNumber}: ${before.hash}`);
    return;
  }
  if (turn.state === "executed" && checked.followUp !== undefined && !dryRun) {
    // Sent before; what follows may have lost its number, or may not be written yet.
    const followed = await withOutbox(hre, desk, () => follow(live, account, checked, exchange));
    if (followed?.written === true) {
      if (json) printJson(toJson(args, checked, [], turn.transaction, null, followed));
      else await printFollowed(hre, opened, followed, live.now);
      return;
    }
    throw KyosoError.of("safe.carried-out-already", {
      data: { transaction: turn.transaction },
      place: checked.place,
      message: `It was carried out already, by the transaction ${turn.transaction}`,
      remedy:
        followed === undefined
          ? "What it announced was done, was cancelled, or has expired: `npx hardhat safe status` shows what is left."
          : `What follows is due ${formatMoment(followed.due, live.now)}: sign and execute ${shownPath(followed.place)}.`,
    });
  }
  await requireReady(live, account, checked, (await exchange.pending(account.nonce)).transactions);
  const reviewed = await reviewAsSafe(live, account, calls);
  if (!json) {
    printTransaction(live, account, checked);
    heading("What it does");
    printCalls(reviewed, undefined, await wordsFor(hre, live, reviewed));
    printFollowUp(live, checked);
    printSigners(account, checked);
  }
  requireReadable(reviewed, args, shortPath(checked.place));
  requireSuccess(reviewed, "Nothing was sent.");
  if (sender === undefined) {
    if (json) printJson(toJson(args, checked, callsAsJson(reviewed), null, null, undefined));
    else print("\nThis was a dry run: nothing was sent.");
    return;
  }

  await requireYes(`Send transaction ${nonce} of the Safe as ${sender.address}?`, json, "Nothing was sent.");
  const receipt = await sendTransaction(account, checked, sender);
  if (!json) {
    print();
    done(`Carried out, in block ${receipt.blockNumber}: ${receipt.hash}`);
  }
  const followed = await followNow(hre, desk, checked, receipt.blockNumber);
  if (json) {
    printJson(toJson(args, checked, callsAsJson(reviewed), receipt.hash, receipt, followed));
  } else if (followed !== undefined) {
    await printFollowed(hre, opened, followed, live.now);
  }
});

/** The transaction that files are copies of, with what is shared of it, and checked; undefined where they are of several. */
async function openCopies(
  { live, account, exchange }: Desk,
  names: readonly string[],
): Promise<CheckedTransaction | undefined> {
  const opened: CheckedTransaction[] = [];
  for (const name of [requireFile(names), ...names.slice(1)]) {
    if (await isFolder(name)) return undefined;
    const { file, place } = await exchange.open(name);
    const checked = await checkSafeFile(live, account, file, place);
    if (opened.some(({ hash }) => hash !== checked.hash)) return undefined;
    opened.push(checked);
  }
  const [first, ...others] = opened;
  return first && mergeCopies(account, [first, ...others]);
}

function toJson(
  { dryRun }: Arguments,
  { hash, place, signatures, transaction: { nonce } }: CheckedTransaction,
  calls: readonly object[],
  transaction: string | null,
  receipt: TransactionReceipt | null,
  followed: Followed | undefined,
) {
  return {
    dryRun,
    file: shortPath(place),
    hash,
    nonce,
    calls,
    signed: signatures.map(({ signer }) => signer),
    transaction,
    block: receipt?.blockNumber ?? null,
    followUp: followedAsJson(followed),
  };
}
