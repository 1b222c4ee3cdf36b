import { id, parseEther } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { KyosoError } from "../../../sdk/errors.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { makeProposal, planProposal } from "../../../sdk/governance/proposal.js";
import { formatAmount, formatDuration } from "../../../sdk/units.js";
import { done, heading, print } from "../../output.js";
import { amountOf, nameOf, pass, signerOf, type Story } from "./story.js";

/** What the season's contributors share. */
const BUDGET = parseEther("5000");
const AGAINST = 0;
const FOR = 1;

/** The holders of the launch, who vote; the first of them proposes. */
export function votersOf({ brand }: Story): [proposer: string, ...others: string[]] {
  const [proposer, ...others] = brand.token.allocations
    .filter(({ to }) => to !== "treasury")
    .map(({ to }) => to);
  if (proposer === undefined)
    throw KyosoError.of("demo.broken", {
      data: { detail: "Nobody can propose" },
      message: "Nobody can propose",
    });
  return [proposer, ...others];
}

/** A customer proposes to share with the season's contributors, the customers decide, and it happens. */
export async function tellDecision(story: Story): Promise<void> {
  const { brand, connection, dao, launcher, record } = story;
  heading("4. A customer proposes to share, and the customers decide");
  const [proposer, ...others] = votersOf(story);
  const season = Number(await dao.badge.currentSeason());
  const { rewards } = record.contracts;
  const title = `シーズン ${season} の貢献者に ${amountOf(story, BUDGET)} を`;
  const proposal = makeProposal(
    [
      call(await named("token", dao.token), "approve", [rewards, BUDGET], "Let the rewards take the budget"),
      call(
        await named("rewards", dao.rewards),
        "fund",
        [season, record.contracts.token, BUDGET],
        `Share ${amountOf(story, BUDGET)} among the contributors of season ${season}`,
      ),
    ],
    title,
    "この季節にお店を育ててくれたみんなで、ポイントに応じて分けます。",
    proposer,
  );
  const steps = planProposal(record, proposal);
  await executeAsSigner(steps.propose, await signerOf(story, proposer));
  const proposalId = await dao.governor.getProposalId(
    [...proposal.targets],
    [...proposal.values],
    [...proposal.calldatas],
    id(proposal.description),
  );
  done(`${nameOf(story, proposer)} proposes:「${title}」`);
  await pass(story, (await dao.governor.votingDelay()) + 1n, "voting opens. Nobody had to delegate first");

  const snapshot = await dao.governor.proposalSnapshot(proposalId);
  for (const [i, voter] of [proposer, ...others].slice(0, 7).entries()) {
    const support = i === 3 ? AGAINST : FOR;
    const reason = support === FOR ? "楽しみです" : "冬にしませんか";
    const governor = dao.governor.connect(await signerOf(story, voter));
    await (await governor.castVoteWithReason(proposalId, support, reason)).wait();
    const votes = formatAmount(await governor.getVotes(voter, snapshot));
    done(
      `${nameOf(story, voter)} votes ${support === FOR ? "for" : "against"} with ${votes} votes:「${reason}」`,
    );
  }
  const tally = await dao.governor.proposalVotes(proposalId);
  const quorum = await dao.governor.quorum(snapshot);
  print(
    `  ${formatAmount(tally.forVotes)} votes for, ${formatAmount(tally.againstVotes)} against; at least ${formatAmount(quorum)} had to take part.`,
  );
  const now = await connection.networkHelpers.time.latest();
  const left = (await dao.governor.proposalDeadline(proposalId)) - BigInt(now);
  await pass(story, left + 1n, "voting is over: it has passed");

  heading("5. What was decided happens by itself");
  await executeAsSigner(steps.queue, launcher);
  const delay = brand.governance.timelockDelay;
  done(
    `Queued: for ${formatDuration(delay)} everybody can see what is coming, and the Safe could still veto, with a reason`,
  );
  await pass(story, delay, "the wait is over");
  const before = await dao.token.balanceOf(record.contracts.timelock);
  await executeAsSigner(steps.execute, launcher);
  const after = await dao.token.balanceOf(record.contracts.timelock);
  done(
    `The treasury had ${amountOf(story, before)} and now has ${amountOf(story, after)}; the rest waits for the season's contributors`,
  );
}
