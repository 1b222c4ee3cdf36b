import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { WEB_ADDRESS } from "../../config/values.js";
import type { BrandConfig } from "../../config/schema.js";
import type { DaoRecord } from "../../daoRecord.js";
import { KyosoError } from "../../errors.js";
import type { PageDocument, PageSnapshot } from "../../page/document.js";
import { quote } from "../../text.js";
import type { ExportedFile } from "../export.js";
import { replaceFile } from "../files.js";
import type { PageBuild } from "./site.js";
import { siteFiles } from "./site.js";

/** What says of a folder that it is a page's. */
const MARK = "SHA256SUMS";

/**
 * Reads the nodes that browsers are to ask.
 *
 * @throws KyosoError for what can't be one.
 */
export function parseNodes(text: string): string[] {
  const nodes = text.split(/[\s,]+/u).filter((each) => each !== "");
  for (const node of nodes) {
    if (WEB_ADDRESS.test(node) && URL.canParse(node)) continue;
    throw KyosoError.of("page.node", {
      data: { text: node },
      place: "--rpc",
      message: `${quote(node)} can't be a node that browsers ask`,
      remedy: "Write an address that begins with https://, or http://localhost while you try things out.",
    });
  }
  return nodes;
}

/**
 * What makes a build of the page that of a DAO.
 *
 * @param rpc Nodes that browsers ask, the preferred one first.
 * @param snapshot What of the chain the folder has; null for nothing.
 * @throws KyosoError where there are none.
 */
export function pageDocument(
  record: DaoRecord,
  { page, token }: BrandConfig,
  rpc: readonly string[],
  snapshot: PageSnapshot | null = null,
): PageDocument {
  if (rpc.length === 0) {
    throw KyosoError.of("page.no-nodes", {
      data: { slug: record.slug },
      place: "page.rpc",
      message: "Nothing says which nodes of the chain browsers ask",
      remedy: "List some in the brand file, under page.rpc, or name them with --rpc.",
    });
  }
  const { colour, logo = null, words = null, relay = null, explorer = null, languages, links, url } = page;
  const named = page.publishesNames ? token.allocations : [];
  return {
    version: 1,
    record,
    page: {
      ...{ colour, words, relay, explorer, languages, links, rpc },
      logo: logo === null ? null : `logo${path.extname(logo).toLowerCase()}`,
      base: url === undefined ? "/" : new URL(url).pathname.replace(/\/?$/u, "/"),
    },
    names: Object.fromEntries(
      named.flatMap(({ to, note }) => (to === "treasury" || note === undefined ? [] : [[to, note] as const])),
    ),
    snapshot,
  };
}

interface PageFolder {
  readonly document: PageDocument;
  /** Where the build is, which is the same for every brand. */
  readonly build: string;
  /** The logo's file. */
  readonly logo: string | undefined;
  /** The files of its snapshot. */
  readonly logs?: readonly ExportedFile[];
  readonly folder: string;
}

/**
 * Writes a folder that any web server can hand out as it is. One that has a page already gets the new one, and loses the files of
 * the old one.
 *
 * @returns Paths of the files.
 * @throws KyosoError where the page isn't built, the logo isn't there, or the folder has something else in it.
 */
export async function writePage({ document, build, logo, logs = [], folder }: PageFolder): Promise<string[]> {
  const about = await readBuild(build);
  await requireFolder(folder);
  const assets = [...about.alone, ...Object.keys(about.integrity)];
  const made = [...logs, ...siteFiles(document, about)];
  if (logo !== undefined && !existsSync(logo)) {
    throw KyosoError.of("page.logo-missing", {
      data: { file: logo },
      place: "page.logo",
      message: `There is no file ${logo}`,
      remedy: "Put it beside the brand file, or leave page.logo out.",
    });
  }
  await rm(path.join(folder, "assets"), { recursive: true, force: true });
  for (const file of assets) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await copyFile(path.join(build, file), path.join(folder, file));
  }
  for (const { file, text } of made) await replaceFile(path.join(folder, file), text);
  const pictures = logo === undefined || document.page.logo === null ? [] : [document.page.logo];
  for (const picture of pictures) await copyFile(logo ?? "", path.join(folder, picture));
  const files = [...assets, ...made.map(({ file }) => file), ...pictures].sort();
  await replaceFile(path.join(folder, MARK), await sumsOf(folder, files));
  return [...files, MARK];
}

/** The hashes of all files, as `sha256sum --check` reads them. */
async function sumsOf(folder: string, files: readonly string[]): Promise<string> {
  const lines = await Promise.all(
    files.map(async (file) => {
      const hash = createHash("sha256")
        .update(await readFile(path.join(folder, file)))
        .digest("hex");
      return `${hash}  ${file}\n`;
    }),
  );
  return lines.join("");
}

async function readBuild(folder: string): Promise<PageBuild> {
  const file = path.join(folder, "build.json");
  if (existsSync(file)) return JSON.parse(await readFile(file, "utf8")) as PageBuild;
  throw KyosoError.of("page.not-built", {
    data: { folder },
    place: folder,
    message: "The page isn't built",
    remedy: "Build it once, for all brands: npm run build",
  });
}

async function requireFolder(folder: string): Promise<void> {
  const found = existsSync(folder) ? await readdir(folder) : [];
  if (found.length === 0 || found.includes(MARK)) return;
  throw KyosoError.of("page.folder-taken", {
    data: { folder },
    place: folder,
    message: "There is something in it already that isn't a page",
    remedy: "Name an empty folder, or a new one, with --out.",
  });
}
