import { requireRole } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { requireReady } from "../../sdk/governance/readiness.js";
import { readIdea } from "../../sdk/ideas/board.js";
import { parseIdea } from "../../sdk/ideas/names.js";
import { planHide } from "../../sdk/ideas/plans.js";
import { hideReadiness } from "../../sdk/ideas/readiness.js";
import { ROLES } from "../../sdk/roles.js";
import { action } from "../action.js";
import type { ActingArguments } from "../badge/acting.js";
import { actorOf } from "../badge/acting.js";
import { printDryRun } from "../badge/format.js";
import { openLive } from "../context.js";
import { done, printJson } from "../output.js";
import { submit } from "../submit.js";
import { printIdea } from "./printIdea.js";

interface Arguments extends ActingArguments {
  idea: string;
  reason: string;
}

/** The action that has pages not show an idea, or show it again. */
export function showAction(hidden: boolean) {
  return action<Arguments>(
    async ({ idea: text, reason: why, dao, via: asked, from, dryRun, json, service }, hre) => {
      const via = parseVia(asked);
      const id = parseIdea(text);
      const reason = why.trim().normalize("NFC");
      const opened = await openLive(hre, dao);
      const { live } = opened;
      const plan = planHide(live, id, hidden, reason);
      const actor = await actorOf(opened, via, { from, dryRun, json });
      const { call, idea } = await readIdea(live, id);
      requireReady(hideReadiness(idea, hidden), `idea ${idea.name}`);
      await requireRole(live, actor, ROLES.STEWARD, hidden ? "hide an idea" : "have an idea shown again");
      if (!json) printIdea(live, call, idea);
      const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
      if (json) {
        printJson({ dao: live.record.slug, dryRun, ...submitted, idea: id, name: idea.name, hidden, reason });
      } else if (dryRun) printDryRun();
      else if (submitted.transactions.length > 0) {
        done(
          hidden
            ? `Pages are asked not to show idea ${idea.name}. It counts as before, and its life says who hid it, and why.`
            : `Pages are asked to show idea ${idea.name} again.`,
        );
      }
    },
  );
}
