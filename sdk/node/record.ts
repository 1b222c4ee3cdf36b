import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import * as z from "../zod.js";
import { addressIn } from "../chain/abi.js";
import { KyosoError } from "../errors.js";
import { IMPLEMENTATIONS } from "../../typechain-types/abi/implementations.js";
import type { ImplementationName } from "../implementationNames.js";
import { IMPLEMENTATION_NAMES } from "../implementationNames.js";
import { oneLine, quote } from "../text.js";
import { DAO_CONTRACTS, DAO_MODULES } from "../daoRecord.js";
import type { DaoRecord } from "../daoRecord.js";
import { parseJson } from "../json.js";
import { jsonText, replaceFile } from "./files.js";

/** The folder of records, `deployments/<chainId>/<slug>.json`. Each is written as a whole or not at all. */
export class RecordStore {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** @throws KyosoError for a slug that is none: it could lead out of the folder. */
  file(chainId: bigint, slug: string): string {
    if (!SLUG.test(slug)) {
      throw KyosoError.of("record.slug-unusable", {
        data: { slug },
        place: "--dao",
        message: `${quote(slug)} can't be the slug of a DAO`,
        remedy: "Write it as its brand file is called: small letters, digits and hyphens.",
      });
    }
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
    return parseRecord(text, file, slug);
  }

  async write(record: DaoRecord): Promise<void> {
    await replaceFile(this.file(BigInt(record.chainId), record.slug), jsonText(record));
  }

  /** Slugs of the DAOs that are recorded for a chain. */
  async list(chainId: bigint): Promise<string[]> {
    try {
      const files = await readdir(path.join(this.#root, chainId.toString()));
      return files
        .filter((file) => file.endsWith(".json"))
        .map((file) => file.slice(0, -".json".length))
        .filter((slug) => SLUG.test(slug));
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

/** What a brand file may be called: see the schema of brand files. */
const SLUG = /^[a-z0-9-]{1,64}$/u;

/** What a release may be called: it is a folder's name, too. */
const VERSION = /^\d{1,6}\.\d{1,6}\.\d{1,6}(?:-[0-9a-z.-]{1,32})?$/u;

const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/u, "no address")
  .refine(isChecked, "no address");
const hash = z.string().regex(/^0x[0-9a-f]{64}$/u);
const time = z.int().nonnegative();

/** What came after the first records: those name none of it, and it is where this version's code has it. */
const LATER = [
  "IdeaBoard",
  "PassRenderer",
  "MembershipPass",
  "ModuleFactory",
  "Nicknames",
  "DecisionRecorder",
] as const satisfies readonly ImplementationName[];

/** A record as it is kept; what a later version adds is let through. */
const recordSchema = z.looseObject({
  version: z.literal(1),
  status: z.enum(["launching", "live"]),
  slug: z.string().regex(SLUG),
  name: z.string(),
  chainId: z.string().regex(/^\d{1,78}$/u),
  launcher: address,
  safe: address,
  presentSafe: address.optional(),
  factory: address,
  terms: z.looseObject({ guardianExpiry: time, communityDate: time }),
  startBlock: time,
  contracts: z.looseObject(Object.fromEntries(DAO_CONTRACTS.map((name) => [name, address]))),
  modules: z
    .looseObject(Object.fromEntries(DAO_MODULES.map((name) => [name, address.optional()])))
    .optional(),
  implementations: z.looseObject(
    Object.fromEntries(
      IMPLEMENTATION_NAMES.map((name) => [
        name,
        LATER.some((later) => later === name) ? address.optional() : address,
      ]),
    ),
  ),
  release: z.string().regex(VERSION).optional(),
  transactions: z.looseObject({ safe: hash.optional(), launch: hash.optional() }),
  launchBlock: time.optional(),
});

/**
 * Reads the text of a record.
 *
 * @param file Where the text is from.
 * @param slug Of the DAO that it must be a record of; any without it.
 * @throws KyosoError where it isn't a whole record of that DAO.
 */
export function parseRecord(text: string, file: string, slug?: string): DaoRecord {
  const record = parse(text);
  if (record !== undefined) requireContracts(record, file);
  const checked = recordSchema.safeParse(record);
  if (record !== undefined && checked.success && record.slug === (slug ?? record.slug)) {
    const later = Object.fromEntries(LATER.map((name) => [name, IMPLEMENTATIONS[name]]));
    return { ...record, implementations: { ...later, ...record.implementations } };
  }
  const [wrong] = checked.error?.issues ?? [];
  const where = wrong === undefined ? "" : ` (${wrong.path.join(".")}: ${oneLine(wrong.message)})`;
  throw KyosoError.of("record.unreadable", {
    data: { file },
    message: `This is not a record of this DAO that this version can read${where}`,
    place: file,
    remedy: "Restore the file from a copy, or remove it if the DAO was never launched.",
  });
}

/** @throws KyosoError for a DAO that was launched when there were fewer contracts. */
function requireContracts({ contracts }: Partial<DaoRecord>, place: string): void {
  // What isn't there at all is no matter of versions.
  if (typeof contracts !== "object" || (contracts as unknown) === null) return;
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

/** Whether an address has the capital letters that tell mistakes. */
function isChecked(text: string): boolean {
  return /^0x[0-9a-f]{40}$/iu.test(text) && addressIn(text) === text;
}

function parse(text: string): DaoRecord | undefined {
  try {
    const parsed: unknown = parseJson(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as DaoRecord) : undefined;
  } catch {
    return undefined;
  }
}
