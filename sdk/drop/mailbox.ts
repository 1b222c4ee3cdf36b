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
  return half.includes("@") ? asciiDomain(half.toLowerCase()) : text.trim();
}

/** Mail programs write the domain of an address in its own letters, or as `xn--…`. */
function asciiDomain(mailbox: string): string {
  const at = mailbox.lastIndexOf("@") + 1;
  const domain = mailbox.slice(at);
  if (!/[^\0-\x7f]/u.test(domain) || !URL.canParse(`http://${domain}`)) return mailbox;
  return mailbox.slice(0, at) + new URL(`http://${domain}`).hostname;
}

/** Domains whose mailboxes have dots only to be read more easily. */
const WITHOUT_DOTS = new Set(["gmail.com", "googlemail.com"]);

/**
 * The inbox that a folded e-mail address probably leads to: what comes after a "+" is for sorting, with most providers, and
 * with one of them dots are nothing. Undefined where the address is no other than its inbox's own.
 */
export function inboxOf(folded: string): string | undefined {
  const at = folded.lastIndexOf("@");
  if (at < 1) return undefined;
  const domain = folded.slice(at + 1);
  const [local = ""] = folded.slice(0, at).split("+");
  const inbox = WITHOUT_DOTS.has(domain)
    ? `${local.replaceAll(".", "")}@gmail.com`
    : `${local === "" ? folded.slice(0, at) : local}@${domain}`;
  return inbox === folded ? undefined : inbox;
}

/** Why a text is probably not how the brand knows a customer. */
export interface ProbableMistake {
  readonly code: "spreadsheet-error" | "exponent" | "date";
  readonly words: string;
}

/** Dates as spreadsheets in English and Japanese write them: "2-Jan", "Mar-01", "2026/1/2", "1月2日". */
const DATE =
  /^(?:\d{1,2}-(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:-\d{2,4})?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-\d{2}|\d{4}\/\d{1,2}\/\d{1,2}|\d{1,2}\/\d{1,2}\/\d{2,4}|(?:\d{4}年)?\d{1,2}月\d{1,2}日)$/iu;

/** What spreadsheets leave of what they couldn't compute, or took for a number or a date; undefined for all else. */
export function probableMistake(text: string): ProbableMistake | undefined {
  if (isSpreadsheetError(text)) {
    return { code: "spreadsheet-error", words: "a spreadsheet writes that where it can't compute a cell" };
  }
  if (/^[+-]?\d(?:[.,]\d+)?E[+-]?\d+$/iu.test(text)) {
    return { code: "exponent", words: "a spreadsheet has made a number of it, and cut its last digits off" };
  }
  if (DATE.test(text)) return { code: "date", words: "a spreadsheet has made a date of it" };
  return undefined;
}

/** Whether a cell has what spreadsheets write where they can't compute it. */
export function isSpreadsheetError(text: string): boolean {
  return /^#(?:REF|N\/A|VALUE|NAME|DIV\/0|NULL|NUM|SPILL|CALC|GETTING_DATA|FIELD|BLOCKED|CONNECT)[!?]?$/iu.test(
    text,
  );
}
