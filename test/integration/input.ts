// cspell:ignore Perod
import { expect } from "chai";
import { Wallet } from "ethers";
import { BrandToken__factory } from "../../typechain-types/index.js";
import {
  accounts,
  Brands,
  type BrandTree,
  expectFailure,
  freePort,
  launcher,
  type LocalNode,
  run,
  describeCommandLine,
  startHardhatNode,
} from "./support.js";

const addressOf = (index: number) => accounts[index]?.address ?? "";

describeCommandLine("input that can't be right", function () {
  let brands: Brands;
  let node: LocalNode;

  before(async () => {
    brands = await Brands.create();
    node = await startHardhatNode();
  });

  after(async () => {
    await node.stop();
    brands.remove();
  });

  /** Runs a launch of a changed brand file, and expects that it fails without having sent anything. */
  async function refused(change: (tree: BrandTree) => unknown, key = launcher.privateKey): Promise<string> {
    const brand = await brands.write(change);
    const block = await node.provider.getBlockNumber();
    const outcome = await run(["dao", "launch", brand.file], { url: node.url, key });
    expectFailure(outcome);
    expect(await node.provider.getBlockNumber()).to.equal(block);
    return outcome.stderr;
  }

  /** Expects a problem: `place: message with the value`, and a remedy below it. */
  function expectProblem(text: string, place: string, value: string, remedy: string): void {
    const lines = text.split("\n");
    const index = lines.findIndex((line) => line.includes(`${place}: `) && line.includes(value));
    expect(index, `${place} and ${value} in:\n${text}`).not.to.equal(-1);
    expect(lines[index + 1])
      .to.match(/^ {2}→ /)
      .and.to.include(remedy);
  }

  it("in a file: all of it is named at once", async () => {
    const checksum = addressOf(3).toLowerCase();
    const text = await refused((tree) => {
      Object.assign(tree.governance, { votingPerod: "5 days", quorumFloor: "140,000", votingDelay: "5" });
      Object.assign(tree, { treasury: "everything" });
      Object.assign(tree.brand, { name: undefined });
      tree.governance.timelockDelay = "2 fortnights";
      tree.governance.proposalThreshold = "-500";
      tree.token.allocations.push({ to: addressOf(4), amount: "1" });
      tree.safe.owners[2] = checksum;
      tree.safe.threshold = "4";
    });
    expectProblem(text, "governance.votingPerod", '"votingPerod"', "did you mean votingPeriod?");
    expectProblem(text, "treasury", '"treasury"', "the keys here are brand, token");
    expectProblem(text, "brand.name", "is missing", "name: ");
    expectProblem(text, "governance.votingDelay", '"5"', '"5 days"');
    expectProblem(text, "governance.timelockDelay", '"fortnights"', "the units are");
    expectProblem(text, "governance.proposalThreshold", '"-500" is negative', '"1,234.5"');
    expectProblem(text, "token.allocations[4].to", addressOf(4), "one allocation");
    expectProblem(text, "safe.owners[2]", checksum, addressOf(3));
    expectProblem(text, "safe.threshold", "4 signatures", "write 1 to 3");
    expectProblem(text, "governance.quorumFloor", "140,000 BLUE can never be reached", "lower it");
  });

  it("for this chain, and more than fits one transaction", async () => {
    const text = await refused((tree) => {
      Object.assign(tree.brand, { chainId: "11155111" });
      const more = Array.from({ length: 800 }, () => ({ to: Wallet.createRandom().address, amount: "10" }));
      tree.token.allocations.push(...more);
    });
    expectProblem(text, "brand.chainId", "chain 11155111, but the network is chain 31337", "--network");
    expectProblem(text, "token.allocations", "804 allocations", "Leave at most");
  });

  it("for a Safe: an account without code", async () => {
    const text = await refused((tree) => Object.assign(tree, { safe: { address: addressOf(9) } }));
    expectProblem(text, "safe.address", `${addressOf(9)} has no code on chain 31337`, "Create the Safe");
  });

  it("for an account with too little to pay with", async () => {
    const poor = Wallet.createRandom();
    const text = await refused(() => undefined, poor.privateKey);
    expectProblem(text, `account ${poor.address}`, "It holds 0 ETH", "Send it more");
  });

  it("for a Safe: another contract", async () => {
    const deployed = new BrandToken__factory(accounts[8].connect(node.provider)).deploy();
    const token = await (await (await deployed).waitForDeployment()).getAddress();
    const text = await refused((tree) => Object.assign(tree, { safe: { address: token } }));
    expectProblem(text, "safe.address", `${token} is a contract, but not a Safe`, "settings");
  });

  it("for a brand or a DAO: one that isn't there", async () => {
    const [launching, status] = await Promise.all([
      run(["dao", "launch", "no-such-brand"], node),
      run(["dao", "status", "--dao", "no-such-dao"], node),
    ]);
    expectFailure(launching, "no-such-brand", "There is no such file", "sakura-coffee");
    expectFailure(status, 'There is no DAO "no-such-dao"', "→");
  });

  it("for a node: nothing listens there", async () => {
    const brand = await brands.write();
    const url = `http://127.0.0.1:${await freePort()}`;
    expectFailure(
      await run(["dao", "launch", brand.file], { url }),
      "network live",
      "doesn't answer",
      "npx hardhat node",
    );
  });
});
