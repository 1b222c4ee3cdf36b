import { createReadStream } from "node:fs";
import { KyosoError } from "../../errors.js";

const REMEDY = "Save the table as CSV with commas, in UTF-8 (in Excel: “CSV UTF-8”).";

type Decoder = InstanceType<typeof TextDecoder>;

/** What Japanese programs wrote before UTF-8; the stricter one first. */
const JAPANESE = [
  ["euc-jp", "EUC-JP"],
  ["shift_jis", "Shift_JIS"],
] as const;

/** Workbooks are archives (.xlsx, .ods, .numbers), or what Office had before (.xls). */
const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/**
 * The text of a table's file, in pieces: in UTF-8, or in UTF-16, as Excel's "Unicode text" is, with its mark or without.
 *
 * @throws KyosoError where it is in another encoding, which isn't guessed at: customers' names and what badges are for would
 * be what the guess makes of them. What it probably is, is said.
 */
export async function* textOf(file: string): AsyncGenerator<string> {
  let decoder: Decoder | undefined;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    if (decoder === undefined && isWorkbook(chunk)) {
      throw KyosoError.of("csv.workbook", {
        data: { file },
        place: file,
        message: "It is the workbook of a spreadsheet program, and not CSV",
        remedy: `Open it there. ${REMEDY}`,
      });
    }
    decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
    const text = decoded(decoder, chunk, { stream: true });
    if (text === undefined) throw notUtf8(file, probableEncoding(chunk));
    yield text;
  }
  const rest = decoder === undefined ? "" : decoded(decoder, undefined, {});
  if (rest === undefined) throw notUtf8(file, undefined);
  yield rest;
}

/** What a text in UTF-8 can't have, tells UTF-16: half of the bytes of its commas and line ends are zero. */
function encodingOf(chunk: Buffer): string {
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return "utf-16le";
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return "utf-16be";
  const zeros: [even: number, odd: number] = [0, 0];
  for (const [at, byte] of chunk.subarray(0, 1024).entries())
    if (byte === 0) zeros[at % 2 === 0 ? 0 : 1] += 1;
  const [even, odd] = zeros;
  return even + odd === 0 ? "utf-8" : even > odd ? "utf-16be" : "utf-16le";
}

function isWorkbook(chunk: Buffer): boolean {
  return WORKBOOKS.some((mark) => mark.every((byte, at) => chunk[at] === byte));
}

/** Undefined where the bytes are in another encoding. */
function decoded(
  decoder: Decoder,
  bytes: Buffer | undefined,
  options: { stream?: boolean },
): string | undefined {
  try {
    return decoder.decode(bytes, options);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Which encoding bytes that aren't UTF-8 are probably in: one in which they are Japanese. */
export function probableEncoding(bytes: Buffer): string | undefined {
  for (const [encoding, name] of JAPANESE) {
    const text = decoded(new TextDecoder(encoding, { fatal: true }), bytes, { stream: true });
    // Accented letters of Western encodings are katakana in half width there.
    if (text !== undefined && /[\u3040-\u30ff\p{Script=Han}]/u.test(text)) return name;
  }
  return undefined;
}

function notUtf8(file: string, encoding: string | undefined): KyosoError {
  const japanese = encoding === undefined ? "" : `: it looks like ${encoding}`;
  const excel = encoding === "Shift_JIS" ? ", in which a Japanese Excel saves “CSV”" : "";
  return KyosoError.of("file.not-utf8", {
    data: { file, encoding },
    place: file,
    message: `It isn't in UTF-8${japanese}${excel}`,
    remedy: REMEDY,
  });
}
