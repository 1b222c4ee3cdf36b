import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { openDao } from "../../sdk/live.js";
import { openSafe } from "../../sdk/node/safe/account.js";
import type { Followed } from "../../sdk/node/safe/follow.js";
import { follow } from "../../sdk/node/safe/follow.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { commandLine, shortPath } from "../commandLine.js";
import type { Opened } from "../context.js";
import { done, formatMoment, heading, print } from "../output.js";
import type { Desk } from "./desk.js";
import { withOutbox } from "./desk.js";

/** What follows, as the chain is now that the transaction was sent. */
export async function followNow(
  hre: HardhatRuntimeEnvironment,
  { live: before }: Opened,
  desk: Desk,
  checked: CheckedTransaction,
): Promise<Followed | undefined> {
  const live = await openDao(before.record, before.provider, before.eip1193);
  const account = await openSafe(live.provider, live.eip1193, live.safe);
  return withOutbox(hre, desk, () => follow(live, account, checked, desk.exchange));
}

/** Says when what follows is due, and what is to be done then. */
export async function printFollowed(
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
