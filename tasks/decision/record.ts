import { planDecision } from "../../sdk/community/decisions.js";
import { requireShared } from "../../sdk/community/shared.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { hashOption } from "../idea/hash.js";

interface Arguments extends ActingArguments {
  uri: string | undefined;
  hash: string | undefined;
  kind: string | undefined;
}

/** The DAO's decisions are those that proposals write down, so that is what it does unless it is told otherwise. */
export default action<Arguments>(
  async ({ uri, hash, kind, dao, via = "proposal", from, dryRun, json, service }, hre) => {
    const opened = await openLive(hre, dao);
    const { live } = opened;
    await requireShared(live, "decisions");
    const contentHash = hashOption(hash, "--hash");
    const plan = planDecision({ kind, uri, contentHash });
    const submitted = await submit(hre, opened, [plan], { via, from, dryRun, json, service });
    if (json) {
      const decision = { kind: kind ?? null, uri: uri ?? "", contentHash: contentHash ?? null };
      printJson({ dao: live.record.slug, dryRun, ...submitted, ...decision });
    } else if (dryRun) printDryRun();
    else if (submitted.transactions.length > 0) done("It is written down, as a decision of this account.");
  },
);
