import { KyosoError, problem } from "../../sdk/errors.js";
import { action } from "../action.js";
import { markdownTable, writeFact } from "./facts.js";
import type { Measurement } from "./measurement.js";
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
      above.map(({ name, value, limit }) =>
        problem("gas.over-limit", {
          data: { name, value, limit: limit ?? 0 },
          place: name,
          message: `${value.toLocaleString("en")} is above ${(limit ?? 0).toLocaleString("en")}`,
        }),
      ),
    );
  }

  await writeFact(hre, "docs/gas.md", render(sections), "npm run gas", check);
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
    const cells = rows.map(({ name, value, limit }) => [
      name,
      value.toLocaleString("en"),
      limit === undefined ? "" : limit.toLocaleString("en"),
    ]);
    lines.push(...markdownTable(["what", "measured", "at most"], cells, [1, 2]));
  }
  return `${lines.join("\n")}\n`;
}
