// Hardhat needs Node >= 22.13. On an older host, `npx hardhat` and the npm scripts run under the Node that the
// `node-*` optional dependency brings, but npm itself ran under the host's and so left out Hardhat's native
// engine, an optional package whose `engines` did not fit. This has npm fetch it, under the newer Node.

import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

/** Whether this platform's native engine is installed: without it, the package fails to load. */
function hasEngine() {
  try {
    createRequire(import.meta.resolve("hardhat"))("@nomicfoundation/edr");
    return true;
  } catch {
    return false;
  }
}

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 13)) {
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
