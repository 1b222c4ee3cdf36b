import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import type { HDNodeWallet } from "ethers";
import { parseEther } from "ethers";
import { BrandToken__factory } from "../../typechain-types/index.js";
import { environment, PROGRAM, ROOT } from "./commandLine.js";
import { underWay } from "./cut.js";
import { accounts, describeCommandLine, expectSuccess, launchLive, type LiveNode } from "./support.js";

/** Runs a command at a terminal of its own, and writes out what it shows there (util-linux). */
const SCRIPT = "/usr/bin/script";

const [, tanaka, sato, , holder, other] = accounts;

describeCommandLine("a question at the terminal", function () {
  let live: LiveNode;
  /** Two transactions of the Safe that pay somebody. */
  let files: readonly string[];

  before(async () => {
    // Nobody is to believe that it was tested.
    if (!existsSync(SCRIPT))
      throw new Error(`There is no ${SCRIPT}, which makes a terminal: install util-linux`);
    live = await launchLive();
    const token = BrandToken__factory.connect(
      live.record.contracts.token,
      holder.connect(live.node.provider),
    );
    await (await token.transfer(live.record.safe, parseEther("10"))).wait();
    const made: string[] = [];
    for (const amount of ["1", "2"]) {
      const send = ["token", "send", other.address, amount, "--via", "safe"];
      made.push(...(await live.json<{ files: string[] }>(send, tanaka)).files);
    }
    files = made;
    expect(files).to.have.length(2);
  });

  after(() => live.stop());

  /** Runs a command at a terminal, and types something when it asks. */
  async function typed(args: readonly string[], who: HDNodeWallet, keys: string) {
    const words = [process.execPath, PROGRAM, "--network", "live", ...args, "--dao", live.slug];
    const command = words.map((word) => `'${word}'`).join(" ");
    const child = spawn(SCRIPT, ["--quiet", "--return", "--flush", "--command", command, "/dev/null"], {
      cwd: ROOT,
      env: environment({ KYOSO_RPC_URL: live.node.url, KYOSO_PRIVATE_KEY: who.privateKey, TERM: "xterm" }),
      stdio: ["pipe", "pipe", "inherit"],
    });
    let said = "";
    let asked = false;
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (asked || !said.includes("[y/N]")) return;
      asked = true;
      child.stdin.write(keys);
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    expect(asked, said).to.equal(true);
    return { code, said };
  }

  const signatures = async () => {
    const read = files.map(async (file) => {
      const { signatures: made } = JSON.parse(await readFile(file, "utf8")) as { signatures: unknown[] };
      return made.length;
    });
    return Promise.all(read);
  };
  const balance = () =>
    BrandToken__factory.connect(live.record.contracts.token, live.node.provider).balanceOf(other.address);

  it("has nothing signed but by a yes, of one as of many", async () => {
    const one = await typed(["safe", "sign", files[0] ?? ""], tanaka, "n\r");
    expect(one.said)
      .to.match(new RegExp(`Sign transaction \\d+ of the Safe as ${tanaka.address}\\? \\[y/N\\]`, "u"))
      .and.to.include("Nothing was signed.");
    expect([one.code, await signatures()]).to.deep.equal([0, [0, 0]]);
    const no = await typed(["safe", "sign", ...files], tanaka, "n\r");
    expect(no.said)
      .to.include(`Sign these 2 as ${tanaka.address}? [y/N]`)
      .and.to.include("Nothing was signed.");
    expect([no.code, await signatures()]).to.deep.equal([0, [0, 0]]);
    const yes = await typed(["safe", "sign", ...files], tanaka, "yes\r");
    expect(yes.said).not.to.include("Nothing was signed.");
    expect([yes.code, await signatures()]).to.deep.equal([0, [1, 1]]);
  });

  it("has nothing sent but by a yes: not where the input ends, is interrupted, or nothing is said", async () => {
    expectSuccess(await live.cli(["safe", "sign", ...files], sato));
    const [before, block] = [await balance(), await live.node.provider.getBlockNumber()];
    for (const keys of ["\u0004", "\u0003", "\r"]) {
      const { code, said } = await typed(["safe", "execute", ...files], holder, keys);
      expect(said, JSON.stringify(keys)).to.match(/\[y\/N\] [^]*\r\nNothing was sent\.\r\n$/u);
      expect(code, said).to.equal(0);
      expect(await live.node.provider.getBlockNumber()).to.equal(block);
      expect(await underWay(live.node.provider, holder.address)).to.deep.equal([]);
    }
    const yes = await typed(["safe", "execute", ...files], holder, "y\r");
    expect(yes.code, yes.said).to.equal(0);
    expect(await balance()).to.equal(before + parseEther("3"));
  });
});
