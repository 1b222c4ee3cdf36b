import { DAO_CONTRACTS, DAO_MODULES } from "../daoRecord.js";
import { isSecure } from "../secureUrl.js";
import type { PageDocument } from "./document.js";
import { LANGUAGES } from "./document.js";

/**
 * What is wrong with a `dao.json`, as the path of the first value that can't be; undefined where it is whole. Whether its
 * contracts are those of the chain is for `openDao`: this is about its form.
 */
export function wrongIn(document: unknown): string | undefined {
  for (const [path, isRight] of CHECKS) {
    const value = path
      .split(".")
      .reduce<unknown>(
        (inner, key) => (isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined),
        document,
      );
    if (!isRight(value)) return path;
  }
  return undefined;
}

/** Whether a value that nothing is known of is a whole `dao.json`. */
export function isPageDocument(document: unknown): document is PageDocument {
  return wrongIn(document) === undefined;
}

type Check = (value: unknown) => boolean;

/** In the page's folder, and nowhere else. */
const SNAPSHOT_FILE = /^assets\/[\w-]+\.json$/u;

const ADDRESS = /^0x[0-9a-fA-F]{40}$/u;

const CHECKS: readonly (readonly [path: string, isRight: Check])[] = [
  ["version", (value) => value === 1],
  ["record.version", (value) => value === 1],
  ["record.status", (value) => value === "live"],
  ["record.slug", isText],
  ["record.name", isText],
  ["record.chainId", (value) => isText(value) && /^[1-9]\d{0,15}$/u.test(value)],
  ["record.startBlock", Number.isSafeInteger],
  ["record.launcher", isAddress],
  ["record.safe", isAddress],
  ["record.factory", isAddress],
  ["record.terms.guardianExpiry", Number.isSafeInteger],
  ["record.terms.communityDate", Number.isSafeInteger],
  ...DAO_CONTRACTS.map((name) => [`record.contracts.${name}`, isAddress] as const),
  ["record.implementations", isObject],
  ...DAO_MODULES.map((name) => [`record.modules.${name}`, orNone(isAddress)] as const),
  ["page.colour", (value) => isText(value) && /^#[0-9a-f]{6}$/u.test(value)],
  ["page.logo", orNull(isText)],
  ["page.words", orNull(isText)],
  ["page.rpc", listOf(isUrl, 1)],
  ["page.relay", orNull(isUrl)],
  ["page.explorer", orNull(isUrl)],
  ["page.languages", listOf((value) => LANGUAGES.some((language) => language === value), 1)],
  ["page.links", listOf((value) => isObject(value) && isText(value.name) && isUrl(value.url), 0)],
  ["page.base", (value) => isText(value) && value.startsWith("/") && value.endsWith("/")],
  ["snapshot", orNull(isSnapshot)],
  [
    "names",
    (value) =>
      isObject(value) && Object.entries(value).every(([key, name]) => isAddress(key) && isText(name)),
  ],
];

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSnapshot(value: unknown): boolean {
  if (!isObject(value) || !Number.isSafeInteger(value.block) || !isObject(value.files)) return false;
  return (
    orNone(isSnapshotFile)(value.settled) &&
    // Of contracts of a later version, too: nobody asks for those.
    Object.values(value.files).every(isSnapshotFile)
  );
}

function isSnapshotFile(value: unknown): boolean {
  return (
    isObject(value) &&
    isText(value.file) &&
    SNAPSHOT_FILE.test(value.file) &&
    isText(value.integrity) &&
    value.integrity.startsWith("sha384-")
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isAddress(value: unknown): boolean {
  return typeof value === "string" && ADDRESS.test(value);
}

function isUrl(value: unknown): boolean {
  return typeof value === "string" && URL.canParse(value) && isSecure(new URL(value));
}

function orNone(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function orNull(check: Check): Check {
  return (value) => value === null || check(value);
}

function listOf(check: Check, least: number): Check {
  return (value) => Array.isArray(value) && value.length >= least && value.every(check);
}
