import { sleep } from "../../sdk/chain/patience.js";
import { inPlace, KyosoError } from "../../sdk/errors.js";
import { readCircumstances } from "../../sdk/governance/readiness.js";
import type { ProposalChange, Watched } from "../../sdk/governance/watch.js";
import { watchProposal } from "../../sdk/governance/watch.js";
import { toJson } from "../../sdk/json.js";
import { oneLine } from "../../sdk/text.js";
import { formatTime } from "../../sdk/time.js";
import { formatAmount, parseDuration } from "../../sdk/units.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { bar, formatMoment, heading, print, roughly, styled, isTerminal, rewriteLine } from "../output.js";
import { showQuorum, showStanding, showState } from "./print.js";
import { summaryAsJson } from "../../sdk/governance/views.js";

interface Arguments {
  proposal: string;
  every: string | undefined;
  dao: string | undefined;
  json: boolean;
}

export default action<Arguments>(async ({ proposal: which, every = "12 seconds", dao, json }, hre) => {
  const seconds = inPlace("--every", () => parseDuration(every));
  if (seconds < 1) {
    throw KyosoError.of("watch.too-often", {
      data: { text: every },
      place: "--every",
      message: `"${every}" is too often`,
      remedy: 'Write at least "1 second".',
    });
  }
  const { live, second } = await openLive(hre, dao);
  let last: Watched | undefined;
  const confirm = async () => {
    try {
      await second?.confirm();
    } catch (error) {
      // What is shown next is read anew.
      second?.forget();
      throw error;
    }
  };
  for await (const watched of watchProposal(live, which, () => sleep(seconds * 1000), confirm)) {
    if (json) printChanges(live.record.slug, watched);
    else await showChanges(watched, last === undefined);
    last = watched;
  }
  if (last === undefined || json) return;
  clearLine();
  print(`\n  ${showStanding(last.proposal, await readCircumstances(last.live, last.proposal))}.`);
});

/** One JSON object a line for each change, so that another program can follow; all have the same keys. */
function printChanges(dao: string, { proposal, quorum, changes, live }: Watched): void {
  for (const change of changes) {
    const line = {
      dao,
      at: live.now,
      change: change.change,
      before: "before" in change ? change.before : null,
      vote: "vote" in change ? change.vote : null,
      proposal: summaryAsJson(proposal, quorum),
    };
    print(JSON.stringify(toJson(line)));
  }
}

async function showChanges(watched: Watched, first: boolean): Promise<void> {
  const { proposal, changes, live } = watched;
  if (changes.length > 0) clearLine();
  if (first) {
    heading(`#${proposal.number} ${proposal.title}`);
    const circumstances = await readCircumstances(live, proposal);
    print(`  ${showState(proposal.state)}. ${showStanding(proposal, circumstances)}.`);
  }
  for (const change of changes) {
    const line = describe(change, watched);
    if (line !== "") print(`  ${styled("dim", formatTime(live.now))}  ${line}`);
  }
  showProgress(watched);
}

function describe(change: ProposalChange, { proposal, live }: Watched): string {
  switch (change.change) {
    case "start":
      return "";
    case "vote": {
      const { voter, support, weight, reason } = change.vote;
      const why = reason === "" ? "" : `: 「${oneLine(reason)}」`;
      return `${live.book.nameOf(voter) ?? voter} voted ${support} with ${formatAmount(weight)} votes${why}`;
    }
    case "deadline":
      return `The quorum was reached late, and voting goes on until ${formatMoment(proposal.deadline, live.now)}`;
    case "state":
      return `${showState(change.before)} → ${showState(proposal.state)}`;
  }
}

/** On a terminal: how far the present stage has come, and the quorum, on one line that is written over. */
function showProgress({ proposal, quorum, live }: Watched): void {
  if (!isTerminal()) return;
  const { state, snapshot, deadline, eta } = proposal;
  const { now } = live;
  if (state === "Pending") {
    writeOver(`Voting opens in ${roughly(Math.max(0, snapshot + 1 - now))}`);
    return;
  }
  const stage =
    state === "Active"
      ? ([snapshot, deadline, "until voting closes"] as const)
      : state === "Queued" && eta !== undefined && now < eta
        ? ([deadline, eta, "until it can be executed"] as const)
        : undefined;
  if (stage === undefined) return;
  const [from, to, what] = stage;
  const passed = bar(BigInt(Math.max(0, now - from)), BigInt(to - from));
  writeOver(`${passed} ${roughly(Math.max(0, to - now))} ${what} · quorum ${showQuorum(proposal, quorum)}`);
}

function writeOver(text: string): void {
  rewriteLine(`  ${text}`);
}

function clearLine(): void {
  if (isTerminal()) rewriteLine("");
}
