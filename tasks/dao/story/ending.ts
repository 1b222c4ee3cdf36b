import { audit } from "../../../sdk/audit/audit.js";
import { call, named } from "../../../sdk/calls/plan.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { makeProposal, planProposal } from "../../../sdk/governance/proposal.js";
import { heading, print } from "../../output.js";
import { printAudit, requirePassed } from "../audit.js";
import { votersOf } from "./decision.js";
import { BRAND, pass, signerOf, type Story } from "./story.js";

const SEVEN_DAYS = 7 * 86_400;

/** Everything is as the brand's file says. */
export async function tellAudit({ brand, connection, implementations, record }: Story): Promise<void> {
  const { provider } = connection.ethers;
  const checks = await audit({ provider, brand, record, implementations });
  heading("9. Anyone can check that all is as the brand said");
  printAudit(checks);
  requirePassed(checks, BRAND, "The demo should never end here: please report it.");
}

/** On a node that stays, the reader votes on another proposal. */
export async function tellNextVote(story: Story): Promise<void> {
  const { connection, dao, record } = story;
  heading("10. Now it is your turn");
  const [proposer] = votersOf(story);
  const next = makeProposal(
    [call(await named("governor", dao.governor), "setVotingPeriod", [SEVEN_DAYS], "Vote for longer")],
    "投票期間を 7 日間に延ばす",
    "忙しい週でも投票できるように、5 日間から 7 日間に延ばします。",
    proposer,
  );
  await executeAsSigner(planProposal(record, next).propose, await signerOf(story, proposer));
  await pass(story, (await dao.governor.votingDelay()) + 1n, "voting on another proposal is open");
  const network = `--network ${connection.networkName}`;
  print(`  npx hardhat proposal list ${network}`);
  print(`  npx hardhat proposal vote 3 for --from ${proposer} ${network}`);
}
