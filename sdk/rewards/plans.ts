import { Contract } from "ethers";
import { INTERFACES } from "../calls/known.js";
import type { Call, Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { customError, reasonOf, revertDataOf } from "../calls/revert.js";
import { simulateSequence } from "../calls/sequence.js";
import type { Problem } from "../errors.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { formatMoment } from "../time.js";
import type { ClaimReadiness } from "./readiness.js";
import { claimReadiness } from "./readiness.js";
import type { RewardSeason, SeasonBudget } from "./seasons.js";
import type { RewardToken } from "./token.js";
import { ERC20, formatTokens } from "./token.js";

/** The most that a budget can hold. */
const MOST = 2n ** 128n - 1n;

/**
 * Plans to add to what a season shares: an approval where one is needed, and the funding.
 *
 * @param amount In the token's smallest unit.
 * @param funder Who pays.
 * @throws KyosoError where the season can't be funded any more, the funder has too little, or the token takes a fee.
 */
export async function planFunding(
  live: LiveDao,
  season: RewardSeason,
  { token, amount }: { readonly token: RewardToken; readonly amount: bigint },
  funder: string,
): Promise<Plan> {
  const { rewards } = live.record.contracts;
  const contract = new Contract(token.address, ERC20, live.provider);
  const [balance, allowance] = (await Promise.all([
    contract.getFunction("balanceOf")(funder),
    contract.getFunction("allowance")(funder, rewards),
  ])) as [bigint, bigint];
  const problems = fundingProblems(live, season, token, amount, balance, funder);
  if (problems.length > 0) throw new KyosoError(problems);

  const shown = formatTokens(live, amount, token);
  const own = token.address === live.record.contracts.token;
  const spent = {
    name: own ? "token" : token.address,
    address: token.address,
    interface: own ? INTERFACES.token : ERC20,
  };
  const approve = (value: bigint, purpose: string) => call(spent, "approve", [rewards, value], purpose);
  const calls: Call[] = [];
  if (allowance < amount) {
    // Some tokens change an approval only by way of none.
    if (allowance > 0n && !own) calls.push(approve(0n, "Take back the approval that there is"));
    calls.push(approve(amount, `Let the rewards take ${shown}`));
  }
  const title = `Fund season ${season.number} with ${shown}`;
  calls.push(rewardsCall(live, "fund", [season.number, token.address, amount], title));
  await tryFunding(live, calls, token, funder);
  return { title, calls };
}

function fundingProblems(
  live: LiveDao,
  season: RewardSeason,
  token: RewardToken,
  amount: bigint,
  balance: bigint,
  funder: string,
): Problem[] {
  const problems: Problem[] = [];
  const show = (value: bigint) => formatTokens(live, value, token);
  if (season.state !== "running" && season.state !== "ahead") {
    problems.push(
      problem("season.funding-over", {
        data: { season: season.number, end: season.end },
        place: "season",
        message: `Season ${season.number} ended ${formatMoment(season.end, live.now)}, and is funded until then`,
        remedy: 'Fund the one that runs: write "current".',
      }),
    );
  }
  const before = season.budgets.find(({ token: { address } }) => address === token.address)?.budget ?? 0n;
  if (amount === 0n) {
    problems.push(
      problem("season.amount-zero", {
        data: {},
        place: "amount",
        message: "It is zero",
        remedy: "Write how much the season shares.",
      }),
    );
  } else if (amount > MOST - before) {
    problems.push(
      problem("season.budget-too-large", {
        data: { amount, most: MOST - before, symbol: token.symbol, decimals: token.decimals },
        place: "amount",
        message: `${show(amount)} is more than a budget can hold`,
        remedy: `Write at most ${show(MOST - before)}.`,
      }),
    );
  } else if (amount > balance) {
    problems.push(
      problem("season.funder-short", {
        data: { account: funder, balance, amount, symbol: token.symbol, decimals: token.decimals },
        place: `account ${live.book.show(funder)}`,
        message: `It has ${show(balance)}, less than ${show(amount)}`,
        remedy: "Write less, or choose who pays with --via and --from: a proposal pays from the treasury.",
      }),
    );
  }
  return problems;
}

/** A token that delivers less than was sent can't be shared exactly: only a trial tells. */
async function tryFunding(live: LiveDao, calls: readonly Call[], token: RewardToken, funder: string) {
  const result = await simulateSequence(calls, funder, live);
  if (result.ok || !result.reason.startsWith("ContributionRewardsFeeOnTransfer")) return;
  throw KyosoError.of("token.takes-fee", {
    data: { token: token.address, symbol: token.symbol, reason: result.reason },
    place: "--token",
    message: `${token.symbol} takes a fee when it is sent, and can't be shared exactly: ${result.reason}`,
    remedy: "Choose a token that doesn't. Nothing was sent.",
  });
}

/** A plan of claims, and what each of them pays. */
export interface PlannedClaims {
  readonly plan: Plan;
  readonly claims: readonly { readonly token: RewardToken; readonly amount: bigint }[];
}

/**
 * Plans to have an account paid what it is due of a season, in every token where that is something.
 *
 * @param only The token to claim in; without it, all that the season has a budget in.
 * @throws KyosoError where it is due nothing in any, naming why.
 */
export async function planClaims(
  live: LiveDao,
  season: RewardSeason,
  account: string,
  caller: string,
  only?: RewardToken,
): Promise<PlannedClaims> {
  const budgets = budgetsOf(season, only);
  const found: { token: RewardToken; readiness: ClaimReadiness }[] = [];
  for (const budget of budgets) {
    found.push({
      token: budget.token,
      readiness: await claimReadiness(live, season, budget, account, caller),
    });
  }
  const claims = found.flatMap(({ token, readiness }) =>
    readiness.ready ? [{ token, amount: readiness.amount }] : [],
  );
  if (claims.length === 0) throw new KyosoError(distinct(found.map(({ readiness }) => readiness)));
  const calls = claims.map(({ token, amount }) =>
    rewardsCall(
      live,
      "claim",
      [season.number, token.address, account],
      `Claim ${formatTokens(live, amount, token)}`,
    ),
  );
  return { plan: { title: `Claim the reward of season ${season.number} for ${account}`, calls }, claims };
}

/**
 * The budgets that are meant. One that isn't there shows as an empty one.
 *
 * @throws KyosoError where nobody has funded the season.
 */
export function budgetsOf(season: RewardSeason, only: RewardToken | undefined): readonly SeasonBudget[] {
  const { budgets, number } = season;
  if (only === undefined) {
    if (budgets.length > 0) return budgets;
    throw KyosoError.of("season.no-budget", {
      data: { season: number },
      place: `season ${number}`,
      message: "It has no budget: nobody has funded it",
      remedy: "See the others with `npx hardhat season list`. A season can be funded until it ends.",
    });
  }
  const found = budgets.find(({ token }) => token.address === only.address);
  return [found ?? { token: only, budget: 0n, paid: 0n }];
}

function distinct(readiness: readonly ClaimReadiness[]): Problem[] {
  const problems = new Map<string, Problem>();
  for (const { problem: found } of readiness) if (found !== null) problems.set(found.message, found);
  return [...problems.values()];
}

/**
 * Plans to send to the treasury what nobody can claim any more.
 *
 * @throws KyosoError where there is nothing.
 */
export async function planReturn(
  live: LiveDao,
  token: RewardToken,
): Promise<{ readonly plan: Plan; readonly amount: bigint }> {
  let amount: bigint;
  try {
    amount = await live.contracts.rewards.returnUnclaimed.staticCall(token.address);
  } catch (error) {
    const data = revertDataOf(error);
    const nothing = data !== undefined && customError(data)?.name === "ContributionRewardsNothingUnclaimed";
    const { address, symbol } = token;
    const place = "rewards";
    if (nothing) {
      throw KyosoError.of("season.nothing-to-return", {
        data: { token: address, symbol },
        place,
        message: `All ${symbol} that they hold belong to seasons that can still be claimed`,
        remedy:
          "There is nothing to do. What a season leaves can be returned once the season after it has ended.",
        cause: error,
      });
    }
    throw KyosoError.of("season.return-fails", {
      data: { token: address, symbol, reason: reasonOf(error) },
      place,
      message: `Nothing can be returned: ${reasonOf(error)}`,
      remedy: `See what the seasons still have with \`npx hardhat season list\`. Where it is the token that refuses to be sent, ask whoever issues it: ${address}.`,
      cause: error,
    });
  }
  const title = `Return ${formatTokens(live, amount, token)} to the treasury`;
  return { plan: { title, calls: [rewardsCall(live, "returnUnclaimed", [token.address], title)] }, amount };
}

/** A call of the rewards contract. */
export function rewardsCall(live: LiveDao, name: string, args: readonly unknown[], purpose: string): Call {
  const rewards = {
    name: "rewards",
    address: live.record.contracts.rewards,
    interface: INTERFACES.rewards,
  };
  return call(rewards, name, args, purpose);
}
