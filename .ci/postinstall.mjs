// Hardhat needs Node >= 22.13. On an older host, `npx hardhat` and the npm scripts run under the Node that the
// `node-*` optional dependency brings, but npm itself ran under the host's and so left out Hardhat's native
// engine, an optional package whose `engines` did not fit. This has npm fetch it, under the newer Node. Where the host's
// is new enough, it is what everything runs under: this removes the other one's name from the path.

import { execFileSync } from "node:child_process";
import { realpathSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

/** Whether this platform's native engine is installed: without it, the package fails to load. */
function hasEngine() {
  try {
    createRequire(import.meta.resolve("hardhat"))("@nomicfoundation/edr");
    return true;
  } catch {
    return false;
  }
}

/** Whether Hardhat runs under a version of Node. */
function isEnough(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 13);
}

const modules = path.join(import.meta.dirname, "..", "node_modules");

/**
 * Whether there is a Node of the host's that Hardhat runs under. npm says which one it runs under; that may be the one that is
 * installed here, which then says nothing.
 */
function isHostEnough() {
  const host = process.env.npm_node_execpath ?? process.execPath;
  if (realpathSync(host).startsWith(realpathSync(modules) + path.sep)) return false;
  return isEnough(execFileSync(host, ["-p", "process.versions.node"], { encoding: "utf8" }).trim());
}

if (isHostEnough()) {
  for (const end of ["", ".cmd", ".ps1"]) {
    rmSync(path.join(modules, ".bin", `node${end}`), { force: true });
  }
} else if (!isEnough(process.versions.node)) {
  console.error(
    `Hardhat needs Node.js 22.13 or newer, and this is ${process.version}: please install a newer one.`,
  );
  process.exit(1);
}

if (!hasEngine()) {
  // The same npm as is running now, but under this script's Node rather than the host's. Without scripts, so
  // that this one does not run again.
  const npm = process.env.npm_execpath;
  execFileSync(process.execPath, [npm, "install", "--no-save", "--ignore-scripts"], { stdio: "inherit" });
}
