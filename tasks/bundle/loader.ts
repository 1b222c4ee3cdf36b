import { existsSync, readFileSync } from "node:fs";
import * as inspector from "node:inspector";
import * as module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const MODULE = /^file:.*\/(?:node_modules|cache\/tasks)\/[^?#]*\.m?js$/u;
const BUNDLE = /\/cache\/tasks\/[^/]*\.js$/u;
const PACKAGE = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+\//u;

/**
 * Has the modules of packages loaded as Node.js loads them, rather than through the TypeScript loader that Hardhat has put
 * in front, which looks at each of them for TypeScript: that is most of the time that a command takes to start.
 *
 * @param packages URLs of modules of packages, and of files to load instead.
 */
export function loadQuickly(packages: ReadonlyMap<string, string>): void {
  // Since Node.js 22.15.
  if (typeof module.registerHooks !== "function") return;
  // Since Node.js 22.14: only our own stack traces name sources, as only our maps are worth their time; and those of bundles
  // only where somebody sees a trace, as Node.js reads the map of whatever it loads.
  module.setSourceMapsSupport(true, { nodeModules: false, generatedCode: true });
  const traced = process.argv.includes("--show-stack-traces") || inspector.url() !== undefined;
  const resolved = new Map<string, module.ResolveFnOutput>();
  const modules = new Set<string>();
  // Those in which a .js file is an ES module: then all are.
  const folders = new Set<string>();

  module.registerHooks({
    resolve(specifier, context, next) {
      if (specifier.startsWith("node:")) return { url: specifier, format: "builtin", shortCircuit: true };
      const { parentURL: parent = "", conditions, importAttributes } = context;
      if (!conditions.includes("import") || Object.keys(importAttributes).length > 0) {
        return next(specifier, context);
      }
      if (!modules.has(parent)) return remembered(next(specifier, context));
      if (/^\.\.?\/.*\.js$/u.test(specifier)) {
        const { href: url } = new URL(specifier, parent);
        if (!folders.has(folderOf(url))) return remembered(next(specifier, context));
        modules.add(url);
        return { url, format: "module", shortCircuit: true };
      }
      // What is named by its place is another module in another folder; a package is one for the whole package, or the whole folder.
      const from = specifier.startsWith(".") ? parent : (PACKAGE.exec(parent)?.[0] ?? folderOf(parent));
      const key = `${specifier} ${from}`;
      const known = resolved.get(key);
      if (known !== undefined) return { ...known, shortCircuit: true };
      const found = remembered(next(specifier, context));
      resolved.set(key, found);
      return found;
    },
    load(url, context, next) {
      if (!modules.has(url)) return next(url, context);
      const file = fileURLToPath(url);
      // As a text, which Node.js makes of it in several times as long otherwise.
      const code = readFileSync(file, "utf8");
      const mapped = traced && BUNDLE.test(url) && existsSync(`${file}.map`);
      const source = mapped ? `${code}\n//# sourceMappingURL=${path.basename(file)}.map` : code;
      return { format: "module", source, shortCircuit: true };
    },
  });

  function remembered(found: module.ResolveFnOutput): module.ResolveFnOutput {
    const url = packages.get(found.url);
    if (url !== undefined) {
      modules.add(url);
      return { ...found, url, format: "module" };
    }
    if (found.format === "module" && MODULE.test(found.url)) {
      modules.add(found.url);
      if (found.url.endsWith(".js")) folders.add(folderOf(found.url));
    }
    return found;
  }
}

function folderOf(url: string): string {
  return url.slice(0, url.lastIndexOf("/") + 1);
}
