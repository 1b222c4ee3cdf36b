import type { DecodedCall } from "../../calls/decode.js";
import { oneLine } from "../../text.js";
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
}

/** Functions of the badge contract that are told in words. */
const TOLD = ["award", "awardBatch", "closeKind", "closeVotingKind"];

/** Whether {@link describeInWords} has words for a call. */
export function hasWords({ contract, name }: Pick<DecodedCall, "contract" | "name">): boolean {
  return contract === "badge" && TOLD.includes(name);
}

/**
 * What a call of the badge contract does, as people say it, from its own data: `award レビュー (kind 2) to 277 people: …`.
 *
 * @returns Undefined for a call that has no words of its own.
 */
export function describeInWords(call: DecodedCall, { kinds, journal }: AwardWording): string | undefined {
  if (!hasWords(call)) return undefined;
  const value = (i: number): unknown => call.args[i]?.value;
  const number = Number(value(0));
  const found = kinds.find((each) => each.number === number);
  const kind =
    found === undefined ? `kind ${number}, which there isn't` : `${oneLine(found.name)} (kind ${number})`;
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

function shortened(text: string): string {
  const characters = Array.from(text);
  return characters.length <= LONGEST_TEXT ? text : `${characters.slice(0, LONGEST_TEXT).join("")}…`;
}
