import { INTERFACES } from "../../sdk/calls/known.js";
import { problem } from "../../sdk/errors.js";
import type { LiveDao } from "../../sdk/live.js";
import { foreignTo } from "../../sdk/signed/foreign.js";
import { readRewardLogs } from "../../sdk/rewards/logs.js";
import { rewardsCall } from "../../sdk/rewards/plans.js";
import { claimReadiness } from "../../sdk/rewards/readiness.js";
import type { RewardSeason } from "../../sdk/rewards/seasons.js";
import { readRewardSeason } from "../../sdk/rewards/seasons.js";
import { PLACE } from "./kind.js";
import type { Kind, Verdict } from "./kind.js";
import type { Reward, Share } from "../../sdk/rewards/reward.js";
import { paymentsOf, REWARD_FILE } from "../../sdk/rewards/reward.js";
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
  identity: ({ chainId, rewards: contract, season, token, account, earlier }) => [
    chainId,
    contract,
    season.toString(),
    token,
    account,
    earlier.toString(),
  ],
  subject: (reward) => `${shareOf(reward)} ${reward.earlier}`,
  // Nobody signs, so that anybody can hand in what is due to others: it uses up nothing of what they have for the rest.
  account: ({ account }) => `reward of ${account}`,
  campaign: () => null,

  async check(live, values, sender) {
    const trusted = trustedOf(live, tokens);
    const { budgets, claims } = await readRewardLogs(live, trusted);
    const looked = values.map((reward) => {
      const found = outside(live, reward, trusted) ?? paidBefore(reward, paymentsOf(claims, reward).length);
      const isFunded = budgets.some(
        ({ season, token }) => season === reward.season && token === reward.token,
      );
      return { reward, verdict: found ?? (isFunded ? undefined : withoutBudget(reward)) };
    });
    // Each takes requests: none is made for seasons that somebody only names.
    const left = looked.flatMap(({ reward, verdict }) => (verdict === undefined ? [reward.season] : []));
    const seasons = new Map<number, RewardSeason>();
    for (const number of new Set(left)) seasons.set(number, await readRewardSeason(live, number, trusted));
    return inTurn(looked, async ({ reward, verdict }): Promise<Verdict> => {
      if (verdict !== undefined) return verdict;
      const season = seasons.get(reward.season);
      const budget = season?.budgets.find(({ token }) => token.address === reward.token);
      if (season === undefined || budget === undefined) return withoutBudget(reward);
      const readiness = await claimReadiness(live, season, budget, reward.account, sender);
      if (readiness.ready) return { status: "valid", until: season.closes };
      // None is kept until it opens: nobody signed it, so that nothing is lost, and anybody could fill the queue.
      return { status: "refused", problem: { ...readiness.problem, place: PLACE } };
    });
  },

  deeds: (live, values) =>
    Promise.resolve(
      values.map(({ season, token, account }) => ({
        call: rewardsCall(live, "claim", [season, token, account], `Pay the reward of season ${season}`),
        // A token may change what it does, where it can be upgraded.
        asksStranger: token !== live.record.contracts.token,
      })),
    ),

  async isDone(live, values) {
    const { claims } = await readRewardLogs(live, trustedOf(live, tokens));
    return values.map((reward) => paymentsOf(claims, reward).length > reward.earlier);
  },

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
    return new Set(values.flatMap((reward, i) => (paid.has(shareOf(reward)) ? [i] : [])));
  },
});

function shareOf({ season, token, account }: Share): string {
  return `${season} ${token} ${account}`;
}

/** The tokens in which rewards are paid. */
function trustedOf({ record }: LiveDao, tokens: readonly string[]): readonly string[] {
  return [record.contracts.token, ...tokens];
}

/** Why it isn't looked at at all: nothing is asked of a node for that. */
function outside(live: LiveDao, reward: Reward, trusted: readonly string[]): Verdict | undefined {
  const { chainId, rewards: address, dao } = reward;
  const to = { chainId, contract: "rewards", address, dao } as const;
  const foreign = foreignTo(live, PLACE, to);
  if (foreign !== undefined) {
    return { status: "refused", problem: { ...foreign, remedy: "Hand it to the relay of its DAO." } };
  }
  return trusted.includes(reward.token) ? undefined : withoutToken(reward);
}

/**
 * That it was paid, or that it comes after payments that weren't made; undefined where it is the next one.
 *
 * @param paid How often the account was paid of this until now.
 */
function paidBefore({ account, season, earlier }: Reward, paid: number): Verdict | undefined {
  if (earlier === paid) return undefined;
  if (earlier < paid) return { status: "done" };
  return {
    status: "refused",
    problem: problem("season.payment-ahead", {
      data: { account, season, earlier, paid },
      place: PLACE,
      message: `It comes after ${earlier} payments to ${account} of season ${season}, and there were ${paid}`,
      remedy: "Count those of this season, token and account again, and hand it in once more.",
    }),
  };
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
