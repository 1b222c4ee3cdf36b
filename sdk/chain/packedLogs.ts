import { WORD } from "./abi.js";

/** A log as it is kept: what tells events apart, and what they say. */
export interface ChainLog {
  readonly blockNumber: number;
  /** Place in the block. */
  readonly index: number;
  readonly transactionHash: string;
  readonly topics: readonly string[];
  readonly data: string;
}

/**
 * Logs as a text of a fifth of their size: what reading a long history takes is the time to read its bytes.
 *
 * In `logs` each has `block index hash topics words`, the last two with commas in them, and a semicolon before the next. A
 * word of 32 bytes is written without the zeros at its begin; or, where that is shorter, without those at its end and with
 * "-" instead. One that comes more than once, such as the number of a proposal, is in `words`, and "+" and its place there
 * stand for it. The words end with "!"; what data has after its last whole word follows as it is.
 */
export interface PackedLogs {
  readonly words: string;
  readonly logs: string;
}

/** Repeated words that are shorter than this aren't worth a reference. */
const SHORTEST_REFERRED = 6;
const ZEROS = "0".repeat(WORD);
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DIGIT_ZERO = 0x30;
/** Words of one digit, as most numbers are: always the same texts, which are quickly looked up. */
const SMALL = Array.from("0123456789abcdef", (digit) => digit.padStart(WORD, "0"));

/** Packs logs; {@link unpackLogs} is the way back. */
export function packLogs(logs: readonly ChainLog[]): PackedLogs {
  const seen = new Map<string, number>();
  const split = logs.map((log) => {
    const { words, rest } = wordsOf(digits(log.data));
    const parts = { log, hash: digits(log.transactionHash), topics: log.topics.map(digits), words, rest };
    for (const word of [parts.hash, ...parts.topics, ...words]) seen.set(word, (seen.get(word) ?? 0) + 1);
    return parts;
  });
  const repeated = [...seen].filter(([, count]) => count > 1).map(([word]) => word);
  const referred = repeated.map(shortened).filter((word) => word.length >= SHORTEST_REFERRED);
  const places = new Map(referred.map((word, i) => [word, `+${i}`]));
  const packed = (word: string) => {
    const short = shortened(word);
    return places.get(short) ?? short;
  };
  const lines = split.map(({ log, hash, topics, words, rest }) =>
    [
      log.blockNumber,
      log.index,
      packed(hash),
      topics.map(packed).join(","),
      `${words.map(packed).join(",")}!${rest}`,
    ].join(" "),
  );
  return { words: referred.join(","), logs: lines.join(";") };
}

/**
 * The logs, in their order; each is read no further than it is asked for.
 *
 * @returns Undefined for a text that isn't of such a form.
 */
export function unpackLogs({ words, logs }: PackedLogs): ChainLog[] | undefined {
  if (/[^0-9a-f,-]/u.test(words) || /[^0-9a-f ,;+!-]/u.test(logs)) return undefined;
  const referred = words === "" ? [] : words.split(",").map((word) => whole(word));
  const found: KeptLog[] = [];
  for (let start = 0; start < logs.length;) {
    const next = logs.indexOf(";", start);
    const end = next === -1 ? logs.length : next;
    const log = new KeptLog(logs, start, end, referred);
    if (!log.isWhole(start)) return undefined;
    found.push(log);
    start = end + 1;
  }
  return found;
}

/** A word of a log's data, in 64 digits; "" where the data has none. */
export function wordIn(log: ChainLog, index: number): string {
  if (log instanceof KeptLog) return log.word(index);
  const word = log.data.slice(2 + index * WORD, 2 + (index + 1) * WORD);
  return word.length === WORD ? word : "";
}

/** A topic of a log, in 64 digits; "" where there is none. */
export function topicIn(log: ChainLog, index: number): string {
  return log instanceof KeptLog ? log.topic(index) : (log.topics[index]?.slice(2) ?? "");
}

/** A log in a packed text, between two places of it. */
class KeptLog implements ChainLog {
  readonly blockNumber: number;
  readonly index: number;
  readonly #text: string;
  readonly #referred: readonly string[];
  /** Where its fields begin: the hash, the topics, the words, what is left behind them; and where it ends. */
  readonly #hash: number;
  readonly #topics: number;
  readonly #words: number;
  readonly #rest: number;
  readonly #end: number;
  #known: readonly string[] | undefined;

  constructor(text: string, start: number, end: number, referred: readonly string[]) {
    this.#text = text;
    this.#referred = referred;
    const index = text.indexOf(" ", start) + 1;
    this.#hash = text.indexOf(" ", index) + 1;
    this.#topics = text.indexOf(" ", this.#hash) + 1;
    this.#words = text.indexOf(" ", this.#topics) + 1;
    this.#rest = text.indexOf("!", this.#words) + 1;
    this.#end = end;
    this.blockNumber = Number(text.slice(start, index - 1));
    this.index = Number(text.slice(index, this.#hash - 1));
  }

  /** Whether it has all its fields behind its start, and numbers where they belong. */
  isWhole(start: number): boolean {
    return (
      start < this.#hash &&
      this.#hash < this.#topics &&
      this.#topics < this.#words &&
      this.#words < this.#rest &&
      this.#rest <= this.#end &&
      Number.isSafeInteger(this.blockNumber) &&
      Number.isSafeInteger(this.index)
    );
  }

  get transactionHash(): string {
    return `0x${this.#read(this.#hash, this.#topics - 1)}`;
  }

  get topics(): readonly string[] {
    return (this.#known ??= this.#list(this.#topics, this.#words - 1).map((topic) => `0x${topic}`));
  }

  get data(): string {
    const words = this.#list(this.#words, this.#rest - 1).join("");
    return `0x${words}${this.#text.slice(this.#rest, this.#end)}`;
  }

  /** See {@link wordIn}. */
  word(index: number): string {
    return this.#at(this.#words, this.#rest - 1, index);
  }

  /** See {@link topicIn}. */
  topic(index: number): string {
    return this.#at(this.#topics, this.#words - 1, index);
  }

  #at(from: number, end: number, index: number): string {
    let start = from;
    for (let i = 0; i < index && start < end; i++) start = this.#comma(start, end) + 1;
    return start < end ? this.#read(start, this.#comma(start, end)) : "";
  }

  #list(start: number, end: number): string[] {
    const found: string[] = [];
    for (let at = start; at < end;) {
      const next = this.#comma(at, end);
      found.push(this.#read(at, next));
      at = next + 1;
    }
    return found;
  }

  /** The next comma, or the end. Not `indexOf`, which would look through all other logs where there is none. */
  #comma(start: number, end: number): number {
    let at = start;
    while (at < end && this.#text.charCodeAt(at) !== COMMA) at += 1;
    return at;
  }

  #read(start: number, end: number): string {
    const first = this.#text.charCodeAt(start);
    if (end - start === 1 && first >= DIGIT_ZERO) return SMALL[parseInt(this.#text.charAt(start), 16)] ?? "";
    if (first !== PLUS) return whole(this.#text.slice(start, end));
    const word = this.#referred[Number(this.#text.slice(start + 1, end))];
    if (word === undefined) throw new RangeError("A kept log refers to a word that isn't there");
    return word;
  }
}

/** What follows `0x`. */
function digits(hex: string): string {
  return hex.slice(2).toLowerCase();
}

function wordsOf(data: string): { words: string[]; rest: string } {
  const words: string[] = [];
  let at = 0;
  for (; at + WORD <= data.length; at += WORD) words.push(data.slice(at, at + WORD));
  return { words, rest: data.slice(at) };
}

function shortened(word: string): string {
  let [start, end] = [0, WORD];
  // At least a digit is left of a word that is zero.
  while (start < WORD - 1 && word.charCodeAt(start) === DIGIT_ZERO) start += 1;
  while (end > start + 1 && word.charCodeAt(end - 1) === DIGIT_ZERO) end -= 1;
  return end + 1 < WORD - start ? `${word.slice(0, end)}-` : word.slice(start);
}

function whole(short: string): string {
  if (short.length === WORD) return short;
  return short.charCodeAt(short.length - 1) === MINUS
    ? short.slice(0, -1) + ZEROS.slice(short.length - 1)
    : ZEROS.slice(short.length) + short;
}
