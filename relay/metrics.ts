import { Counter, Gauge, Registry } from "prom-client";
import { formatEther } from "ethers";
import type { JobState } from "./jobs/states.js";

/** What of the relay a page of metrics shows at a moment. */
export interface Gauged {
  /** How many jobs are in each state. */
  readonly jobs: Readonly<Record<JobState, number>>;
  readonly balance: bigint | undefined;
  readonly spent: bigint;
  readonly budget: bigint;
  readonly troubled: boolean;
  readonly lowBalance: boolean;
  /** Seconds since the last round that came to its end. */
  readonly quiet: number;
}

/** Numbers for Prometheus: none of them is about a person. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #jobs: Gauge<"state">;
  readonly #gauges: Readonly<Record<Exclude<keyof Gauged, "jobs">, Gauge>>;
  readonly #answers: Counter<"path" | "status">;

  constructor() {
    const registers = [this.#registry];
    const gauge = (name: string, help: string) => new Gauge({ name: `kyoso_relay_${name}`, help, registers });
    this.#jobs = new Gauge({
      name: "kyoso_relay_jobs",
      help: "Jobs that are kept, by their state.",
      labelNames: ["state"],
      registers,
    });
    this.#gauges = {
      balance: gauge("balance_ether", "What the relay's account has."),
      spent: gauge("spent_today_ether", "What was spent today (UTC)."),
      budget: gauge("budget_day_ether", "What may be spent in a day."),
      troubled: gauge("troubled", "1 where something keeps it from sending."),
      lowBalance: gauge("low_balance", "1 where the account has less than it should."),
      quiet: gauge("quiet_seconds", "How long ago its last round was."),
    };
    this.#answers = new Counter({
      name: "kyoso_relay_answers_total",
      help: "Requests, by what was asked and the status that was answered.",
      labelNames: ["path", "status"],
      registers,
    });
  }

  answered(path: string, status: number): void {
    this.#answers.inc({ path, status: status.toString() });
  }

  async text(gauged: Gauged): Promise<string> {
    for (const [state, count] of Object.entries(gauged.jobs)) this.#jobs.set({ state }, count);
    const { balance, spent, budget, troubled, lowBalance, quiet } = this.#gauges;
    if (gauged.balance !== undefined) balance.set(Number(formatEther(gauged.balance)));
    spent.set(Number(formatEther(gauged.spent)));
    budget.set(Number(formatEther(gauged.budget)));
    troubled.set(gauged.troubled ? 1 : 0);
    lowBalance.set(gauged.lowBalance ? 1 : 0);
    quiet.set(gauged.quiet);
    return this.#registry.metrics();
  }
}
