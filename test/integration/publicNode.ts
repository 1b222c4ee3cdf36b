import { expect } from "chai";
import { describeCommandLine, expectSuccess, forgetLogs, launchLive, type LiveNode, run } from "./support.js";
import { UnreliableNode } from "./unreliable.js";

const READS = [
  ["dao", "status"],
  ["proposal", "list"],
  ["token", "holders"],
  ["badge", "board"],
] as const;

describeCommandLine("the command line before a public node", function () {
  let live: LiveNode;
  let node: UnreliableNode;

  before(async () => {
    live = await launchLive();
    await live.node.provider.send("hardhat_mine", ["0x1000"]);
    node = await UnreliableNode.before(live.node);
  });

  after(async () => {
    await node.close();
    await live.stop();
  });

  /** What a task prints as JSON, read through the unreliable node. */
  const read = async (args: readonly string[]) => {
    const outcome = await run([...args, "--dao", live.slug, "--json"], { url: node.url });
    expectSuccess(outcome);
    return JSON.parse(outcome.stdout) as unknown;
  };

  const forget = async () => {
    for (const address of Object.values(live.record.contracts)) await forgetLogs(address);
  };

  for (const args of READS) {
    it(`reads \`${args.join(" ")}\` as from a node that never fails`, async () => {
      const expected = await live.json(args);
      await forget();
      const refused = node.refused.length;
      expect(await read(args)).to.deep.equal(expected);
      expect(node.refused.length).to.be.above(refused);
    });
  }

  it("asks for few blocks the second time", async () => {
    await forget();
    const searches = async () => {
      node.asked.length = 0;
      await read(["token", "holders"]);
      return node.asked.filter((method) => method === "eth_getLogs").length;
    };
    const [cold, warm] = [await searches(), await searches()];
    expect(cold).to.be.above(8);
    expect(warm).to.be.below(cold / 2);
  });
});
