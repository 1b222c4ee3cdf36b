import { glob, readFile } from "node:fs/promises";
import path from "node:path";
import { KyosoError } from "../../sdk/errors.js";
import { action } from "../action.js";
import type { Entry, Section, Sentence } from "./catalogue.js";
import { faultsOf, readCatalogue } from "./catalogue.js";
import { writeFact } from "./facts.js";

interface Arguments {
  check: boolean;
}

const PAGE = "docs/errors.md";

export default action<Arguments>(async ({ check }, hre) => {
  const sections = readCatalogue(await readSources(hre.config.paths.root));
  const faults = faultsOf(sections);
  if (faults.length > 0) {
    throw KyosoError.of("page.catalogue-faults", {
      data: { faults },
      place: "problems",
      message: faults.join("\n"),
      remedy: "Take out what nothing makes any more; say what is to be done about all others.",
    });
  }
  await writeFact(hre, PAGE, render(sections), "npm run errors", check);
});

/** The sources that make problems, by their path from the project's root. */
export async function readSources(root: string): Promise<Map<string, string>> {
  const files: string[] = [];
  for await (const file of glob("{sdk,deploy,relay,tasks}/**/*.ts", { cwd: root })) files.push(file);
  return new Map(
    await Promise.all(
      files
        .map((file) => file.split(path.sep).join("/"))
        .sort()
        .map(async (file) => [file, await readFile(path.join(root, file), "utf8")] as const),
    ),
  );
}

/** The page of all kinds of problems, in Markdown. */
export function render(sections: readonly Section[]): string {
  const lines = [
    "# Errors",
    "",
    "Written by `npm run errors` from the sources; CI fails when this page is stale.",
    "",
    "Everything that can go wrong, and that somebody can do something about, has a **code**, which is stable: programs and",
    "translations go by it. Beside it, a problem has **data**, the values that its words are made of, and the words of the",
    "command line: what is wrong, and after the arrow what to do about it. Who shows problems elsewhere, such as a page,",
    "words them by code and data (`wordsOf` in `sdk/errors.ts`). Amounts are in the smallest unit, moments are Unix",
    "timestamps, durations are seconds; a `text` is as somebody wrote it, and a `reason` is what the chain, the node or the",
    "system says. What stands in braces is only known when it happens. Anything else that is thrown is a defect.",
  ];
  for (const { title, about, entries } of sections) {
    lines.push("", `## ${title}`, "", about);
    for (const entry of entries) lines.push("", ...show(entry));
  }
  return `${lines.join("\n")}\n`;
}

function show({ code, meaning, data, noRemedy, sentences }: Entry): string[] {
  const lines = [`### \`${code}\``, "", meaning];
  if (data.length > 0) {
    lines.push("", `Data: ${data.map(([name, type]) => `\`${name}\` (\`${type}\`)`).join(", ")}.`);
  }
  const said = [...new Set(sentences.map(sentenceText))].sort();
  lines.push("", "```text", ...said.join("\n\n").split("\n"), "```");
  if (noRemedy !== undefined) lines.push("", `No remedy: ${noRemedy}`);
  return lines;
}

/** As the command line prints it; where there are several ways to say it, one a line. */
function sentenceText({ messages, remedies }: Sentence): string {
  return [...messages, ...remedies.map((remedy) => `  → ${remedy}`)].join("\n");
}
