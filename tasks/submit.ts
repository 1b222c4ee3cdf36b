import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Plan } from "../sdk/calls/plan.js";
import { reviewCalls } from "../sdk/calls/review.js";
import { KyosoError } from "../sdk/errors.js";
import type { Account } from "../sdk/execute/account.js";
import type { SentCall } from "../sdk/execute/signer.js";
import { outstanding, sendPlans } from "../sdk/execute/signer.js";
import { parseVia, type Via } from "../sdk/execute/via.js";
import { LONGEST_LIST, printCalls, requireSuccess } from "./calls.js";
import type { Opened } from "./context.js";
import { requireAccount } from "./context.js";
import { done, heading } from "./output.js";
import type { SubmitOptions } from "./submitOptions.js";

/** What came of plans that were submitted. */
export interface Submitted {
  readonly via: Via;
  /** Hashes of the transactions that were sent. */
  readonly transactions: readonly string[];
  /** Files that were written: of the Safe, for its owners to sign, or drafts of proposals. */
  readonly files: readonly string[];
}

/**
 * Carries plans out by the way that is asked for, one after the other. Each call is shown and tried first; nothing is
 * sent where one would fail.
 */
export async function submit(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  plans: readonly Plan[],
  options: SubmitOptions,
): Promise<Submitted> {
  const via = parseVia(options.via);
  if (options.service !== undefined && via !== "safe") {
    throw KyosoError.of("service.not-with-via", {
      data: { via },
      place: "--service",
      message: `A Safe transaction service has nothing to do with --via ${via}`,
      remedy: "Leave it out, or act as the Safe with --via safe.",
    });
  }
  switch (via) {
    case "signer":
      return { via, transactions: await submitToSigner(opened, plans, options), files: [] };
    case "safe": {
      // Safe's kit is long to load.
      const { submitToSafe } = await import("./safe/submit.js");
      return { via, transactions: [], files: await submitToSafe(hre, opened, plans, options) };
    }
    case "proposal": {
      const { submitToProposal } = await import("./draft.js");
      return { via, transactions: [], files: await submitToProposal(hre, opened, plans, options) };
    }
  }
}

/** Sends plans from an account, at once. */
async function submitToSigner(
  opened: Opened,
  plans: readonly Plan[],
  { from, dryRun, json }: SubmitOptions,
): Promise<string[]> {
  const account = await requireAccount(opened, from, { dryRun, json });
  for (const plan of plans) {
    // What an earlier run of this command has sent already needn't be possible any more.
    const { title, calls } = outstanding(plan, account, false).left;
    if (calls.length === 0) continue;
    const reviewed = await reviewCalls(opened.live, calls, account.address);
    if (!json) {
      heading(title);
      printCalls(reviewed, LONGEST_LIST);
    }
    requireSuccess(reviewed, "Nothing was sent.");
  }
  if (dryRun) return [];
  const sent = await sendAloud(plans, account, json);
  return sent.flatMap(({ transaction }) => transaction ?? []);
}

/** Sends plans that don't depend on each other, and says of each call that it is confirmed; see {@link sendPlans}. */
export function sendAloud(plans: readonly Plan[], account: Account, json: boolean): Promise<SentCall[]> {
  return sendPlans(plans, account, {
    onSettled: ({ call, state, transaction }) => {
      if (!json && state === "confirmed") done(`${call.purpose}: ${transaction ?? ""}`);
    },
  });
}
