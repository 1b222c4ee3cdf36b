import { KyosoError, problem } from "../../sdk/errors.js";
import { action } from "../action.js";
import { markdownTable, writeFact } from "./facts.js";
import { type Growth, growthLimits, measureGrowth } from "./flat.js";
import type { Comparison, Measurement } from "./measurement.js";
import { measure } from "./measure.js";
import { compare } from "./peers.js";

interface Arguments {
  check: boolean;
}

export default action<Arguments>(async ({ check }, hre) => {
  await hre.tasks.getTask("build").run({ quiet: true });
  const sections = await measure(hre);
  const compared = await compare(hre);
  const growths = await measureGrowth(hre);
  const measured = [...sections.flatMap(({ rows }) => rows), ...compared, ...growthLimits(growths)];
  const above = measured.filter(({ value, limit }) => limit !== undefined && value > limit);
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

  await writeFact(hre, "docs/gas.md", render(sections, compared, growths), "npm run gas", check);
});

function render(
  sections: readonly { title: string; note: string; rows: readonly Measurement[] }[],
  compared: readonly Comparison[],
  growths: readonly Growth[],
): string {
  const lines = [
    "# Gas and code size",
    "",
    "Measured by `npm run gas`, which writes this page; CI fails when it is stale or a limit is passed. The compiler's",
    "settings are those of `hardhat.config.ts`, and everything runs behind the proxies, as it does on a chain.",
  ];
  lines.push(
    "",
    "## Beside OpenZeppelin",
    "",
    "The same, done in the same run with contracts of OpenZeppelin as its wizard puts them together: plain, which nobody can",
    "upgrade, and upgradeable behind proxies (UUPS), as ours are. Ten voters, a threshold, a proposer named in the text, and a",
    "payment in the token to somebody who had none. The last column but one is ours in percent of the upgradeable.",
    "",
    ...markdownTable(
      ["what", "Kyoso", "plain", "UUPS", "%", "at most"],
      compared.map(({ name, value, plain, upgradeable, limit }) => [
        name,
        ...[value, plain, upgradeable, Math.round((value / upgradeable) * 100)].map((n) =>
          n.toLocaleString("en"),
        ),
        limit?.toLocaleString("en") ?? "",
      ]),
      [1, 2, 3, 4, 5],
    ),
  );
  lines.push(
    "",
    "## Flat where it should be",
    "",
    "The same with few and with many, of whom nobody has to pay for the others. What is looked up in an account's past takes a",
    "step more each time that twice as much has happened since then.",
  );
  for (const { of, counts, rows } of growths) {
    lines.push(
      "",
      ...markdownTable(
        [of, ...counts.map((count) => count.toLocaleString("en"))],
        rows.map(({ name, values }) => [name, ...values.map((value) => value.toLocaleString("en"))]),
        counts.map((_, i) => i + 1),
      ),
    );
  }
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
