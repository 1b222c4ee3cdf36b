import type { KindName } from "../../badges/kinds/kinds.js";
import { requireKind } from "../../badges/kinds/kinds.js";
import { foldReference, inboxOf, isMailbox, probableMistake, writtenMailbox } from "../../drop/mailbox.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import { formatAmount, parseAddress, parseAmount, quote, TOKEN_DECIMALS } from "../../units.js";
import { firstLineIs } from "../tables/head.js";
import type { TableRow } from "../tables/table.js";
import { readTable } from "../tables/table.js";
import { LINES, REFERENCES, requireSense } from "./lineProblems.js";

/** What a line of the file gives, and to whom. */
export interface DropLine {
  /** Number of the line in the file. */
  readonly line: number;
  /** The account it is for; undefined where a claim key is made for it. */
  readonly account: string | undefined;
  /** How the brand knows the customer: an e-mail address, a customer number. May be empty beside an account. */
  readonly reference: string;
  /** In the token's smallest unit; 0 for none. */
  readonly amount: bigint;
  /** Number of the badge's kind; 0 for none. */
  readonly kind: number;
  /** What the badge is awarded for; empty for nothing in particular. */
  readonly evidence: string;
}

/** What lines are checked against. */
export interface LineChecks {
  readonly kinds: readonly KindName[];
  /** The token's symbol and cap: nobody can be given more. */
  readonly symbol: string;
  readonly cap: bigint;
}

/** As many as help to mend a file in one go. */
const MOST_PROBLEMS = 20;
/** More leaves than any campaign has; their numbers have four bytes in links. */
const MOST_LINES = 0xffff_ffff;

/** What a file of customers holds besides its lines. */
export interface LinesRead {
  readonly count: number;
  /** What is probably a mistake and may be none, by line. */
  readonly warnings: readonly Problem[];
}

/**
 * Reads the customers of a campaign, one after the other, without ever having the whole file in memory: a table with the
 * columns `account` or `email` (or `reference`, or `customer`), `tokens`, `kind` (name or number), `evidence`. E-mail
 * addresses are compared as mailboxes: case, width and spaces around make no other customer.
 *
 * @param onLine Called with each line that is right, in their order.
 * @throws KyosoError naming what is wrong by line and column, up to 20 things at once.
 */
export async function readLines(
  file: string,
  checks: LineChecks,
  onLine: (line: DropLine) => void,
): Promise<LinesRead> {
  const reader = new LineReader(file, checks);
  let count = 0;
  await readTable(
    file,
    LINES,
    ({ known }) => {
      reader.readHead(known);
    },
    (row) => {
      const line = reader.read(row);
      if (line === undefined) return;
      count += 1;
      onLine(line);
    },
  );
  reader.end();
  return { count, warnings: reader.warnings };
}

class LineReader {
  readonly #file: string;
  readonly #checks: LineChecks;
  readonly #problems: Problem[] = [];
  readonly warnings: Problem[] = [];
  /** Lines by what may be there only once. */
  readonly #accounts = new Map<string, number>();
  readonly #references = new Map<string, number>();
  /** Lines by the inbox that a mailbox of another name leads to. */
  readonly #inboxes = new Map<string, number>();
  /** The same few amounts and kinds come again and again. */
  readonly #amounts = new Map<string, bigint>();
  readonly #kinds = new Map<string, number>();
  #total = 0n;
  #column: string | undefined;
  #lines = 0;

  constructor(file: string, checks: LineChecks) {
    this.#file = file;
    this.#checks = checks;
  }

  /** What a row says; undefined where something is wrong with it. */
  read({ line, cells }: TableRow): DropLine | undefined {
    this.#lines += 1;
    if (this.#lines > MOST_LINES) {
      throw KyosoError.of("csv.too-many-lines", {
        data: { file: this.#file, most: MOST_LINES },
        place: this.#file,
        message: `It has more than ${MOST_LINES.toLocaleString("en")} lines`,
        remedy: "Make several campaigns of it.",
      });
    }
    const before = this.#problems.length;
    const { account = "", tokens = "", kind = "", evidence = "" } = cells;
    const column = this.#column ?? "";
    const reference = writtenMailbox((cells[column] ?? "").normalize("NFC"));
    const read: DropLine = {
      line,
      account: account === "" ? undefined : this.#at(line, "account", () => this.#account(line, account)),
      reference,
      amount: this.#at(line, "tokens", () => this.#amount(tokens)) ?? 0n,
      kind: this.#at(line, "kind", () => this.#kind(kind)) ?? 0,
      evidence,
    };
    if (reference !== "") {
      this.#at(line, column, () => {
        this.#reference(line, reference);
      });
    }
    this.#at(line, "", () => {
      requireSense({ ...cells, reference });
    });
    if (this.#problems.length >= MOST_PROBLEMS) this.end();
    if (this.#problems.length > before) return undefined;
    this.#total += read.amount;
    return read;
  }

  /** @throws KyosoError with all that is wrong. */
  end(): void {
    const { cap, symbol } = this.#checks;
    if (this.#total > cap) {
      this.#problems.push(
        problem("drop.total-over-cap", {
          data: { total: this.#total, cap, symbol },
          place: `${this.#file}, column tokens`,
          message: `All lines together give ${formatAmount(this.#total, symbol)}, and there can only ever be ${formatAmount(cap, symbol)}`,
          remedy: "Give less.",
        }),
      );
    }
    if (this.#problems.length === 0) return;
    const shown = this.#problems.slice(0, MOST_PROBLEMS);
    if (this.#problems.length >= MOST_PROBLEMS) {
      shown.push(
        problem("csv.checked-in-part", {
          data: { file: this.#file, most: MOST_PROBLEMS },
          place: this.#file,
          message: `These are the first ${MOST_PROBLEMS} mistakes: what comes after them wasn't checked`,
          remedy: "Mend them, and run the same command again.",
        }),
      );
    }
    throw new KyosoError(shown);
  }

  /** @throws KyosoError where nobody is named, nothing is given, or two columns mean the same. */
  readHead(columns: readonly string[]): void {
    const references = REFERENCES.filter((name) => columns.includes(name));
    const place = `${this.#file}, line 1`;
    const remedy = firstLineIs(LINES);
    if (references.length > 1) {
      const message = `The columns ${references.join(" and ")} mean the same`;
      throw KyosoError.of("csv.columns-same", { data: { columns: references }, place, message, remedy });
    }
    for (const either of [
      ["account", "email"],
      ["tokens", "kind"],
    ] as const) {
      const named = either[0] === "account" ? references.length > 0 : columns.includes(either[1]);
      if (named || columns.includes(either[0])) continue;
      const message = `There is neither a column "${either[0]}" nor one "${either[1]}"`;
      throw KyosoError.of("csv.columns-missing", { data: { columns: either }, place, message, remedy });
    }
    this.#column = references[0];
  }

  #account(line: number, text: string): string {
    if (isMailbox(writtenMailbox(text))) {
      throw KyosoError.of("drop.account-is-mailbox", {
        data: { text },
        message: `${quote(text)} is an e-mail address, and this column is for accounts`,
        remedy: 'Write it into the column "email": the customer then gets a link.',
      });
    }
    const account = parseAddress(text);
    const before = this.#accounts.get(account);
    if (before !== undefined) {
      throw KyosoError.of("drop.line-twice", {
        data: { text: account, line: before },
        message: `${account} is in line ${before} already`,
        remedy: "Write one line for each customer, with all that it gets.",
      });
    }
    this.#accounts.set(account, line);
    return account;
  }

  #reference(line: number, reference: string): void {
    if (this.#column === "email" && !isMailbox(reference)) {
      throw KyosoError.of("drop.not-mailbox", {
        data: { text: reference },
        message: `${quote(reference)} isn't an e-mail address`,
        remedy: 'Mend it; or call the column "customer" where customers have numbers or names.',
      });
    }
    const folded = foldReference(reference);
    const before = this.#references.get(folded);
    if (before !== undefined) {
      throw KyosoError.of("drop.line-twice", {
        data: { text: reference, line: before },
        message: `${quote(reference)} is in line ${before} already`,
        remedy: "Write one line for each customer, with all that it gets.",
      });
    }
    this.#references.set(folded, line);
    this.#warn(line, reference, folded);
  }

  /** Notes what is probably a mistake. */
  #warn(line: number, reference: string, folded: string): void {
    const inbox = inboxOf(folded);
    const same = this.#inboxes.get(inbox ?? folded) ?? this.#references.get(inbox ?? "");
    if (inbox !== undefined) this.#inboxes.set(inbox, line);
    if (this.warnings.length >= MOST_PROBLEMS) return;
    const place = `${this.#file}, line ${line}, column ${this.#column ?? ""}`;
    if (same !== undefined) {
      this.warnings.push(
        problem("drop.same-inbox", {
          data: { text: reference, line: same },
          place,
          message: `${quote(reference)} is probably read by the same person as the mailbox in line ${same}`,
          remedy: "If it is one customer, remove one of the two lines.",
        }),
      );
    }
    const mistake = probableMistake(reference);
    if (mistake === undefined) return;
    this.warnings.push(
      problem("drop.reference-mistake", {
        data: { text: reference, reason: mistake.code },
        place,
        message: `${quote(reference)} is probably a mistake: ${mistake.words}`,
        remedy: "Look at the customer's line in your own table before the links are sent.",
      }),
    );
  }

  #amount(text: string): bigint {
    if (text === "") return 0n;
    const known = this.#amounts.get(text);
    if (known !== undefined) return known;
    const { cap, symbol } = this.#checks;
    const amount = parseAmount(text, TOKEN_DECIMALS, symbol);
    if (amount > cap) {
      throw KyosoError.of("drop.amount-over-cap", {
        data: { text, cap, symbol },
        message: `${quote(text)} is more than there can ever be: ${formatAmount(cap, symbol)}`,
        remedy: "Give less.",
      });
    }
    if (this.#amounts.size < 10_000) this.#amounts.set(text, amount);
    return amount;
  }

  #kind(text: string): number {
    if (text === "" || text === "0") return 0;
    const known = this.#kinds.get(text) ?? requireKind(text, this.#checks.kinds).number;
    this.#kinds.set(text, known);
    return known;
  }

  /** What `run` returns; what it finds wrong is noted with where it is. */
  #at<Result>(line: number, column: string, run: () => Result): Result | undefined {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof KyosoError)) throw error;
      const place = `${this.#file}, line ${line}${column === "" ? "" : `, column ${column}`}`;
      this.#problems.push(...error.problems.map((each) => ({ ...each, place })));
      return undefined;
    }
  }
}
