import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { id } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { RawCall } from "../sdk/calls/decode.js";
import type { Plan } from "../sdk/calls/plan.js";
import { reviewCalls } from "../sdk/calls/review.js";
import type { Problem } from "../sdk/errors.js";
import { KyosoError, problem } from "../sdk/errors.js";
import type { LiveDao } from "../sdk/live.js";
import { readProposalFile } from "../sdk/node/governance/proposalFile.js";
import { draftProposal } from "../sdk/governance/actions.js";
import { LONGEST_LIST, printCalls, requireReadable, requireSuccess } from "./calls.js";
import { commandLine, shortPath, shownPath } from "./commandLine.js";
import type { Opened } from "./context.js";
import { outbox } from "./context.js";
import { done, heading, print, warn } from "./output.js";
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
  for (const { title, calls, body = BODY } of plans) {
    const text = draftProposal(calls, title, body, live);
    const digest = id(contentOf(calls));
    const { file, before, problems } = await writeDraft(outbox(hre, live), digest, live, calls, text);
    if (!json) problems.forEach(warn);
    files.push(file);
    if (!json)
      done(
        `${before ? "There is a draft already; read its text, which may be somebody else's" : "A draft"}: ${shownPath(file)}`,
      );
  }
  if (!json) {
    print("\nNext: write into it why, and propose it:");
    for (const file of files) print(`  ${await commandLine(hre, opened, ["proposal", "create"], file)}`);
  }
  return files.map(shortPath);
}

/**
 * Writes a draft, unless one is there that makes the same calls: somebody may have worked on its text. What has its name and
 * makes other calls is left alone, and the draft gets another name: anybody may have put it there.
 *
 * @param digest Of the calls: what drafts are called by.
 * @returns Where the draft is, whether it was there before, and what has its name but isn't it.
 */
export async function writeDraft(
  folder: string,
  digest: string,
  live: LiveDao,
  calls: readonly RawCall[],
  text: string,
): Promise<{ readonly file: string; readonly before: boolean; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  for (const length of [8, 16, 64]) {
    const file = path.join(folder, `proposal-${digest.slice(2, 2 + length)}.md`);
    if (!existsSync(file)) {
      await mkdir(folder, { recursive: true });
      await writeFile(file, text, { flag: "wx" });
      return { file, before: false, problems };
    }
    if (await makesCalls(live, file, calls)) return { file, before: true, problems };
    problems.push(otherDraft(file));
  }
  throw new KyosoError(problems);
}

/** All that calls do, as a text. */
function contentOf(calls: readonly RawCall[]): string {
  return calls.map(({ to, value, data }) => `${to} ${value} ${data}`).join("\n");
}

async function makesCalls(live: LiveDao, file: string, wanted: readonly RawCall[]): Promise<boolean> {
  try {
    const { calls } = await readProposalFile(live, file);
    return contentOf(calls).toLowerCase() === contentOf(wanted).toLowerCase();
  } catch (error) {
    if (error instanceof KyosoError) return false;
    throw error;
  }
}

function otherDraft(file: string): Problem {
  return problem("draft.other-calls", {
    data: { file },
    place: file,
    message: "It has the name of the draft of these calls, and makes other ones, or can't be read",
    remedy: "Don't propose it before you have read it. Find out who wrote it, and move it away.",
  });
}
