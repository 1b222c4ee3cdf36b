import { readKinds } from "../../sdk/badges/kinds/kinds.js";
import { readPerks } from "../../sdk/pass/perks.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { heading, print, printJson, styled, table } from "../output.js";
import { showRule } from "./print.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const perks = await readPerks(live);
  if (json) {
    printJson({ dao: live.record.slug, perks });
    return;
  }
  heading(`${live.record.name}: perks`);
  if (perks.length === 0) {
    print('  There are none yet. Add one: npx hardhat perk add <name> "1 pass"');
    return;
  }
  const kinds = await readKinds(live);
  table(
    perks.map((perk) => [
      perk.number.toString(),
      oneLine(perk.name),
      showRule(perk, kinds),
      perk.once ? (perk.byPass ? "once a pass" : "once") : "",
      perk.closed ? styled("dim", "closed") : "",
      oneLine(perk.uri),
    ]),
    ["no.", "perk", "for whom", "", "", ""],
  );
});
