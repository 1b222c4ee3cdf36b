import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** What each module of some folders imports of the same folders, types too; by paths from the project's root. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Reads the import graph of all TypeScript below `folders`; paths are relative to `root`. */
export function importGraph(root: string, folders: readonly string[]): ImportGraph {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.split(path.sep).includes("node_modules"))
      .map((name) => path.join(folder, name)),
  );
  return new Map(files.map((file) => [file, importsOf(root, file).filter((each) => files.includes(each))]));
}

/** One circle of modules that import each other, from a module back to itself; undefined where there is none. */
export function findCircle(graph: ImportGraph): readonly string[] | undefined {
  const done = new Set<string>();
  const search = (file: string, way: readonly string[]): readonly string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const circle = search(next, [...way, file]);
      if (circle !== undefined) return circle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const circle = search(file, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

function importsOf(root: string, file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path.join(root, file), "utf8"), true, true);
  return importedFiles.flatMap(({ fileName }) => {
    if (!fileName.startsWith(".")) return [];
    const target = path.join(path.dirname(file), fileName).replace(/\.js$/u, ".ts");
    return existsSync(path.join(root, target)) ? [target] : [];
  });
}
