import { isOf, KyosoError } from "../errors.js";
import type { Relayable, RelayClient, RelayJob, RelayStatus } from "./client.js";
import { RELAYED } from "./client.js";
import type { RelayedKind } from "./client.js";

/** How often it is asked how something stands, in milliseconds: at first, and after a while. */
const FIRST = 500;
const LATER = 4_000;
/** How long it is waited that what is confirmed becomes final: some chains take a quarter of an hour. */
const FINAL = 30_000;

/** What passes by itself: the relay is asked again. */
const PASSING = new Set([
  "relay.too-many",
  "relay.queue-full",
  "relay.disk-full",
  "relay.node-away",
  "relay.failed",
]);

export interface CarryOutOptions {
  /** How long it is waited altogether, in milliseconds. */
  readonly patience: number;
  /** Ends waiting; what was handed in stays with the relay. */
  readonly signal?: AbortSignal;
  /** Called with the job when it is taken, whenever it stands otherwise, and when the relay answers again. */
  readonly onChange?: (job: RelayJob) => void;
  /** Called when the relay doesn't answer, or takes nothing for the moment: with the error, once until it is otherwise. */
  readonly onTrouble?: (error: KyosoError) => void;
  /** Milliseconds for {@link FINAL}. */
  readonly final?: number;
  /** Of something that was handed in before: the id of its job. */
  readonly known?: string | undefined;
}

/**
 * Checks that a relay is a DAO's, and takes something: before anybody signs it.
 *
 * @throws KyosoError where it is another one's, or takes none of these.
 */
export function requireRelayOf(
  { url }: Pick<RelayClient, "url">,
  status: RelayStatus,
  dao: { readonly chainId: bigint; readonly governor: string },
  kind: RelayedKind,
): void {
  const place = `relay ${url}`;
  const { chainId, governor, takes } = status;
  if (chainId !== dao.chainId.toString() || governor.toLowerCase() !== dao.governor.toLowerCase()) {
    throw KyosoError.of("relay.other-dao", {
      data: { url, chainId, governor },
      place,
      message: `It is of another DAO: the one with the governor ${governor} on chain ${chainId}`,
      remedy:
        "Ask the brand for the address of this DAO's relay, or choose the DAO with --dao and --network.",
    });
  }
  const { name } = RELAYED[kind];
  if (takes.includes(name)) return;
  throw KyosoError.of("relay.kind-off", {
    data: { kind: name },
    place,
    message: `It takes no ${name}s`,
    remedy: "Carry it out yourself, or hand it to whoever does: leave out --relay.",
  });
}

/**
 * Hands something in, and waits until it is final or refused, or for as long as somebody wants to wait. A relay that is away in
 * between is asked again, and one that has forgotten it gets it once more: the same thing is never done twice.
 *
 * @returns How it stands at the end: `refused`, too.
 * @throws KyosoError where the relay doesn't take it, or never answered; an AbortError where waiting was ended.
 */
export async function carryOut(
  client: RelayClient,
  signed: Relayable,
  { patience, signal, onChange, onTrouble, final = FINAL, known }: CarryOutOptions,
): Promise<RelayJob> {
  const began = Date.now();
  let job: RelayJob | undefined;
  let id = known;
  let confirmedAt: number | undefined;
  let isTroubled = false;
  for (let pause = FIRST; ; pause = Math.min(LATER, pause * 1.3)) {
    try {
      const now = id === undefined ? await client.handIn(signed) : await client.job(id);
      signal?.throwIfAborted();
      if (job === undefined || isTroubled || stands(now) !== stands(job)) onChange?.(now);
      isTroubled = false;
      job = now;
      id = now.id;
      confirmedAt = job.state === "confirmed" ? (confirmedAt ?? Date.now()) : undefined;
      if (job.state === "final" || job.state === "refused") return job;
      if (confirmedAt !== undefined && Date.now() - confirmedAt >= final) return job;
      // It goes on by itself, when nobody waits any more.
      if (waitsUntil(job) > began + patience) return job;
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      const told = codeOf(error);
      if (id !== undefined && told === "relay.job-unknown") {
        id = undefined;
        job = undefined;
        continue;
      }
      if (told !== "relay.no-answer" && !PASSING.has(told)) throw error;
      if (!isTroubled) onTrouble?.(error);
      isTroubled = true;
      if (job === undefined && Date.now() - began >= patience) throw error;
    }
    if (job !== undefined && Date.now() - began >= patience) return job;
    await rest(Math.min(pause, Math.max(1, patience - (Date.now() - began))), signal);
  }
}

/** Until when a job waits that may not be carried out before, as voting isn't open; 0 for any other one. */
export function waitsUntil({ state, notBefore }: RelayJob): number {
  return state === "waiting" && notBefore !== null ? Date.parse(notBefore) : 0;
}

/** What of a job is worth telling. */
function stands({ state, transaction, problem }: RelayJob): string {
  return [state, transaction ?? "", problem?.code ?? "", problem?.message ?? ""].join("\n");
}

function codeOf(error: KyosoError): string {
  const [first] = error.problems;
  if (first === undefined) return "";
  return isOf(first, "relay.refused") ? first.data.code : first.code;
}

/** @throws An AbortError as soon as the signal says so. */
function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new DOMException("", "AbortError"));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    if (signal?.aborted === true) end();
    else signal?.addEventListener("abort", end, { once: true });
  });
}
