import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { exposureOf } from "../../../sdk/node/secrets.js";
import { withFolder } from "../badges/support.js";

/** Whether Git answers, in a folder. */
function git(folder: string, ...args: readonly string[]): boolean {
  try {
    execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe("exposureOf", () => {
  it("warns of a file that Git would take along", function () {
    return withFolder(async (folder) => {
      if (!git(folder, "init")) this.skip();
      await writeFile(path.join(folder, ".gitignore"), "private/\n");
      await mkdir(path.join(folder, "private"));
      const links = path.join(folder, "links.csv");
      await writeFile(links, "nonce,link\n");
      const problem = await exposureOf(links, "links.csv");
      expect(problem?.place).to.equal("links.csv");
      expect(problem?.message).to.include("Git repository that doesn't ignore it");
      expect(problem?.remedy).to.include("Never commit it");
      expect(await exposureOf(path.join(folder, "private", "links.csv"))).to.equal(undefined);
      // Not there yet, nor is its folder.
      expect(await exposureOf(path.join(folder, "private", "drops", "links.csv"))).to.equal(undefined);
      expect((await exposureOf(path.join(folder, "some", "links.csv")))?.place).to.include("some");
    });
  });

  it("runs no program that a repository names", function () {
    return withFolder(async (folder) => {
      if (!git(folder, "init")) this.skip();
      const ran = path.join(folder, "ran");
      const hook = path.join(folder, "hook.sh");
      await writeFile(hook, `#!/bin/sh\ntouch "${ran}"\n`, { mode: 0o755 });
      git(folder, "config", "core.fsmonitor", hook);
      await exposureOf(path.join(folder, "links.csv"));
      expect(existsSync(ran)).to.equal(false);
    });
  });

  it("has nothing against a file that is in no repository", () =>
    withFolder(async (folder) => {
      expect(await exposureOf(path.join(folder, "links.csv"))).to.equal(undefined);
    }));
});

describe("the folder private/", () => {
  it("is ignored by Git", function () {
    const { root } = hre.config.paths;
    // What was downloaded without its history has no Git to ask.
    if (!git(root, "rev-parse", "--is-inside-work-tree")) this.skip();
    const secrets = path.join(root, "private", "31337", "blue", "drops", "spring", "links.csv");
    expect(git(root, "check-ignore", "--quiet", secrets)).to.equal(true);
    expect(git(root, "check-ignore", "--quiet", path.join(root, "README.md"))).to.equal(false);
  });
});
