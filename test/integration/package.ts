import type { ChildProcess } from "node:child_process";
import { execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { toJson } from "../../sdk/json.js";
import { Browser, CODE } from "../examples/support.js";
import { Bridge } from "../relay/support.js";
import { gateWorld, newWallet, PERK, SITE } from "../sdk/node/gate/support.js";
import { load } from "../sdk/support.js";
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

  describe("the example of a members' page, as somebody starts it", function () {
    const running: ChildProcess[] = [];
    let bridge: Bridge;

    afterEach(async () => {
      for (const child of running.splice(0)) {
        const ended = new Promise((resolve) => child.once("exit", resolve));
        child.kill("SIGTERM");
        await ended;
      }
      await bridge.stop();
    });

    /** @returns What it said, and where it listens: undefined where it ended. */
    async function startExample(settings: Record<string, string>) {
      const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "server.ts"], {
        cwd: path.join(ROOT, "examples", "members-only"),
        env: { PATH: process.env.PATH, ...settings },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      return new Promise<{ output: string; port: string | undefined }>((resolve) => {
        for (const stream of [child.stdout, child.stderr]) {
          stream.setEncoding("utf8").on("data", (text: string) => {
            output += text;
            const port = /^Listening on port (\d+)\.$/mu.exec(output)?.[1];
            if (port === undefined) return;
            running.push(child);
            resolve({ output, port });
          });
        }
        child.once("close", () => {
          resolve({ output, port: undefined });
        });
      });
    }

    it("lets members in, gives the coupon once, and remembers that after a restart", async () => {
      const world = await load(gateWorld);
      bridge = await Bridge.before(world.connection);
      const member = newWallet();
      await world.award(member.address);
      const record = path.join(folder, "record.json");
      await writeFile(record, JSON.stringify(toJson(world.record)));
      const settings = {
        ORIGIN: SITE,
        RECORD: record,
        PASS: await world.pass.getAddress(),
        PERK: String(PERK.ANY),
        COUPON_PERK: String(PERK.REVIEW_COUPON),
        COUPON_CODE: CODE,
        KYOSO_RPC_URL: `${bridge.url}/secret`,
        DATA: path.join(folder, "members-data"),
        PORT: "0",
      };
      // The last block that stays is some behind, as it is on any chain.
      await world.connection.networkHelpers.mine(100);
      for (const [code, status] of [
        [CODE, 200],
        [undefined, 409],
      ]) {
        const { output, port } = await startExample(settings);
        expect(output).to.match(/^Listening on port \d+\.\n$/u);
        const own = new Browser(`http://127.0.0.1:${port}`);
        expect((await own.get("/sign-in.js")).text).to.contain("personal_sign");
        expect((await own.signIn(member)).status).to.equal(200);
        expect((await own.get("/members")).text).to.contain(member.address);
        const answer = await own.post("/coupon");
        expect([answer.json.code, answer.status]).to.deep.equal([code, status]);
        await Promise.all(
          running.splice(0).map((child) => {
            const ended = new Promise((resolve) => child.once("exit", resolve));
            child.kill("SIGTERM");
            return ended;
          }),
        );
      }

      for (const [change, said] of [
        [{ COUPON_CODE: "" }, "COUPON_CODE isn't set"],
        [{ COUPON_PERK: String(PERK.ANY) }, "It isn't one that somebody gets once"],
        [{ KYOSO_RPC_URL: "http://127.0.0.1:9/secret" }, ""],
      ] as const) {
        const { output, port } = await startExample({ ...settings, ...change });
        expect(port).to.equal(undefined);
        expect(output).to.contain(said).and.not.to.contain("secret");
      }
    });
  });
});
