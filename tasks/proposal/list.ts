import { governorRead, readProposals, readQuorums } from "../../sdk/governance/proposals.js";
import { action } from "../action.js";
import { openLive } from "../context.js";
import { heading, number, print, printJson, shorten, table } from "../output.js";
import { showNext, showQuorum, showState, showSupport } from "./print.js";
import { proposalsAsJson } from "../../sdk/governance/views.js";

interface Arguments {
  all: boolean;
  dao: string | undefined;
  json: boolean;
}

const NEWEST = 20;
/** Columns of a terminal that a title may take. */
const TITLE_WIDTH = 44;

export default action<Arguments>(async ({ all, dao, json }, hre) => {
  const { live } = await openLive(hre, dao);
  if (json) {
    printJson(await proposalsAsJson(live));
    return;
  }
  const proposals = await readProposals(live);
  const shown = (all ? proposals : proposals.slice(-NEWEST)).toReversed();
  const quorums = await readQuorums(
    live,
    shown.map(({ snapshot }) => snapshot),
  );
  if (shown.length === 0) {
    print("There is no proposal yet. Make one: npx hardhat proposal create <file.md>");
    return;
  }
  const [grace = 0] = await live.readMany<number>([governorRead(live, "gracePeriod", [])]);
  heading(
    `${live.record.name}: ${number(proposals.length)} ${proposals.length === 1 ? "proposal" : "proposals"}`,
  );
  table(
    shown.map((proposal, i) => [
      `#${proposal.number}`,
      shorten(proposal.title, TITLE_WIDTH),
      showState(proposal.state),
      showQuorum(proposal, quorums[i] ?? 0n),
      showSupport(proposal),
      showNext(proposal, live.now, grace),
    ]),
    ["", "title", "state", "of the quorum", "for", ""],
  );
  const older = proposals.length - shown.length;
  if (older > 0) print(`\n  ${older} older ones: npx hardhat proposal list --all`);
});
