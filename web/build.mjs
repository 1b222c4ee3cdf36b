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

/** Of an ABI, what nobody needs who reads it: constructors, how a type is called in Solidity, and what is so where nothing is said. */
const shortAbis = {
  name: "short-abis",
  enforce: "pre",
  transform: (code, id) => {
    if (!/typechain-types\/abi\/\w+\.ts$/u.test(id.replaceAll("\\", "/"))) return null;
    const short = code.replace(/(?<== )\[\n[^]*?\n\]/u, shortened);
    return { code: short, map: null };
  },
};

function shortened(abi) {
  const fragments = JSON.parse(abi).filter(({ type }) => type !== "constructor");
  return JSON.stringify(fragments, (key, value) => {
    const isSaidForNothing =
      key === "internalType" || value === false || value === "" || (key === "outputs" && value.length === 0);
    return isSaidForNothing ? undefined : value;
  });
}

/** Of ethers, what nothing of the page does, and everything would bring along: names of ENS, requests of its own, raw transactions, events. */
const UNUSED =
  /\/ethers\/lib\.esm\/(?:providers\/(?:ens-resolver|subscriber-\w+)|utils\/fetch|transaction\/transaction)\.js$/u;
const withoutUnused = {
  name: "without-unused",
  transform: (code, id) => {
    if (!UNUSED.test(id.replaceAll("\\", "/"))) return null;
    const names = [...code.matchAll(/^export (?:class|function) (?<name>\w+)/gmu)].map(
      ({ groups }) => groups.name,
    );
    const unused = names.map((name) => `export class ${name} { constructor() { unused(); } }`);
    const said = "function unused() { throw new Error('The page has no use for this, and left it out'); }";
    return { code: [said, ...unused].join("\n"), map: null };
  },
};

/** What both builds share. ENS isn't supported: its tables of characters would be a sixth of the reader. */
const shared = {
  root: web,
  configFile: false,
  logLevel: "warn",
  base: "./",
  plugins: [shortAbis, withoutUnused],
  resolve: {
    alias: [
      { find: "@kyoso/sdk/browser", replacement: path.join(root, "sdk/browser/index.ts") },
      { find: "@kyoso/sdk/links", replacement: path.join(root, "sdk/links/index.ts") },
      { find: "@kyoso/sdk/page", replacement: path.join(root, "sdk/page/index.ts") },
      { find: "@kyoso/sdk", replacement: path.join(root, "sdk/index.ts") },
      { find: "@adraffy/ens-normalize", replacement: path.join(web, "src/reader/noEns.ts") },
    ],
  },
  oxc: { jsx: { runtime: "automatic" } },
};
const target = "es2023";

/** Where the contract for nicknames is on every chain: of all that have such a place, the page needs this one. */
const places = await readFile(path.join(root, "typechain-types", "abi", "implementations.ts"), "utf8");
const nicknames = /"Nicknames": "(?<address>0x[0-9a-fA-F]{40})"/u.exec(places)?.groups.address;

const sha384 = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

await rm(dist, { recursive: true, force: true });

/** Makes one file of a part that is started by itself, and returns its path and its hash. */
async function buildAlone(name, entry, alias = []) {
  await build({
    ...shared,
    resolve: { alias: [...alias, ...shared.resolve.alias] },
    publicDir: false,
    build: {
      target,
      outDir: dist,
      emptyOutDir: false,
      copyPublicDir: false,
      modulePreload: false,
      rollupOptions: {
        input: path.join(web, "src", entry),
        output: { format: "iife", entryFileNames: `assets/${name}-[hash].js` },
      },
    },
  });
  const file = (await readdir(path.join(dist, "assets"))).find((each) => each.startsWith(`${name}-`));
  const made = `assets/${file}`;
  return { path: made, integrity: sha384(await readFile(path.join(dist, made))) };
}

// Workers are one file each, as they are started from a copy of it; what takes a link out of the address bar runs before all else.
const reader = await buildAlone("reader", "reader/worker.ts");
const signer = await buildAlone("signer", "account/signer/worker.ts", [
  { find: /^ethers$/u, replacement: path.join(web, "src/account/signer/ethers.ts") },
]);
const desk = await buildAlone("desk", "desk/worker.ts");
const scrub = await buildAlone("scrub", "scrub/scrub.ts");
const alone = [reader, desk, signer, scrub].map((each) => each.path);

const COMMON = new RegExp(
  [
    /web\/src\/(?:frame\/Frame|language|people\/(?!Person)|start|ui\/(?!Tally))/,
    /web\/src\/account\/(?:checksum|kept|signer\/client|trouble|useAccount|useTask)\./,
    /web\/src\/reader\/(?:client|nodes|useAnswer|ReaderContext)\./,
    /\/react(?:-dom)?\/|jsx-runtime|preload-helper/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "u",
);
const READING =
  /web\/src\/(?:reader\/(?:seen|useSeenAnswer)|views\/(?:home|powers\/Handover|proposals\/(?:OpenProposal|ProposalRow|Proposals|states))|ui\/(?:Tally|Moment))/u;
const RECEIVING = /web\/src\/views\/claim\/(?:Claim|InApp|Invitation|Paste|Redeem|WhoBrought|inApp|texts)/u;

await build({
  ...shared,
  define: {
    __READER__: JSON.stringify(reader),
    __DESK__: JSON.stringify(desk),
    __SIGNER__: JSON.stringify(signer),
    __NICKNAMES__: JSON.stringify(nicknames),
  },
  build: {
    target,
    outDir: dist,
    emptyOutDir: false,
    modulePreload: false,
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    manifest: "manifest.json",
    // What every view needs comes in one file, and so does what most visits begin with, and what whoever receives something sees
    // first: small files are packed worse, and asked for one by one.
    rollupOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "common", test: COMMON },
            { name: "person", test: /web\/src\/people\/Person/u },
            { name: "receiving", test: RECEIVING },
            { name: "reading", test: READING },
          ],
        },
      },
    },
  },
});

const manifest = JSON.parse(await readFile(path.join(dist, "manifest.json"), "utf8"));
const [entryName, entry] = Object.entries(manifest).find(([, { isEntry }]) => isEntry);
const styles = (await readdir(path.join(dist, "assets"))).find((file) => file.endsWith(".css"));
const scripts = (await readdir(path.join(dist, "assets"))).filter(
  (file) => file.endsWith(".js") && !alone.includes(`assets/${file}`),
);
const integrity = {};
for (const file of [...scripts, styles]) {
  integrity[`assets/${file}`] = sha384(await readFile(path.join(dist, "assets", file)));
}

/** The scripts that a view takes when it is the first one: its own, those that these import, and the Worker that it begins with. */
function scriptsOf(name, found = new Set([entry.file, scrub.path])) {
  const { file, imports = [] } = manifest[name];
  found.add(file);
  for (const each of imports) if (!found.has(manifest[each].file)) scriptsOf(each, found);
  return found;
}
const CONTENTS = "src/frame/Contents.tsx";
const views = Object.fromEntries(
  Object.entries(manifest)
    .filter(([name, { isDynamicEntry }]) => isDynamicEntry && name.startsWith("src/views/"))
    .map(([name]) => [name.replace(/^src\/views\//u, ""), [...scriptsOf(entryName), ...scriptsOf(name)]])
    // Who receives something asks the chain little, and signs; whoever reads has the contents at hand.
    .map(([name, files]) => [
      name,
      name.startsWith("claim/") ? [...files, signer.path] : [...files, ...scriptsOf(CONTENTS), reader.path],
    ])
    .map(([name, files]) => [name, [...new Set(files)].sort()]),
);

// What is left of index.html is a template: `dao page` writes it anew, with what is of a DAO and the hashes that follow from it.
const about = {
  version: 1,
  entry: entry.file,
  styles: `assets/${styles}`,
  alone,
  scrub,
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
