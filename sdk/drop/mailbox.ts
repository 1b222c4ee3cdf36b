/**
 * How a brand knows its customers: e-mail addresses, as people and spreadsheets write them, or numbers and names of its own.
 */

/** Longer ones no mail server takes (RFC 5321, 4.5.3.1). */
const LONGEST = 254;
const LONGEST_LOCAL = 64;

/**
 * An address as HTML's `<input type="email">` takes it, also with letters of any language (RFC 6531), and with a dot in its
 * domain: customers don't have mailboxes in a local network.
 */
const MAILBOX =
  /^(?<local>[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~-]+)@(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])$/u;

/** Whether mail can be sent to it, by how it is written. */
export function isMailbox(text: string): boolean {
  if (text.length > LONGEST) return false;
  const local = MAILBOX.exec(text)?.groups?.local;
  return local !== undefined && local.length <= LONGEST_LOCAL;
}

/** An e-mail address in half-width characters, as mail programs take it; anything else as it is. */
export function writtenMailbox(text: string): string {
  const half = text.normalize("NFKC").trim();
  return half.includes("@") ? half : text;
}

/**
 * What makes a customer the same as another one: for e-mail addresses, neither case nor width nor spaces. That the part before
 * "@" is the same in any case isn't promised by any standard (RFC 5321, 2.4), and true of all that people use.
 */
export function foldReference(text: string): string {
  const half = text.normalize("NFKC").trim();
  return half.includes("@") ? half.toLowerCase() : text.trim();
}

/** Why a text is probably not how the brand knows a customer. */
export interface ProbableMistake {
  readonly code: "spreadsheet-error" | "exponent";
  readonly words: string;
}

/** What spreadsheets leave of what they couldn't compute, or took for a number; undefined for all else. */
export function probableMistake(text: string): ProbableMistake | undefined {
  if (
    /^#(?:REF|N\/A|VALUE|NAME|DIV\/0|NULL|NUM|SPILL|CALC|GETTING_DATA|FIELD|BLOCKED|CONNECT)[!?]?$/iu.test(
      text,
    )
  ) {
    return { code: "spreadsheet-error", words: "a spreadsheet writes that where it can't compute a cell" };
  }
  if (/^[+-]?\d(?:[.,]\d+)?E[+-]?\d+$/iu.test(text)) {
    return { code: "exponent", words: "a spreadsheet has made a number of it, and cut its last digits off" };
  }
  return undefined;
}
