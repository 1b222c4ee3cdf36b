import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { roleName } from "../../sdk/badges/powers.js";
import type { HandoverStatus, HandoverStep, IssuerRole } from "../../sdk/handover/handover.js";
import type { HandoverPlan } from "../../sdk/handover/plans.js";
import { parseVia } from "../../sdk/execute/via.js";
import type { LiveDao } from "../../sdk/live.js";
import { roughly } from "../../sdk/time.js";
import { printDryRun } from "../badge/format.js";
import { commandLine } from "../commandLine.js";
import type { Opened } from "../context.js";
import { done, heading, print, printJson, styled, table } from "../output.js";
import { submit } from "../submit.js";
import type { SubmitOptions } from "../submitOptions.js";

/** What ends with each step of the handover, in words. */
export const ENDS: Readonly<Record<HandoverStep["step"], readonly string[]>> = {
  "end-veto": ["the Safe's veto of proposals"],
  "hand-over": [
    "STEWARD of the Safe: badge kinds, titles, campaigns, recoveries, calls for ideas, passes and perks",
    "the appointments of all issuers, the Safe's own among them",
  ],
};

/** Carries steps of the handover out, and says what ends with them. */
export async function takeSteps(
  hre: HardhatRuntimeEnvironment,
  opened: Opened,
  handover: HandoverStatus,
  { plan, steps }: HandoverPlan,
  options: SubmitOptions,
): Promise<void> {
  const { live } = opened;
  const { dryRun, json } = options;
  const via = parseVia(options.via);
  const [first, last] = [steps[0], steps.at(-1)];
  const handsOver = steps.some(({ step }) => step === "hand-over");
  const ending = handsOver ? handover.issuers.filter(({ ends }) => ends) : [];
  if (!json) {
    heading(`From ${first?.from ?? ""} to ${last?.to ?? ""}`);
    print("  What ends:");
    for (const { step } of steps) for (const what of ENDS[step]) print(`  - ${what}`);
    if (ending.length > 0) printIssuers(live, ending);
  }
  const submitted = await submit(hre, opened, [plan], options);
  if (json) {
    printJson({
      dao: live.record.slug,
      dryRun,
      ...submitted,
      phase: { from: first?.from, to: last?.to },
      ended: steps.flatMap(({ step }) => ENDS[step]),
      issuers: issuersAsJson(ending),
    });
    return;
  }
  if (dryRun) printDryRun();
  else {
    if (submitted.transactions.length > 0) done(`It is over: the DAO is in the phase ${last?.to ?? ""}.`);
    const when = via === "signer" ? "Now" : via === "safe" ? "Once that is executed" : "Once that has passed";
    const audit = await commandLine(hre, opened, ["dao", "audit"], "--prove");
    print(`\n  ${when}, have it proven that nobody can do more than the phase allows: ${audit}`);
  }
}

/** Who awards badges, as a table. */
export function printIssuers({ book }: LiveDao, issuers: readonly IssuerRole[]): void {
  heading("Issuers");
  if (issuers.every(({ members }) => members.length === 0)) {
    print("  Nobody is one.");
    return;
  }
  table(
    issuers.flatMap(({ role, kinds, members, ends }) =>
      members.map(({ account, delay }) => [
        roleName(role),
        `${book.show(account)}${delay === 0 ? "" : ` after ${roughly(delay)}`}`,
        kinds.join(", "),
        ends ? "ends with the handover" : styled("dim", "stays: a proposal gave it, or the DAO's own"),
      ]),
    ),
    ["role", "who", "kinds of badges", "until"],
  );
}

/** The same as JSON. */
export function issuersAsJson(issuers: readonly IssuerRole[]): object[] {
  return issuers.map(({ role, kinds, members, ends }) => ({
    role: role.toString(),
    name: roleName(role),
    kinds,
    members: members.map(({ account, delay }) => ({ account, delay })),
    ends,
  }));
}
