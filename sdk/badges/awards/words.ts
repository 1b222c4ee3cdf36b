import type { DecodedCall } from "../../calls/decode.js";
import { oneLine } from "../../text.js";
import type { BadgeLedger } from "../ledger.js";
import type { BadgeKind } from "../kinds/kinds.js";
import type { EvidenceBook } from "./contribution.js";

/** Of those who are awarded, as many are named. */
const MOST_NAMED = 3;

/** Longest of what a badge is for that is shown of it, in characters. */
const LONGEST_TEXT = 60;

/** What is needed to say in words what calls of the badge contract do. */
export interface AwardWording {
  readonly kinds: readonly Pick<BadgeKind, "number" | "name">[];
  /** What badges are for, where the brand's own journal is at hand. */
  readonly journal: Pick<EvidenceBook, "entryOf">;
  /** Needed for what takes badges: see {@link needsLedger}. */
  readonly ledger?: Pick<BadgeLedger, "holderOf" | "awardOf"> | undefined;
}

/** Functions of the badge contract that are told in words. */
const TAKING = ["revoke", "revokeVoting"];
const TOLD = ["award", "awardBatch", "closeKind", "closeVotingKind", ...TAKING];

/** Whether {@link describeInWords} has words for a call. */
export function hasWords({ contract, name }: Pick<DecodedCall, "contract" | "name">): boolean {
  return contract === "badge" && TOLD.includes(name);
}

/** Whether the words for a call say whose badges it takes, and what for they were: the logs know. */
export function needsLedger(call: Pick<DecodedCall, "contract" | "name">): boolean {
  return hasWords(call) && TAKING.includes(call.name);
}

/**
 * What a call of the badge contract does, as people say it, from its own data: `award レビュー (kind 2) to 277 people: …`.
 *
 * @returns Undefined for a call that has no words of its own.
 */
export function describeInWords(call: DecodedCall, wording: AwardWording): string | undefined {
  if (!hasWords(call)) return undefined;
  const { journal } = wording;
  const value = (i: number): unknown => call.args[i]?.value;
  if (TAKING.includes(call.name)) return describeTaking(Number(value(0)), String(value(1)), wording);
  const kind = kindName(Number(value(0)), wording);
  if (call.name.startsWith("close")) return `close ${kind}, for ever`;
  const accounts = [value(1)].flat().map(String);
  const hashes = [value(2)].flat().map(String);
  const people = new Set(accounts).size;
  const badges = accounts.length === people ? "" : `, ${accounts.length.toLocaleString("en")} badges`;
  const named = accounts.slice(0, MOST_NAMED).map((account, i) => {
    const text = journal.entryOf(hashes[i] ?? "")?.text;
    return text === undefined ? account : `${account} 「${shortened(oneLine(text))}」`;
  });
  const rest = accounts.length - named.length;
  return `award ${kind} to ${people.toLocaleString("en")} ${people === 1 ? "person" : "people"}${badges}: ${named.join(", ")}${rest === 0 ? "" : ` and ${rest.toLocaleString("en")} more`}`;
}

/** `take badge 12, レビュー (kind 2) 「aoki@example.com」, from 0x…, for ever: written by somebody else`. */
function describeTaking(id: number, reason: string, wording: AwardWording): string | undefined {
  const { journal, ledger } = wording;
  if (ledger === undefined) return undefined;
  const { award, hash = "" } = ledger.awardOf(id) ?? {};
  const holder = ledger.holderOf(id);
  if (award === undefined || holder === undefined) return `take badge ${id}, which nobody has`;
  const text = journal.entryOf(hash)?.text;
  const what = text === undefined ? "" : ` 「${shortened(oneLine(text))}」`;
  const why = oneLine(reason) === "" ? "" : `: ${shortened(oneLine(reason))}`;
  return `take badge ${id}, ${kindName(award.kind, wording)}${what}, from ${holder}, for ever${why}`;
}

function kindName(number: number, { kinds }: AwardWording): string {
  const found = kinds.find((each) => each.number === number);
  return found === undefined
    ? `kind ${number}, which there isn't`
    : `${oneLine(found.name)} (kind ${number})`;
}

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= LONGEST_TEXT ? text : `${characters.slice(0, LONGEST_TEXT).join("")}…`;
}
