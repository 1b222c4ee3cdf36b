import type { TaskDefinition } from "hardhat/types/tasks";
import { TaskDefinitionType } from "hardhat/types/tasks";
import { action } from "../action.js";
import { JSON_KEYS } from "../keys.js";
import { markdownTable, writeFact } from "./facts.js";

interface Arguments {
  check: boolean;
}

/** Groups of tasks, in the order in which people meet them. */
export default action<Arguments>(async ({ check }, hre) => {
  const plugin = hre.config.plugins.find(({ id }) => id === "kyoso");
  await writeFact(hre, "docs/tasks.md", render(plugin?.tasks ?? []), "npm run tasks", check);
});

function render(tasks: readonly TaskDefinition[]): string {
  const lines = [
    "# Tasks",
    "",
    "Written by `npm run tasks` from the definitions of the tasks; CI fails when this page is stale.",
    "",
    "Run a task with `npx hardhat <task> --network <network>`, for instance `npx hardhat proposal list --network live`.",
    "Every task explains itself with `--help`. With `--json` it prints the keys listed here instead of text, and nothing",
    "else: amounts are decimal strings in the token's smallest unit or in wei, times are timestamps in seconds. A task that",
    "fails says why, and what to do, and exits with 1; then nothing was sent, unless it says otherwise. Colours are off",
    "where the output isn't a terminal, and with `NO_COLOR`.",
  ];
  // In the order in which the plugin has them. Tasks of one word are for developers.
  for (const group of new Set(tasks.filter(({ id }) => id.length > 1).map(({ id }) => id[0]))) {
    const sections = tasks.filter(({ id }) => id[0] === group).map(section);
    for (const some of sections) if (some.length > 0) lines.push("", ...some);
  }
  return `${lines.join("\n")}\n`;
}

function section(task: TaskDefinition): string[] {
  const name = task.id.join(" ");
  if (task.type !== TaskDefinitionType.NEW_TASK) {
    return task.id.length === 1 ? [`## ${name}`, "", `${task.description ?? ""}.`] : [];
  }
  const lines = [`### ${name}`, "", `${task.description}.`, ""];
  const positional = task.positionalArguments.map(({ name: argument, isVariadic }) =>
    isVariadic ? `<${argument}…>` : `<${argument}>`,
  );
  lines.push("```sh", ["npx hardhat", name, ...positional].join(" "), "```");
  const rows = [
    ...task.positionalArguments.map(({ name: argument, description }) => [`\`<${argument}>\``, description]),
    ...Object.values(task.options).map(({ name: option, description }) => [
      `\`--${kebab(option)}\``,
      description,
    ]),
  ].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  if (rows.length > 0) lines.push("", ...markdownTable(["argument", "what it is"], rows));
  const keys = Object.entries(JSON_KEYS[name] ?? {}).map(([key, what]) => [`\`${key}\``, what]);
  if (keys.length > 0) lines.push("", ...markdownTable(["JSON", "what it is"], keys));
  return lines;
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
