import type { Evidence } from "./evidence.js";

/** Who did what. */
export interface Contribution {
  /** Number of the badge's kind, from 1. */
  readonly kind: number;
  readonly account: string;
  /** What the badge is for. */
  readonly text: string;
  /** The line that says so; null where no file does. */
  readonly source: { readonly file: string; readonly line: number } | null;
}

/**
 * What makes a contribution the same as another one, whatever file it is in: a badge of the same kind for the same account
 * and for the same reason.
 */
export function identityOf({ kind, account, text }: Omit<Contribution, "source">): string {
  return `${kind} ${account.toLowerCase()} ${text.normalize("NFC")}`;
}

/** `blue.csv, line 3`, or what there is to say where no file is the source. */
export function placeOf({ source, account }: Contribution): string {
  return source === null ? `badge for ${account}` : `${source.file}, line ${source.line}`;
}

/** `lines 3, 5, 9, 10, 11 and 4 more of blue.csv`; undefined where no file is the source. */
export function linesOf(contributions: readonly Contribution[]): string | undefined {
  const sources = contributions.flatMap(({ source }) => (source === null ? [] : [source]));
  const [first] = sources;
  if (first === undefined) return undefined;
  const shown = sources.slice(0, 5).map(({ line }) => line.toString());
  const rest = sources.length - shown.length;
  const lines = `${shown.join(", ")}${rest === 0 ? "" : ` and ${rest} more`}`;
  return `${sources.length === 1 ? "line" : "lines"} ${lines} of ${first.file}`;
}

/** A contribution with the evidence that is, or will be, on the chain. */
export interface Award extends Contribution {
  readonly evidence: Evidence;
}

/** What is known of the evidence of badges: a journal on a disk, for one. */
export interface EvidenceBook {
  /** What a hash was made from; undefined where that isn't known. */
  readonly entryOf: (hash: string) => Award | undefined;
  /** What was written down for the same contribution before. */
  readonly entriesFor: (contribution: Contribution) => readonly Award[];
}
