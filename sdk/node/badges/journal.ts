import { mkdir, open, readFile, truncate } from "node:fs/promises";
import path from "node:path";
import * as z from "../../zod.js";
import type { Problem } from "../../errors.js";
import { KyosoError, problem } from "../../errors.js";
import type { Award, Contribution, EvidenceBook } from "../../badges/awards/contribution.js";
import { identityOf } from "../../badges/awards/contribution.js";
import { checkEvidence } from "../../badges/awards/evidence.js";

/** A line of the journal. */
const entrySchema = z.object({
  hash: z.string(),
  salt: z.string(),
  text: z.string(),
  kind: z.number(),
  account: z.string(),
  file: z.string().nullable(),
  line: z.number().nullable(),
});

type Entry = z.infer<typeof entrySchema>;

const NAME = "evidence.jsonl";

/**
 * What badges were awarded for, with the salts that prove it: `evidence.jsonl`, one JSON object a line. The chain has only
 * hashes, so that this file is the proof, and personal data: it is its owner's alone to read.
 *
 * Lines are only ever added, and are on the disk before anything is sent. One that is cut off, because the writer was
 * killed, was never sent; it counts as not there.
 */
export class EvidenceJournal implements EvidenceBook {
  readonly file: string;
  /** Lines that somebody has changed or broken. */
  readonly damaged: readonly Problem[];
  readonly #byHash = new Map<string, Award>();
  readonly #byIdentity = new Map<string, Award[]>();
  /** Bytes of whole lines, where the last one is cut off. */
  #end: number | undefined;

  private constructor(file: string, text: string) {
    this.file = file;
    const lines = text.split("\n");
    const rest = lines.pop() ?? "";
    if (rest !== "") this.#end = Buffer.byteLength(text) - Buffer.byteLength(rest);
    const damaged: Problem[] = [];
    for (const [i, line] of lines.entries()) {
      const award = parseLine(line);
      if (award !== undefined) this.#know(award);
      else if (line.trim() !== "") {
        damaged.push(
          problem("journal.line-changed", {
            data: { file, line: i + 1 },
            place: `${file}:${i + 1}`,
            message: "This line was changed or is broken: its text and salt don't make its hash",
            remedy: "Restore the file from a copy. To forget an evidence for good, remove its whole line.",
          }),
        );
      }
    }
    this.damaged = damaged;
  }

  /** Reads the journal in a folder; an empty one where there is none. */
  static async open(folder: string): Promise<EvidenceJournal> {
    const file = path.join(folder, NAME);
    try {
      return new EvidenceJournal(file, await readFile(file, "utf8"));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return new EvidenceJournal(file, "");
      throw error;
    }
  }

  /** What a hash was made from, if the journal has it. */
  entryOf(hash: string): Award | undefined {
    return this.#byHash.get(hash);
  }

  /** What was written down for the same contribution before. */
  entriesFor(contribution: Contribution): readonly Award[] {
    return this.#byIdentity.get(identityOf(contribution)) ?? [];
  }

  /** @throws KyosoError naming the lines that somebody has changed or broken. */
  requireWhole(): void {
    if (this.damaged.length > 0) throw new KyosoError(this.damaged);
  }

  /** Adds entries. They are on the disk when this returns. */
  async add(awards: readonly Award[]): Promise<void> {
    if (awards.length === 0) return;
    await mkdir(path.dirname(this.file), { recursive: true, mode: 0o700 });
    if (this.#end !== undefined) await truncate(this.file, this.#end);
    this.#end = undefined;
    const handle = await open(this.file, "a", 0o600);
    try {
      // Also one that was copied here.
      await handle.chmod(0o600);
      await handle.appendFile(awards.map((award) => `${JSON.stringify(toEntry(award))}\n`).join(""));
      await handle.sync();
    } finally {
      await handle.close();
    }
    for (const award of awards) this.#know(award);
  }

  #know(award: Award): void {
    this.#byHash.set(award.evidence.hash, award);
    const identity = identityOf(award);
    const known = this.#byIdentity.get(identity);
    if (known === undefined) this.#byIdentity.set(identity, [award]);
    else known.push(award);
  }
}

function toEntry({ evidence, kind, account, source }: Award): Entry {
  const { hash, salt, text } = evidence;
  return { hash, salt, text, kind, account, file: source?.file ?? null, line: source?.line ?? null };
}

function parseLine(line: string): Award | undefined {
  let entry: Entry | undefined;
  try {
    entry = entrySchema.safeParse(JSON.parse(line)).data;
    if (entry === undefined || !checkEvidence(entry)) return undefined;
  } catch {
    return undefined;
  }
  const { hash, salt, text, kind, account, file, line: number } = entry;
  return {
    evidence: { hash, salt, text },
    kind,
    account,
    text,
    source: file === null || number === null ? null : { file, line: number },
  };
}
