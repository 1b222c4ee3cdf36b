import { kindAddedBy, readKinds } from "../../sdk/badges/kinds/kinds.js";
import { readNewKind } from "../../sdk/badges/kinds/newKind.js";
import { planAddKind } from "../../sdk/badges/plans.js";
import { requireCaller } from "../../sdk/badges/powers.js";
import { parseVia } from "../../sdk/execute/via.js";
import { formatAmount } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { done, heading, printJson, table } from "../output.js";
import { submit } from "../submit.js";
import type { ActingArguments } from "./acting.js";
import { actorOf } from "./acting.js";
import { number, printDryRun } from "./format.js";

interface Arguments extends ActingArguments {
  name: string;
  description: string | undefined;
  image: string | undefined;
  points: string | undefined;
  votes: string | undefined;
  issuer: string | undefined;
  supply: string | undefined;
  dailyPoints: string | undefined;
}

export default action<Arguments>(async ({ dao, via: asked, from, dryRun, json, service, ...texts }, hre) => {
  const via = parseVia(asked);
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const { name, description, image, points, votes, issuer, supply, dailyPoints } = texts;
  const config = await readNewKind(
    live,
    { name, description, image, points, votes, issuer, supply, dailyPoints },
    await readKinds(live),
  );
  const { plan, guarded } = planAddKind(live, config, via);
  await requireCaller(live, await actorOf(opened, via, { from, dryRun, json }), guarded);
  if (!json) {
    heading(`New kind: ${config.name}`);
    table([
      ...(config.description === "" ? [] : [["Description", config.description]]),
      ["Picture", config.image === "" ? "a card, drawn on chain" : config.image],
      ["Points", number(config.points)],
      ["Votes", config.votes === 0n ? "none" : formatAmount(config.votes, live.symbol)],
      ["Badges ever", config.supplyLimit === 0 ? "no limit" : `at most ${number(config.supplyLimit)}`],
      [
        "Points a day",
        config.dailyPointsLimit === 0 ? "no limit" : `at most ${number(config.dailyPointsLimit)}`,
      ],
    ]);
  }
  const submitted = await submit(hre, opened, [plan], { via: asked, from, dryRun, json, service });
  const [hash] = submitted.transactions;
  const added = hash === undefined ? undefined : await kindAddedBy(live, hash);
  const kind = { number: added ?? null, ...config };
  if (json) printJson({ dao: live.record.slug, dryRun, ...submitted, kind });
  else if (dryRun) printDryRun();
  else if (added !== undefined) done(`"${config.name}" is kind ${added}. What it is worth never changes.`);
});
