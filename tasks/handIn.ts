import type { LiveDao } from "../sdk/live.js";
import { KyosoError } from "../sdk/errors.js";
import type { Relayable, RelayedKind, RelayJob, RelayStatus } from "../sdk/relay/client.js";
import { RelayClient } from "../sdk/relay/client.js";
import { carryOut, requireRelayOf, waitsUntil } from "../sdk/relay/carryOut.js";
import { refusedBy, saidByRelay, saidToWait } from "../sdk/relay/words.js";
import { formatTime } from "../sdk/time.js";
import { refreshed } from "../sdk/live.js";
import { Unwanted } from "./confirm.js";
import { print, printAside, styled } from "./output.js";

/** A relay that takes what a task has signed. */
export interface ChosenRelay {
  readonly client: RelayClient;
  readonly status: RelayStatus;
}

/** How long it is waited where --patience doesn't say, in milliseconds. */
const PATIENCE = 600_000;
/** How long the own node may be behind the relay's, and how often it is asked. */
const BEHIND = 30_000;
const LOOK = 1_000;

/**
 * The relay that --relay names, before anything is signed for it; undefined without the option.
 *
 * @throws KyosoError where it doesn't answer, is another DAO's, or doesn't take this.
 */
export async function chosenRelay(
  live: LiveDao,
  url: string | undefined,
  kind: RelayedKind,
  json: boolean,
): Promise<ChosenRelay | undefined> {
  if (url === undefined) return undefined;
  const client = new RelayClient(url);
  const status = await client.status();
  const { chainId, record } = live;
  requireRelayOf(client, status, { chainId, governor: record.contracts.governor }, kind);
  if (!json && status.trouble !== null) {
    print(styled("yellow", `The relay says that it can't send at present: ${status.trouble}.`));
  }
  return { client, status };
}

/** What a relay made of something that was handed in: it is done, or waits for a moment that is far away. */
export interface Relayed {
  readonly url: string;
  readonly job: string;
  readonly state: string;
  readonly transaction: string | null;
}

/** That for programs: its key is there with --relay only. */
export function ofRelay(relayed: Relayed | null): { readonly relay?: Relayed } {
  return relayed === null ? {} : { relay: relayed };
}

export interface HandingIn {
  /** Seconds that --patience says. */
  readonly patience: string | undefined;
  readonly json: boolean;
  /** Whether the chain shows it as done: it is asked by the own node, as of `live.block`. */
  readonly isDone: (live: LiveDao) => Promise<boolean>;
}

/**
 * Hands something in, and shows how it stands until the chain shows it as done; or, where it has to wait for long, as voting
 * isn't open, until the relay has it.
 *
 * @throws KyosoError where the relay refuses it, it takes too long, or the chain doesn't show what the relay says.
 */
export async function handIn(
  live: LiveDao,
  { client }: ChosenRelay,
  signed: Relayable,
  { patience, json, isDone }: HandingIn,
): Promise<Relayed> {
  const { paceFor } = await import("../sdk/execute/pace.js");
  const most =
    patience === undefined || patience === "" ? PATIENCE : paceFor(patience, "--patience").patience;
  if (!json) print(`\nHanded in to the relay ${client.url}`);
  const job = await untilStopped(client, signed, most, json);
  const { id, state, transaction } = job;
  if (job.problem !== null && state === "refused") throw new KyosoError(refusedBy(job.problem));
  const relayed = { url: client.url, job: id, state, transaction };
  const [until, now] = [waitsUntil(job), Date.now()];
  if (until > now) {
    if (!json) {
      print(`  ${saidToWait(until, now)} To see how it stands:\n    ${statusCommand(client.url, id)}`);
    }
    return relayed;
  }
  if (state !== "confirmed" && state !== "final") throw notDone(client.url, job);
  for (const end = Date.now() + BEHIND; !(await isDone(await refreshed(live)));) {
    if (Date.now() > end) throw notSeen(client.url, id);
    await new Promise((resolve) => setTimeout(resolve, LOOK));
  }
  return relayed;
}

/** Ctrl-C ends the waiting: what the relay has, it keeps. */
async function untilStopped(
  client: RelayClient,
  signed: Relayable,
  patience: number,
  json: boolean,
): Promise<RelayJob> {
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
  };
  process.once("SIGINT", stop);
  let known: RelayJob | undefined;
  try {
    return await carryOut(client, signed, {
      patience,
      signal: stopping.signal,
      onChange: (job) => {
        known = job;
        if (!json) showJob(job);
      },
      onTrouble: ({ problems }) => {
        if (!json) printAside(`  ${problems[0]?.message ?? ""}. Asking again …`);
      },
    });
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    process.exitCode = 130;
    const later = "The same command hands it in again, and nothing is done twice.";
    throw new Unwanted(
      known === undefined
        ? `\nWhether the relay has it isn't known. ${later}`
        : `\nIt is in the relay's hands. To see how it stands:\n  ${statusCommand(client.url, known.id)}`,
    );
  } finally {
    process.removeListener("SIGINT", stop);
  }
}

/** How a job stands, in a line. */
export function showJob({ state, transaction, problem, notBefore }: RelayJob): void {
  const reason = problem === null ? "" : `: the relay says ${saidByRelay(problem.message)} (${problem.code})`;
  const from =
    notBefore === null
      ? ""
      : ` The relay says that it isn't tried before ${formatTime(Date.parse(notBefore) / 1000)}.`;
  print(`  ${styled(STYLES[state], state.padEnd(11))}  ${WORDS[state]}${reason}.${from}`);
  if (transaction !== null) print(styled("dim", `               ${transaction}`));
}

const STYLES = {
  waiting: "dim",
  sent: "dim",
  unconfirmed: "yellow",
  stuck: "yellow",
  confirmed: "green",
  final: "green",
  refused: "red",
} as const;

const WORDS = {
  waiting: "The relay has it, and it waits for its turn",
  sent: "The relay has sent it, or is about to",
  unconfirmed: "The relay doesn't see what became of its transaction, and sends nothing else until it does",
  stuck: "No block takes the relay's transaction at the price that it may pay",
  confirmed: "The newest blocks show it as done",
  final: "It stays",
  refused: "It can't be carried out",
} as const;

/** How something that was handed in is asked for later. */
export function statusCommand(url: string, job: string): string {
  return `npx hardhat relay status ${url} ${job}`;
}

function notDone(url: string, { id, state }: RelayJob): KyosoError {
  return KyosoError.of("relay.not-done", {
    data: { url, job: id, state },
    place: `relay ${url}`,
    message: `It isn't done yet: it is ${state}. The relay has it, and goes on with it`,
    remedy: `See later how it stands: \`${statusCommand(url, id)}\`. To wait longer, use --patience. Nothing is done twice.`,
  });
}

function notSeen(url: string, job: string): KyosoError {
  return KyosoError.of("relay.not-seen", {
    data: { url, job },
    place: `relay ${url}`,
    message: "It says that it is done, and your node doesn't show it",
    remedy:
      "Run the same command again in some minutes. If your node still doesn't show it, ask another node, or carry it out without this relay.",
  });
}
