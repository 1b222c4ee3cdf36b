import { endOfDay, readKinds } from "../../sdk/badges/kinds/kinds.js";
import { formatMoment } from "../../sdk/time.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { heading, print, printJson, styled } from "../output.js";
import { printKinds } from "./kindTable.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const [kinds, halted] = await Promise.all([readKinds(live), live.contracts.badge.halted()]);
  if (json) {
    printJson({ dao: live.record.slug, halted, kinds });
    return;
  }
  heading(`${live.record.name}: kinds of badges${halted ? styled("red", "  ALL AWARDS ARE HALTED") : ""}`);
  if (kinds.length === 0)
    print("  There is none yet. Add one: npx hardhat badge kind add <name> --points 10");
  else printKinds(kinds, live.symbol);
  if (kinds.some(({ closed, today }) => !closed && today !== null)) {
    print(styled("dim", `  A day ends ${formatMoment(endOfDay(live.now), live.now)}.`));
  }
});
