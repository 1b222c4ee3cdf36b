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
const DIGIT_NINE = 0x39;
/** Of numbers that are exact. */
const MOST_DIGITS = 15;
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
  const places = new Places();
  const found: KeptLog[] = [];
  const text = { logs, referred, places };
  for (let start = 0; start < logs.length;) {
    const next = logs.indexOf(";", start);
    const end = next === -1 ? logs.length : next;
    const index = logs.indexOf(" ", start) + 1;
    const hash = logs.indexOf(" ", index) + 1;
    const topics = logs.indexOf(" ", hash) + 1;
    const data = logs.indexOf(" ", topics) + 1;
    const rest = logs.indexOf("!", data) + 1;
    // All fields behind the start, and numbers where they belong.
    const isWhole = start < hash && hash < topics && topics < data && data < rest && rest <= end;
    if (!isWhole || !isInteger(logs, start, index - 1) || !isInteger(logs, index, hash - 1)) return undefined;
    found.push(new KeptLog(text, places.add(start, index, hash, topics, data, rest, end)));
    start = end + 1;
  }
  return found;
}

/** Places in a text, of which there are hundreds of thousands: each takes four bytes, and no more. */
class Places {
  #all = new Uint32Array(1_024);
  #length = 0;

  /** Adds some, and returns where the first of them is. */
  add(...more: readonly number[]): number {
    const first = this.#length;
    if (first + more.length > this.#all.length) {
      const larger = new Uint32Array(2 * this.#all.length);
      larger.set(this.#all);
      this.#all = larger;
    }
    for (const place of more) this.#all[this.#length++] = place;
    return first;
  }

  at(index: number): number {
    return this.#all[index] ?? 0;
  }
}

/** Whether there is a whole number, and none that is too large. */
function isInteger(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code < DIGIT_ZERO || code > DIGIT_NINE) return false;
  }
  return start < end && end - start <= MOST_DIGITS;
}

/** The whole number that is there: not `Number`, for which each would be a text of its own first. */
function integerAt(text: string, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = 10 * value + text.charCodeAt(at) - DIGIT_ZERO;
  return value;
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

/** Packed logs, and where in them each field of each log begins, one log after the other. */
interface KeptText {
  readonly logs: string;
  readonly referred: readonly string[];
  readonly places: Places;
}

/** Of the places of a log: where its fields begin, what is left behind its words, and where it ends. */
const [INDEX, HASH, TOPICS, WORDS, REST, END] = [1, 2, 3, 4, 5, 6] as const;

/** A log in a packed text. There are tens of thousands of them: each knows no more than its place. */
class KeptLog implements ChainLog {
  readonly #text: KeptText;
  readonly #first: number;

  /** @param first The place of its first place. */
  constructor(text: KeptText, first: number) {
    this.#text = text;
    this.#first = first;
  }

  get blockNumber(): number {
    return integerAt(this.#text.logs, this.#place(0), this.#place(INDEX) - 1);
  }

  get index(): number {
    return integerAt(this.#text.logs, this.#place(INDEX), this.#place(HASH) - 1);
  }

  get transactionHash(): string {
    return `0x${this.#read(this.#place(HASH), this.#place(TOPICS) - 1)}`;
  }

  get topics(): readonly string[] {
    return this.#list(this.#place(TOPICS), this.#place(WORDS) - 1).map((topic) => `0x${topic}`);
  }

  get data(): string {
    const rest = this.#place(REST);
    const words = this.#list(this.#place(WORDS), rest - 1).join("");
    return `0x${words}${this.#text.logs.slice(rest, this.#place(END))}`;
  }

  /** See {@link wordIn}. */
  word(index: number): string {
    return this.#at(this.#place(WORDS), this.#place(REST) - 1, index);
  }

  /** See {@link topicIn}. */
  topic(index: number): string {
    return this.#at(this.#place(TOPICS), this.#place(WORDS) - 1, index);
  }

  #place(field: number): number {
    return this.#text.places.at(this.#first + field);
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
    const { logs } = this.#text;
    let at = start;
    while (at < end && logs.charCodeAt(at) !== COMMA) at += 1;
    return at;
  }

  #read(start: number, end: number): string {
    const { logs, referred } = this.#text;
    const first = logs.charCodeAt(start);
    if (end - start === 1 && first >= DIGIT_ZERO) return SMALL[parseInt(logs.charAt(start), 16)] ?? "";
    if (first !== PLUS) return whole(logs.slice(start, end));
    const word = isInteger(logs, start + 1, end) ? referred[integerAt(logs, start + 1, end)] : undefined;
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
