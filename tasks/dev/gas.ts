import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { KyosoError } from "../../sdk/errors.js";
import { action } from "../action.js";
import { done } from "../output.js";
import type { Measurement } from "./measure.js";
import { measure } from "./measure.js";

interface Arguments {
  check: boolean;
}

export default action<Arguments>(async ({ check }, hre) => {
  await hre.tasks.getTask("build").run({ quiet: true });
  const sections = await measure(hre);
  const above = sections
    .flatMap(({ rows }) => rows)
    .filter(({ value, limit }) => limit !== undefined && value > limit);
  if (above.length > 0) {
    throw new KyosoError(
      above.map(({ name, value, limit }) => ({
        place: name,
        message: `${value.toLocaleString("en")} is above ${(limit ?? 0).toLocaleString("en")}`,
      })),
    );
  }

  const file = path.join(hre.config.paths.root, "docs", "gas.md");
  const text = render(sections);
  if (!check) {
    await writeFile(file, text);
    done(`Wrote ${path.relative(hre.config.paths.root, file)}`);
    return;
  }
  const before = (await readFile(file, "utf8")).split("\n");
  const stale = text.split("\n").filter((line, i) => line !== before[i]);
  if (stale.length > 0) {
    throw new KyosoError({
      place: "docs/gas.md",
      message: `It is stale. Now measured:\n${stale.join("\n")}`,
      remedy: "Run `npm run gas`, and commit the file with the change that caused it.",
    });
  }
  done("docs/gas.md is up to date");
});

function render(sections: readonly { title: string; note: string; rows: readonly Measurement[] }[]): string {
  const lines = [
    "# Gas and code size",
    "",
    "Measured by `npm run gas`, which writes this page; CI fails when it is stale or a limit is passed. The compiler's",
    "settings are those of `hardhat.config.ts`, and everything runs behind the proxies, as it does on a chain.",
  ];
  for (const { title, note, rows } of sections) {
    lines.push("", `## ${title}`, "", ...(note === "" ? [] : [note, ""]));
    const cells = [
      ["what", "measured", "at most"],
      ...rows.map(({ name, value, limit }) => [
        name,
        value.toLocaleString("en"),
        limit === undefined ? "" : limit.toLocaleString("en"),
      ]),
    ];
    const width = (column: number) => Math.max(...cells.map((row) => (row[column] ?? "").length));
    const line = (row: readonly string[]) =>
      `| ${(row[0] ?? "").padEnd(width(0))} | ${(row[1] ?? "").padStart(width(1))} | ${(row[2] ?? "").padStart(width(2))} |`;
    const [head = [], ...body] = cells;
    lines.push(
      line(head),
      `| ${"-".repeat(width(0))} | ${"-".repeat(width(1) - 1)}: | ${"-".repeat(width(2) - 1)}: |`,
      ...body.map(line),
    );
  }
  return `${lines.join("\n")}\n`;
}
