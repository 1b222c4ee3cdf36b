import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { Nodes, NodesFailed } from "../../web/src/reader/nodes.js";

interface Question {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

/** What a node says to one question; a number is what HTTP says instead of an answer. */
type Says = (question: Question) => object | number;

interface RealNode {
  readonly url: string;
  /** The questions of each request. */
  readonly asked: string[][];
  readonly stop: () => void;
}

/** A server that speaks JSON-RPC, on a port of this machine. */
async function node(says: Says, { several = true, chainId = "0x1" } = {}): Promise<RealNode> {
  const asked: string[][] = [];
  const one = (question: Question) =>
    question.method === "eth_chainId" ? { result: chainId } : says(question);
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const body = JSON.parse(text) as Question | Question[];
      const questions = Array.isArray(body) ? body : [body];
      asked.push(questions.map(({ method }) => method));
      const answers = questions.map((question) => [question.id, one(question)] as const);
      const status = answers.map(([, said]) => said).find((said) => typeof said === "number");
      response.statusCode = status ?? 200;
      const told = answers.map(([id, said]) => ({ jsonrpc: "2.0", id, ...(said as object) }));
      if (Array.isArray(body) && !several) response.end('{"error":{"code":-32600,"message":"no batches"}}');
      else
        response.end(
          status === undefined ? JSON.stringify(Array.isArray(body) ? told.reverse() : told[0]) : "busy",
        );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += String(part);
  return text;
}

const echo: Says = ({ method, params }) => ({ result: [method, ...params] });
const refused =
  (code: number, message: string, data?: unknown): Says =>
  () => ({ error: { code, message, data } });

describe("the page's nodes", () => {
  const running: RealNode[] = [];
  const start = async (...args: Parameters<typeof node>) => {
    const started = await node(...args);
    running.push(started);
    return started;
  };
  afterEach(() => {
    for (const each of running.splice(0)) each.stop();
  });

  it("sends questions of one moment together, and each answer to who asked", async () => {
    const one = await start(echo);
    const nodes = new Nodes([one.url]);
    const answers = await Promise.all(
      ["a", "b", "c"].map((method) => nodes.request({ method, params: [method] })),
    );
    expect(answers).to.deep.equal([
      ["a", "a"],
      ["b", "b"],
      ["c", "c"],
    ]);
    expect(one.asked).to.deep.equal([["eth_chainId", "a", "b", "c"]]);
  });

  it("asks the same once, until it is told to forget", async () => {
    const one = await start(echo);
    const nodes = new Nodes([one.url]);
    const ask = () => nodes.request({ method: "a", params: ["0x1"] });
    await Promise.all([ask(), ask()]);
    await ask();
    nodes.forget();
    await ask();
    expect(one.asked.flat()).to.deep.equal(["eth_chainId", "a", "a"]);
  });

  it("asks one by one where a node takes no several", async () => {
    const one = await start(echo, { several: false });
    const nodes = new Nodes([one.url]);
    const both = () => Promise.all([nodes.request({ method: "a" }), nodes.request({ method: "b" })]);
    expect(await both()).to.deep.equal([["a"], ["b"]]);
    nodes.forget();
    await both();
    expect(one.asked.map((each) => each.join("+"))).to.have.members([
      "eth_chainId+a+b",
      "eth_chainId",
      "a",
      "b",
      "a",
      "b",
    ]);
  });

  it("sends what is large alone", async () => {
    const one = await start(echo);
    const nodes = new Nodes([one.url]);
    await Promise.all(["eth_getLogs", "a", "b"].map((method) => nodes.request({ method })));
    expect(one.asked).to.deep.include.members([["eth_getLogs"], ["a", "b"]]);
  });

  for (const [what, says] of [
    ["has too many requests, by HTTP", () => 429],
    ["has too many requests, by JSON-RPC", refused(-32_005, "limit exceeded")],
    ["doesn't know the block yet", refused(-32_000, "header not found")],
    ["is broken", () => 502],
  ] as const) {
    it(`asks the next one where a node ${what}, and stays with it`, async () => {
      const [one, two] = [await start(says), await start(echo)];
      const nodes = new Nodes([one.url, two.url]);
      expect(await nodes.request({ method: "a" })).to.deep.equal(["a"]);
      expect(await nodes.request({ method: "b" })).to.deep.equal(["b"]);
      expect(one.asked.flat()).not.to.include("b");
    });
  }

  it("takes what a contract says as an answer, with its data", async () => {
    const [one, two] = [await start(refused(3, "execution reverted", "0x1234")), await start(echo)];
    const error = await new Nodes([one.url, two.url])
      .request({ method: "eth_call" })
      .catch((reason: unknown) => reason);
    expect(error)
      .to.deep.include({ code: 3, data: "0x1234" })
      .and.to.have.property("message", "execution reverted");
    expect(two.asked).to.deep.equal([]);
  });

  it("never mixes chains", async () => {
    const one = await start(({ method }) => (method === "a" ? { result: 1 } : 500));
    const two = await start(echo, { chainId: "0x5" });
    const nodes = new Nodes([one.url, two.url]);
    expect(await nodes.request({ method: "a" })).to.equal(1);
    const error = await nodes.request({ method: "b" }).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(NodesFailed);
    expect((error as NodesFailed).faults.map(({ reason }) => reason)).to.deep.equal([
      "HTTP 500",
      "it is of chain 5",
    ]);
    expect(two.asked.flat()).to.deep.equal(["eth_chainId"]);
  });

  it("says of each node why it has no answer, and tries again when it is asked again", async () => {
    let isBack = false;
    const one = await start((question) => (isBack ? echo(question) : 503));
    const nodes = new Nodes([one.url]);
    const error = await nodes.request({ method: "a" }).catch((reason: unknown) => reason);
    expect((error as NodesFailed).faults).to.deep.equal([
      { host: new URL(one.url).host, reason: "HTTP 503" },
    ]);
    isBack = true;
    expect(await nodes.request({ method: "a" })).to.deep.equal(["a"]);
  });
});
