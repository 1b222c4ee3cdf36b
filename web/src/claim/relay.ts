import type { Claim, Redemption, RelayState } from "@kyoso/sdk";

/** How something stands that was handed in to the brand's relay. */
export interface Job {
  readonly id: string;
  readonly state: RelayState;
  /** Code of what the relay refuses it for; null for nothing. */
  readonly problem: string | null;
  readonly transaction: string | null;
}

/** That the relay doesn't take it, or doesn't answer. */
export class RelayRefused extends Error {
  /** The relay's code; undefined where it doesn't answer as relays do. */
  readonly code: string | undefined;

  constructor(code: string | undefined, cause?: unknown) {
    super(code ?? "The relay doesn't answer", { cause });
    this.name = "RelayRefused";
    this.code = code;
  }
}

/** Milliseconds that the relay may take to answer, and between two questions. */
const PATIENCE = 20_000;
const PAUSE = 1_500;

const STATES: readonly RelayState[] = [
  "waiting",
  "sent",
  "unconfirmed",
  "stuck",
  "confirmed",
  "final",
  "refused",
];
const PATHS = { claim: "claims", redemption: "vouchers" } as const;

/** Hands something signed in. The same thing again gives the same job. @throws RelayRefused */
export function handIn(url: string, signed: Claim | Redemption): Promise<Job> {
  return ask(url, PATHS[signed.kind], { method: "POST", body: JSON.stringify(signed) });
}

/** Follows a job until it is done, refused, or the signal says so. Where the relay is away for a while, it is asked again. */
export async function follow(
  url: string,
  job: Job,
  told: (job: Job) => void,
  signal: AbortSignal,
): Promise<void> {
  let newest = job;
  while (!isOver(newest)) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (signal.aborted) return;
    try {
      newest = await ask(url, `jobs/${job.id}`, { method: "GET" });
      told(newest);
    } catch (error) {
      if (error instanceof RelayRefused && error.code !== undefined) throw error;
    }
  }
}

function isOver({ state }: Job): boolean {
  return state === "confirmed" || state === "final" || state === "refused";
}

async function ask(url: string, path: string, init: RequestInit): Promise<Job> {
  let answer: unknown;
  try {
    const response = await fetch(new URL(path, url.endsWith("/") ? url : `${url}/`), {
      ...init,
      headers: { "content-type": "application/json" },
      redirect: "error",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE),
    });
    answer = await response.json();
  } catch (cause) {
    throw new RelayRefused(undefined, cause);
  }
  const { id, state, problem = null, transaction = null } = objectOf(answer);
  const code = problem === null ? null : codeIn(problem);
  const known = STATES.find((each) => each === state);
  if (typeof id === "string" && /^[0-9a-f]{32}$/u.test(id) && known !== undefined) {
    const isHash = typeof transaction === "string" && /^0x[0-9a-f]{64}$/u.test(transaction);
    return { id, state: known, problem: code, transaction: isHash ? transaction : null };
  }
  throw new RelayRefused(code ?? undefined);
}

/** A code as relays have them, and nothing else that a stranger may say. */
function codeIn(problem: unknown): string | null {
  const { code } = objectOf(problem);
  return typeof code === "string" && /^[a-z0-9.-]{1,60}$/u.test(code) ? code : null;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
