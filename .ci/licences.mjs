// Which licences the packages have that the lock file names: all have to let a brand use, change and pass on what is built with them.

import { readFileSync } from "node:fs";
import path from "node:path";

/** SPDX expressions of licences that ask for no more than to be named, or that hold for their own files alone (MPL-2.0). */
const TAKEN = new Set([
  ...["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"],
  ...["Python-2.0", "Unlicense", "WTFPL", "Apache-2.0 WITH LLVM-exception"],
]);

/** Taken all the same: what their licence is, and why. */
const EXCEPTIONS = new Map([
  [
    "@safe-global/safe-smart-account",
    "LGPL-3.0: contracts that are called, and none of them is changed or linked",
  ],
  [
    "@cspell/dict-en-common-misspellings",
    "CC BY-SA 4.0: words that the spelling check reads, and nobody gets",
  ],
  ["@nomicfoundation/ignition-ui", "MIT, in a file of its own"],
  ["memorystream", "MIT, in a form that npm doesn't read"],
]);

function isTaken(licence) {
  const choices = licence.replaceAll(/[()]/gu, "").split(" OR ");
  return choices.some((choice) => choice.split(" AND ").every((each) => TAKEN.has(each)));
}

const lock = JSON.parse(readFileSync(path.join(import.meta.dirname, "..", "package-lock.json"), "utf8"));
const used = new Set();
const refused = [];
for (const [place, { license = "none", link = false }] of Object.entries(lock.packages)) {
  const [, name] = /.*node_modules\/(.+)$/u.exec(place) ?? [];
  if (name === undefined || link || isTaken(license)) continue;
  if (EXCEPTIONS.has(name)) used.add(name);
  else refused.push(`${name}: ${license}`);
}
const idle = [...EXCEPTIONS.keys()].filter((name) => !used.has(name)).map((name) => `${name}: isn't needed`);
for (const line of [...refused, ...idle]) console.error(line);
if (refused.length + idle.length > 0) {
  console.error("  → Use another package, or say in .ci/licences.mjs why it is taken all the same.");
  process.exitCode = 1;
}
