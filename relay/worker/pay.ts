import type { Problem } from "../../sdk/errors.js";
import { problem } from "../../sdk/errors.js";
import { formatTime } from "../../sdk/time.js";
import type { Job } from "../jobs/job.js";
import { isUnsigned, UNSIGNED_PART } from "../jobs/job.js";
import type { JobStore } from "../jobs/store.js";

const DAY = 86_400;

/** What the relay pays in a day (UTC) at most, in wei; undefined for no bound. What nobody signs has a part of `all` only. */
export interface Budgets {
  readonly all: bigint;
  readonly campaign: bigint | undefined;
  /** For support of one call for ideas. */
  readonly call: bigint | undefined;
  readonly account: bigint | undefined;
}

/** Of what a budget is. */
type BudgetOf = keyof Budgets | "rewards";

/** Jobs that may be paid for, and those that have to wait. */
export interface Allowance {
  readonly allowed: readonly Job[];
  readonly over: readonly { readonly job: Job; readonly problem: Problem; readonly from: number }[];
}

/** Keeps what was spent, and says what may be. */
export class Purse {
  readonly #store: JobStore;
  readonly #budgets: Readonly<Record<BudgetOf, bigint | undefined>>;
  readonly #now: () => number;

  /** @param now Seconds. */
  constructor(store: JobStore, budgets: Budgets, now: () => number = () => Math.floor(Date.now() / 1000)) {
    this.#store = store;
    this.#budgets = { ...budgets, rewards: budgets.all / BigInt(UNSIGNED_PART) };
    this.#now = now;
  }

  get #day(): number {
    return Math.floor(this.#now() / DAY);
  }

  /** What was spent today, in wei. */
  spent(scope = "all"): bigint {
    const row = this.#store
      .statement("SELECT wei FROM spent WHERE day = ? AND scope = ?")
      .get(this.#day, scope);
    return row === undefined ? 0n : BigInt(String(row.wei));
  }

  /**
   * Which jobs may be paid for today.
   *
   * @param each What one of them comes to, in wei.
   */
  allow(jobs: readonly Job[], each: bigint): Allowance {
    const wanted = new Map<string, bigint>();
    const allowed: Job[] = [];
    const over: { job: Job; problem: Problem; from: number }[] = [];
    const from = (this.#day + 1) * DAY;
    for (const job of jobs) {
      const scopes = scopesOf(job);
      const full = scopes.find(([of, scope]) => {
        const budget = this.#budgets[of];
        return budget !== undefined && this.spent(scope) + (wanted.get(scope) ?? 0n) + each > budget;
      });
      if (full !== undefined) {
        over.push({ job, problem: budgetUsed(full[0], from), from });
        continue;
      }
      for (const [, scope] of scopes) wanted.set(scope, (wanted.get(scope) ?? 0n) + each);
      allowed.push(job);
    }
    return { allowed, over };
  }

  /** Writes down what a transaction came to, which its jobs share. */
  record(jobs: readonly Job[], wei: bigint): void {
    if (jobs.length === 0) return;
    const each = wei / BigInt(jobs.length);
    this.#store.atomically(() => {
      this.#add("all", wei);
      for (const job of jobs) {
        for (const [of, scope] of scopesOf(job)) if (of !== "all") this.#add(scope, each);
      }
    });
  }

  #add(scope: string, wei: bigint): void {
    const sql = "INSERT OR REPLACE INTO spent (day, scope, wei) VALUES (?, ?, ?)";
    this.#store.statement(sql).run(this.#day, scope, (this.spent(scope) + wei).toString());
  }

  /** Forgets what was spent on earlier days. */
  tidy(): void {
    this.#store.statement("DELETE FROM spent WHERE day < ?").run(this.#day);
  }
}

function scopesOf(job: Job): (readonly [BudgetOf, string])[] {
  const { kind, campaign, share, account } = job;
  return [
    ["all", "all"],
    ...(isUnsigned(job) ? [["rewards", "rewards"] as const] : []),
    ...(campaign === null ? [] : [["campaign", `campaign ${campaign}`] as const]),
    ...(kind === "support" ? [["call", `call ${share ?? ""}`] as const] : []),
    ["account", `account ${account}`],
  ];
}

function budgetUsed(of: BudgetOf, from: number): Problem {
  const whose = {
    all: "",
    rewards: " for rewards",
    campaign: " for this campaign",
    call: " for this call",
    account: " for this account",
  }[of];
  return problem("relay.budget-used", {
    data: { of, from },
    place: "relay",
    message: `What it pays in a day${whose} is used up`,
    remedy: `It goes on by itself at ${formatTime(from)}.`,
  });
}
