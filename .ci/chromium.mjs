// A test runs the SDK in a real browser. Debian's Chromium is installed for it where there is none.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

function find() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(existsSync);
}

function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const { status, error } = spawnSync("apt-get", ["-qq", ...args], {
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return error === undefined && status === 0;
}

/** Sees to it that there is a Chromium, and says what became of that. Never fails: the test does, without a browser. */
export function installChromium() {
  const found = find();
  if (found !== undefined) return found;
  if (process.platform !== "linux" || spawnSync("apt-get", ["--version"]).error !== undefined) {
    return "there is none, and only Debian's apt-get is known here to install it: please install one";
  }
  if (process.getuid?.() !== 0)
    return "there is none, and only root can install it: apt-get install chromium";
  if (!apt("update") || !apt("install", "--yes", "--no-install-recommends", "chromium")) {
    return "there is none, and apt-get could not install it";
  }
  return find() ?? "there is none, although apt-get has installed it";
}
