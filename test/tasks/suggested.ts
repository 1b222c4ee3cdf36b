import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import ts from "typescript";
import { allTasks } from "../helpers/tasks.js";

/** A command that somebody is told to run, as far as it is known before it is: `…` stands for what isn't. */
interface Suggested {
  readonly where: string;
  readonly words: readonly string[];
}

const ROOT = hre.config.paths.root;
const REST = "…";

/** Hardhat's own. */
const FOREIGN = new Set(["node", "keystore", "build", "test", "help", "coverage"]);

/** Options of Git, of Node.js, and of tests. */
const OTHERS = new Set([
  ...["--max-semi-space-size", "--disable-warning", "--input-type", "--eval"],
  ...["--quiet", "--no-compile", "--bail"],
]);

/** Options that every task of Hardhat has, and those that the project adds to all. */
const GLOBAL = new Set(["--network", "--max-fee", "--patience", "--show-stack-traces", "--help", "--config"]);

function* filesIn(folder: string, ends: string): Generator<string> {
  for (const name of readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(ends) && !name.includes("node_modules") && !name.startsWith("dist"))
      yield path.join(folder, name);
  }
}

/** The commands in a text: what follows `npx hardhat` up to the end of the line, of the code, or of the sentence. */
function commandsIn(text: string, where: string): Suggested[] {
  return [...text.matchAll(/npx hardhat((?: +(?:"[^"\n]*"|'[^'\n]*'|\\\n|[^\s`|&;)]+))*)/gu)].map(
    ([, rest = ""]) => {
      const words = rest.replaceAll(/\\\n/gu, " ").trim().split(/\s+/u);
      const ends = words.findIndex((word) => /[.,:]$/u.test(word) && !word.startsWith("<"));
      const said = ends === -1 ? words : [...words.slice(0, ends), words[ends]?.slice(0, -1) ?? ""];
      return { where, words: said.filter((word) => word !== "") };
    },
  );
}

/** What is known of an expression that makes a text. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => REST + literal.text).join("");
}

const parsed = new Map<string, ts.SourceFile>();

/** The file is read once: there are hundreds. */
function sourceOf(file: string): ts.SourceFile {
  const text = () => readFileSync(path.join(ROOT, file), "utf8");
  const source = parsed.get(file) ?? ts.createSourceFile(file, text(), ts.ScriptTarget.Latest);
  parsed.set(file, source);
  return source;
}

function visitAll(file: string, visit: (node: ts.Node, where: () => string) => void): void {
  const source = sourceOf(file);
  const visitOne = (node: ts.Node): void => {
    visit(node, () => `${file}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`);
    ts.forEachChild(node, visitOne);
  };
  visitOne(source);
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

/** The commands that a source file has in its texts, and those that it makes with `commandLine`. */
function commandsOf(file: string): Suggested[] {
  const found: Suggested[] = [];
  /** Lists of words that have a name. */
  const lists = new Map<string, ts.Expression>();
  const wordsOf = (node: ts.Node): string[] => {
    if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(wordsOf);
    if (ts.isSpreadElement(node)) return wordsOf(node.expression);
    if (ts.isConditionalExpression(node)) return [...wordsOf(node.whenTrue), ...wordsOf(node.whenFalse)];
    const list = ts.isIdentifier(node) ? lists.get(node.text) : undefined;
    return list === undefined ? [textOf(node) ?? REST] : wordsOf(list);
  };
  visitAll(file, (node, where) => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.initializer !== undefined) {
      const { initializer } = node;
      const isList = ts.isArrayLiteralExpression(initializer) || ts.isConditionalExpression(initializer);
      if (isList) lists.set(node.name.text, initializer);
    }
    if (ts.isCallExpression(node) && isNamed(node.expression, "commandLine")) {
      const [, , task, ...args] = node.arguments;
      if (task !== undefined)
        found.push({ where: where(), words: [...wordsOf(task), ...args.flatMap(wordsOf)] });
    }
    if (ts.isPropertyAssignment(node) && isNamed(node.name, "writtenBy")) {
      found.push(...commandsIn(`npx hardhat ${textOf(node.initializer) ?? ""}`, where()));
    }
    const text = textOf(node) ?? "";
    if (text.includes("npx hardhat")) found.push(...commandsIn(text, where()));
  });
  return found;
}

/** Options of a task, as they are typed. */
function optionsOf(task: string): string[] {
  const plugin = hre.config.plugins.find(({ id }) => id === "kyoso");
  const definition = plugin?.tasks?.find(({ id }) => id.join(" ") === task);
  const options = definition !== undefined && "options" in definition ? Object.keys(definition.options) : [];
  return options.map((name) => `--${name.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`);
}

/** What is wrong with a command; undefined where it can be run, or nothing is known of it. */
function faultOf({ words, where }: Suggested): string | undefined {
  const say = (what: string) => `${where}: ${what} in "${words.join(" ")}"`;
  const named = words.filter((word) => !word.startsWith("--"));
  const [group = ""] = named;
  if (group === "" || group.startsWith(REST) || /^[<{]/u.test(group) || FOREIGN.has(group)) return undefined;
  const known = allTasks();
  const command = words.join(" ");
  const task = known
    .filter((each) => command === each || command.startsWith(`${each} `))
    .sort((a, b) => b.length - a.length)[0];
  if (task === undefined) {
    // A group, to be looked at with what it has; or a task of which a part isn't known here.
    const open = words.includes(REST) || known.some((each) => each.startsWith(`${command} `));
    return open ? undefined : say("there is no such task");
  }
  const flags = new Set(optionsOf(task));
  const wrong = words
    .filter((word) => /^--[a-z]/u.test(word))
    .map((word) => word.replace(/[^a-z-].*$/u, ""))
    .find((word) => !flags.has(word) && !GLOBAL.has(word));
  return wrong === undefined ? undefined : say(`there is no option ${wrong}`);
}

describe("commands that people are told to run", () => {
  // Most files name none.
  const sources = ["sdk", "relay", "tasks"]
    .flatMap((folder) => [...filesIn(folder, ".ts")])
    .filter((file) =>
      /npx hardhat|commandLine|writtenBy|--[a-z]/u.test(readFileSync(path.join(ROOT, file), "utf8")),
    );

  it("are found", () => {
    expect(commandsIn("Run `npx hardhat season list --all` again.", "x")[0]?.words).to.deep.equal([
      "season",
      "list",
      "--all",
    ]);
    expect(faultOf({ where: "x", words: ["season", "lists"] })).to.include("no such task");
    expect(faultOf({ where: "x", words: ["season", "list", "--everything"] })).to.include("no option");
    expect(faultOf({ where: "x", words: ["season", "list", "--dao", "y"] })).to.equal(undefined);
  });

  it("can be run, as errors, warnings and results name them", () => {
    const all = sources.flatMap(commandsOf);
    expect(all).to.have.length.above(100);
    expect(all.flatMap((each) => faultOf(each) ?? [])).to.deep.equal([]);
  });

  it("can be run, as the documents name them", () => {
    const pages = [
      "README.md",
      "README.ja.md",
      "SECURITY.md",
      "CONTRIBUTING.md",
      "CHANGELOG.md",
      ...filesIn("docs", ".md"),
      ...filesIn("brands", ".yaml"),
    ];
    const all = pages.flatMap((page) => commandsIn(readFileSync(path.join(ROOT, page), "utf8"), page));
    expect(all).to.have.length.above(100);
    expect(all.flatMap((each) => faultOf(each) ?? [])).to.deep.equal([]);
  });

  it("are the same in both languages", () => {
    const shell = (page: string) =>
      [...readFileSync(path.join(ROOT, page), "utf8").matchAll(/```sh\n([^]*?)```/gu)].flatMap(
        ([, block = ""]) => block.split("\n").map((line) => line.trim()),
      );
    const japanese = shell("README.ja.md");
    expect(japanese).to.include("npm ci && npm run page");
    expect(shell("README.md")).to.include.members(japanese);
  });

  it("have options that there are, where only these are named", () => {
    const there = new Set([...allTasks().flatMap(optionsOf), ...GLOBAL, ...OTHERS]);
    const faults: string[] = [];
    for (const file of sources) {
      visitAll(file, (node, where) => {
        const text = textOf(node) ?? "";
        for (const [option] of text.matchAll(/(?<![\w-])--[a-z][a-z-]*[a-z]/gu)) {
          if (!there.has(option)) faults.push(`${where()}: ${option} in ${text}`);
        }
      });
    }
    expect(faults).to.deep.equal([]);
  });
});
