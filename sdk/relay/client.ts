import * as z from "../zod.js";
import type { Problem } from "../errors.js";
import { KyosoError } from "../errors.js";

/** What a relay takes, and where. */
const PATHS = {
  claim: "claims",
  redemption: "vouchers",
  ballot: "ballots",
  delegation: "delegations",
  reward: "rewards",
} as const;

/** Something signed, as its file has it. */
export interface Relayable {
  readonly kind: keyof typeof PATHS;
}

/** How something stands that was handed in: see docs/relay.md. */
export const RELAY_STATES = [
  "waiting",
  "sent",
  "unconfirmed",
  "stuck",
  "confirmed",
  "final",
  "refused",
] as const;

/** A relay's problems are the SDK's own, by their codes; the words are the relay's. */
const problem = z.object({
  code: z.string().regex(/^[a-z]+(?:[.-][a-z-]+)*$/u),
  message: z.string().max(2_000),
  remedy: z.string().max(2_000).nullish(),
  data: z.unknown(),
});

const job = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/u),
  kind: z.string().max(20),
  state: z.enum(RELAY_STATES),
  problem: problem.nullable(),
  transaction: z
    .string()
    .regex(/^0x[0-9a-f]{64}$/u)
    .nullable(),
  notBefore: z.string().max(40).nullable(),
});

/** Something that was handed in to a relay. */
export type RelayJob = Readonly<z.infer<typeof job>>;

const refusal = z.object({ problem });

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 20_000;

/** A relay, asked over HTTP. It runs in browsers, Workers and Node alike. */
export class RelayClient {
  readonly #base: string;
  readonly #fetch: typeof fetch;

  /** @param url Where the relay is: what comes before `/claims`. */
  constructor(url: string, ask: typeof fetch = (input, init) => fetch(input, init)) {
    this.#base = url.endsWith("/") ? url : `${url}/`;
    this.#fetch = ask;
  }

  /**
   * Hands something signed in. The same thing again gives the same job.
   *
   * @throws KyosoError with the relay's problem where it doesn't take it, or "relay.no-answer" where it doesn't answer.
   */
  handIn(signed: Relayable): Promise<RelayJob> {
    return this.#ask(PATHS[signed.kind], {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(signed),
    });
  }

  /**
   * How something stands that was handed in.
   *
   * @throws KyosoError as {@link RelayClient.handIn} does.
   */
  job(id: string): Promise<RelayJob> {
    return this.#ask(`jobs/${encodeURIComponent(id)}`, { method: "GET" });
  }

  async #ask(at: string, init: RequestInit): Promise<RelayJob> {
    let text: string;
    try {
      const common = { redirect: "error", credentials: "omit", referrerPolicy: "no-referrer" } as const;
      const signal = AbortSignal.timeout(PATIENCE);
      text = await (await this.#fetch(new URL(at, this.#base), { ...init, ...common, signal })).text();
    } catch (cause) {
      throw this.#noAnswer(cause instanceof Error ? cause.message : "", cause);
    }
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch (cause) {
      throw this.#noAnswer("it isn't JSON", cause);
    }
    const found = job.safeParse(answer);
    if (found.success) return found.data;
    const refused = refusal.safeParse(answer);
    if (!refused.success) throw this.#noAnswer("it isn't what relays answer with", refused.error);
    throw new KyosoError(problemOf(refused.data.problem));
  }

  #noAnswer(reason: string, cause: unknown): KyosoError {
    return KyosoError.of("relay.no-answer", {
      data: { url: this.#base, reason },
      place: `relay ${this.#base}`,
      message: `It doesn't answer as a relay does${reason === "" ? "" : `: ${reason}`}`,
      remedy: "Try again in a while: the same thing is never done twice. Or carry it out in another way.",
      cause,
    });
  }
}

/** A relay's problem; of a later version's code, whose data nobody knows here, the words tell. */
function problemOf({ code, message, remedy, data }: z.infer<typeof problem>): Problem {
  const words = { place: "relay", message, ...(remedy === null || remedy === undefined ? {} : { remedy }) };
  return { code, data, ...words } as Problem;
}
