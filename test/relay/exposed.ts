import { readdir, readFile } from "node:fs/promises";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import path from "node:path";
import { expect } from "chai";
import { hexlify, toUtf8Bytes } from "ethers";
import { CLAIM } from "../../sdk/drop/claims.js";
import { kyosoError } from "../sdk/support.js";
import { refusalOf, useRelays } from "./harness.js";
import { Bridge, startRelay, voterAt, writeSettings } from "./support.js";

/** What the relay shows, keeps and lets itself be led to. */
describe("a relay in the open", function () {
  this.timeout(180_000);
  const { folder, world, bridge, start, stop, handIn } = useRelays();

  it("keeps nothing of what people wrote once it is final: not in its files, and not in its logs", async () => {
    const reason = "a reason that is nobody's business";
    const relay = await start();
    const ballot = await world().ballotOf(voterAt(0), "for", { reason });
    const [id = ""] = await handIn(relay, "/ballots", [ballot]);
    const claim = await world().claimOf(3);
    const [other = ""] = await handIn(relay, "/claims", [claim]);
    await relay.api.until([id, other], "final");
    await stop();
    const secrets = [
      reason,
      hexlify(toUtf8Bytes(reason)).slice(2),
      claim.signature.slice(2),
      ballot.signature.slice(2),
    ];
    const data = path.join(folder(), "data");
    const files = (await readdir(data)).filter((name) => name.startsWith("relay.sqlite"));
    expect(files).to.include("relay.sqlite");
    for (const name of files) {
      const text = (await readFile(path.join(data, name))).toString("latin1");
      for (const secret of [...secrets, "127.0.0.1"])
        expect(text.includes(secret), `${name}: ${secret}`).to.equal(false);
    }
    const logged = JSON.stringify(relay.logged, (_, value: unknown) =>
      typeof value === "bigint" ? "" : value,
    );
    const people = [ballot.voter, claim.account, claim.leaf.claimant, id, other, "127.0.0.1"];
    for (const secret of [...secrets, ...people]) {
      expect(logged.toLowerCase()).not.to.include(secret.toLowerCase());
    }
  });

  it("isn't led to another address by its node, at its start or later", async () => {
    let asked = 0;
    const elsewhere = await listening(createServer((_, response) => response.end(String(asked++))));
    const leading = await listening(
      createServer((_, response) => response.writeHead(307, { location: urlOf(elsewhere) }).end()),
    );
    const { config } = await writeSettings(folder(), world());
    const error: unknown = await startRelay(config, urlOf(leading)).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(Error);
    expect(asked).to.equal(0);
    for (const server of [elsewhere, leading]) server.close();
  });

  it("ends a request whose body doesn't come, and refuses one that doesn't end, whatever it says of its length", async () => {
    const { api } = await start();
    const { port } = new URL(api.url);
    const say = (head: string, body: () => string | undefined) =>
      new Promise<string>((resolve) => {
        let text = "";
        const socket = connect(Number(port), "127.0.0.1", () => {
          socket.write(
            `POST /claims HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${head}\r\n\r\n`,
          );
          const timer = setInterval(() => {
            const part = body();
            if (part !== undefined) socket.write(part);
          }, 50);
          socket.once("close", () => {
            clearInterval(timer);
            resolve(text);
          });
        });
        socket.on("error", () => undefined);
        socket.setEncoding("utf8").on("data", (part: string) => {
          text += part;
          if (text.startsWith("HTTP/1.1 413")) socket.destroy();
        });
      });
    const began = Date.now();
    const chunk = `1000\r\n${"x".repeat(4_096)}\r\n`;
    const [slow, endless, long] = await Promise.all([
      say("Content-Length: 1000", () => "x"),
      say("Transfer-Encoding: chunked", () => chunk),
      say("Content-Length: 100000000", () => "x".repeat(4_096)),
    ]);
    expect(slow).to.match(/^HTTP\/1\.1 408 /);
    expect(endless).to.match(/^HTTP\/1\.1 413 /);
    expect(long).to.match(/^HTTP\/1\.1 413 /);
    expect(Date.now() - began).to.be.below(20_000);
    expect((await api.get("/status")).status).to.equal(200);
  });

  it("has nothing to say of who goes away in the middle of a request: what fails in its log is its own", async () => {
    const relay = await start();
    const { port } = new URL(relay.api.url);
    for (const head of ["Content-Length: 1000", "Transfer-Encoding: chunked"]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), "127.0.0.1", () => {
          socket.write(
            `POST /claims HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n${head}\r\n\r\n`,
          );
          setTimeout(() => socket.destroy(), 100);
        });
        socket.once("close", () => {
          resolve();
        });
      });
    }
    expect((await relay.api.get("/status")).status).to.equal(200);
    expect(relay.logged.filter(({ level }) => level === "error")).to.deep.equal([]);
  });

  it("says so while the disk is full, and takes nothing then", async () => {
    const relay = await start();
    const { database } = relay.service.store;
    const { page_count: pages } = database.prepare("PRAGMA page_count").get() ?? {};
    database.exec(`PRAGMA max_page_count = ${String(pages)}`);
    const claims = await Promise.all(Array.from({ length: 24 }, (_, i) => world().claimOf(i)));
    const answers = await Promise.all(claims.map((claim) => relay.api.post("/claims", claim)));
    const full = answers.filter(({ status }) => status === 503);
    expect(full.length).to.be.above(0);
    expect(full.every(({ problem }) => problem?.code === "relay.disk-full")).to.equal(true);
    database.exec("PRAGMA max_page_count = 1000000");
    const again = await Promise.all(claims.map((claim) => relay.api.post("/claims", claim)));
    await relay.api.until(
      again.map(({ id }) => id),
      "final",
    );
    expect((await world().done()).tokens).to.deep.equal(claims.map(() => 1));
  });

  it("goes on while its second node is away, from its start on: that alone is final on which both agree", async () => {
    const second = await Bridge.before(world().connection);
    second.breaks = () => "before";
    const relay = await start({}, { secondUrl: second.url });
    const ids = await handIn(relay, "/claims", [await world().claimOf(0)]);
    await relay.api.until(ids, "confirmed");
    const later = await handIn(relay, "/claims", [await world().claimOf(1)]);
    await relay.api.until(later, "confirmed");
    second.breaks = () => undefined;
    await relay.api.until([...ids, ...later], "final");
    // Said once, however many rounds it was away.
    expect(relay.logged.filter(({ event }) => event === "second-node-away")).to.have.length(1);
    await stop();
    await second.stop();
  });

  it("doesn't start with a second node of another chain", async () => {
    const second = await Bridge.before(world().connection);
    second.handle = async ({ method }, forward) => (method === "eth_chainId" ? "0x1" : forward());
    const { config } = await writeSettings(folder(), world());
    const error = await kyosoError(startRelay(config, bridge().url, { secondUrl: second.url }));
    expect(error.problems.map(({ code }) => code)).to.deep.equal(["dao.other-chain"]);
    await second.stop();
  });

  it("keeps nothing of what is done that isn't signed, however much of it somebody makes up", async () => {
    const relay = await start();
    const [claim, ballot] = [await world().claimOf(0), await world().ballotOf(voterAt(0), "for")];
    const ids = [
      ...(await handIn(relay, "/claims", [claim])),
      ...(await handIn(relay, "/ballots", [ballot])),
    ];
    await relay.api.until(ids, "final");
    await stop();
    const { config } = await writeSettings(path.join(folder(), "other"), world());
    const other = await startRelay(config, bridge().url);
    const made = await other.api.post("/ballots", { ...ballot, reason: "made up" });
    expect([made.status, made.problem?.code]).to.deep.equal([422, "signed.not-signed"]);
    const signed = await voterAt(1).signTypedData({}, CLAIM, {
      campaign: claim.campaign,
      index: 0,
      account: claim.account,
      referrer: claim.account,
    });
    const junk = await refusalOf(other.api.post("/claims", { ...claim, signature: signed }));
    expect(junk).to.deep.equal([422, "claim.not-signed"]);
    // What is signed is taken, and done: its sender learns so.
    expect((await other.api.post("/ballots", ballot)).status).to.equal(202);
    expect((await other.api.post("/claims", claim)).status).to.equal(202);
    await other.service.stop();
  });

  it("doesn't start with what isn't a key, and doesn't repeat it", async () => {
    const { config } = await writeSettings(folder(), world());
    const key = "0x12345678";
    const error = await kyosoError(startRelay(config, bridge().url, { key }));
    expect(error.problems.map(({ code }) => code)).to.deep.equal(["relay.key-unreadable"]);
    expect(error.message).not.to.include(key);
  });
});

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
