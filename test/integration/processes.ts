import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { describeCommandLine, environment, PROGRAM, ROOT, runAlone, runWarm } from "./commandLine.js";
import { allTasks } from "../helpers/tasks.js";
import { ALWAYS_APART, fileOf } from "./owed.js";
import { type Outcome, type Place, WarmCommandLine } from "./support.js";

/** The process of a command, as a script of it sees it. */
const PROCESS = `
console.log(JSON.stringify({
  args: process.argv.slice(2),
  cwd: process.cwd(),
  env: Object.entries(process.env).sort(),
  terminal: [process.stdout.isTTY, process.stderr.isTTY, process.stdin.isTTY],
  exitCode: process.exitCode,
  errors: ["uncaughtException", "unhandledRejection"].map((event) => process.listenerCount(event)),
  exec: process.execArgv,
}));
process.on("exit", (code) => console.log("exits with", code));
process.exitCode = 7;
console.error("an error");
setTimeout(() => console.log("later"), 50);
`;

describeCommandLine("a command in the process of the one before", function () {
  const place: Place = { program: PROGRAM, cwd: ROOT, env: environment({}) };
  let folder: string;
  let commands: WarmCommandLine;
  let count = 0;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "kyoso-warm-"));
    commands = new WarmCommandLine(place);
  });

  after(() => rm(folder, { recursive: true }));

  /** A command that does what a script says. A module is run once in a process, so that each has a file of its own. */
  async function script(text: string): Promise<string[]> {
    const file = path.join(folder, `${count++}.mjs`);
    await writeFile(file, text);
    return ["run", "--no-compile", file];
  }

  const warm = async (text: string, by = commands) => by.run(await script(text), environment({}));

  async function failure(running: Promise<Outcome>): Promise<string> {
    try {
      await running;
    } catch (error) {
      return String(error);
    }
    throw new Error("It didn't fail");
  }

  /** An outcome without what a command says that finds a test beside this one at building the project. */
  const untroubled = ({ stderr, ...rest }: Outcome): Outcome => ({
    ...rest,
    stderr: stderr.replace(/^Another command .*\n/mu, ""),
  });

  const refused = [
    { what: "its help", args: ["dao", "status", "--help"] },
    { what: "a version", args: ["--version"] },
    { what: "a file that isn't there", args: ["dao", "launch", "nowhere"] },
    { what: "a task that isn't there", args: ["dao", "lunch", "nowhere"] },
    { what: "a variable that is missing", args: ["proposal", "list", "--network", "live"] },
  ];
  for (const { what, args } of refused) {
    it(`says the same as in a process of its own: ${what}`, async () => {
      // With variables that the next one hasn't.
      await runWarm([], { KYOSO_RPC_URL: "http://127.0.0.1:9", KYOSO_PRIVATE_KEY: "0x1", KYOSO_OTHER: "1" });
      expect(untroubled(await runWarm(args))).to.deep.equal(untroubled(await runAlone(args)));
    });
  }

  it("has the same process around it, each time anew, and waits for what that would wait for", async () => {
    const args = await script(PROCESS);
    const alone = await runAlone(args);
    expect(alone).to.deep.include({ code: 7, stderr: "an error\n" });
    expect(alone.stdout).to.match(/\nlater\nexits with 7\n$/);
    await commands.run([], { ...environment({}), KYOSO_OTHER: "1" });
    await warm('process.chdir("/"); process.on("exit", () => {}); process.env.KYOSO_OTHER = "1";');
    expect(await commands.run(args, environment({}))).to.deep.equal(alone);
  });

  it("may end it, by itself or by an error that nobody catches, and the next one has another", async () => {
    const left = await warm('console.log("last words"); process.exit(3);');
    expect(left).to.deep.equal({ code: 3, stdout: "last words\n", stderr: "" });
    const promise = 'Promise.reject(new Error("forgotten"));';
    const rejected = await warm(promise);
    expect(rejected.code).to.equal(1);
    expect(rejected.stderr).to.include("Unhandled promise rejection:").and.to.include("forgotten");
    const thrown = await warm('setTimeout(() => { throw new Error("too late"); });');
    expect(thrown.code).to.equal(1);
    expect(thrown.stderr).to.include("Uncaught exception:").and.to.include("too late");
    expect(await warm('console.log("well")')).to.deep.equal({ code: 0, stdout: "well\n", stderr: "" });
  });

  it("fails its test where it doesn't end, or is killed", async () => {
    const impatient = new WarmCommandLine(place, 10_000);
    expect(await failure(warm('console.log("on and on"); setInterval(() => {}, 1000);', impatient)))
      .to.include("doesn't end")
      .and.to.include("on and on");
    expect(await failure(warm('process.kill(process.pid, "SIGKILL");', impatient))).to.include("SIGKILL");
    expect((await warm("", impatient)).code).to.equal(0);
  });

  it("fails the next test where it does something after its end", async () => {
    const unseen = 'setTimeout(() => console.log("I am still here"), 100).unref();';
    expect((await warm(unseen)).stdout).to.equal("");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await failure(warm("")))
      .to.include("after the end")
      .and.to.include("I am still here");
    expect((await warm("")).code).to.equal(0);
  });

  it("is none of the tasks that no test file runs in a process of their own", () => {
    const files = allTasks()
      .filter((task) => !ALWAYS_APART.includes(task))
      .map((task) => fileOf(task) ?? `none for ${task}`);
    expect(files).to.have.length.above(40);
    for (const file of new Set(files)) {
      expect(existsSync(path.join(import.meta.dirname, file)), file).to.equal(true);
    }
  });
});
