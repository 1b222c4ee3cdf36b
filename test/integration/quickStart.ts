import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import hre from "hardhat";
import { BrandGovernor__factory } from "../../typechain-types/index.js";
import type { DaoRecord } from "../../sdk/daoRecord.js";
import {
  answers,
  describeCommandLine,
  expectSuccess,
  type LocalNode,
  runAlone,
  startHardhatNode,
} from "./support.js";

const ROOT = hre.config.paths.root;
const SLUG = "sakura-coffee";
/** The network `localhost`. */
const PORT = 8545;

/** The commands of README.md's quick start, as they stand there. */
async function commands(): Promise<string[]> {
  const readme = await readFile(path.join(ROOT, "README.md"), "utf8");
  const [, block = ""] = /<!-- quick start:.*?```sh\n(.*?)```/s.exec(readme) ?? [];
  return block
    .trim()
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, ""));
}

/** A line of a shell, without what the quick start has no use for. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}

describeCommandLine("the README's quick start", function () {
  this.timeout(120_000);
  const record = path.join(ROOT, "deployments", "31337", `${SLUG}.json`);
  let node: LocalNode | undefined;

  before(async function () {
    // Somebody's own node: it isn't for tests.
    if (await answers(`http://127.0.0.1:${PORT}`)) this.skip();
    node = await startHardhatNode(PORT);
  });

  after(async () => {
    if (node === undefined) return;
    await node.stop();
    await rm(record, { force: true });
  });

  it("leads from nothing to a vote, in five commands", async () => {
    const [install, start, ...rest] = await commands();
    expect([install, start]).to.deep.equal(["npm ci", "npx hardhat node"]);
    expect(rest).to.have.length(3);
    for (const line of rest) {
      const [npx, hardhat, ...args] = words(line);
      expect([npx, hardhat]).to.deep.equal(["npx", "hardhat"]);
      // Other tests may have left records.
      const which = args[0] === "proposal" ? ["--dao", SLUG] : [];
      expectSuccess(await runAlone([...args, ...which]));
    }

    const { contracts, startBlock } = JSON.parse(await readFile(record, "utf8")) as DaoRecord;
    const governor = BrandGovernor__factory.connect(contracts.governor, node?.provider);
    const votes = await governor.queryFilter(governor.filters.VoteCast(), startBlock);
    const last = votes.at(-1)?.args;
    expect(last?.voter).to.equal("0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65");
    expect(last?.reason).to.equal("賛成です");
  });
});
