// Makes sdk/dist: what others import of @kyoso/sdk, file by file, so that a bundler takes what is used. Types come from the
// sources. It takes what the contracts' build wrote.
import { existsSync, globSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

const root = path.dirname(import.meta.dirname);
const outdir = path.join(import.meta.dirname, "dist");

if (!existsSync(path.join(root, "typechain-types", "abi"))) {
  throw new Error("There are no ABIs yet: build the contracts first (npm run build)");
}
rmSync(outdir, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: globSync(["sdk/**/*.ts", "typechain-types/abi/*.ts"], {
    cwd: root,
    exclude: ["sdk/dist", "sdk/node_modules"],
  }),
  outbase: root,
  outdir,
  format: "esm",
  target: "es2023",
  sourcemap: "linked",
  sourcesContent: false,
});
