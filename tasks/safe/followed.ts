import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { refreshed } from "../../sdk/live.js";
import { openSafe } from "../../sdk/node/safe/account.js";
import type { Followed } from "../../sdk/node/safe/follow.js";
import { follow } from "../../sdk/node/safe/follow.js";
import type { CheckedTransaction } from "../../sdk/safe/transactions/check.js";
import { commandLine, shortPath, shownPath } from "../commandLine.js";
import type { Opened } from "../context.js";
import { done, formatMoment, heading, print, warn } from "../output.js";
import type { Desk } from "./desk.js";
import { withOutbox } from "./desk.js";

/**
 * What follows a transaction that was sent.
 *
 * @param block The one that it is in.
 */
export async function followNow(
  hre: HardhatRuntimeEnvironment,
  desk: Desk,
  checked: CheckedTransaction,
  block: number,
): Promise<Followed | undefined> {
  if (checked.followUp === undefined) return undefined;
  const live = await refreshed(desk.live, block);
  const account = await openSafe(live.provider, live.eip1193, live.safe);
  return withOutbox(hre, desk, () => follow(live, account, checked, desk.exchange));
}

/** What follows, for programs. */
export function followedAsJson(followed: Followed | undefined): object | null {
  if (followed === undefined) return null;
  const { place, due, expires } = followed;
  return { file: shortPath(place), due, expires };
}

/** Says when what follows is due, and what is to be done then. */
export async function printFollowed(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  { due, expires, place, written, refused }: Followed,
  now: number,
): Promise<void> {
  heading("What follows");
  print(
    `  It is announced, and can be done from ${formatMoment(due, now)} on, until ${formatMoment(expires, now)}.`,
  );
  refused.forEach(warn);
  done(`${written ? "Written" : "It waits for signatures already"}: ${shownPath(place)}`);
  print("\nNext: the owners read and sign it, and when it is due anybody can send it:");
  print(`  ${await commandLine(hre, opened, ["safe", "sign"], place)}`);
  print(`  ${await commandLine(hre, opened, ["safe", "execute"], place)}`);
}
