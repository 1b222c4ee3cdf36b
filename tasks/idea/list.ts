import { readIdeaCalls } from "../../sdk/ideas/board.js";
import { ideaCallAsJson } from "../../sdk/ideas/views.js";
import { oneLine } from "../../sdk/text.js";
import { action } from "../action.js";
import { plural } from "../badge/format.js";
import { openLive } from "../context.js";
import { alignRight, heading, print, printJson, shorten, table } from "../output.js";
import { showCallNext, showCallState, showTally } from "./print.js";

interface Arguments {
  all: boolean;
  dao: string | undefined;
  json: boolean;
}

const NEWEST = 20;
/** Columns of a terminal that a question may take. */
const QUESTION_WIDTH = 44;

export default action<Arguments>(async ({ all, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  const calls = (await readIdeaCalls(live)).reverse();
  if (json) {
    printJson({ dao: live.record.slug, calls: calls.map(ideaCallAsJson) });
    return;
  }
  if (calls.length === 0) {
    print("There is no call yet. Open one: npx hardhat idea call <question>");
    return;
  }
  heading(`${live.record.name}: ${plural(calls.length, "call")} for ideas`);
  const shown = all ? calls : calls.slice(0, NEWEST);
  const rows = shown.map((call) => {
    const [first] = call.leaders;
    return [
      call.number.toString(),
      shorten(oneLine(call.question), QUESTION_WIDTH),
      showCallState(call),
      call.ideas.toString(),
      first === undefined ? "" : `${first.name} with ${showTally(live, call, first.tally)}`,
      showCallNext(call, live.now),
    ];
  });
  const [head, ...lines] = alignRight([["no.", "question", "", "ideas", "first", ""], ...rows], 0, 3);
  table(lines, head);
  const older = calls.length - shown.length;
  if (older > 0) print(`\n  ${older} older ones: npx hardhat idea list --all`);
});
