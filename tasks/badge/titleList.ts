import { readLadder } from "../../sdk/badges/titles/titles.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { alignRight, heading, print, printJson, table } from "../output.js";
import { number } from "./format.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const titles = await readLadder(live);
  if (json) {
    printJson({ dao: live.record.slug, titles });
    return;
  }
  heading(`${live.record.name}: titles`);
  if (titles.length === 0) {
    print('  There are none yet. Set them: npx hardhat badge title set "Guest:0" "Regular:100"');
    return;
  }
  const rows = titles.map((title) => [
    number(title.rank),
    oneLine(title.name),
    number(title.points),
    number(title.members),
  ]);
  const [head, ...lines] = alignRight([["no.", "title", "from points", "members"], ...rows], 0, 2, 3);
  table(lines, head);
});
