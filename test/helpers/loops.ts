import { readFile } from "node:fs/promises";
import { artifacts } from "hardhat";

/** A loop of a contract. */
interface Loop {
  /** The file, below contracts/. */
  file: string;
  /** The function that it is in. */
  where: string;
  /** What has to hold for another round, as it is written. */
  condition: string;
}

interface Node {
  nodeType: string;
  src: string;
  name?: string;
  kind?: string;
  condition?: Node;
}

interface BuildInfo {
  input: { sources: Record<string, { content: string }> };
}

interface BuildOutput {
  output: { sources: Record<string, { ast: Node }> };
}

const LOOPS = ["ForStatement", "WhileStatement", "DoWhileStatement", "YulForLoop"];
const ROOT = "project/contracts/";

/** All loops of the contracts, as the compiler has understood them: in files as they come, and there from above. */
export async function loopsOfContracts(): Promise<Loop[]> {
  const loops = new Map<string, Loop[]>();
  for (const [file, { ast, source }] of await sourcesOfContracts()) {
    loops.set(file, loopsIn(ast, file, source));
  }
  return [...loops.keys()].sort().flatMap((file) => loops.get(file) ?? []);
}

/** The newest builds' sources: those which have artifacts, and what they import. */
async function sourcesOfContracts(): Promise<ReadonlyMap<string, { ast: Node; source: Buffer }>> {
  const names = [...(await artifacts.getAllFullyQualifiedNames())].filter((name) =>
    name.startsWith("contracts/"),
  );
  const builds = new Set(await Promise.all(names.map((name) => artifacts.getBuildInfoId(name))));
  const sources = new Map<string, { ast: Node; source: Buffer }>();
  for (const build of builds) {
    if (build === undefined) continue;
    const info = await readJson<BuildInfo>(await artifacts.getBuildInfoPath(build));
    const { output } = await readJson<BuildOutput>(await artifacts.getBuildInfoOutputPath(build));
    for (const [name, { ast }] of Object.entries(output.sources)) {
      const content = info.input.sources[name]?.content;
      if (!name.startsWith(ROOT) || content === undefined) continue;
      sources.set(name.slice(ROOT.length), { ast, source: Buffer.from(content) });
    }
  }
  return sources;
}

async function readJson<T>(file: string | undefined): Promise<T> {
  if (file === undefined) throw new Error("the build has left no record of itself");
  return JSON.parse(await readFile(file, "utf8")) as T;
}

function loopsIn(root: Node, file: string, source: Buffer): Loop[] {
  const loops: Loop[] = [];
  const visit = (value: unknown, where: string): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, where);
    if (typeof value !== "object" || value === null || Array.isArray(value)) return;
    const node = value as Node;
    if (node.nodeType === "FunctionDefinition")
      where = node.name === "" ? (node.kind ?? "") : (node.name ?? "");
    if (LOOPS.includes(node.nodeType)) {
      loops.push({ file, where, condition: node.condition ? textOf(node.condition, source) : "" });
    }
    for (const child of Object.values(node)) visit(child, where);
  };
  visit(root, "");
  return loops;
}

/** What stands in the source at a node's place, which is in bytes. */
function textOf({ src }: Node, source: Buffer): string {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return source.subarray(start, start + length).toString();
}
