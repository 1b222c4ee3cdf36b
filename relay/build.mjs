// Makes relay/dist: the relay and what it takes of the SDK in one file, which Node.js starts at once. Packages stay packages.
import path from "node:path";
import { build } from "esbuild";

const root = path.dirname(import.meta.dirname);

await build({
  absWorkingDir: root,
  entryPoints: ["relay/main.ts"],
  outdir: "relay/dist",
  bundle: true,
  packages: "external",
  platform: "node",
  format: "esm",
  target: "node22",
  sourcemap: "linked",
  sourcesContent: false,
});
