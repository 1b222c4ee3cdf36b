import { expect } from "chai";
import type { Eip1193Provider } from "../../../sdk/chain/eip1193.js";
import { SecondNode } from "../../../sdk/chain/secondNode.js";
import { openDao } from "../../../sdk/live.js";
import { readProposals } from "../../../sdk/governance/proposals.js";
import { proposalWorld } from "../governance/support.js";
import { kyosoError, load } from "../support.js";

type Args = Parameters<Eip1193Provider["request"]>[0];

describe("a second node", () => {
  /** A DAO as a command reads it that has a second node. */
  async function world(change: (args: Args, answer: unknown) => unknown = (_, answer) => answer) {
    const at = await load(proposalWorld);
    await at.propose("One");
    const chain = at.context.eip1193;
    const asked: string[] = [];
    const first: Eip1193Provider = { request: async (args) => change(args, await chain.request(args)) };
    const honest: Eip1193Provider = {
      request: (args) => {
        asked.push(args.method);
        return chain.request(args);
      },
    };
    const second = new SecondNode(honest);
    second.watch(first);
    return { ...at, first, second, asked, read: () => openDao(at.record, at.context.provider, first) };
  }

  const codeOf = async (promise: Promise<unknown>) =>
    (await kyosoError(promise)).problems.map(({ code }) => code);

  it("agrees with an honest one, and isn't asked twice", async () => {
    const { read, second, asked } = await world();
    await readProposals(await read());
    await second.confirm();
    expect(asked).to.include("eth_getLogs").and.include("eth_call");
    const count = asked.length;
    await second.confirm();
    // Only how far it is.
    expect(asked.slice(count)).to.deep.equal(["eth_blockNumber"]);
  });

  it("agrees where blocks have come in between", async () => {
    const { read, second, first, connection } = await world();
    const latest = await first.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
    expect(latest).to.have.property("number");
    await first.request({ method: "eth_getCode", params: [(await read()).record.contracts.token, "latest"] });
    await connection.networkHelpers.mine(3);
    await second.confirm();
  });

  it("refuses whatever the first one makes up", async () => {
    const flip = (text: string) => text.replace(/[0-9a-f]$/u, (digit) => (digit === "0" ? "1" : "0"));
    const lies: [method: string, lie: (answer: unknown) => unknown][] = [
      ["eth_call", (answer) => flip(String(answer))],
      ["eth_getCode", () => "0x00"],
      ["eth_getLogs", () => []],
      ["eth_getLogs", (answer) => (answer as object[]).map((log) => ({ ...log, data: "0x" }))],
      ["eth_getBlockByNumber", (answer) => ({ ...(answer as object), stateRoot: `0x${"0".repeat(64)}` })],
    ];
    for (const [method, lie] of lies) {
      const { first, second, record, context } = await world((args, answer) =>
        args.method === method ? lie(answer) : answer,
      );
      const { governor } = record.contracts;
      const block = `0x${(await context.provider.getBlockNumber()).toString(16)}`;
      const params = {
        eth_call: [{ to: governor, data: "0x3932abb1" }, block],
        eth_getCode: [governor, "latest"],
        eth_getLogs: [{ address: governor, fromBlock: "0x0", toBlock: block }],
        eth_getBlockByNumber: ["latest", false],
      }[method];
      await first.request({ method: "eth_blockNumber" });
      await first.request({ method, params: params ?? [] });
      expect(await codeOf(second.confirm()), method).to.deep.equal(["node.differs"]);
      // And so does whoever would sign by the node itself.
      expect(await codeOf(first.request({ method: "eth_sendRawTransaction", params: ["0x"] }))).to.deep.equal(
        ["node.differs"],
      );
    }
  });

  it("refuses where it doesn't answer itself", async () => {
    const { first } = await world();
    const second = new SecondNode({ request: () => Promise.reject(new Error("gone")) });
    second.watch(first);
    await first.request({ method: "eth_chainId" });
    expect(await codeOf(second.confirm())).to.deep.equal(["node.second-silent"]);
  });
});
