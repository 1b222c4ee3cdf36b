import { parseEther } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { KyosoError } from "../../../sdk/errors.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { makeProposal } from "../../../sdk/governance/proposal.js";
import { formatDuration } from "../../../sdk/units.js";
import { done, heading } from "../../output.js";
import { amountOf, nameOf, pass, type Story } from "./story.js";
import { AGAINST, type Ballot, endVote, FOR, propose, vote } from "./vote.js";

/** What the season's contributors share. */
const BUDGET = parseEther("5000");

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
  const { brand, dao, launcher, record } = story;
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
  const steps = await propose(story, proposal, title, proposer);
  await pass(story, (await dao.governor.votingDelay()) + 1n, "voting opens. Nobody had to delegate first");
  const ballots = [proposer, ...others].slice(0, 7).map((voter, i): Ballot => {
    const support = i === 3 ? AGAINST : FOR;
    return { voter, support, reason: support === FOR ? "楽しみです" : "冬にしませんか" };
  });
  await vote(story, proposal, ballots, ({ voter, support, reason }, votes) => {
    done(
      `${nameOf(story, voter)} votes ${support === FOR ? "for" : "against"} with ${votes} votes:「${reason}」`,
    );
  });
  await endVote(story, proposal);

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
