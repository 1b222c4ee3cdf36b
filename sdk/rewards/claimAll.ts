import { Interface } from "ethers";
import { readBoard } from "../badges/members/board.js";
import type { Call, Plan } from "../calls/plan.js";
import { call } from "../calls/plan.js";
import { MULTICALL3 } from "../chain/reads.js";
import { KyosoError, problem } from "../errors.js";
import type { LiveDao } from "../live.js";
import { budgetsOf, rewardsCall } from "./plans.js";
import { claimReadiness, claimsProblem } from "./readiness.js";
import type { RewardSeason, SeasonBudget } from "./seasons.js";
import { readRewardSeasons, rewardsRead } from "./seasons.js";
import type { RewardToken } from "./token.js";
import { formatTokens } from "./token.js";

/** What a member is due of a season, in the token's smallest unit. */
export interface MemberClaim {
  readonly account: string;
  readonly token: RewardToken;
  readonly amount: bigint;
}

/** Claims for all members, each plan a transaction that needs no other. */
export interface AllClaims {
  readonly plans: readonly Plan[];
  readonly claims: readonly MemberClaim[];
  /** Whether many claims are one transaction, as the chain has Multicall3. */
  readonly batched: boolean;
}

/** As many fit a transaction with room to spare: one takes some 110,000 gas in the brand's token. */
const CLAIMS_PER_BATCH = 60;

const AGGREGATOR = {
  name: "Multicall3",
  address: MULTICALL3,
  interface: new Interface([
    "function aggregate3((address target, bool allowFailure, bytes callData)[] calls) payable returns ((bool success, bytes returnData)[])",
  ]),
};

/**
 * The season whose reward can be claimed now: at any time there is one at most.
 *
 * @throws KyosoError where there is none.
 */
export async function claimableSeason(live: LiveDao): Promise<RewardSeason> {
  const season = (await readRewardSeasons(live)).find(({ state }) => state === "claimable");
  if (season !== undefined) return season;
  throw KyosoError.of("season.none-claimable", {
    data: {},
    place: "season",
    message: "No season's reward can be claimed now",
    remedy: "See with `npx hardhat season list` when the next one can.",
  });
}

/**
 * Plans to have every member paid what it is due of a season. Anybody may have them paid: what is due goes to each of them,
 * whoever calls, and so nothing is trusted to Multicall3, which makes many claims in one transaction where the chain has it.
 * A member whose badges are being moved to another account is left out: only it can claim for itself.
 *
 * A batch is all or nothing: where somebody claims for a member in between, it fails, and what is left is planned anew.
 *
 * @param only The token to claim in; without it, all that the season has a budget in.
 * @throws KyosoError where nobody is due anything, naming why.
 */
export async function planAllClaims(
  live: LiveDao,
  season: RewardSeason,
  only?: RewardToken,
): Promise<AllClaims> {
  const closed = await claimsProblem(live, season);
  if (closed !== undefined) throw new KyosoError(closed);
  const budgets = budgetsOf(season, only);
  const accounts = (await readBoard(live, season)).entries.map(({ account }) => account);
  const claims: MemberClaim[] = [];
  for (const budget of budgets) claims.push(...(await dueTo(live, season, budget, accounts)));
  if (claims.length === 0) {
    throw new KyosoError(
      problem("season.all-paid", {
        data: { season: season.number },
        place: `season ${season.number}`,
        message: "Nobody has anything left to claim of it",
        remedy:
          "There is nothing to do. What a season leaves goes to the treasury once the season after it has ended.",
      }),
    );
  }
  const batched = claims.length > 1 && (await live.provider.getCode(MULTICALL3)) !== "0x";
  const title = `Claim the rewards of season ${season.number}`;
  const single = claims.map((each) => claimOf(live, season, each));
  if (!batched) return { plans: single.map((each) => ({ title, calls: [each] })), claims, batched };
  const plans: Plan[] = [];
  for (let i = 0; i < single.length; i += CLAIMS_PER_BATCH) {
    const part = single.slice(i, i + CLAIMS_PER_BATCH);
    const calls = part.map(({ to, data }) => ({ target: to, allowFailure: false, callData: data }));
    const purpose = `Pay ${part.length} claims of season ${season.number}`;
    plans.push({ title, calls: [call(AGGREGATOR, "aggregate3", [calls], purpose)] });
  }
  return { plans, claims, batched };
}

/** What each account is due, where that is something. */
async function dueTo(
  live: LiveDao,
  season: RewardSeason,
  budget: SeasonBudget,
  accounts: readonly string[],
): Promise<MemberClaim[]> {
  const { token } = budget;
  const read = (account: string) => rewardsRead(live, "claimable", [season.number, token.address, account]);
  let amounts: readonly bigint[];
  try {
    amounts = await live.readMany<bigint>(accounts.map(read));
  } catch {
    // Of one whose badges are being moved, nobody is told: each has to be asked for by itself.
    const asked: bigint[] = [];
    for (const account of accounts) {
      asked.push((await claimReadiness(live, season, budget, account, MULTICALL3)).amount);
    }
    amounts = asked;
  }
  return accounts
    .map((account, i) => ({ account, token, amount: amounts[i] ?? 0n }))
    .filter(({ amount }) => amount > 0n);
}

function claimOf(live: LiveDao, season: RewardSeason, { account, token, amount }: MemberClaim): Call {
  const purpose = `Claim ${formatTokens(live, amount, token)} for ${account}`;
  return rewardsCall(live, "claim", [season.number, token.address, account], purpose);
}
