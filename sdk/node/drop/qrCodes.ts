import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import encodeQR from "qr";
import { KyosoError } from "../../errors.js";
import { oneLine } from "../../text.js";
import { quote } from "../../units.js";
import { replaceFile, syncFolder } from "../files.js";
import { BufferedFile } from "../tables/bufferedFile.js";
import { captionLines, SURE, widthOf } from "./caption.js";
import type { CustomerLink } from "./customers.js";
import { readLinks } from "./customers.js";
import type { DropFolder } from "./folder.js";

/** Whether all QR codes are in one file, or each in its own. */
export type QrHow = "one" | "each";

/** More in one file no program shows. */
const MOST_IN_ONE = 2_000;

/** Columns of a file with many. */
const COLUMNS = 4;

/** Free space around a code, in modules: readers need four. */
const QUIET = 4;

/** Height of what is below a code, in modules: two lines. */
const CAPTION = 8;
/** Size of its letters, and from one line to the next. */
const FONT = 3;
const LINE = 3.6;
/** Space beside it, on either side. */
const MARGIN = 1;

/** Reads what `--qr` says. */
export function parseQr(text: string | undefined): QrHow | undefined {
  const how = text?.trim();
  if (how === undefined || how === "one" || how === "each") return how;
  throw KyosoError.of("qr.how", {
    data: { text: how },
    place: "--qr",
    message: `${quote(how)} isn't a way to write QR codes`,
    remedy: 'Write "one" for all in one file, or "each" for a file each.',
  });
}

/** Modules of the QR code of a text, row by row, at level M: a seventh of it may be soiled. */
export function qrModules(text: string): boolean[][] {
  const bordered = encodeQR(text, "raw", { ecc: "medium", border: 1 });
  return bordered.slice(1, -1).map((row) => row.slice(1, -1));
}

export interface QrOptions {
  readonly how: QrHow;
  /** Whether a code says for which customer it is, besides the number of its line. */
  readonly names: boolean;
  /** Called with how many are written. */
  readonly onProgress?: (part: number, whole: number) => void;
}

/** @throws KyosoError where one file is too small for all codes. */
export function requireDrawable(options: QrOptions | undefined, keys: number): void {
  if (options?.how !== "one" || keys <= MOST_IN_ONE) return;
  throw KyosoError.of("qr.too-many", {
    data: { count: keys, most: MOST_IN_ONE },
    place: "--qr",
    message: `There are ${keys.toLocaleString("en")} codes, and one file takes ${MOST_IN_ONE.toLocaleString("en")}`,
    remedy: "Write a file for each: --qr each.",
  });
}

/**
 * Writes the QR codes of a campaign's links as SVG, for print: those with a claim key. They are as secret as the links. What is
 * there of an earlier time is replaced.
 *
 * @returns The file, or the folder with a file for each.
 */
export async function writeQrCodes(drop: DropFolder, options: QrOptions): Promise<string> {
  requireDrawable(options, drop.manifest.keys);
  if (options.how === "each") return writeEach(drop, options);
  const codes: Code[] = [];
  for await (const code of codesOf(drop, options)) codes.push(code);
  const width = Math.max(1, ...codes.map(({ modules }) => modules.length)) + 2 * QUIET;
  const height = width + CAPTION;
  const parts = codes.map((code, i) => {
    const [x, y] = [(i % COLUMNS) * width, Math.floor(i / COLUMNS) * height];
    return `<g transform="translate(${x} ${y})">${drawn(code)}</g>\n`;
  });
  const rows = Math.ceil(codes.length / COLUMNS);
  const file = path.join(drop.folder, "qr.svg");
  await replaceFile(
    file,
    svg(Math.min(COLUMNS, codes.length) * width, rows * height, parts.join("")),
    "owner",
  );
  return file;
}

/** All of them are there, or those of before. */
async function writeEach(drop: DropFolder, options: QrOptions): Promise<string> {
  const folder = path.join(drop.folder, "qr");
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  for await (const code of codesOf(drop, options)) {
    const width = code.modules.length + 2 * QUIET;
    const file = await BufferedFile.create(path.join(draft, `${code.index}.svg`));
    try {
      await file.add(svg(width, width + CAPTION, drawn(code)));
    } finally {
      await file.end();
    }
  }
  await syncFolder(draft);
  await rm(folder, { recursive: true, force: true });
  await rename(draft, folder);
  await syncFolder(drop.folder);
  return folder;
}

interface Code {
  readonly index: number;
  readonly modules: readonly (readonly boolean[])[];
  readonly caption: string;
}

async function* codesOf(drop: DropFolder, { names, onProgress }: QrOptions): AsyncGenerator<Code> {
  const { leaves, name } = drop.manifest;
  for await (const { index, reference, link } of readLinks(drop)) {
    onProgress?.(index + 1, leaves);
    if (!(await isKeyed(drop, index, link))) continue;
    const caption = names ? `${index} · ${reference}` : `${name} ${index}`;
    yield { index, modules: qrModules(link), caption };
  }
}

async function isKeyed(drop: DropFolder, index: number, link: CustomerLink["link"]): Promise<boolean> {
  // A short link always is.
  if (/#ky1[^#]{46}$/u.test(link)) return true;
  return (await drop.claimable(index)).leaf.byKey;
}

/** A code and what is below it, in a window of its own: it lies over nothing else, whatever it is drawn with. */
function drawn({ modules, caption }: Code): string {
  const width = modules.length + 2 * QUIET;
  const runs = modules.flatMap((row, y) =>
    runsOf(row).map(([x, length]) => `M${x + QUIET} ${y + QUIET}h${length}v1h-${length}z`),
  );
  const room = (width - 2 * MARGIN) / FONT;
  const lines = captionLines(oneLine(caption), room).map((line, i) => {
    // Letters differ: what is nearly as long as it can be is drawn as long as it was taken to be.
    const length =
      widthOf(line) > room * SURE
        ? ` textLength="${rounded(widthOf(line) * FONT)}" lengthAdjust="spacingAndGlyphs"`
        : "";
    return `<text x="${width / 2}" y="${rounded(FONT + i * LINE)}" font-family="sans-serif" font-size="${FONT}" text-anchor="middle"${length}>${escaped(line)}</text>`;
  });
  return `<path d="${runs.join("")}"/><svg y="${width}" width="${width}" height="${CAPTION}" overflow="hidden">${lines.join("")}</svg>`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Where a row is black: from, and how many. */
function runsOf(row: readonly boolean[]): [from: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [x, black] of row.entries()) {
    const last = runs.at(-1);
    if (!black) continue;
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}

function svg(width: number, height: number, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" shape-rendering="crispEdges"><rect width="${width}" height="${height}" fill="#fff"/>\n${content}</svg>\n`;
}

/** A text in XML: a customer's name is somebody else's. */
function escaped(text: string): string {
  const names: Readonly<Record<string, string>> = {
    "&": "amp",
    "<": "lt",
    ">": "gt",
    '"': "quot",
    "'": "apos",
  };
  return text.replaceAll(/[&<>"']/gu, (character) => `&${names[character] ?? ""};`);
}
