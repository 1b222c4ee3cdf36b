import { open, mkdir, readFile, truncate } from "node:fs/promises";
import { randomInt } from "node:crypto";
import path from "node:path";
import * as z from "../../zod.js";
import { KyosoError } from "../../errors.js";
import type { LiveDao } from "../../live.js";
import { badgeRead } from "../../badges/reads.js";

/** A line of the journal: a nonce that is taken, whether its voucher was finished or not. */
const entrySchema = z.object({
  issuer: z.string(),
  nonce: z.string().regex(/^\d{1,78}$/u),
  badgeKind: z.number(),
  claimant: z.string(),
  evidence: z.string(),
  expiry: z.number(),
});

export type VoucherEntry = z.infer<typeof entrySchema>;

const NAME = "vouchers.jsonl";

/** Nonces that share a slot of the contract's. */
const WORD = 256n;

/**
 * Which nonces were given to vouchers: `vouchers.jsonl`, one JSON object a line, on the disk before anything is signed, so
 * that none is ever given twice. The chain knows only those that were redeemed or canceled.
 */
export class VoucherJournal {
  readonly file: string;
  readonly entries: readonly VoucherEntry[];
  /** Bytes of whole lines: what is after them was cut off, and never signed. */
  readonly #end: number;

  private constructor(file: string, text: string) {
    this.file = file;
    const lines = text.split("\n");
    const rest = lines.pop() ?? "";
    this.#end = Buffer.byteLength(text) - Buffer.byteLength(rest);
    this.entries = lines.flatMap((line, i) => (line.trim() === "" ? [] : [parseLine(line, file, i + 1)]));
  }

  /**
   * Reads the journal in a folder; an empty one where there is none.
   *
   * @throws KyosoError naming a line that is broken: a nonce could otherwise be given twice.
   */
  static async open(folder: string): Promise<VoucherJournal> {
    const file = path.join(folder, NAME);
    try {
      return new VoucherJournal(file, await readFile(file, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return new VoucherJournal(file, "");
      throw error;
    }
  }

  /**
   * The nonces for an issuer's next vouchers: consecutive but for those that are used already. The first ones on a computer
   * begin at a random number, as those of another computer aren't known here.
   */
  async nextNonces(live: LiveDao, issuer: string, count: number): Promise<bigint[]> {
    const own = this.entries.filter((entry) => entry.issuer === issuer).map(({ nonce }) => BigInt(nonce));
    let next =
      own.length === 0
        ? BigInt(randomInt(1, 2 ** 32)) * WORD
        : own.reduce((most, nonce) => (nonce > most ? nonce : most)) + 1n;
    const nonces: bigint[] = [];
    while (nonces.length < count) {
      const from = next;
      const wanted = Array.from({ length: count - nonces.length }, (_, i) => from + BigInt(i));
      const used = await live.readMany<boolean>(
        wanted.map((nonce) => badgeRead(live, "isVoucherUsed", [issuer, nonce])),
      );
      nonces.push(...wanted.filter((_, i) => used[i] === false));
      next += BigInt(wanted.length);
    }
    return nonces;
  }

  /** Adds entries. They are on the disk when this returns; the journal has to be opened anew to see them. */
  async add(entries: readonly VoucherEntry[]): Promise<void> {
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    const handle = await open(this.file, "a", 0o600);
    try {
      await handle.chmod(0o600);
      if ((await handle.stat()).size > this.#end) await truncate(this.file, this.#end);
      await handle.appendFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}

function parseLine(line: string, file: string, number: number): VoucherEntry {
  try {
    return entrySchema.parse(JSON.parse(line));
  } catch (cause) {
    throw KyosoError.of("voucher.journal-damaged", {
      data: { file, line: number },
      place: `${file}:${number}`,
      message: "This line was changed or is broken, so that a number could be given to two vouchers",
      remedy: "Restore the file from a copy.",
      cause,
    });
  }
}
