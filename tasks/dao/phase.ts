import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Phase } from "../../sdk/dao.js";
import { PHASES } from "../../sdk/dao.js";
import type { HandoverStatus, HandoverStep } from "../../sdk/handover/handover.js";
import { readHandover } from "../../sdk/handover/handover.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import type { Opened } from "../context.js";
import { openLive } from "../context.js";
import { formatMoment, heading, print, printJson, styled, table } from "../output.js";
import { ENDS, issuersAsJson, printIssuers } from "./handover.js";

interface Arguments {
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ dao, json }, hre) => {
  const opened = await openLive(hre, dao);
  const handover = await readHandover(opened.live);
  if (!json) {
    await printHandover(hre, opened, handover);
    return;
  }
  const { issuers, steps, ...rest } = handover;
  printJson({
    dao: opened.live.record.slug,
    ...rest,
    steps: steps.map((step) => ({ ...step, ends: ENDS[step.step] })),
    issuers: issuersAsJson(issuers),
  });
});

/** What the Safe has in each phase. */
const HAS: Readonly<Record<Phase, string>> = {
  "brand-led": "its veto, STEWARD, ISSUER",
  shared: "STEWARD, ISSUER",
  community: "nothing",
};

async function printHandover(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  handover: HandoverStatus,
): Promise<void> {
  const { live } = opened;
  const { phase, steps, guardian, halted, issuers } = handover;
  heading(`${live.record.name}: ${phase}`);
  table(
    PHASES.map((each) => {
      const step = steps.find(({ from }) => from === each);
      const ends =
        step === undefined ? (each === "community" ? "never by itself" : "is over") : endOf(step, live.now);
      return [each === phase ? styled("bold", `▸ ${each}`) : `  ${each}`, HAS[each], ends];
    }),
    ["  phase", "the Safe has", "it ends"],
  );
  if (guardian !== null && guardian !== live.safe) {
    print(styled("yellow", `\n  The veto is ${live.book.show(guardian)}'s, and not the Safe's.`));
  }
  if (halted) {
    const resume = await commandLine(hre, opened, ["dao", "resume"]);
    print(`\n  ${styled("red", "Awards, claims and recoveries are halted.")} To resume: ${resume}`);
  }
  const [next] = steps;
  if (next === undefined) {
    print("\n  There is no step left. Only a passed proposal gives power back.");
  } else {
    heading(`The next step: to ${next.to}`);
    print("  What ends:");
    for (const what of ENDS[next.step]) print(`  - ${what}`);
    for (const [who, via] of waysOf(next)) {
      print(`  ${who}: ${await commandLine(hre, opened, ["dao", "phase", "advance"], "--via", via)}`);
    }
  }
  printIssuers(live, issuers);
}

function endOf({ by, due, isDue }: HandoverStep, now: number): string {
  if (by === "itself") return `by itself ${formatMoment(due, now)}`;
  return isDue ? "now, when anyone says so" : `when anyone says so, from ${formatMoment(due, now)}`;
}

/** Who can take a step at this moment, and by which way. */
function waysOf({ by, isDue, safeCan }: HandoverStep): readonly (readonly [who: string, via: string])[] {
  return [
    ...(by === "anyone" && isDue ? ([["Anyone, now", "signer"]] as const) : []),
    ...(safeCan ? ([[isDue ? "The Safe" : "The Safe, earlier", "safe"]] as const) : []),
    ...(isDue ? [] : ([["A proposal, earlier", "proposal"]] as const)),
  ];
}
