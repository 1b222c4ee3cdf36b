import type { PageDocument } from "@kyoso/sdk/page";
import type { WorkerFile } from "../start/worker.js";
import type { HomeView, ProposalsView, ProposalSummary } from "./answers.js";
import type { IdeaCallSummary, IdeaCallView } from "./ideaAnswers.js";

/** The Worker's file and its hash: the build knows both. */
declare const __READER__: WorkerFile;

/** What is shown from before. All of it is everybody's: nothing in it is of whoever looks at it. */
export type Seen = HomeView | ProposalsView | IdeaCallView;

/** Milliseconds after which it isn't shown any more. */
const LONGEST = 7 * 24 * 60 * 60 * 1_000;

/** Characters of the most that is kept: browsers have room for some five million. */
const LARGEST = 2_000_000;

/** How many proposals that are over are kept: as many as fill a few screens, and are read in no time. */
const MOST_PAST = 50;

/** What stands for a bigint: no answer has an object with such a name. */
const BIG = "bigint\u0000";

interface Kept {
  /** Of another build it may have another form. */
  readonly build: string;
  readonly at: number;
  readonly answer: unknown;
}

const keyOf = (name: string, { record }: PageDocument) =>
  `kyoso-seen ${record.chainId} ${record.contracts.governor} ${name}`;

/** Keeps an answer for the next time that the page is opened on this device. */
export function keepSeen(name: string, document: PageDocument, answer: Seen, at: number): void {
  const kept: Kept = { build: __READER__.path, at, answer: shortened(answer) };
  const text = JSON.stringify(kept, (_, value: unknown) =>
    typeof value === "bigint" ? { [BIG]: value.toString() } : value,
  );
  try {
    if (text.length <= LARGEST) localStorage.setItem(keyOf(name, document), text);
    else forgetSeen(name, document);
  } catch {
    // A browser that keeps nothing shows grey bars next time.
  }
}

function shortened(answer: Seen): Seen {
  return "past" in answer ? { ...answer, past: answer.past.slice(0, MOST_PAST) } : answer;
}

export function forgetSeen(name: string, document: PageDocument): void {
  try {
    localStorage.removeItem(keyOf(name, document));
  } catch {
    // There is nothing in it then.
  }
}

/** What was kept, if what it says may still be so; with the chain's time as it is by now. */
export function readSeen(
  name: string,
  document: PageDocument,
  now = Date.now(),
): { readonly answer: Seen; readonly at: number } | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(name, document)) ?? "null", revive) as Kept | null;
    if (kept?.build !== __READER__.path) return undefined;
    const { at } = kept;
    if (!(at <= now && now - at <= LONGEST)) return undefined;
    // Of the same build it has the same form.
    const answer = kept.answer as Seen;
    const later = { ...answer, now: answer.now + Math.floor((now - at) / 1_000) };
    return movedOn(later) ? undefined : { answer: later, at };
  } catch {
    return undefined;
  }
}

/** Whether time alone has made something else of what is shown: votes, or support, have begun or ended since. */
function movedOn(answer: Seen): boolean {
  const { now } = answer;
  if ("ideasPerMember" in answer) return wentOn(answer, now);
  const shown: readonly ProposalSummary[] =
    "past" in answer ? answer.current : [...answer.open, ...answer.pending];
  const callWentOn = "calls" in answer && answer.calls.some((call) => wentOn(call, now));
  const seasonEnded = "season" in answer && now >= answer.season.end;
  return (
    callWentOn ||
    seasonEnded ||
    shown.some(
      ({ state, snapshot, deadline }) =>
        (state === "Pending" && now > snapshot) || (state === "Active" && now > deadline),
    )
  );
}

function wentOn({ state, snapshot, end }: IdeaCallSummary, now: number): boolean {
  return (state === "ideas" && now >= snapshot) || (state === "support" && now >= end);
}

function revive(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(BIG in value)) return value;
  return BigInt(String(value[BIG]));
}
