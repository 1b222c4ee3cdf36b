import { request } from "node:http";
import { connect } from "node:net";
import { expect } from "chai";
import * as z from "zod";
import { Wallet } from "ethers";
import { KINDS } from "../../relay/jobs/job.js";
import { askerOf, networksOf, proxiesOf, RateLimit } from "../../relay/api/limits.js";
import { RelayClient } from "../../sdk/relay/client.js";
import { kyosoError, load } from "../sdk/support.js";
import { useFolder } from "../sdk/signed/support.js";
import type { RelayedWorld, Settings } from "./support.js";
import { Bridge, relayedWorld, startRelay, voters, writeSettings } from "./support.js";

const PAGE = "https://members.example.com";

describe("the relay's API", function () {
  this.timeout(180_000);
  const folder = useFolder();
  let world: RelayedWorld;
  let bridge: Bridge;
  let relay: Awaited<ReturnType<typeof startRelay>>;

  beforeEach(async () => {
    world = await load(relayedWorld);
    bridge = await Bridge.before(world.connection);
  });

  afterEach(async () => {
    await relay.service.stop();
    await bridge.stop();
  });

  async function start(change: Partial<Settings> & { proxies?: string[]; takes?: string[] } = {}) {
    const { config } = await writeSettings(folder(), world, change);
    relay = await startRelay(config, bridge.url, { rest: 60_000 });
    return relay.api;
  }

  it("refuses with a code what can't be carried out, and writes nothing of it down", async () => {
    const api = await start();
    const claim = await world.claimOf(0);
    const ballot = await world.ballotOf(voters[0] ?? Wallet.createRandom(), "for");
    const other = Wallet.createRandom().address;
    const ownLeaf = { ...claim.leaf, byKey: false, claimant: claim.account };
    const ofAccount = { ...claim, campaign: `0x${"11".repeat(32)}`, leaf: ownLeaf };
    const refused = [
      ["/claims", { ...claim, chainId: "1" }, 422, "signed.other-chain"],
      ["/claims", { ...claim, drop: other }, 422, "signed.other-contract"],
      ["/claims", { ...claim, account: other }, 422, "claim.not-signed"],
      ["/claims", { ...claim, leaf: { ...claim.leaf, amount: "2" } }, 422, "claim.not-of-campaign"],
      ["/claims", { ...claim, campaign: `0x${"11".repeat(32)}` }, 422, "claim.not-signed"],
      ["/claims", ofAccount, 422, "campaign.not-opened"],
      [
        "/claims",
        { ...claim, proof: Array<string>(33).fill(`0x${"00".repeat(32)}`) },
        400,
        "signed.not-whole",
      ],
      ["/claims", { ...claim, more: 1 }, 400, "signed.not-whole"],
      ["/claims", ballot, 400, "signed.other-kind"],
      ["/claims", "[", 400, "file.not-json"],
      ["/claims", "null", 400, "signed.other-kind"],
      ["/claims", JSON.stringify({ ...claim, dao: "x".repeat(20_000) }), 413, "relay.too-large"],
      ["/ballots", { ...ballot, support: "against" }, 422, "signed.not-signed"],
      ["/ballots", { ...ballot, governor: other }, 422, "signed.other-contract"],
      ["/ballots", { ...ballot, reason: "x".repeat(2_001) }, 400, "signed.not-whole"],
    ] as const;
    for (const [path, body, status, code] of refused) {
      const answer = await api.post(path, body);
      expect([answer.status, answer.problem?.code], JSON.stringify(body).slice(0, 300)).to.deep.equal([
        status,
        code,
      ]);
    }
    const counts = relay.service.store.counts();
    expect(Object.values(counts).every((count) => count === 0)).to.equal(true);
    expect((await api.get("/jobs/1")).problem?.code).to.equal("relay.job-unknown");
    expect((await api.get(`/jobs/${"0".repeat(32)}`)).status).to.equal(404);
    expect((await api.get("/nowhere")).problem?.code).to.equal("relay.path-unknown");
  });

  it("takes nothing that isn't sent as JSON, and no kind that it was told not to take", async () => {
    const api = await start({ takes: ["ballot"] });
    const ballot = await world.ballotOf(voters[0] ?? Wallet.createRandom(), "for");
    const form = await api.post("/ballots", ballot, { "content-type": "text/plain" });
    expect([form.status, form.problem?.code]).to.deep.equal([400, "relay.not-json"]);
    const claim = await api.post("/claims", await world.claimOf(0));
    expect([claim.status, claim.problem?.code]).to.deep.equal([404, "relay.kind-off"]);
    expect((await api.post("/ballots", ballot)).status).to.equal(202);
  });

  it("answers the DAO's own pages, and no other one", async () => {
    const api = await start();
    const ask = (origin: string | undefined, method: "GET" | "OPTIONS") =>
      new Promise<{ status: number | undefined; allowed: unknown; credentials: unknown }>(
        (resolve, reject) => {
          const headers = origin === undefined ? {} : { origin };
          request(`${api.url}/status`, { method, headers }, (response) => {
            response.resume();
            const { headers: answered, statusCode: status } = response;
            const allowed = answered["access-control-allow-origin"];
            resolve({ status, allowed, credentials: answered["access-control-allow-credentials"] });
          })
            .once("error", reject)
            .end();
        },
      );
    const none = { allowed: undefined, credentials: undefined };
    expect(await ask(PAGE, "GET")).to.deep.equal({ status: 200, allowed: PAGE, credentials: undefined });
    expect(await ask(PAGE, "OPTIONS")).to.deep.equal({ status: 204, allowed: PAGE, credentials: undefined });
    for (const origin of ["https://evil.example", "null", `${PAGE}.evil.example`, `${PAGE}:444`]) {
      expect(await ask(origin, "GET"), origin).to.deep.equal({ status: 403, ...none });
      expect(await ask(origin, "OPTIONS"), origin).to.deep.equal({ status: 403, ...none });
    }
    expect(await ask(undefined, "GET")).to.deep.equal({ status: 200, ...none });
  });

  it("takes so many requests of one place a minute, whatever they say of where they are from", async () => {
    const api = await start({ limits: { waiting: 100, perMinute: 3 } });
    const statuses = [];
    for (let i = 0; i < 5; i++) {
      const { status } = await api.post("/claims", "[", { "x-forwarded-for": `198.51.100.${i}` });
      statuses.push(status);
    }
    expect(statuses).to.deep.equal([400, 400, 400, 429, 429]);
    await relay.service.stop();
    const behind = await start({ limits: { waiting: 100, perMinute: 1 }, proxies: ["127.0.0.1"] });
    const from = async (forwarded: string) =>
      (await behind.post("/claims", "[", { "x-forwarded-for": forwarded })).status;
    // What the client itself wrote comes before what the proxy did.
    expect(await from("203.0.113.9, 198.51.100.1")).to.equal(400);
    expect(await from("203.0.113.8, 198.51.100.1")).to.equal(429);
    expect(await from("198.51.100.2")).to.equal(400);
    expect(await from("2001:db8:1:2::1")).to.equal(400);
    expect(await from("2001:db8:1:2:ffff::2")).to.equal(429);
    expect(await from("2001:db8:1:3::1")).to.equal(400);
    await relay.service.stop();
    const two = await start({ limits: { waiting: 100, perMinute: 1 }, proxies: ["127.0.0.1", "192.0.2.80"] });
    const through = async (forwarded: string) =>
      (await two.post("/claims", "[", { "x-forwarded-for": forwarded })).status;
    // The inner one adds the outer one, which has added who asked it.
    expect(await through("198.51.100.1, 192.0.2.80")).to.equal(400);
    expect(await through("203.0.113.1, 198.51.100.1, 192.0.2.80")).to.equal(429);
    expect(await through("127.0.0.1, 198.51.100.1, 192.0.2.80")).to.equal(429);
    expect(await through("198.51.100.2, 192.0.2.80")).to.equal(400);
  });

  it("ends connections that don't come to an end", async () => {
    const api = await start();
    const { port } = new URL(api.url);
    const began = Date.now();
    const said = await new Promise<string>((resolve, reject) => {
      let text = "";
      const socket = connect(Number(port), "127.0.0.1", () =>
        socket.write("GET /status HTTP/1.1\r\nHost: a\r\nX: "),
      );
      socket.setEncoding("utf8").on("data", (part: string) => (text += part));
      socket.once("error", reject).once("close", () => {
        resolve(text);
      });
    });
    expect(said).to.match(/^HTTP\/1\.1 408 /);
    expect(Date.now() - began).to.be.below(9_000);
  });

  it("says that its node is away, and takes nothing then", async () => {
    const api = await start();
    bridge.breaks = () => "before";
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const answer = await api.post("/claims", await world.claimOf(0));
    expect([answer.status, answer.problem?.code]).to.deep.equal([503, "relay.node-away"]);
    bridge.breaks = () => undefined;
    expect((await api.post("/claims", await world.claimOf(0))).status).to.equal(202);
  });

  it("says what it is in OpenAPI, how it stands, and in numbers; and nothing of people in its logs", async () => {
    const api = await start();
    const ballot = await world.ballotOf(voters[0] ?? Wallet.createRandom(), "for", {
      reason: "a reason that nobody logs",
    });
    const { id } = await api.post("/ballots", ballot);
    const document = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<
        string,
        { post?: { requestBody: { content: { "application/json": { schema: { required: string[] } } } } } }
      >;
    };
    expect(document.openapi).to.equal("3.1.0");
    const { schema } = document.paths["/ballots"]?.post?.requestBody.content["application/json"] ?? {};
    expect(schema?.required).to.include.members(Object.keys(ballot));
    const status = (await (await fetch(`${api.url}/status`)).json()) as Record<string, unknown>;
    expect(status).to.deep.include({ dao: world.record.slug, trouble: null, lowBalance: false });
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).to.include('kyoso_relay_answers_total{path="/ballots",status="202"} 1');
    // Counting takes longer the more is kept: however often somebody asks, it is done once a second at most.
    const { store } = relay.service;
    const count = store.counts.bind(store);
    let counted = 0;
    store.counts = () => {
      counted++;
      return count();
    };
    const began = Date.now();
    for (let i = 0; i < 20; i++)
      await (await fetch(`${api.url}/${i % 2 === 0 ? "metrics" : "status"}`)).text();
    expect(counted).to.be.at.most(1 + (Date.now() - began) / 1_000);
    const logged = JSON.stringify(relay.logged);
    for (const secret of [ballot.voter, ballot.reason, ballot.signature, id, "127.0.0.1"]) {
      expect(logged).not.to.include(secret);
    }
  });

  it("answers as its document says, whatever is asked, and that one says all that is answered", async () => {
    const api = await start({ takes: ["claim", "ballot"], limits: { waiting: 100, perMinute: 40 } });
    type Answers = Record<
      string,
      { content: Record<string, { schema: Parameters<typeof z.fromJSONSchema>[0] }> }
    >;
    const { paths } = (await (await fetch(`${api.url}/openapi.json`)).json()) as {
      paths: Record<string, Record<string, { responses: Answers } | undefined>>;
    };
    const seen = new Set<string>();
    const ask = async (of: string, at: string, init: RequestInit = {}) => {
      const response = await fetch(`${api.url}${at}`, init);
      const method = (init.method ?? "GET").toLowerCase();
      const what = `${method} ${of} ${response.status}`;
      seen.add(what);
      const described = paths[of]?.[method]?.responses[response.status];
      expect(described, what).not.to.equal(undefined);
      const [type = ""] = response.headers.get("content-type")?.split(";") ?? [];
      const schema = described?.content[type]?.schema;
      if (schema === undefined) throw new Error(`${what}: nothing is said of ${type}`);
      const text = await response.text();
      const found = z.fromJSONSchema(schema).safeParse(type === "application/json" ? JSON.parse(text) : text);
      expect(found.success, `${what}: ${text} ${String(found.error)}`).to.equal(true);
      return text;
    };
    const post = (at: string, body: unknown, headers: Record<string, string> = {}) =>
      ask(at, at, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
      });
    const claim = await world.claimOf(0);
    const { id } = JSON.parse(await post("/claims", claim)) as { id: string };
    await post("/claims", claim);
    await post("/claims", "[");
    await post("/claims", JSON.stringify({ ...claim, dao: "x".repeat(20_000) }));
    await post("/claims", { ...claim, account: Wallet.createRandom().address });
    await post("/claims", claim, { origin: "https://evil.example" });
    await post("/vouchers", {});
    for (const [path, at] of [
      ["/jobs/{id}", `/jobs/${id}`],
      ["/jobs/{id}", `/jobs/${"0".repeat(32)}`],
      ["/status", "/status"],
      ["/metrics", "/metrics"],
      ["/openapi.json", "/openapi.json"],
    ] as const) {
      await ask(path, at);
      await ask(path, at, { headers: { origin: "https://evil.example" } });
    }
    // With a problem that has no remedy; and refused.
    const { store } = relay.service;
    store.move(store.inStates(["waiting"], 1), "refused", {
      problem: { code: "vote.closed", data: { deadline: 5 }, message: "late" },
    });
    await ask("/jobs/{id}", `/jobs/${id}`);
    store.database.exec("ALTER TABLE jobs RENAME TO elsewhere");
    await ask("/jobs/{id}", `/jobs/${id}`);
    store.database.exec("ALTER TABLE elsewhere RENAME TO jobs");
    bridge.breaks = () => "before";
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await post("/claims", await world.claimOf(1));
    bridge.breaks = () => undefined;
    while (!seen.has("post /claims 429")) await post("/claims", "[");
    await post("/vouchers", {});
    const all = Object.keys(paths["/claims"]?.post?.responses ?? {}).map(
      (status) => `post /claims ${status}`,
    );
    expect([...seen]).to.include.members(all.filter((each) => !each.endsWith("500")));
    expect([...seen]).to.include.members([
      "post /vouchers 404",
      "post /vouchers 429",
      "get /jobs/{id} 500",
      "get /jobs/{id} 404",
      "get /status 403",
      "get /metrics 200",
    ]);
    expect(paths["/vouchers"]?.post?.responses).to.have.all.keys("403", "404", "413", "429", "500");
  });

  it("is asked by the SDK's client, which hands on the relay's problems", async () => {
    const api = await start();
    const client = new RelayClient(api.url);
    const claim = await world.claimOf(0);
    const job = await client.handIn(claim);
    expect(job).to.deep.include({ kind: "claim", state: "waiting" });
    expect(await client.job(job.id)).to.deep.include({ id: job.id });
    const foreign = { ...claim, chainId: "1" };
    const problemOf = async (asked: Promise<unknown>) => (await kyosoError(asked)).problems[0];
    // Whose word it is stays clear: a relay's code isn't one of this program's own.
    const refused = await problemOf(client.handIn(foreign));
    expect(refused?.code).to.equal("relay.refused");
    expect(refused?.data).to.deep.include({ code: "signed.other-chain" });
    expect((await problemOf(new RelayClient(bridge.url).job(job.id)))?.code).to.equal("relay.no-answer");
    expect(await client.status()).to.deep.include({
      dao: world.record.slug,
      takes: [...KINDS],
      trouble: null,
    });
  });
});

describe("limits of the relay's API", () => {
  it("fill up again evenly, and are of a customer's whole network", () => {
    let now = 0;
    const limit = new RateLimit(2, () => now);
    const take = (address = "2001:db8::1") => limit.take(address);
    expect([take(), take(), take()]).to.deep.equal([undefined, undefined, 30]);
    expect(take("2001:db8:0:1::1")).to.equal(undefined);
    now = 30_000;
    expect([take("2001:db8::ffff"), take()]).to.deep.equal([undefined, 30]);
    // A clock that is set back takes nothing away.
    now = 0;
    expect(take()).to.equal(30);
    now = 30_000;
    expect(take()).to.equal(undefined);
    const smallest = (address: string) => networksOf(address)[0]?.network;
    expect(smallest("::1")).to.equal(smallest("0:0:0:0:ffff::2"));
    expect(smallest("2001:DB8:00a:b:1:2:3:4")).to.equal(smallest("2001:db8:a:b::"));
    expect(smallest("fe80::1%eth0")).to.equal(smallest("fe80::2"));
    expect(networksOf("::ffff:192.0.2.1")).to.deep.equal(networksOf("192.0.2.1"));
    expect(networksOf("192.0.2.1")).to.deep.equal([{ network: "192.0.2.1", customers: 1 }]);
  });

  it("hold for whoever has many networks as well: those of a host, or of a company, are counted together", () => {
    const limit = new RateLimit(2, () => 0);
    const taken = (addresses: readonly string[]) =>
      addresses.filter((address) => limit.take(address) === undefined).length;
    const networks = (from: string, count: number) =>
      Array.from({ length: count }, (_, i) => `${from}${i.toString(16)}::1`);
    // 256 networks of a customer (/64) are in one of 56 bits, and 65,536 in one of 48.
    expect(taken(networks("2001:db8:1:", 100))).to.equal(8);
    expect(taken(Array.from({ length: 200 }, (_, i) => `2001:db8:1:${(i * 256).toString(16)}::1`))).to.equal(
      24,
    );
    expect(taken(networks("2001:db8:2:", 100))).to.equal(8);
  });

  it("are for whoever asks, whatever that one writes into the header of proxies", () => {
    const from = (connection: string, forwarded: string | undefined, ...proxies: string[]) =>
      askerOf(connection, forwarded, proxiesOf(proxies));
    const [client, made] = ["198.51.100.1", "203.0.113.9"];
    expect(from("192.0.2.1", client)).to.equal("192.0.2.1");
    expect(from("::ffff:192.0.2.1", client, "192.0.2.1")).to.equal(client);
    expect(from("192.0.2.1", `${made}, ${client}`, "192.0.2.1")).to.equal(client);
    expect(from("192.0.2.1", undefined, "192.0.2.1")).to.equal("192.0.2.1");
    for (const junk of ["made up", "", `${client},`, `${client} `.repeat(2), "999.1.1.1", "-"]) {
      expect(from("192.0.2.1", junk, "192.0.2.1"), junk).to.equal("192.0.2.1");
    }
    // Two of them, of which one writes the other one's port, or its address in another way.
    const two = ["192.0.2.1", "2001:db8::7"];
    for (const inner of ["2001:db8::7", "2001:DB8:0:0::7", "[2001:db8::7]:4711", "[2001:db8::7]"]) {
      expect(from("192.0.2.1", `${client}, ${inner}`, ...two), inner).to.equal(client);
      expect(from("192.0.2.1", `192.0.2.1, ${made}, ${client}:80, ${inner}`, ...two), inner).to.equal(client);
    }
    // Whoever gets past the outer one, and says that it was there, is who asks.
    expect(from(made, `${client}, 2001:db8::7`, ...two)).to.equal(made);
    // As if it came from the proxies themselves: there is nobody before them.
    expect(from("192.0.2.1", "192.0.2.1, 2001:db8::7", ...two)).to.equal("192.0.2.1");
    expect(from("192.0.2.1", `junk, 2001:db8::7`, ...two)).to.equal("2001:db8::7");
  });
});
