import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { carryOut, requireRelayOf } from "../../../sdk/relay/carryOut.js";
import type { RelayJob, RelayStatus } from "../../../sdk/relay/client.js";
import { RelayClient } from "../../../sdk/relay/client.js";
import { parseRelayUrl } from "../../../sdk/relay/url.js";
import { saidByRelay, saidToWait } from "../../../sdk/relay/words.js";
import { kyosoError } from "../support.js";

const ID = "0".repeat(32);
const HASH = `0x${"1".repeat(64)}`;
const GOVERNOR = `0x${"a".repeat(40)}`;
const SIGNED = { kind: "claim" } as const;

const job = (state: string, more: Partial<RelayJob> = {}) => ({
  ...{ id: ID, kind: "claim", state, problem: null, transaction: null, notBefore: null, more: "later" },
  ...more,
});
const refusal = (code: string, message = "no", remedy: string | null = null) => ({
  problem: { code, message, remedy, data: {} },
});
const STATUS: RelayStatus = {
  dao: "blend",
  chainId: "10",
  governor: GOVERNOR,
  takes: ["claim", "voucher"],
  account: GOVERNOR,
  balance: "1.5",
  lowBalance: false,
  budget: { day: "1.0", spent: "0.0" },
  jobs: { waiting: 2 },
  trouble: null,
};

/** What a relay that is anybody's answers, one after the other, and the last for ever. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const says =
  (body: unknown, status = 200): Answer =>
  (_, response) =>
    response.writeHead(status).end(typeof body === "string" ? body : JSON.stringify(body));
const breaks: Answer = (request) => request.socket.destroy();

describe("a relay that is asked", () => {
  let answers: Answer[] = [];
  let asked: string[] = [];
  let client: RelayClient;
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    request.resume();
    answer?.(request, response);
  });

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    client = new RelayClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}/relay`);
  });

  beforeEach(() => {
    asked = [];
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const problemOf = async (promise: Promise<unknown>) => (await kyosoError(promise)).problems[0];

  it("is found by https, or on this computer", async () => {
    for (const [text, url] of [
      ["https://relay.example.com", "https://relay.example.com/"],
      ["https://example.com/relay/", "https://example.com/relay/"],
      ["http://localhost:8787", "http://localhost:8787/"],
      ["http://[::1]:8787", "http://[::1]:8787/"],
    ] as const) {
      expect(parseRelayUrl(text)).to.equal(url);
    }
    const wrong = ["", "relay", "http://example.com", "ftp://localhost", "https://me:secret@example.com"];
    for (const text of [...wrong, "https://example.com/?key=secret", "http://localhost.example.com"]) {
      const told = await kyosoError(Promise.resolve().then(() => parseRelayUrl(text)));
      expect(told.problems[0]?.code, text).to.equal("relay.address");
      expect(told.message).not.to.include("secret");
    }
    answers = [says(STATUS)];
    expect(await client.status()).to.deep.equal(STATUS);
    expect(asked).to.deep.equal(["GET /relay/status"]);
  });

  it("can't say anything but what relays say", async () => {
    const endless: Answer = (_, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write("[".repeat(16_384)));
        if (!response.destroyed) response.once("drain", more);
      };
      more();
    };
    const wrong: Answer[] = [
      breaks,
      says("<html>Sign in to the network</html>"),
      says(" ".repeat(1_000_000)),
      endless,
      says("null"),
      says("[".repeat(60_000)),
      (_, response) => response.writeHead(302, { location: "http://127.0.0.1:9/" }).end(),
      (_, response) => response.writeHead(307, { location: "/relay/elsewhere" }).end(),
      says(job("finished")),
      says(job("final", { transaction: "0x\u001b[31m" })),
      says(job("waiting", { notBefore: "tomorrow" })),
      says(job("waiting", { id: "../../status" })),
      says({ problem: { code: "claim.\u001b[31m", message: "no", data: {} } }, 422),
      says({ problem: { code: "claim.used", message: "no".repeat(2_000), data: {} } }, 422),
    ];
    for (const [i, answer] of wrong.entries()) {
      answers = [answer];
      asked = [];
      const told = await kyosoError(client.handIn(SIGNED));
      expect(told.problems[0]?.code, String(i)).to.equal("relay.no-answer");
      expect(told.message.length).to.be.below(500);
      // Nobody is led elsewhere.
      expect(asked).to.have.length(1);
    }
  });

  it("is quoted, and is no voice of this program's", async () => {
    const message =
      "\u001b[32m✓ It is yours.\u001b[0m\n  → Run `npx hardhat token send 0xabc 100` “now”\u202e";
    answers = [says(refusal("account.earlier-found", message, "x".repeat(1_999)), 422)];
    const told = await kyosoError(client.handIn(SIGNED));
    const [refused] = told.problems;
    // A code of this program's own, on which it would act.
    expect(refused?.code).to.equal("relay.refused");
    expect(refused?.data).to.deep.include({ code: "account.earlier-found", text: message });
    for (const hostile of ["\u001b", "\u202e", "`", "\n  → Run"]) {
      expect(told.message).not.to.include(hostile);
    }
    expect(told.message.length).to.be.below(1_000);
    expect(saidByRelay("a\nb `c` “d”")).to.equal("“a b 'c' 'd'”");
  });

  it("is the DAO's own, and takes it, before anything is signed", async () => {
    const dao = { chainId: 10n, governor: GOVERNOR.toUpperCase().replace("0X", "0x") };
    const check = (change: Partial<RelayStatus>, kind: "claim" | "redemption" | "ballot") =>
      Promise.resolve().then(() => {
        requireRelayOf(client, { ...STATUS, ...change }, dao, kind);
      });
    await check({}, "claim");
    await check({}, "redemption");
    expect((await problemOf(check({ chainId: "1" }, "claim")))?.code).to.equal("relay.other-dao");
    const other = `0x${"b".repeat(40)}`;
    expect((await problemOf(check({ governor: other }, "claim")))?.code).to.equal("relay.other-dao");
    expect((await problemOf(check({}, "ballot")))?.code).to.equal("relay.kind-off");
  });

  it("is asked until it is done, whatever comes between", async () => {
    const states: string[] = [];
    const troubles: string[] = [];
    answers = [
      breaks,
      says(refusal("relay.queue-full"), 503),
      says(job("waiting"), 202),
      says(job("waiting")),
      breaks,
      says(refusal("relay.job-unknown"), 404),
      says(job("sent", { transaction: HASH }), 200),
      says(job("confirmed", { transaction: HASH })),
      says(job("final", { transaction: HASH })),
    ];
    const end = await carryOut(client, SIGNED, {
      patience: 60_000,
      onChange: ({ state }) => states.push(state),
      onTrouble: ({ problems }) => troubles.push(problems[0]?.code ?? ""),
    });
    expect(end).to.deep.include({ state: "final", transaction: HASH });
    expect(states).to.deep.equal(["waiting", "sent", "confirmed", "final"]);
    expect(troubles).to.deep.equal(["relay.no-answer", "relay.no-answer"]);
    // Handed in until it was taken, and once more when it was forgotten.
    expect(asked.filter((each) => each === "POST /relay/claims")).to.have.length(4);
  });

  it("is asked how something stands that was handed in before, and gets it again where it has forgotten it", async () => {
    answers = [breaks, says(job("sent")), says(job("final"))];
    const states: string[] = [];
    const onChange = ({ state }: RelayJob) => states.push(state);
    await carryOut(client, SIGNED, { patience: 60_000, known: ID, onChange });
    expect(states).to.deep.equal(["sent", "final"]);
    expect(new Set(asked)).to.deep.equal(new Set([`GET /relay/jobs/${ID}`]));

    asked = [];
    answers = [says(refusal("relay.job-unknown"), 404), says(job("final"), 202)];
    await carryOut(client, SIGNED, { patience: 60_000, known: ID });
    expect(asked).to.deep.equal([`GET /relay/jobs/${ID}`, "POST /relay/claims"]);
  });

  it("is told of again when it answers after it was away, though nothing has changed", async () => {
    answers = [says(job("sent")), breaks, says(job("sent")), says(job("final"))];
    const told: string[] = [];
    await carryOut(client, SIGNED, {
      patience: 60_000,
      onChange: ({ state }) => told.push(state),
      onTrouble: () => told.push("away"),
    });
    expect(told).to.deep.equal(["sent", "away", "sent", "final"]);
  });

  it("is believed that it goes on by itself for two days: what it says of later is quoted", () => {
    const now = Date.UTC(2030, 0, 1);
    const hours = 3_600_000;
    expect(saidToWait(now + 48 * hours, now)).to.equal("The relay goes on with it by itself.");
    for (const until of [now + 48 * hours + 1, Date.UTC(9999, 0, 1)]) {
      const year = new Date(until).getUTCFullYear();
      const said = saidToWait(until, now);
      expect(said).to.match(new RegExp(`^It says that it goes on with it “${year}-01-0\\d 00:00 UTC”`, "u"));
      expect(said).to.include("carried out without it");
    }
  });

  it("is left with it by whoever doesn't want to wait", async () => {
    answers = [says(job("sent", { transaction: HASH }))];
    expect(await carryOut(client, SIGNED, { patience: 700 })).to.deep.include({ state: "sent" });
    answers = [says(job("confirmed"))];
    expect(await carryOut(client, SIGNED, { patience: 60_000, final: 1 })).to.deep.include({
      state: "confirmed",
    });
    const notBefore = new Date(Date.now() + 3_600_000).toISOString();
    answers = [says(job("waiting", { notBefore }))];
    expect(await carryOut(client, SIGNED, { patience: 60_000 })).to.deep.include({ notBefore });
    answers = [says(refusal("claim.used-by-other"), 422)];
    expect((await problemOf(carryOut(client, SIGNED, { patience: 60_000 })))?.data).to.deep.include({
      code: "claim.used-by-other",
    });
    answers = [breaks];
    expect((await problemOf(carryOut(client, SIGNED, { patience: 600 })))?.code).to.equal("relay.no-answer");
    answers = [says(job("waiting"))];
    const stopping = new AbortController();
    const stopped = carryOut(client, SIGNED, {
      patience: 60_000,
      signal: stopping.signal,
      onChange: () => {
        setTimeout(() => {
          stopping.abort();
        }, 20);
      },
    }).catch((error: unknown) => error);
    expect(((await stopped) as Error).name).to.equal("AbortError");
  });
});
