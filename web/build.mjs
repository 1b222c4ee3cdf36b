// Makes web/dist: one build for every brand. It takes the SDK's sources and what the contracts' build wrote. `dao page` copies
// it, and writes beside it what is of one DAO.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const web = import.meta.dirname;
const root = path.dirname(web);
const dist = path.join(web, "dist");
const quiet = process.argv.includes("--quiet");

// Whoever runs this may be testing: React is three times as large then.
process.env.NODE_ENV = "production";

if (!existsSync(path.join(root, "typechain-types", "abi"))) {
  throw new Error("There are no ABIs yet: build the contracts first (npm run build)");
}

/** What both builds share. ENS isn't supported: its tables of characters would be a sixth of the reader. */
const shared = {
  root: web,
  configFile: false,
  logLevel: "warn",
  base: "./",
  resolve: {
    alias: [
      { find: "@kyoso/sdk/browser", replacement: path.join(root, "sdk/browser/index.ts") },
      { find: "@kyoso/sdk/page", replacement: path.join(root, "sdk/page/index.ts") },
      { find: "@kyoso/sdk", replacement: path.join(root, "sdk/index.ts") },
      { find: "@adraffy/ens-normalize", replacement: path.join(web, "src/reader/noEns.ts") },
    ],
  },
  oxc: { jsx: { runtime: "automatic" } },
};
const target = "es2023";

const sha384 = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

await rm(dist, { recursive: true, force: true });

/** A Worker is one file, as it is started from a copy of it. */
async function buildWorker(name) {
  await build({
    ...shared,
    publicDir: false,
    build: {
      target,
      outDir: dist,
      emptyOutDir: false,
      copyPublicDir: false,
      modulePreload: false,
      rollupOptions: {
        input: path.join(web, `src/${name}/worker.ts`),
        output: { format: "iife", entryFileNames: `assets/${name}-[hash].js` },
      },
    },
  });
  const file = (await readdir(path.join(dist, "assets"))).find((each) => each.startsWith(`${name}-`));
  const bytes = await readFile(path.join(dist, "assets", file));
  return { path: `assets/${file}`, integrity: sha384(bytes) };
}
const reader = await buildWorker("reader");
const desk = await buildWorker("desk");

await build({
  ...shared,
  define: {
    __READER__: JSON.stringify(reader),
    __DESK__: JSON.stringify(desk),
  },
  build: {
    target,
    outDir: dist,
    emptyOutDir: false,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    manifest: "manifest.json",
  },
});

const manifest = JSON.parse(await readFile(path.join(dist, "manifest.json"), "utf8"));
const [entryName, entry] = Object.entries(manifest).find(([, { isEntry }]) => isEntry);
const styles = (await readdir(path.join(dist, "assets"))).find((file) => file.endsWith(".css"));
const workers = [reader.path, desk.path];
const scripts = (await readdir(path.join(dist, "assets"))).filter(
  (file) => file.endsWith(".js") && !workers.includes(`assets/${file}`),
);
const integrity = {};
for (const file of [...scripts, styles]) {
  integrity[`assets/${file}`] = sha384(await readFile(path.join(dist, "assets", file)));
}

/** The scripts that a view takes when it is the first one: its own, those that these import, and the reader. */
function scriptsOf(name, found = new Set([entry.file, reader.path])) {
  const { file, imports = [] } = manifest[name];
  found.add(file);
  for (const each of imports) if (!found.has(manifest[each].file)) scriptsOf(each, found);
  return found;
}
const views = Object.fromEntries(
  Object.entries(manifest)
    .filter(([, { isDynamicEntry }]) => isDynamicEntry)
    .map(([name]) => [name.replace(/^src\/views\//u, ""), [...scriptsOf(entryName), ...scriptsOf(name)]])
    .map(([name, files]) => [name, [...new Set(files)].sort()]),
);

// What is left of index.html is a template: `dao page` writes it anew, with what is of a DAO and the hashes that follow from it.
const about = {
  version: 1,
  entry: entry.file,
  styles: `assets/${styles}`,
  workers,
  integrity,
  views,
};
await writeFile(path.join(dist, "build.json"), `${JSON.stringify(about, null, 2)}\n`);
await rm(path.join(dist, "index.html"));
await rm(path.join(dist, "manifest.json"));

if (!quiet) {
  for (const [name, files] of Object.entries(views)) {
    const sizes = await Promise.all(
      files.map(async (file) => gzipSync(await readFile(path.join(dist, file))).length),
    );
    console.log(
      `${name}: ${sizes.reduce((sum, size) => sum + size).toLocaleString("en")} bytes of scripts, gzipped`,
    );
  }
}
