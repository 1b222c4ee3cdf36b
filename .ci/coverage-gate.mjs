// Fails when less than the agreed share of lines is covered. `npm run coverage` writes both reports.

import { readFileSync } from "node:fs";

const gates = [
  { report: "coverage/lcov.info", under: "contracts/", atLeast: 100 },
  { report: "coverage/sdk/lcov.info", under: "sdk/", atLeast: 95 },
];

/** Every line of the report's files under a folder, as { file, line, hits }. */
function linesOf(report, under) {
  const lines = [];
  let file = "";
  for (const record of readFileSync(report, "utf8").split("\n")) {
    const [, key, value] = /^(SF|DA):(.*)$/.exec(record) ?? [];
    if (key === "SF") file = value.replaceAll("\\", "/");
    if (key === "DA" && file.startsWith(under)) {
      const [line, hits] = value.split(",").map(Number);
      lines.push({ file, line, hits });
    }
  }
  return lines;
}

for (const { report, under, atLeast } of gates) {
  const lines = linesOf(report, under);
  const missed = lines.filter(({ hits }) => hits === 0);
  const covered = lines.length - missed.length;
  const percent = (100 * covered) / lines.length;
  // No lines at all means that the report is not what it should be: NaN passes no comparison.
  const passed = percent >= atLeast;
  if (!passed) process.exitCode = 1;

  const verdict = passed ? "ok" : `FAILED, at least ${atLeast} % is wanted`;
  console.log(`${under} ${covered} of ${lines.length} lines covered (${percent.toFixed(2)} %): ${verdict}`);
  for (const file of new Set(missed.map((line) => line.file))) {
    const numbers = missed.filter((line) => line.file === file).map(({ line }) => line);
    console.log(`  not covered: ${file}:${numbers.join(",")}`);
  }
}
