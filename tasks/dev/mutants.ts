import { createHash } from "node:crypto";
import { appendFile, cp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { CompilerInput, CompilerOutput } from "hardhat/types/solidity";
import { action } from "../action.js";
import { compileWith } from "../build/solcJs.js";
import { print } from "../output.js";
import type { Mutant, Node } from "./mutants/find.js";
import { mutantsOf } from "./mutants/find.js";
import { runTests } from "./mutants/run.js";

interface Arguments {
  readonly sample: number;
  readonly only: string;
}

/** What became of a mutant. One that is `same` has the contracts' own bytecode, and one that is `invalid` has none. */
interface Result {
  readonly id: string;
  readonly end: "killed" | "survived" | "same" | "invalid";
  /** The test that noticed it. */
  readonly by: string;
}

const SEED = "kyoso";
const PREFIX = "project/";
const PAGE = "docs/mutants.md";
const FACTORY = `${PREFIX}contracts/factory/BrandDAOFactory.sol`;

/** What the copy of the project in which mutants are tested goes without. */
const LEFT_OUT = [
  ...[
    ".git",
    "node_modules",
    "cache",
    "coverage",
    "deployments",
    "outbox",
    "private",
    "exports",
    "web",
    "docs",
  ],
  ...["artifacts/build-info", "test/integration", "test/browser", "test/invariants"],
];

/**
 * Changes the contracts, one place at a time, and asks whether a test notices. The order is random, and always the same: a larger
 * sample begins with a smaller one. What was found out is kept, so that this can be stopped at any moment, and goes on.
 */
export default action<Arguments>(async ({ sample, only }, hre) => {
  const { root, cache } = hre.config.paths;
  const build = await readBuild(path.join(root, "artifacts/build-info"));
  const order = ({ id }: Mutant) => createHash("sha256").update(`${SEED} ${id}`).digest("hex");
  const all = Object.entries(build.output.sources)
    .filter(([name]) => name.startsWith(`${PREFIX}contracts/`) && name.includes(only))
    .flatMap(([name, { ast }]) => mutantsOf(name.slice(PREFIX.length), build.sourceOf(name), ast))
    .sort((one, other) => (order(one) < order(other) ? -1 : 1));
  const chosen = all.slice(0, sample === 0 ? undefined : sample);

  const journal = path.join(cache, "mutants.jsonl");
  const results = new Map<string, Result>();
  for (const line of existsSync(journal) ? readFileSync(journal, "utf8").split("\n") : []) {
    // The last line may have been broken off.
    const result = line.endsWith("}") ? (JSON.parse(line) as Result) : undefined;
    if (result) results.set(result.id, result);
  }
  const left = chosen.filter(({ id }) => !results.has(id));
  print(`${all.length} mutants; ${chosen.length} are asked for, of which ${left.length} are to be tested`);
  const worker = async (_: unknown, index: number) => {
    const tree = path.join(cache, "mutants", String(index));
    if (left.length > index) await copyTo(tree, root);
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const result = { id: next.id, ...(await build.test(tree, next)) };
      results.set(next.id, result);
      await appendFile(journal, `${JSON.stringify(result)}\n`);
      print(`${result.end.padEnd(8)} ${next.name}${result.by === "" ? "" : `, by ${result.by}`}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  report(
    existsSync(path.join(root, PAGE)) ? await readFile(path.join(root, PAGE), "utf8") : "",
    chosen,
    results,
  );
});

/** How many were killed, and which survived. One that `docs/mutants.md` names is explained there. */
function report(page: string, chosen: readonly Mutant[], results: ReadonlyMap<string, Result>): void {
  const ended = (end: Result["end"]) => chosen.filter(({ id }) => results.get(id)?.end === end);
  const [killed, survived] = [ended("killed").length, ended("survived")];
  const unexplained = survived.filter(({ name }) => !page.includes(name));
  for (const { name } of unexplained) print(`Survived: ${name}`);
  const score = ((100 * killed) / (killed + survived.length)).toFixed(1);
  print(
    `${killed} killed, ${survived.length} survived, of which ${unexplained.length} unexplained: ${score} %`,
  );
  print(
    `Beside these, ${ended("same").length} change no bytecode, and ${ended("invalid").length} don't compile`,
  );
  if (unexplained.length > 0) process.exitCode = 1;
}

/** A build of the contracts as they are shipped: sources, syntax trees, and how they are compiled. */
async function readBuild(folder: string) {
  const read = async (name: string) => JSON.parse(await readFile(path.join(folder, name), "utf8")) as unknown;
  for (const name of readdirSync(folder).filter((each) => !each.endsWith(".output.json"))) {
    const { input, solcLongVersion } = (await read(name)) as {
      input: CompilerInput;
      solcLongVersion: string;
    };
    if (input.settings.viaIR !== true || input.sources[FACTORY] === undefined) continue;
    const { output } = (await read(name.replace(".json", ".output.json"))) as { output: CompilerOutput };
    if (output.contracts?.[FACTORY] !== undefined) return new Build(input, output, solcLongVersion);
  }
  throw new Error("The contracts aren't built: npx hardhat build");
}

class Build {
  readonly #solc = createRequire(import.meta.url).resolve("solc/soljson.js");

  constructor(
    readonly input: CompilerInput,
    readonly output: CompilerOutput,
    readonly version: string,
  ) {}

  sourceOf(name: string): string {
    return this.input.sources[name]?.content ?? "";
  }

  async test(tree: string, mutant: Mutant): Promise<Omit<Result, "id">> {
    const contracts = this.#contractsWith(PREFIX + mutant.file);
    const compiled = await this.#compile(mutant, contracts);
    if (compiled.errors?.some(({ severity }) => severity === "error")) return { end: "invalid", by: "" };
    const changed = contracts.filter((name) => codeOf(compiled, name) !== codeOf(this.output, name));
    if (changed.length === 0) return { end: "same", by: "" };
    try {
      for (const name of changed)
        await replaceCode(tree, name, codeOf(this.output, name), codeOf(compiled, name));
      const by = await runTests(
        tree,
        mutant.file,
        changed.map((name) => name.slice(PREFIX.length)),
      );
      return by === undefined ? { end: "survived", by: "" } : { end: "killed", by };
    } finally {
      for (const name of changed)
        await replaceCode(tree, name, codeOf(compiled, name), codeOf(this.output, name));
    }
  }

  /** What a mutant makes of contracts: compiled as they are shipped, and of the sources that they need. */
  #compile({ file, start, end, to }: Mutant, contracts: readonly string[]): Promise<CompilerOutput> {
    const needed = new Set(contracts.map((full) => full.split(":")[0] ?? ""));
    for (const each of needed) for (const name of this.#importsOf(each)) needed.add(name);
    const sources = Object.fromEntries([...needed].map((name) => [name, { content: this.sourceOf(name) }]));
    const bytes = Buffer.from(this.sourceOf(PREFIX + file));
    const parts = [bytes.subarray(0, start), Buffer.from(to), bytes.subarray(end)];
    sources[PREFIX + file] = { content: Buffer.concat(parts).toString() };
    const outputSelection: Record<string, Record<string, string[]>> = {};
    for (const [source = "", name = ""] of contracts.map((full) => full.split(":"))) {
      outputSelection[source] = { ...outputSelection[source], [name]: ["evm.bytecode.object"] };
    }
    const settings = { ...this.input.settings, outputSelection };
    return compileWith(this.#solc, this.version, { ...this.input, sources, settings });
  }

  /** All contracts with code whose sources import a file, directly or not, or are it. */
  #contractsWith(file: string): string[] {
    const reached = new Set([file]);
    for (const each of reached) {
      for (const name of Object.keys(this.output.sources))
        if (this.#importsOf(name).includes(each)) reached.add(name);
    }
    return [...reached]
      .flatMap((source) =>
        Object.keys(this.output.contracts?.[source] ?? {}).map((name) => `${source}:${name}`),
      )
      .filter((name) => name.startsWith(PREFIX) && codeOf(this.output, name) !== "");
  }

  #importsOf(name: string): string[] {
    const { nodes } = this.output.sources[name]?.ast as {
      nodes: readonly (Node & { absolutePath?: string })[];
    };
    return nodes.flatMap(({ nodeType, absolutePath }) =>
      nodeType === "ImportDirective" ? (absolutePath ?? []) : [],
    );
  }
}

function codeOf({ contracts }: CompilerOutput, full: string): string {
  const [source = "", name = ""] = full.split(":");
  return contracts?.[source]?.[name]?.evm?.bytecode?.object ?? "";
}

/** Puts other code where tests take a contract's from: its artifact, and its TypeScript type. */
async function replaceCode(tree: string, full: string, before: string, after: string): Promise<void> {
  const [source = "", name = ""] = full.slice(PREFIX.length).split(":");
  const types = path.join(path.relative("contracts", path.dirname(source)), `${name}__factory.ts`);
  for (const file of [`artifacts/${source}/${name}.json`, `typechain-types/factories/${types}`]) {
    const place = path.join(tree, file);
    const text = existsSync(place) ? await readFile(place, "utf8") : "";
    if (text !== "") await writeFile(place, text.replace(`"0x${before}"`, `"0x${after}"`));
  }
}

/** A copy of the project for one mutant after the other: whatever else runs finds the contracts as they are. */
async function copyTo(tree: string, root: string): Promise<void> {
  await rm(tree, { recursive: true, force: true });
  for (const name of readdirSync(root)) {
    if (LEFT_OUT.includes(name)) continue;
    await cp(path.join(root, name), path.join(tree, name), {
      recursive: true,
      filter: (source) => !LEFT_OUT.includes(path.relative(root, source).replaceAll("\\", "/")),
    });
  }
}
