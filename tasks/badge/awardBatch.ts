import { readContributions } from "../../sdk/node/badges/contributions.js";
import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { action } from "../action.js";
import { shortPath } from "../commandLine.js";
import { openLive } from "../context.js";
import { printJson } from "../output.js";
import type { ActingArguments } from "./acting.js";
import { awardAll } from "./awarding.js";

interface Arguments extends ActingArguments {
  file: string;
  evidenceUri: string | undefined;
}

export default action<Arguments>(async (args, hre) => {
  const opened = await openLive(hre, args.dao);
  const kinds = await readKinds(opened.live);
  const contributions = await readContributions(args.file, kinds);
  const awarded = await awardAll(hre, opened, contributions, kinds, args);
  if (!args.json) return;
  const { via, transactions, files, before, after, warnings, evidence } = awarded;
  printJson({
    dao: opened.live.record.slug,
    dryRun: args.dryRun,
    via,
    transactions,
    files,
    contributions: after.map((standing, i) => ({
      line: standing.award.source?.line,
      kind: standing.award.kind,
      account: standing.award.account,
      hash: standing.award.evidence.hash,
      state: standing.state,
      badge: standing.state === "awarded" ? standing.badge : null,
      file: standing.state === "under way" ? shortPath(standing.file) : null,
      before: before[i]?.state !== "open",
    })),
    evidence,
    warnings,
  });
});
