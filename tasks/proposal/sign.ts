import { problem } from "../../sdk/errors.js";
import path from "node:path";
import { isCast } from "../../sdk/governance/ballotCheck.js";
import type { Ballot } from "../../sdk/governance/ballots.js";
import { BALLOT_FILE, sameBallot, signBallot, signedReason } from "../../sdk/governance/ballots.js";
import type { ProposalView } from "../../sdk/governance/proposals.js";
import { findProposal } from "../../sdk/governance/proposals.js";
import { parseSupport } from "../../sdk/governance/support.js";
import type { LiveDao } from "../../sdk/live.js";
import { readSigned, writeSigned } from "../../sdk/node/signed/files.js";
import { oneLine, unbroken } from "../../sdk/text.js";
import { parseAccount } from "../../sdk/token/account.js";
import { readVotes } from "../../sdk/token/votes.js";
import { action } from "../action.js";
import { commandLine } from "../commandLine.js";
import { requireYes } from "../confirm.js";
import { openLive, outbox, requireSigner } from "../context.js";
import { printDomain } from "../domain.js";
import type { Relayed } from "../handIn.js";
import { chosenRelay, handIn, ofRelay } from "../handIn.js";
import { done, formatMoment, heading, print, printJson, warn } from "../output.js";
import { printActions } from "./step.js";

interface Arguments {
  proposal: string;
  support: string;
  reason: string | undefined;
  voter: string | undefined;
  out: string | undefined;
  relay: string | undefined;
  dao: string | undefined;
  from: string | undefined;
  json: boolean;
}

export default action<Arguments>(async (args, hre) => {
  const { proposal: which, out, dao, from, json } = args;
  const opened = await openLive(hre, dao);
  const { live } = opened;
  const support = parseSupport(args.support);
  const relay = await chosenRelay(live, args.relay, "ballot", json);
  const signer = await requireSigner(opened, from);
  const voter = args.voter === undefined ? signer.address : parseAccount(live, args.voter, "--voter");
  const proposal = await findProposal(live, which);
  const { number } = proposal;
  const file = path.resolve(out ?? path.join(outbox(hre, live), "ballots", `${number}-${voter}.json`));
  // What other owners of a Safe have signed already; with the same reason, unless another one is given.
  const { value: existing } = await readSigned(file, BALLOT_FILE);
  const known = existing && (await signedReason(live, existing, { proposalId: proposal.id, support, voter }));
  const reason = args.reason?.trim() ?? known;
  // Before it is signed: what is voted on is what these calls do, and not what a title says.
  if (!json) {
    heading(`#${number} ${proposal.title}`);
    await printActions(live, proposal);
    print();
  }
  const onSigning = async (ballot: Ballot) => {
    if (json) return;
    print(
      `  ${voter} votes “${support}”${ballot.reason === "" ? ", without a reason" : ", with this reason:"}`,
    );
    if (ballot.reason !== "") print(`  “${oneLine(ballot.reason)}”`);
    await printDomain(live, "governor");
    await requireYes(`Sign this as ${signer.address}?`, json, "Nothing was signed.");
    print();
  };
  const signed = await signBallot(live, signer, proposal, { support, reason, voter, existing, onSigning });
  const { ballot, signatures, threshold } = signed;
  await writeSigned(file, ballot, BALLOT_FILE, (other) => sameBallot(ballot, other));
  const complete = signatures >= threshold;
  let relayed: Relayed | null = null;
  if (relay !== undefined && complete) {
    const { patience } = hre.globalOptions;
    const isDone = (now: LiveDao) => isCast(now, ballot);
    relayed = await handIn(live, relay, ballot, { patience, json, isDone });
  }
  if (json) {
    printJson({ file, signatures, threshold, complete, ...ofRelay(relayed), ...ballot });
    return;
  }
  if (relayed !== null) {
    const voted = `on #${number} “${oneLine(proposal.title)}”`;
    if (relayed.state !== "waiting") done(`${voter} has voted “${support}” ${voted}.`);
    return;
  }
  done(`${voter} votes “${support}” on #${number} “${oneLine(proposal.title)}”, once somebody relays this:`);
  print(`  ${unbroken(file)}`);
  if (ballot.reason !== "") print(`  Reason: ${oneLine(ballot.reason)}`);
  if (threshold > 1) {
    print(`  ${signatures} of the ${threshold} owners of the Safe who have to sign have signed.`);
  }
  if (!complete) {
    const same = [number.toString(), support, "--voter", voter, "--out", file];
    print("  Pass it on to another owner, to be signed too:");
    print(`    ${await commandLine(hre, opened, ["proposal", "sign"], ...same)}`);
    return;
  }
  await printWhen(live, proposal, voter);
  print("  Nothing was sent, and it cost nothing. Pass it on; whoever relays it pays:");
  print(`    ${await commandLine(hre, opened, ["proposal", "relay"], file)}`);
});

/** Says when the ballot can be relayed, and whether it would count. */
async function printWhen(live: LiveDao, proposal: ProposalView, voter: string): Promise<void> {
  const { state, snapshot, deadline } = proposal;
  const { now } = live;
  const until = formatMoment(deadline, now);
  if (state !== "Pending") {
    print(`  It can be relayed until ${until}.`);
    return;
  }
  print(`  It can be relayed from ${formatMoment(snapshot + 1, now)} until ${until}.`);
  if ((await readVotes(live, voter)).votes > 0n) return;
  const remedy = `What counts are its votes of ${formatMoment(snapshot, now)}.`;
  warn(
    problem("ballot.no-votes-yet", {
      data: { voter, snapshot },
      place: voter,
      message: "It has no votes at present",
      remedy,
    }),
  );
}
