import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A question to a node. */
export interface Question {
  readonly jsonrpc: string;
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

/** What becomes of a question: the node's own answer, changed; or a number, with which the whole request is refused (HTTP). */
export type Bend = (
  question: Question,
  ask: (params?: readonly unknown[]) => Promise<Answer>,
) => Promise<Answer> | Answer | number;

/** Stands between a browser and a real node, and answers as bad nodes do. */
export interface BentNode {
  readonly url: string;
  bend: Bend | undefined;
  /** Whether it takes several questions in one request. */
  takesSeveral: boolean;
  readonly stop: () => void;
}

export async function bendNode(url: string): Promise<BentNode> {
  const headers = { "content-type": "application/json" };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("access-control-allow-headers", "content-type");
      void answer(request.method ?? "", body).then(({ status, text }) => {
        response.writeHead(status, headers).end(text);
      });
    });
  });
  const ask = async (question: Question) => {
    const asked = await fetch(url, { method: "POST", headers, body: JSON.stringify(question) });
    return (await asked.json()) as Answer;
  };
  const answer = async (method: string, body: string): Promise<{ status: number; text: string }> => {
    if (method === "OPTIONS") return { status: 204, text: "" };
    const asked = JSON.parse(body) as Question | Question[];
    if (Array.isArray(asked) && !node.takesSeveral)
      return { status: 400, text: '{"error":{"code":-32600,"message":"no batches"}}' };
    const all = Array.isArray(asked) ? asked : [asked];
    const answers = await Promise.all(
      all.map(async (each) =>
        node.bend === undefined
          ? ask(each)
          : node.bend(each, (params = each.params) => ask({ ...each, params })),
      ),
    );
    const refused = answers.find((each) => typeof each === "number");
    if (refused !== undefined) return { status: refused, text: "No." };
    return { status: 200, text: JSON.stringify(Array.isArray(asked) ? answers : answers[0]) };
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const node: BentNode = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bend: undefined,
    takesSeveral: true,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return node;
}

/** What a node says that stopped at a block: it knows of nothing after it. */
export function stoppedAt(block: number): Bend {
  const height = `0x${block.toString(16)}`;
  const isKnown = (found: unknown) =>
    typeof found !== "object" ||
    found === null ||
    !("blockNumber" in found) ||
    Number(found.blockNumber ?? 0) <= block;
  return async ({ id, method, params }, ask) => {
    if (method === "eth_blockNumber") return { id, result: height };
    const answer = await ask(params.map((each) => (each === "latest" ? height : each)));
    const { result } = answer;
    if (Array.isArray(result)) return { ...answer, result: result.filter((each) => isKnown(each)) };
    return isKnown(result) ? answer : { ...answer, result: null };
  };
}
