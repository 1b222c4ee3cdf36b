import type { ErrorDescription } from "ethers";
import { isAddress } from "ethers";
import type { Eip1193Provider } from "../chain/eip1193.js";
import { customError, revertDataOf } from "../calls/revert.js";

/** A call that ends with one of these was turned away for who made it. Any other end is about what was asked for. */
const TURNED_AWAY = new Set([
  "AccessControlBadConfirmation",
  "AccessControlUnauthorizedAccount",
  "AccessManagedUnauthorized",
  "AccessManagerBadConfirmation",
  "AccessManagerUnauthorizedAccount",
  "AccessManagerUnauthorizedCall",
  "AccessManagerUnauthorizedCancel",
  "AccessManagerUnauthorizedConsume",
  "BrandGovernorNotGuardian",
  "BrandGovernorTimelockIsFixed",
  "BrandTimelockUnauthorized",
  "BrandTokenTreasuryCannotDelegate",
  "ContributionBadgeNotDrop",
  "ContributionBadgeNotHolder",
  "ContributionBadgeSoulbound",
  "GovernorDisabledDeposit",
  "GovernorInsufficientProposerVotes",
  "GovernorOnlyExecutor",
  "HandoverNotSafeOwner",
  "HandoverTooEarly",
  "HandoverUnauthorized",
  "HandoverVetoStillHeld",
  "InvalidInitialization",
  "RoleRestrictedUnauthorized",
  "TimelockUnauthorizedCaller",
]);

/** What ends a call for everybody, whoever they are, before it is asked who may make it. */
const CLOSED = new Set([
  "ContributionBadgeDailyPointsLimited",
  "ContributionBadgeHalted",
  "ContributionBadgeKindClosed",
  "ContributionBadgeSupplyLimited",
  "HandoverAlreadyDone",
]);

/**
 * How a call ends that is tried: its caller is let in, and it succeeds or fails for what was asked for; is turned away; or
 * the function is closed to everybody at present, and nothing follows of who may call it; or nothing is said of why it fails.
 */
export type Outcome = "let in" | "turned away" | "closed" | "unsaid";

/**
 * Tries a call as somebody, without sending anything.
 *
 * @param block Of whose state, as the node takes it; the newest without it.
 * @throws whatever the node says that isn't how the call ends.
 */
export async function attempt(
  provider: Eip1193Provider,
  transaction: { readonly from: string; readonly to: string; readonly data: string },
  block = "latest",
): Promise<Outcome> {
  try {
    await provider.request({ method: "eth_call", params: [transaction, block] });
    return "let in";
  } catch (error) {
    const data = revertDataOf(error);
    if (data === undefined) {
      if (isRevert(error)) return "unsaid";
      throw error;
    }
    const reason = customError(data);
    if (reason === undefined) return "let in";
    if (CLOSED.has(reason.name)) return "closed";
    return TURNED_AWAY.has(reason.name) && isAbout(reason, transaction.from) ? "turned away" : "let in";
  }
}

/** Whether it is the caller who was turned away, and not a contract that was let in and called another one. */
function isAbout({ args }: ErrorDescription, caller: string): boolean {
  const [who] = args as unknown as readonly unknown[];
  return !isAddress(who) || who.toLowerCase() === caller.toLowerCase();
}

function isRevert(error: unknown): boolean {
  return error instanceof Error && /revert/iu.test(error.message);
}
