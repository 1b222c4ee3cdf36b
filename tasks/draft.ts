import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { id } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Plan } from "../sdk/calls/plan.js";
import { reviewCalls } from "../sdk/calls/review.js";
import { draftProposal } from "../sdk/governance/actions.js";
import { LONGEST_LIST, printCalls, requireReadable, requireSuccess } from "./calls.js";
import { commandLine, shortPath } from "./commandLine.js";
import type { Opened } from "./context.js";
import { outbox } from "./context.js";
import { done, heading, print } from "./output.js";
import type { SubmitOptions } from "./submitOptions.js";

const BODY = "Why this is proposed, and what it changes for the members: write it here.";

/**
 * Writes a draft of a proposal for each plan, for `proposal create`. One that was written before stays as it is: somebody
 * may have worked on its text.
 *
 * @returns The paths of the drafts.
 */
export async function submitToProposal(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  plans: readonly Plan[],
  { dryRun, json, allowUnknownCalls = false }: SubmitOptions,
): Promise<string[]> {
  const { live } = opened;
  for (const { title, calls } of plans) {
    const reviewed = await reviewCalls(live, calls, live.record.contracts.timelock);
    if (!json) {
      heading(title);
      printCalls(reviewed, LONGEST_LIST);
    }
    requireReadable(reviewed, { allowUnknownCalls, json });
    requireSuccess(reviewed, "Nothing was written.");
  }
  if (dryRun) return [];
  const files: string[] = [];
  for (const { title, calls } of plans) {
    const digest = id(calls.map(({ to, value, data }) => `${to} ${value} ${data}`).join("\n"));
    const file = path.join(outbox(hre, live), `proposal-${digest.slice(2, 10)}.md`);
    const before = existsSync(file);
    if (!before) {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, draftProposal(calls, title, BODY, live), { flag: "wx" });
    }
    files.push(file);
    if (!json) done(`${before ? "There is a draft already" : "A draft"}: ${shortPath(file)}`);
  }
  if (!json) {
    print("\nNext: write into it why, and propose it:");
    for (const file of files) print(`  ${await commandLine(hre, opened, ["proposal", "create"], file)}`);
  }
  return files.map(shortPath);
}
