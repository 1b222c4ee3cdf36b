import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, rmdir } from "node:fs/promises";
import path from "node:path";
import * as z from "../../zod.js";
import { KyosoError } from "../../errors.js";
import type { Outbox, Posted, Spent } from "../../execute/outbox.js";
import { alone, runsElsewhere, thisProcess } from "../lock.js";

const integer = z
  .string()
  .regex(/^\d{1,78}$/u)
  .transform((text) => BigInt(text));
const hex = z.string().regex(/^0x[0-9a-fA-F]*$/u);
const address = z.string().regex(/^0x[0-9a-fA-F]{40}$/u);
const hash = z.string().regex(/^0x[0-9a-fA-F]{64}$/u);

const schema = z.strictObject({
  chainId: integer,
  chain: z.string().regex(/^\d+(?:-[0-9a-f]+)?$/u),
  from: address,
  nonce: z.int().nonnegative(),
  to: address,
  data: hex,
  value: integer,
  gasLimit: integer,
  type: z.union([z.literal(0), z.literal(2)]),
  purpose: z.string(),
  block: z.int().nonnegative(),
  at: z.number(),
  attempts: z.array(
    z.strictObject({ hash: hash.optional(), raw: hex.optional(), fee: integer, tip: integer }),
  ),
  by: z.string().optional(),
});

/** Beside the transactions of an account: the highest nonce that is used. */
const SPENT = "spent";
const spentSchema = z.strictObject({ nonce: z.int().nonnegative(), at: z.number() });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Transactions on a disk: `<folder>/<chain>/<account>/<nonce>.json`, for as long as it isn't known what became of them.
 * Signed bytes are in them, which anybody could hand in: they are their owner's alone to read.
 */
export class FileOutbox implements Outbox {
  readonly #folder: string;
  readonly #waiting: (holder: number) => void;

  /** @param waiting Called where another process sends as the same account, with its number. */
  constructor(folder: string, waiting: (holder: number) => void = () => undefined) {
    this.#folder = folder;
    this.#waiting = waiting;
  }

  async open(chain: string, from: string): Promise<readonly Posted[]> {
    const folder = this.#of(chain, from);
    const names = await readdir(folder).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    });
    const files = names.filter((name) => /^\d+\.json$/u.test(name)).map((name) => path.join(folder, name));
    const posted = await Promise.all(files.map(readPosted));
    return posted.sort((a, b) => a.nonce - b.nonce);
  }

  async write(posted: Posted): Promise<void> {
    const { chain, from, nonce } = posted;
    await this.#put(
      this.#of(chain, from),
      `${nonce}.json`,
      postedText({ ...posted, by: posted.by ?? thisProcess() }),
    );
  }

  isAnothers({ by }: Posted): boolean {
    return by !== undefined && runsElsewhere(by);
  }

  async settle({ chain, from, nonce }: Posted, isUsed: boolean): Promise<void> {
    const folder = this.#of(chain, from);
    if (isUsed && nonce >= ((await this.spent(chain, from))?.nonce ?? 0)) {
      const spent: Spent = { nonce, at: Date.now() };
      await this.#put(folder, SPENT, JSON.stringify(spent));
    }
    await rm(path.join(folder, `${nonce}.json`), { force: true });
  }

  async spent(chain: string, from: string): Promise<Spent | undefined> {
    const text = await readFile(path.join(this.#of(chain, from), SPENT), "utf8").catch(() => "");
    // What can't be read says nothing: it is only there to find out nodes that are behind.
    return spentSchema.safeParse(parseJson(text)).data;
  }

  /** Writes a file that outlives a crash from when this returns. */
  async #put(folder: string, name: string, text: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, name);
    const draft = `${file}.${randomUUID()}`;
    const handle = await open(draft, "wx", 0o600);
    try {
      await handle.writeFile(`${text}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
    await syncFolder(folder);
  }

  async alone<Result>(
    chain: string,
    from: string,
    use: (waited: boolean) => Promise<Result>,
  ): Promise<Result> {
    let waited = false;
    const waiting = {
      tell: (holder: number) => {
        waited = true;
        this.#waiting(holder);
      },
      afterMs: 0,
    };
    const folder = this.#of(chain, from);
    try {
      return await alone(path.join(folder, "lock"), waiting, () => use(waited));
    } finally {
      await removeEmpty(folder);
    }
  }

  #of(chain: string, from: string): string {
    return path.join(this.#folder, chain, from.toLowerCase());
  }
}

async function readPosted(file: string): Promise<Posted> {
  return parsePosted(await readFile(file, "utf8"), file);
}

/** A transaction as it is written down: signed bytes are in it. */
export function postedText(posted: Posted): string {
  return JSON.stringify(posted, (_, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value,
  );
}

/**
 * Reads what {@link postedText} wrote.
 *
 * @param file Where it is from.
 * @throws KyosoError where it is damaged.
 */
export function parsePosted(text: string, file: string): Posted {
  try {
    const { attempts, ...posted } = schema.parse(JSON.parse(text));
    return {
      ...posted,
      attempts: attempts.map(({ hash: known, raw, fee, tip }) => ({ hash: known, raw, fee, tip })),
    };
  } catch (cause) {
    throw KyosoError.of("outbox.unreadable", {
      data: { file },
      place: file,
      message: "What is written here of a transaction that may be under way can't be read",
      remedy:
        "It was damaged. Look up in a block explorer whether the account's transaction with this number was carried out, and remove the file.",
      cause,
    });
  }
}

/** Removes a folder and those around it, as far as nothing is in them. */
async function removeEmpty(folder: string): Promise<void> {
  for (const each of [folder, path.dirname(folder), path.dirname(path.dirname(folder))]) {
    try {
      await rmdir(each);
    } catch {
      return;
    }
  }
}

/** Has the system write down which files a folder has; some systems can't. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r").catch(() => undefined);
  try {
    await handle?.sync();
  } catch {
    // Not on this system.
  } finally {
    await handle?.close();
  }
}
