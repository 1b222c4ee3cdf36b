import { INTERFACES } from "../../sdk/calls/known.js";
import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { readRewardLogs } from "../../sdk/rewards/logs.js";
import { rewardsCall } from "../../sdk/rewards/plans.js";
import { claimReadiness } from "../../sdk/rewards/readiness.js";
import type { RewardSeason } from "../../sdk/rewards/seasons.js";
import { readRewardSeason } from "../../sdk/rewards/seasons.js";
import { PLACE } from "./kind.js";
import type { Kind, Verdict } from "./kind.js";
import type { Reward } from "../../sdk/rewards/reward.js";
import { REWARD_FILE } from "../../sdk/rewards/reward.js";
import { inTurn } from "./turns.js";

/**
 * Rewards of seasons, paid to whom they are due. Nobody signs; what keeps it from being used up is that there has to be
 * something to pay, in a token that the DAO trusts.
 *
 * @param tokens Those besides the DAO's own.
 */
export const rewardsOf = (tokens: readonly string[]): Kind<Reward> => ({
  name: "reward",
  file: REWARD_FILE,
  identity: ({ chainId, rewards: contract, season, token, account }) => [
    chainId,
    contract,
    season.toString(),
    token,
    account,
  ],
  subject: subjectOf,
  // Nobody signs, so that anybody can hand in what is due to others: it uses up nothing of what they have for the rest.
  account: ({ account }) => `reward of ${account}`,
  campaign: () => null,

  async check(live, values, sender) {
    const { budgets, claims } = await readRewardLogs(live);
    const funded = new Set(budgets.map(({ season }) => season));
    const paid = new Set(claims.map(subjectOf));
    const seasons = new Map<number, RewardSeason>();
    // Each takes many requests: none is made for seasons that somebody only names.
    for (const number of new Set(values.map(({ season }) => season))) {
      if (funded.has(number)) seasons.set(number, await readRewardSeason(live, number));
    }
    return inTurn(
      values.map((reward) => ({ reward, isPaid: paid.has(subjectOf(reward)) })),
      async ({ reward, isPaid }): Promise<Verdict> => {
        const foreign = foreignProblem(live, reward);
        if (foreign !== undefined) return { status: "refused", problem: foreign };
        if (reward.token !== live.record.contracts.token && !tokens.includes(reward.token)) {
          return withoutToken(reward);
        }
        if (isPaid) return { status: "done" };
        const season = seasons.get(reward.season);
        const budget = season?.budgets.find(({ token }) => token.address === reward.token);
        if (season === undefined || budget === undefined) return withoutBudget(reward);
        const readiness = await claimReadiness(live, season, budget, reward.account, sender);
        if (readiness.ready) return { status: "valid" };
        // None is kept until it opens: nobody signed it, so that nothing is lost, and anybody could fill the queue.
        return { status: "refused", problem: { ...readiness.problem, place: PLACE } };
      },
    );
  },

  deeds: (live, values) =>
    Promise.resolve(
      values.map(({ season, token, account }) => ({
        call: rewardsCall(live, "claim", [season, token, account], `Pay the reward of season ${season}`),
        // A token may change what it does, where it can be upgraded.
        asksStranger: token !== live.record.contracts.token,
      })),
    ),

  isDone: isPaid,

  doneIn(live, logs, values) {
    const paid = new Set(
      logs.flatMap((log) => {
        if (log.address !== live.record.contracts.rewards) return [];
        const event = INTERFACES.rewards.parseLog(log);
        if (event?.name !== "RewardClaimed") return [];
        const { season, token, account } = event.args.toObject() as Record<string, unknown>;
        return [`${String(season)} ${String(token)} ${String(account)}`];
      }),
    );
    return new Set(values.flatMap((reward, i) => (paid.has(subjectOf(reward)) ? [i] : [])));
  },
});

function subjectOf({ season, token, account }: Pick<Reward, "season" | "token" | "account">): string {
  return `${season} ${token} ${account}`;
}

/** Whether each was paid something as of `live.block`. */
async function isPaid(live: LiveDao, values: readonly Reward[]): Promise<readonly boolean[]> {
  const { claims } = await readRewardLogs(live);
  const paid = new Set(claims.map(({ season, token, account }) => `${season} ${token} ${account}`));
  return values.map((reward) => paid.has(subjectOf(reward)));
}

/** That it is another DAO's, or another chain's. */
function foreignProblem(live: LiveDao, { chainId, rewards: contract, dao }: Reward): Problem | undefined {
  if (chainId !== live.chainId.toString()) {
    return problem("signed.other-chain", {
      data: { file: PLACE, chainId, here: live.chainId },
      place: PLACE,
      message: `It is for chain ${chainId}, and this is chain ${live.chainId}`,
      remedy: "Hand it to the relay of its DAO.",
    });
  }
  if (contract === live.record.contracts.rewards) return undefined;
  return problem("signed.other-contract", {
    data: { file: PLACE, contract: "rewards", address: contract, dao },
    place: PLACE,
    message: `It is for the rewards ${contract}, and not this DAO's`,
    remedy: "Hand it to the relay of its DAO.",
  });
}

function withoutToken({ token }: Reward): Verdict {
  return {
    status: "refused",
    problem: problem("relay.token-off", {
      data: { token },
      place: PLACE,
      message: `This relay has no rewards paid in ${token}`,
      remedy:
        "Claim it yourself. Whoever runs the relay names the tokens that it may be paid in in the settings (tokens).",
    }),
  };
}

function withoutBudget({ season, token }: Reward): Verdict {
  return {
    status: "refused",
    problem: problem("season.no-budget", {
      data: { season },
      place: PLACE,
      message: `Season ${season} has no budget in ${token}`,
      remedy: "See what it has with `npx hardhat season list`.",
    }),
  };
}
