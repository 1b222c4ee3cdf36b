import { customError, reasonOf, revertDataOf } from "../calls/revert.js";
import type { Problem } from "../errors.js";
import { problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { formatMoment } from "../time.js";
import type { RewardSeason, SeasonBudget } from "./seasons.js";
import { formatTokens } from "./token.js";

/** What an account can claim of a season's budget in a token, or why it can't. */
export type ClaimReadiness =
  | { readonly ready: true; readonly amount: bigint; readonly problem: null }
  | { readonly ready: false; readonly amount: 0n; readonly problem: Problem };

/**
 * Whether `account` can be paid now: what a claim, its dry run and a member's page ask.
 *
 * @param caller Who would claim for it; anyone can, unless its badges are being moved to another account.
 */
export async function claimReadiness(
  live: LiveDao,
  season: RewardSeason,
  budget: SeasonBudget,
  account: string,
  caller: string,
): Promise<ClaimReadiness> {
  const place = `season ${season.number}`;
  const closed = await claimsProblem(live, season);
  if (closed !== undefined) return refused(closed);
  let amount: bigint;
  try {
    amount = await live.contracts.rewards.claimable(season.number, budget.token.address, account, {
      from: caller,
    });
  } catch (error) {
    return refused({ place, ...revertProblem(error, account) });
  }
  return amount === 0n
    ? refused({ place, ...(await nothingProblem(live, season, budget, account)) })
    : { ready: true, amount, problem: null };
}

/** Why nobody can be paid of a season now; undefined where its members can. */
export async function claimsProblem(live: LiveDao, season: RewardSeason): Promise<Problem | undefined> {
  const place = `season ${season.number}`;
  const closed = closedProblem(live, season);
  if (closed !== undefined) return { place, ...closed };
  if (!(await live.contracts.badge.halted())) return undefined;
  return problem("awards.halted", {
    data: {},
    place,
    message: "Claims are halted, as all awards are: one of the Safe's owners has stopped them",
    remedy: `Find out why. Claims close ${formatMoment(season.closes, live.now)} all the same.`,
  });
}

function refused(problem: Problem): ClaimReadiness {
  return { ready: false, amount: 0n, problem };
}

/** Why a season's reward can't be claimed by anybody; undefined where it can. */
function closedProblem(
  { now }: LiveDao,
  { number, state, start, end, opens, closes }: RewardSeason,
): Problem | undefined {
  const remedy = `Claim from ${formatMoment(opens, now)} on, and before ${formatMoment(closes, now)}.`;
  switch (state) {
    case "ahead":
      return problem("season.ahead", {
        data: { season: number, start, opens, closes },
        message: `Season ${number} begins ${formatMoment(start, now)}`,
        remedy,
      });
    case "running":
      return problem("season.running", {
        data: { season: number, end, opens, closes },
        message: `Season ${number} runs until ${formatMoment(end, now)}`,
        remedy,
      });
    case "disputed":
      return problem("season.disputed", {
        data: { season: number, opens, closes },
        message: `What was awarded in season ${number} can still be disputed`,
        remedy,
      });
    case "claimable":
      return undefined;
    case "over":
      return problem("season.claims-closed", {
        data: { season: number, closes },
        message: `Claims of season ${number} closed ${formatMoment(closes, now)}`,
        remedy: "What nobody claimed belongs to the treasury: `npx hardhat season return` sends it there.",
      });
  }
}

function revertProblem(error: unknown, account: string): Problem {
  const data = revertDataOf(error);
  if (data !== undefined && customError(data)?.name === "ContributionRewardsBeingRecovered") {
    return problem("season.being-recovered", {
      data: { account },
      message: `What ${account} earned is being moved to another account: until then nobody else can claim for it`,
      remedy:
        "Wait until the recovery is done or canceled, and claim for the account that then has the badges.",
    });
  }
  return problem("season.claim-fails", {
    data: { reason: reasonOf(error) },
    message: `The claim would fail: ${reasonOf(error)}`,
    remedy:
      "See when it can be claimed with `npx hardhat season list`, and whether awards are halted with `npx hardhat dao status`.",
  });
}

async function nothingProblem(
  live: LiveDao,
  { number }: RewardSeason,
  { token, budget }: SeasonBudget,
  account: string,
): Promise<Problem> {
  if (budget === 0n) {
    return problem("season.no-budget-in-token", {
      data: { season: number, token: token.address, symbol: token.symbol },
      message: `Season ${number} has no budget in ${token.symbol}`,
      remedy: "See what it has with `npx hardhat season list`. A season can be funded until it ends.",
    });
  }
  const points = await live.contracts.badge.seasonPointsOf(account, number);
  if (points === 0n) {
    return problem("season.no-points", {
      data: { account, season: number },
      message: `${account} has no points of season ${number}`,
      remedy: "Only the badges that an account holds from a season count in its reward.",
    });
  }
  return problem("season.nothing-left", {
    data: { account, budget, symbol: token.symbol, decimals: token.decimals },
    message: `${account} has nothing left to claim of the ${formatTokens(live, budget, token)}: its points were paid for, or its share is less than the smallest unit`,
    remedy: "See what it was paid with `npx hardhat season show`.",
  });
}
