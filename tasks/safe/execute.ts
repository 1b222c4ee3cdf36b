import type { TransactionReceipt } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KyosoError } from "../../sdk/errors.js";
import { sendTransaction } from "../../sdk/node/execute/safe.js";
import { openDao } from "../../sdk/live.js";
import { openSafe } from "../../sdk/node/safe/account.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { checkSafeFile, mergeCopies } from "../../sdk/safe/transactions/check.js";
import type { Followed } from "../../sdk/node/safe/follow.js";
import { follow } from "../../sdk/node/safe/follow.js";
import { requireReady } from "../../sdk/safe/transactions/ready.js";
import { reviewAsSafe } from "../../sdk/safe/transactions/trial.js";
import { turnOf } from "../../sdk/safe/transactions/turn.js";
import { action } from "../action.js";
import { callsAsJson, printCalls, requireSuccess } from "../calls.js";
import { commandLine, shortPath } from "../commandLine.js";
import type { Opened } from "../context.js";
import { openLive, requireAccount } from "../context.js";
import { done, formatMoment, heading, print, printJson } from "../output.js";
import type { Desk } from "./desk.js";
import { openDesk, withOutbox } from "./desk.js";
import { printFollowUp, printSigners, printTransaction } from "./print.js";

interface Arguments {
  files: string[];
  service: string | undefined;
  dao: string | undefined;
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
  const { hash, calls } = checked;
  const { nonce } = checked.transaction;

  const turn = await turnOf(live, account, { nonce, hash });
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
          : `What follows is due ${formatMoment(followed.due, live.now)}: sign and execute ${shortPath(followed.place)}.`,
    });
  }
  await requireReady(live, account, checked, (await exchange.pending(account.nonce)).transactions);
  const reviewed = await reviewAsSafe(live, account, calls);
  if (!json) {
    printTransaction(live, account, checked);
    heading("What it does");
    printCalls(reviewed);
    printFollowUp(live, checked);
    printSigners(account, checked);
  }
  requireSuccess(reviewed, "Nothing was sent.");
  if (sender === undefined) {
    if (json) printJson(toJson(args, checked, callsAsJson(reviewed), null, null, undefined));
    else print("\nThis was a dry run: nothing was sent.");
    return;
  }

  const receipt = await sendTransaction(account, checked, sender);
  if (!json) {
    print();
    done(`Carried out, in block ${receipt.blockNumber}: ${receipt.hash}`);
  }
  const followed = checked.followUp === undefined ? undefined : await followNow(hre, opened, desk, checked);
  if (json) {
    printJson(toJson(args, checked, callsAsJson(reviewed), receipt.hash, receipt, followed));
  } else if (followed !== undefined) {
    await printFollowed(hre, opened, followed, live.now);
  }
});

/** The transaction that all copies are of, with what is shared of it, and checked. */
async function openCopies(
  { live, account, exchange }: Desk,
  files: readonly string[],
): Promise<CheckedTransaction> {
  const copies: CheckedTransaction[] = [];
  for (const name of files) {
    const { file, place } = await exchange.open(name);
    copies.push(await checkSafeFile(live, account, file, place));
  }
  const [first, ...others] = copies;
  if (first === undefined) {
    throw KyosoError.of("safe.no-file", {
      data: {},
      place: "files",
      message: "There is no file",
      remedy: "Name the file of a Safe transaction, or the copies that several owners signed.",
    });
  }
  return mergeCopies(account, [first, ...others]);
}

/** What follows, as the chain is now that the transaction was sent. */
async function followNow(
  hre: HardhatRuntimeEnvironment,
  { live: before }: Opened,
  desk: Desk,
  checked: CheckedTransaction,
): Promise<Followed | undefined> {
  const live = await openDao(before.record, before.provider, before.eip1193);
  const account = await openSafe(live.provider, live.eip1193, live.safe);
  return withOutbox(hre, desk, () => follow(live, account, checked, desk.exchange));
}

async function printFollowed(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  { due, expires, place, written }: Followed,
  now: number,
): Promise<void> {
  heading("What follows");
  print(
    `  It is announced, and can be done from ${formatMoment(due, now)} on, until ${formatMoment(expires, now)}.`,
  );
  done(`${written ? "Written" : "It waits for signatures already"}: ${shortPath(place)}`);
  print("\nNext: the owners read and sign it, and when it is due anybody can send it:");
  print(`  ${await commandLine(hre, opened, ["safe", "sign"], place)}`);
  print(`  ${await commandLine(hre, opened, ["safe", "execute"], place)}`);
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
    followUp:
      followed === undefined
        ? null
        : { file: shortPath(followed.place), due: followed.due, expires: followed.expires },
  };
}
