import { requireReady } from "../../sdk/governance/readiness.js";
import { readIdeaCall, unknownIdea } from "../../sdk/ideas/board.js";
import { ideaName, parseIdea } from "../../sdk/ideas/names.js";
import { oneCallOf, planSupport } from "../../sdk/ideas/plans.js";
import { formatWeight } from "../../sdk/ideas/readiness.js";
import { supportReadiness } from "../../sdk/ideas/supportReadiness.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { printDryRun } from "../badge/format.js";
import { openLive, requireAccount } from "../context.js";
import { done, heading, printJson, table } from "../output.js";
import { submit } from "../submit.js";

interface Arguments {
  ideas: string[];
  dao: string | undefined;
  from: string | undefined;
  dryRun: boolean;
  json: boolean;
}

/** Supports what isn't supported yet: the same command can be run again. */
export default action<Arguments>(async ({ ideas: texts, dao, from, dryRun, json }, hre) => {
  const ids = texts.map((text) => parseIdea(text, "ideas"));
  const number = oneCallOf(ids);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { address: account } = await requireAccount(opened, from, { dryRun, json });
  const call = await readIdeaCall(live, number);
  const ideas = ids.map((id) => {
    const found = call.list.find((idea) => idea.id === id);
    if (found === undefined) throw unknownIdea(id);
    return found;
  });
  const readiness = await supportReadiness(live, call, ideas, account);
  requireReady(readiness, readiness.problem?.place ?? `call ${number}`);
  const { left, weight } = readiness;
  if (!json) {
    heading(`Call ${number}: ${oneLine(call.question)}`);
    table(
      ideas.map(({ id, name, title }) => [name, oneLine(title), left.includes(id) ? "" : "supported before"]),
    );
  }
  const { transactions } = await submit(hre, opened, [planSupport(live, left)], {
    via: "signer",
    from,
    dryRun,
    json,
    service: undefined,
  });
  if (json) {
    const [transaction = null] = transactions;
    printJson({ dao: live.record.slug, dryRun, account, call: number, ideas: left, weight, transaction });
  } else if (dryRun) printDryRun();
  else
    done(
      `${left.map(ideaName).join(", ")} ${left.length === 1 ? "has" : "have"} ${formatWeight(live, call, weight)} more.`,
    );
});
