import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import stringWidth from "string-width";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { KyosoError } from "../../sdk/errors.js";
import { done } from "../output.js";

/** Writes a page of facts that code knows, or, with `check`, fails where the page that is there says something else. */
export async function writeFact(
  hre: HardhatRuntimeEnvironment,
  page: string,
  text: string,
  command: string,
  check: boolean,
): Promise<void> {
  const file = path.join(hre.config.paths.root, page);
  if (!check) {
    await writeFile(file, text);
    done(`Wrote ${page}`);
    return;
  }
  const before = (existsSync(file) ? await readFile(file, "utf8") : "").split("\n");
  const stale = text.split("\n").filter((line, i) => line !== before[i]);
  if (stale.length > 0 || before.length !== text.split("\n").length) {
    throw KyosoError.of("page.stale", {
      data: { page, command },
      place: page,
      message: `It is stale. Now found:\n${stale.join("\n")}`,
      remedy: `Run \`${command}\`, and commit the page with the change that caused it.`,
    });
  }
  done(`${page} is up to date`);
}

/** A table in Markdown, laid out as Prettier does. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: number[] = [],
): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(3, ...all.map((row) => stringWidth(row[i] ?? ""))));
  const cell = (text: string, i: number, width: number) => {
    // A Japanese letter is two wide.
    const blanks = " ".repeat(width - stringWidth(text));
    return right.includes(i) ? blanks + text : text + blanks;
  };
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, i) => cell(row[i] ?? "", i, width)).join(" | ")} |`;
  const rule = widths.map((width, i) =>
    right.includes(i) ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)];
}
