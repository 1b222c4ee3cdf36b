import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { getAddress, Interface, JsonRpcProvider, Network } from "ethers";
import hre from "hardhat";
import type { EthereumProvider } from "hardhat/types/providers";
import { decodeFunctionResult, parseAbi } from "viem";
import { UnreadableAnswer } from "../../sdk/chain/answer.js";
import { nodeError } from "../../tasks/nodeErrors.js";

interface Answer {
  readonly status?: number;
  readonly body?: string;
  readonly error?: object;
}

/** What a defect of our own throws: an argument of ethers that is none. */
function argumentError(): unknown {
  try {
    return getAddress("0x");
  } catch (error) {
    return error;
  }
}

describe("what a node has against a request", () => {
  let server: Server;
  let provider: EthereumProvider;
  /** How the next requests are answered; those after them as they should be. */
  let answers: Answer[] = [];

  before(async () => {
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        const { id } = JSON.parse(text) as { id: number };
        const { status = 200, body, error } = answers.shift() ?? {};
        const said = error === undefined ? { result: "0x1" } : { error };
        response.writeHead(status, { "content-type": "application/json" });
        response.end(body ?? JSON.stringify({ jsonrpc: "2.0", id, ...said }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    ({ provider } = await hre.network.create({ network: "localhost", override: { url } }));
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = () => provider.request({ method: "eth_gasPrice" });

  it("is waited out where it passes, by its code as well as by its words", async () => {
    for (const answer of [
      { error: { code: -32_012, message: "credits limited to 6000/sec" } },
      { error: { code: -32_012, message: "要求が多すぎます" } },
      { error: { code: -32_005, message: "project ID request rate exceeded" } },
      { error: { code: 429, message: "slow down" } },
      { body: "<!DOCTYPE html><html><title>Just a moment...</title></html>" },
      { status: 503, body: "Service Unavailable" },
    ]) {
      answers = [answer];
      expect(await ask(), JSON.stringify(answer)).to.equal("0x1");
      expect(answers).to.deep.equal([]);
    }
  });

  const refusals: [what: string, answer: Answer, says: readonly string[]][] = [
    [
      "a state that it has thrown away",
      { error: { code: -32_000, message: "missing trie node 1234 (path ) state 0x12 is not available" } },
      ["missing trie node 1234", "archive node"],
    ],
    [
      "a key that it doesn't accept",
      { status: 401, error: { code: -32_600, message: "Must be authenticated!" } },
      ["Must be authenticated!", "401", "key in its URL"],
    ],
    [
      "what nobody has heard of",
      { error: { code: -39_999, message: "the moon\u001b[2J is full" } },
      ["the moon\\u001b[2J is full", "-39999"],
    ],
    [
      "a filter that isn't allowed",
      { error: { code: -32_602, message: "invalid params" } },
      ["invalid params"],
    ],
  ];
  for (const [what, answer, says] of refusals) {
    it(`is told as it says it: ${what}`, async () => {
      answers = [answer, answer, answer];
      const error: unknown = await ask().catch((thrown: unknown) => thrown);
      const told = nodeError(error, "live");
      expect(told?.problems.map(({ code }) => code)).to.deep.equal(["node.refused"]);
      for (const part of says) expect(told?.message).to.include(part);
      expect(told?.message).not.to.include("\u001b");
      answers = [];
    });
  }

  it("is told of what can't be read, and of a page that stays", () => {
    const unreadable = nodeError(new UnreadableAnswer("The node's answer is no list of logs"), undefined);
    expect(unreadable?.message).to.include("no list of logs");
    const page = Object.assign(new Error("Invalid JSON-RPC response received: <html>"), {
      name: "HardhatError",
      number: 702,
    });
    expect(nodeError(new Error("outer", { cause: page }), "live")?.message).to.include("page for people");
    expect(nodeError(new Error("a defect"), "live")).to.equal(undefined);
    // As ethers says it: of a contract's result, of a text in one, and of a block.
    const view = new Interface(["function name() view returns (string)"]);
    const word = (value: number) => value.toString(16).padStart(64, "0");
    const block = { hash: "0x", number: "0x1" };
    for (const read of [
      () => view.decodeFunctionResult("name", "0x"),
      () => String(view.decodeFunctionResult("name", `0x${word(32)}${word(1)}ff${"0".repeat(62)}`)[0]),
      () => decodeFunctionResult({ abi: parseAbi(["function x() view returns (uint256)"]), data: "0x" }),
      () =>
        decodeFunctionResult({ abi: parseAbi(["function x() view returns (bool)"]), data: `0x${word(7)}` }),
      () => new JsonRpcProvider()._wrapBlock(block as never, Network.from(1)),
    ]) {
      let thrown: unknown;
      try {
        read();
      } catch (error) {
        thrown = error;
      }
      expect(
        nodeError(thrown, "live")?.problems.map(({ code }) => code),
        String(thrown),
      ).to.deep.equal(["node.refused"]);
      expect(nodeError(thrown, "live")?.message).to.include("can't be read").and.to.have.length.below(400);
    }
    expect(nodeError(argumentError(), "live")).to.equal(undefined);
    expect(nodeError(Object.assign(new Error("x"), { code: "ENOENT" }), "live")).to.equal(undefined);
  });
});
