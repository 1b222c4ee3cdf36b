import { requireReady } from "../../sdk/governance/readiness.js";
import { readIdea } from "../../sdk/ideas/board.js";
import { parseIdea } from "../../sdk/ideas/names.js";
import { planWithdraw } from "../../sdk/ideas/plans.js";
import { withdrawReadiness } from "../../sdk/ideas/readiness.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { openLive, requireAccount } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { printIdea } from "./printIdea.js";

interface Arguments {
  idea: string;
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

export default action<Arguments>(async ({ idea: text, dao, from, dryRun, json }, hre) => {
  const id = parseIdea(text);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address: account } = await requireAccount(opened, from, { dryRun, json });
  const { call, idea } = await readIdea(live, id);
  requireReady(withdrawReadiness(live, call, idea, account), `idea ${idea.name}`);
  if (!json) printIdea(live, call, idea);
  const acting = { via: "signer", from, dryRun, json, service: undefined };
  const { transactions } = await submit(hre, opened, [planWithdraw(live, id)], acting);
  if (json) {
    const [transaction = null] = transactions;
    printJson({ dao: live.record.slug, dryRun, account, idea: id, name: idea.name, transaction });
  } else if (dryRun) printDryRun();
  else done(`Idea ${idea.name} is withdrawn.`);
});
