import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { KyosoError } from "../errors.js";
import { DAO_CONTRACTS } from "../daoRecord.js";
import type { DaoRecord } from "../daoRecord.js";
import { parseJson } from "../json.js";
import { jsonText, replaceFile } from "./files.js";

/** The folder of records, `deployments/<chainId>/<slug>.json`. Each is written as a whole or not at all. */
export class RecordStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  file(chainId: bigint, slug: string): string {
    return path.join(this.#root, chainId.toString(), `${slug}.json`);
  }

  /** The record, or undefined if there is none. */
  async read(chainId: bigint, slug: string): Promise<DaoRecord | undefined> {
    const file = this.file(chainId, slug);
    let text: string;
    try {
      text = await readFile(file, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
    const record = parse(text);
    if (record?.version !== 1 || record.slug !== slug) {
      throw KyosoError.of("record.unreadable", {
        data: { file },
        message: "This is not a record of this DAO that this version can read",
        place: file,
        remedy: "Restore the file from a copy, or remove it if the DAO was never launched.",
      });
    }
    requireContracts(record, file);
    return record;
  }

  async write(record: DaoRecord): Promise<void> {
    await replaceFile(this.file(BigInt(record.chainId), record.slug), jsonText(record));
  }

  /** Slugs of the DAOs that are recorded for a chain. */
  async list(chainId: bigint): Promise<string[]> {
    try {
      const files = await readdir(path.join(this.#root, chainId.toString()));
      return files.filter((file) => file.endsWith(".json")).map((file) => file.slice(0, -".json".length));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  /**
   * The record of a DAO that is live: the one named, or the only one there is.
   *
   * @throws KyosoError if there is none, several to choose from, or only an interrupted launch.
   */
  async find(chainId: bigint, slug?: string): Promise<DaoRecord> {
    const known = await this.list(chainId);
    const chosen = slug ?? (known.length === 1 ? known[0] : undefined);
    const record = chosen === undefined ? undefined : await this.read(chainId, chosen);
    const place = path.join(this.#root, chainId.toString());
    if (record === undefined) {
      const some = known.length === 0 ? "There is no DAO" : `There are ${known.join(", ")}`;
      throw KyosoError.of("record.unknown", {
        data: { slug, chainId, known },
        message: slug === undefined ? some : `There is no DAO "${slug}"`,
        place,
        remedy:
          known.length === 0
            ? "Launch one with `npx hardhat dao launch <brand>`, or choose its network with --network."
            : `Choose one with --dao: ${known.join(", ")}.`,
      });
    }
    if (record.status !== "live") {
      throw KyosoError.of("record.interrupted", {
        data: { slug: record.slug, file: this.file(chainId, record.slug) },
        message: `The launch of "${record.slug}" was interrupted`,
        place: this.file(chainId, record.slug),
        remedy: `Run \`npx hardhat dao launch ${record.slug}\` again: it continues.`,
      });
    }
    return record;
  }
}

/** @throws KyosoError for a DAO that was launched when there were fewer contracts. */
function requireContracts({ contracts }: DaoRecord, place: string): void {
  const recorded: Readonly<Record<string, unknown>> = contracts;
  const missing = DAO_CONTRACTS.filter((name) => typeof recorded[name] !== "string");
  if (missing.length === 0) return;
  throw KyosoError.of("record.contracts-missing", {
    data: { file: place, missing },
    message: `The record has no ${missing.join(" and no ")}: an earlier version launched this DAO, without ${missing.length === 1 ? "it" : "them"}`,
    place,
    remedy:
      "Work with it in a checkout of the version that launched it. If it was on a local chain that has begun anew, remove the file.",
  });
}

function parse(text: string): DaoRecord | undefined {
  try {
    return parseJson(text) as DaoRecord;
  } catch {
    return undefined;
  }
}
