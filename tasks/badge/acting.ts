import type { Via } from "../../sdk/execute/via.js";
import type { Opened } from "../context.js";
import { requireAccount } from "../context.js";
import type { SubmitOptions } from "../submitOptions.js";

/** Arguments of every task that changes something. */
export type ActingArguments = SubmitOptions & { readonly dao: string | undefined };

/** The address that acts: the account's, the Safe's, or the DAO's own. */
export async function actorOf(
  opened: Opened,
  via: Via,
  { from, dryRun, json }: Pick<ActingArguments, "from" | "dryRun" | "json">,
): Promise<string> {
  if (via === "safe") return opened.live.safe;
  if (via === "proposal") return opened.live.record.contracts.timelock;
  return (await requireAccount(opened, from, { dryRun, json })).address;
}
