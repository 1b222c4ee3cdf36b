import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { expect } from "chai";
import { askerOf } from "../../../tasks/network/ask.js";

const OPTIONS = { headers: {}, timeout: 10_000 };

describe("Asking a node by HTTP", () => {
  let server: Server;

  /** A node that answers with the method's name, or breaks off instead where `breaks` says so. */
  async function start(breaks: (request: number, socket: Socket) => boolean): Promise<URL> {
    let requests = 0;
    server = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => {
        if (breaks(++requests, request.socket)) {
          request.socket.resetAndDestroy();
          return;
        }
        const { id, method } = JSON.parse(body) as { id: number; method: string };
        response.end(JSON.stringify({ jsonrpc: "2.0", id, result: method }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  it("asks again where a connection that was kept is closed as it is used again", async () => {
    const seen = new Set<Socket>();
    const url = await start((request, socket) => {
      const breaks = request === 2 && seen.has(socket);
      seen.add(socket);
      return breaks;
    });
    const ask = (await askerOf(url, OPTIONS))?.ask;
    expect(await ask?.("first", [])).to.deep.equal({ result: "first" });
    expect(await ask?.("second", [])).to.deep.equal({ result: "second" });
    expect(seen.size).to.equal(2);
  });

  it("has no answer where a new connection is closed", async () => {
    const ask = (await askerOf(await start(() => true), OPTIONS))?.ask;
    expect(await ask?.("first", [])).to.equal(undefined);
  });

  it("reads what comes in many parts, also in the middle of a letter", async () => {
    const ask = (await askerOf(await start(() => false), OPTIONS))?.ask;
    const long = "提案".repeat(200_000);
    expect(await ask?.(long, [])).to.deep.equal({ result: long });
  });
});
