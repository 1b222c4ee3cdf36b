import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { Writable } from "node:stream";
import { formatProblem, KyosoError, problem } from "../sdk/errors.js";
import { readBeginning } from "../sdk/node/files.js";
import { isTerminal, printAside } from "./output.js";

/** More than any mail around a link has, in bytes. */
const MOST = 64 * 1024;

/** Where a secret comes from that isn't in the command itself. */
export interface Source {
  readonly input: Readable;
  /** Whether somebody sits before it, and can be asked. */
  readonly asks: boolean;
}

const standardInput = (): Source => ({
  input: process.stdin,
  asks: process.stdin.isTTY && isTerminal(),
});

/**
 * A link that a command is given, or what else its argument is. Everybody on this computer can see what is written in a
 * command, and shells keep it: a link can be in a file that the argument names, or come from standard input, where there is no
 * argument (or `-`); somebody at a terminal is asked for it.
 *
 * @param isLink Whether a text is meant to be a link, or has one in it.
 * @returns The link, perhaps with what is around it; or the argument, where it is none and names no file with one.
 * @throws KyosoError where nothing is given.
 */
export async function givenLink(
  argument: string | undefined,
  isLink: (text: string) => boolean,
  source: Source = standardInput(),
): Promise<string> {
  if (argument === undefined || argument === "-") {
    const text =
      argument === undefined && source.asks ? await asked(source.input, isLink) : await all(source.input);
    if (isLink(text)) return text;
    throw KyosoError.of("link.not-given", {
      data: {},
      place: "link",
      // What there is may be a part of one, and so a secret.
      message: text.trim() === "" ? "There is no link" : "There is no link in it",
      remedy:
        "Paste it when you are asked for it, name a file that it is in, or hand it over on standard input.",
    });
  }
  const text = await beginningOf(argument);
  if (text !== undefined && isLink(text)) return text;
  if (text === undefined && isLink(argument)) {
    printAside(
      formatProblem(
        problem("link.in-command", {
          data: {},
          place: "link",
          message: "Others who use this computer can see what is in a command, and your shell may keep it",
          remedy: "Leave the link out and paste it when you are asked, or name a file that it is in.",
        }),
      ),
    );
  }
  return argument;
}

/** What a file has at its beginning; undefined where there is no such file. */
async function beginningOf(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      const stat = await handle.stat();
      // A pipe is what a shell makes of <(…).
      if (!stat.isFile() && !stat.isFIFO()) return undefined;
      return (await readBeginning(handle, MOST)).toString("utf8");
    } finally {
      await handle.close();
    }
  } catch {
    // It is no file's name, or whoever reads it as one will say what is wrong.
    return undefined;
  }
}

async function all(input: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of input as AsyncIterable<Buffer | string>) {
    const bytes = Buffer.from(part);
    parts.push(bytes);
    length += bytes.length;
    if (length >= MOST) break;
  }
  return Buffer.concat(parts).toString("utf8", 0, MOST);
}

/** How long nothing comes, in milliseconds, after all the lines that were pasted at once. */
const SILENCE = 150;

/** What somebody pastes, up to an empty line or the end: a mail program may have broken it over lines. It isn't shown. */
function asked(input: Readable, isLink: (text: string) => boolean): Promise<string> {
  printAside("Paste the link, and press Enter. It isn't shown.");
  const hidden = new Writable({
    write: (_part, _encoding, done) => {
      done();
    },
  });
  const terminal = createInterface({ input, output: hidden, terminal: true });
  return new Promise((resolve) => {
    let text = "";
    let silence: NodeJS.Timeout | undefined;
    const endsAfterSilence = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        // Something of the next line is there: Enter will be pressed.
        if (isLink(text) && terminal.line === "") terminal.close();
      }, SILENCE);
    };
    terminal.on("line", (line) => {
      text += `${line}\n`;
      if (text.trim() !== "" && (line.trim() === "" || text.length > MOST)) terminal.close();
      else endsAfterSilence();
    });
    terminal.once("close", () => {
      clearTimeout(silence);
      resolve(text);
    });
  });
}
