import * as z from "../zodMini.js";
import { KyosoError } from "../errors.js";
import { parseJson } from "../json.js";
import { readWhole } from "./answer.js";
import { parseRelayUrl } from "./url.js";
import { refusedBy } from "./words.js";

/** What a relay takes: where it is handed in, and what the relay calls it. */
export const RELAYED = {
  claim: { path: "claims", name: "claim" },
  redemption: { path: "vouchers", name: "voucher" },
  ballot: { path: "ballots", name: "ballot" },
  delegation: { path: "delegations", name: "delegation" },
  reward: { path: "rewards", name: "reward" },
  support: { path: "supports", name: "support" },
} as const;

/** A kind of what a relay takes, as its file says it. */
export type RelayedKind = keyof typeof RELAYED;

/** Something signed, as its file has it. */
export interface Relayable {
  readonly kind: RelayedKind;
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
export type RelayState = (typeof RELAY_STATES)[number];

/** See `RelayProblem` in words.ts. */
const problem = z.object({
  code: z.string().check(z.maxLength(60), z.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/u)),
  message: z.string().check(z.maxLength(2_000)),
  remedy: z.nullish(z.string().check(z.maxLength(2_000))),
  data: z.unknown(),
});

const hash = z.string().check(z.regex(/^0x[0-9a-f]{64}$/u));

const job = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{32}$/u)),
  kind: z.string().check(z.maxLength(20)),
  state: z.enum(RELAY_STATES),
  problem: z.nullable(problem),
  transaction: z.nullable(hash),
  notBefore: z.nullable(z.iso.datetime()),
});

/** Something that was handed in to a relay. */
export type RelayJob = Readonly<z.infer<typeof job>>;

const word = z.string().check(z.regex(/^[a-z-]{1,40}$/u));
const address = z.string().check(z.regex(/^0x[0-9a-fA-F]{40}$/u));
const ether = z.string().check(z.regex(/^\d{1,30}(?:\.\d{1,18})?$/u));

const status = z.object({
  dao: z.string().check(z.regex(/^[\w-]{1,100}$/u)),
  chainId: z.string().check(z.regex(/^\d{1,78}$/u)),
  governor: address,
  takes: z.array(word).check(z.maxLength(20)),
  /** Who pays. */
  account: address,
  /** Ether that it has; null as long as it hasn't looked. */
  balance: z.nullable(ether),
  lowBalance: z.boolean(),
  /** Ether that it may spend in a day, and what of that is spent today. */
  budget: z.object({ day: ether, spent: ether }),
  /** How many jobs there are of each state. */
  jobs: z.partialRecord(z.enum(RELAY_STATES), z.int().check(z.nonnegative())),
  /** What keeps it from sending; null for nothing. */
  trouble: z.nullable(word),
});

/** How a relay stands. */
export type RelayStatus = Readonly<z.infer<typeof status>>;

const refusal = z.object({ problem });

/** How long an answer is waited for, in milliseconds. */
const PATIENCE = 20_000;

/**
 * A relay, asked over HTTP. It runs in browsers, Workers and Node alike. A relay is a stranger: what it answers is bounded and
 * has the form that it should, and says no more than what a relay says.
 */
export class RelayClient {
  readonly url: string;
  readonly #fetch: typeof fetch;

  /**
   * @param url Where the relay is: what comes before `/claims`.
   * @throws KyosoError for what is neither https nor on this computer.
   */
  constructor(url: string, ask: typeof fetch = (input, init) => fetch(input, init)) {
    this.url = parseRelayUrl(url);
    this.#fetch = ask;
  }

  /**
   * Hands something signed in. The same thing again gives the same job.
   *
   * @throws KyosoError "relay.refused" where the relay doesn't take it, with its reason, or "relay.no-answer" where it doesn't
   * answer as relays do.
   */
  handIn(signed: Relayable): Promise<RelayJob> {
    return this.#ask(RELAYED[signed.kind].path, job, {
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
    return this.#ask(`jobs/${encodeURIComponent(id)}`, job, { method: "GET" });
  }

  /**
   * How the relay stands, and whose it is.
   *
   * @throws KyosoError as {@link RelayClient.handIn} does.
   */
  status(): Promise<RelayStatus> {
    return this.#ask("status", status, { method: "GET" });
  }

  async #ask<Answer>(at: string, schema: z.ZodMiniType<Answer>, init: RequestInit): Promise<Answer> {
    let text: string;
    try {
      const common = { redirect: "error", credentials: "omit", referrerPolicy: "no-referrer" } as const;
      const signal = AbortSignal.timeout(PATIENCE);
      text = await readWhole(await this.#fetch(new URL(at, this.url), { ...init, ...common, signal }));
    } catch (cause) {
      throw this.#noAnswer(reasonOf(cause), cause);
    }
    let answer: unknown;
    try {
      answer = parseJson(text);
    } catch (cause) {
      throw this.#noAnswer("it isn't JSON", cause);
    }
    const found = schema.safeParse(answer);
    if (found.success) return found.data;
    const refused = refusal.safeParse(answer);
    if (!refused.success) throw this.#noAnswer("it isn't what relays answer with", found.error);
    throw new KyosoError(refusedBy(refused.data.problem));
  }

  #noAnswer(reason: string, cause: unknown): KyosoError {
    return KyosoError.of("relay.no-answer", {
      data: { url: this.url, reason },
      place: `relay ${this.url}`,
      message: `It doesn't answer as a relay does${reason === "" ? "" : `: ${reason}`}`,
      remedy: "Try again in a while: the same thing is never done twice. Or carry it out in another way.",
      cause,
    });
  }
}

/** Why a request came to nothing, as those say it who make it. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if (error.name === "TimeoutError") return "it takes too long";
  const { cause } = error;
  return cause instanceof Error && cause.message !== "" ? cause.message : error.message;
}
