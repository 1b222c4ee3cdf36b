import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { requireCallerOf } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { planTerms, readNewTerms } from "../../sdk/pass/newTerms.js";
import { guardedPass, readPassTerms } from "../../sdk/pass/pass.js";
import { oneLine } from "../../sdk/text.js";
import { formatPercent } from "../../sdk/units.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, heading, printJson, styled, table } from "../output.js";
import { submit } from "../submit.js";

interface Arguments extends ActingArguments {
  kind: string | undefined;
  royalty: string | undefined;
  colour: string | undefined;
  language: string | undefined;
}

export default action<Arguments>(async ({ dao, via: asked, from, dryRun, json, service, ...texts }, hre) => {
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const actor = await actorOf(opened, via, { from, dryRun, json });
  const [before, kinds] = await Promise.all([readPassTerms(live), readKinds(live)]);
  const terms = readNewTerms(before, texts, kinds);
  await requireCallerOf(live, actor, guardedPass(live), "setTerms");
  if (!json) {
    const kindName = (kind: number | null) =>
      kind === null ? "none" : oneLine(kinds.find(({ number }) => number === kind)?.name ?? `no. ${kind}`);
    heading("Membership passes");
    table([
      rowOf("Badges that entitle to one", kindName(before.kind), kindName(terms.kind)),
      rowOf("Asked of markets", formatPercent(before.royaltyBps), formatPercent(terms.royaltyBps)),
      rowOf("Colour", before.colour, terms.colour),
      rowOf("Labels", before.language, terms.language),
    ]);
  }
  const plans = [planTerms(live, terms)];
  const submitted = await submit(hre, opened, plans, { via: asked, from, dryRun, json, service });
  if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, before, terms });
  else if (dryRun) printDryRun();
  else if (submitted.transactions.length > 0) done("Passes have these terms. Those that there are stay.");
});

function rowOf(what: string, before: string, after: string): string[] {
  return [what, before === after ? after : `${styled("dim", before)} → ${after}`];
}
