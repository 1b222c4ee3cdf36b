import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { describeCommandLine, ROOT } from "./commandLine.js";

const execute = promisify(execFile);

// A program of somebody else's, which has the SDK as a package, and no loader of TypeScript.
const PROGRAM = `
import { BrandGovernor, brandGovernorAbi } from "@kyoso/sdk/abi";
import { formatAmount, KyosoError, parseAmount } from "@kyoso/sdk";
import { BrowserLogs } from "@kyoso/sdk/browser";
import { RecordStore } from "@kyoso/sdk/node";

const codes = [];
try {
  parseAmount("many", 18, "SKR");
} catch (error) {
  if (error instanceof KyosoError) codes.push(...error.problems.map(({ code }) => code));
}
console.log(
  JSON.stringify({
    amount: formatAmount(parseAmount("1,234.5", 18, "SKR")),
    codes,
    votes: BrandGovernor.createInterface().getFunction("castVote").selector,
    functions: brandGovernorAbi.some(({ name }) => name === "castVoteBySig"),
    stores: [BrowserLogs.name, RecordStore.name],
  }),
);
`;

describeCommandLine("the SDK as a package", () => {
  let folder: string;

  before(async () => {
    await execute(process.execPath, [path.join(ROOT, "sdk", "build.mjs")]);
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-package-"));
    await mkdir(path.join(folder, "node_modules", "@kyoso"), { recursive: true });
    await symlink(path.join(ROOT, "sdk"), path.join(folder, "node_modules", "@kyoso", "sdk"), "junction");
    await writeFile(path.join(folder, "program.mjs"), PROGRAM);
  });
  after(() => rm(folder, { recursive: true }));

  it("is imported by its names, with nothing but Node.js", async () => {
    const { stdout } = await execute(process.execPath, [path.join(folder, "program.mjs")], {
      env: { PATH: process.env.PATH },
    });
    expect(JSON.parse(stdout)).to.deep.equal({
      amount: "1,234.5",
      codes: ["amount.unreadable"],
      votes: "0x56781388",
      functions: true,
      stores: ["BrowserLogs", "RecordStore"],
    });
  });
});
