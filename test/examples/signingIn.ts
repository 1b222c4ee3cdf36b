import { expect } from "chai";
import type { BaseWallet } from "ethers";
import { hashMessage, hexlify, Interface, randomBytes, toUtf8Bytes } from "ethers";
import { createSiweMessage, parseSiweMessage, type SiweMessage } from "viem/siwe";
import type { Eip1193Provider } from "../../sdk/chain/eip1193.js";
import { MULTICALL3 } from "../../sdk/chain/reads.js";
import { FOREIGN } from "../../sdk/calls/known.js";
import { Nicknames__factory } from "../../typechain-types/index.js";
import { multicall3 } from "../helpers/multicall.js";
import { createSafe, signAsSafe } from "../helpers/safe.js";
import { newWallet, PERK, SITE } from "../sdk/node/gate/support.js";
import { useSites } from "./harness.js";
import type { Browser } from "./support.js";
import { refusal } from "./support.js";

const SESSION = "__Host-kyoso-session";
const CHALLENGE = "__Host-kyoso-challenge";

describe("The members' page: signing in", function () {
  const sites = useSites();
  let member: BaseWallet;

  beforeEach(() => {
    member = newWallet();
  });

  /** Signs in with a message that isn't quite the one that was given. */
  async function signInWith(
    browser: Browser,
    change: Partial<SiweMessage> | ((message: string) => string),
    wallet = member,
  ) {
    const given = await browser.begin(wallet.address);
    const message =
      typeof change === "function"
        ? change(given)
        : createSiweMessage({ ...(parseSiweMessage(given) as SiweMessage), ...change });
    return browser.post("/sign-in", { message, signature: await wallet.signMessage(message) });
  }

  it("lets a member in, and nobody else", async () => {
    const { start, world } = sites;
    await world().award(member.address);
    const { browser } = await start();
    const [own, other] = [browser(), browser()];
    expect((await own.get("/")).text).to.contain("Sign in");
    const asked = await own.get("/members");
    expect([asked.status, asked.text]).to.satisfy(
      ([status, text]: [number, string]) => status === 401 && text.includes("Nobody has signed in here"),
    );
    const signed = await own.signIn(member);
    expect([signed.status, signed.json.account]).to.deep.equal([200, member.address]);
    const page = await own.get("/members");
    expect([page.status, page.headers.get("cache-control")]).to.deep.equal([200, "no-store"]);
    expect(page.text).to.contain(member.address);
    expect((await other.get("/members")).status).to.equal(401);
    expect(await refusal(other.signIn(newWallet()))).to.deep.equal([403, "gate.not-eligible"]);
    expect(other.cookies.has(SESSION)).to.equal(false);
  });

  it("has browsers keep what they are known by from scripts, other sites and plain HTTP", async () => {
    await sites.world().award(member.address);
    const { browser } = await sites.start();
    const own = browser();
    await own.signIn(member);
    const attributes = own.received.map((cookie) => cookie.replace(/=[\w-]{43};/u, "=…;"));
    expect(attributes).to.deep.equal([
      `${CHALLENGE}=…; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Strict`,
      `${SESSION}=…; Path=/; Max-Age=43200; HttpOnly; Secure; SameSite=Lax`,
      `${CHALLENGE}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Strict`,
    ]);
  });

  it("asks to sign a message that says for what, until when, and that is for this site and chain", async () => {
    const { browser } = await sites.start({ statement: "Come in." });
    const message = await browser().begin(member.address.toLowerCase());
    const { nonce = "", issuedAt, expirationTime, ...rest } = parseSiweMessage(message);
    expect(rest).to.deep.equal({
      address: member.address,
      chainId: 31_337,
      domain: "members.example",
      statement: "Come in.",
      uri: SITE,
      version: "1",
    });
    expect(nonce).to.match(/^[0-9a-f]{32}$/u);
    // What is known of one says nothing of the next.
    const next = parseSiweMessage(await browser().begin(member.address)).nonce ?? "";
    const pieces = Array.from({ length: 25 }, (_, at) => nonce.slice(at, at + 8));
    expect(pieces.filter((piece) => next.includes(piece))).to.deep.equal([]);
    expect(Number(expirationTime) - Number(issuedAt)).to.equal(600_000);
  });

  it("takes what was signed once", async () => {
    await sites.world().award(member.address);
    const { browser } = await sites.start();
    const own = browser();
    const message = await own.begin(member.address);
    const signed = { message, signature: await member.signMessage(message) };
    const kept = new Map(own.cookies);
    expect((await own.post("/sign-in", signed)).status).to.equal(200);
    for (const [name, value] of kept) own.cookies.set(name, value);
    expect(await refusal(own.post("/sign-in", signed))).to.deep.equal([401, "gate.challenge-unknown"]);

    // Of several at once, one gets in; and what was refused isn't good later.
    const race = browser();
    const text = await race.begin(member.address);
    const body = { message: text, signature: await member.signMessage(text) };
    const all = await Promise.all(Array.from({ length: 8 }, () => race.post("/sign-in", body)));
    expect(all.filter(({ status }) => status === 200)).to.have.length(1);
    const wrong = browser();
    await wrong.begin(member.address);
    const given = new Map(wrong.cookies);
    await wrong.post("/sign-in", { message: text, signature: await member.signMessage(text) });
    for (const [name, value] of given) wrong.cookies.set(name, value);
    expect(await refusal(wrong.post("/sign-in", body))).to.deep.equal([401, "gate.challenge-unknown"]);
  });

  it("takes it from the browser that it was given to", async () => {
    await sites.world().award(member.address);
    const { browser } = await sites.start();
    const [own, thief, none] = [browser(), browser(), browser()];
    const message = await own.begin(member.address);
    const signed = { message, signature: await member.signMessage(message) };
    await thief.begin(member.address);
    expect(await refusal(thief.post("/sign-in", signed))).to.deep.equal([401, "gate.message-nonce"]);
    expect(await refusal(none.post("/sign-in", signed))).to.deep.equal([401, "gate.challenge-unknown"]);
    for (const made of ["x".repeat(43), "", "a b", `${"x".repeat(42)}"`]) {
      none.cookies.set(CHALLENGE, made);
      expect(await refusal(none.post("/sign-in", signed))).to.deep.equal([401, "gate.challenge-unknown"]);
    }
    expect((await own.post("/sign-in", signed)).status).to.equal(200);
  });

  it("refuses what was signed for another site or chain, or with another nonce", async () => {
    await sites.world().award(member.address);
    const { browser } = await sites.start();
    const tried: [Partial<SiweMessage>, string][] = [
      [
        { domain: "members.example.evil.example", uri: "https://members.example.evil.example" },
        "gate.message-site",
      ],
      [{ domain: "evil.example" }, "gate.message-site"],
      [{ domain: "members.example:8443" }, "gate.message-site"],
      [{ uri: "https://evil.example" }, "gate.message-site"],
      [{ uri: "urn:kyoso" }, "gate.message-site"],
      [{ scheme: "http" }, "gate.message-site"],
      [{ chainId: 1 }, "gate.message-chain"],
      [{ nonce: "0".repeat(96) }, "gate.message-nonce"],
    ];
    for (const [change, code] of tried) {
      expect(await refusal(signInWith(browser(), change)), JSON.stringify(change)).to.deep.equal([401, code]);
    }
    expect((await signInWith(browser(), { scheme: "https", uri: `${SITE}/members` })).status).to.equal(200);
  });

  it("refuses what isn't good any more, or not yet", async () => {
    await sites.world().award(member.address);
    let now = Date.now();
    const { browser } = await sites.start({ now: () => now });
    const at = (seconds: number) => new Date(now + seconds * 1_000);
    expect(await refusal(signInWith(browser(), { expirationTime: at(0) }))).to.deep.equal([
      401,
      "gate.message-expired",
    ]);
    expect(await refusal(signInWith(browser(), { notBefore: at(1) }))).to.deep.equal([
      401,
      "gate.message-early",
    ]);
    const own = browser();
    const message = await own.begin(member.address);
    const signed = { message, signature: await member.signMessage(message) };
    now += 600_000;
    expect(await refusal(own.post("/sign-in", signed))).to.deep.equal([401, "gate.challenge-unknown"]);
    // Not even where the message itself never ends.
    const endless = browser();
    const given = await endless.begin(member.address);
    const { expirationTime, ...rest } = parseSiweMessage(given) as SiweMessage;
    expect(expirationTime).not.to.equal(undefined);
    const text = createSiweMessage(rest);
    now += 600_000;
    const late = endless.post("/sign-in", { message: text, signature: await member.signMessage(text) });
    expect(await refusal(late)).to.deep.equal([401, "gate.challenge-unknown"]);
  });

  it("refuses what isn't a message in its one form, whatever else it says", async () => {
    await sites.world().award(member.address);
    const { browser } = await sites.start();
    const forms: ((message: string) => string)[] = [
      (message) => `Win a prize\n${message}`,
      (message) => `${message}\nWin a prize`,
      (message) => message.replace("\n\nURI", "\n\nResources nobody sees\n\nURI"),
      (message) => message.replace(member.address, member.address.toLowerCase()),
      (message) => message.replace("Version: 1", "Version: 2"),
      (message) => message.replace(/\nIssued At: .*/u, ""),
      (message) => message.replace(/Issued At: .*/u, "Issued At: today"),
      (message) => message.replaceAll("\n", "\r\n"),
      () => "",
      () => "x".repeat(5_000),
    ];
    for (const form of forms) {
      expect(await refusal(signInWith(browser(), form)), form.toString()).to.deep.equal([
        400,
        "gate.message-unreadable",
      ]);
    }
    for (const body of [
      "",
      "[]",
      "null",
      "{",
      { message: 1, signature: "0x00" },
      { message: "x", signature: "x" },
    ]) {
      const own = browser();
      await own.begin(member.address);
      expect(await refusal(own.post("/sign-in", body))).to.deep.equal([400, "gate.message-unreadable"]);
    }
    for (const account of [undefined, 1, "", "0x12", "members.eth", `${member.address}\nevil`]) {
      expect(await refusal(browser().post("/sign-in/begin", { account }))).to.deep.equal([
        400,
        "gate.account",
      ]);
    }
    expect((await browser().post("/sign-in", "x".repeat(40_000))).status).to.equal(413);
  });

  it("refuses a signature that isn't the account's", async () => {
    await sites.world().award(member.address);
    const { browser } = await sites.start();
    const thief = newWallet();
    const asThief = browser();
    const message = await asThief.begin(member.address);
    const signature = await thief.signMessage(message);
    expect(await refusal(asThief.post("/sign-in", { message, signature }))).to.deep.equal([
      401,
      "gate.signature",
    ]);
    const wrapped = `0x1234${"6492".repeat(16)}`;
    const delegated = `${await member.signMessage(message)}${"8010".repeat(16)}`;
    const long = `0x${"ff".repeat(8_000)}`;
    for (const made of ["0x00", hexlify(randomBytes(65)), long, wrapped, delegated]) {
      const own = browser();
      const body = { message: await own.begin(member.address), signature: made };
      expect(await refusal(own.post("/sign-in", body))).to.deep.equal([401, "gate.signature"]);
    }
  });

  it("does nothing for pages of other sites", async () => {
    await sites.world().award(member.address);
    const { browser } = await sites.start();
    const own = browser();
    await own.signIn(member);
    for (const origin of [
      "https://evil.example",
      "http://members.example",
      "https://a.members.example",
      "null",
      undefined,
    ]) {
      own.origin = origin;
      for (const path of ["/coupon", "/sign-out", "/sign-in", "/sign-in/begin"]) {
        expect(await refusal(own.post(path)), `${path} ${origin}`).to.deep.equal([403, "gate.origin"]);
      }
    }
    own.origin = SITE;
    expect((await own.post("/coupon")).status).to.equal(200);
    expect((await own.get("/coupon")).status).to.equal(404);
  });

  describe("a session", function () {
    it("ends when the pass is sold, and doesn't come back with it", async () => {
      const { givePass, sell } = sites.world();
      const buyer = newWallet();
      const id = await givePass(member.address);
      const { browser } = await sites.start({ perk: PERK.PASS });
      const [own, bought] = [browser(), browser()];
      await own.signIn(member);
      expect((await own.get("/members")).status).to.equal(200);
      await sell(member, buyer.address, id);
      expect((await own.get("/members")).status).to.equal(403);
      expect((await bought.signIn(buyer)).status).to.equal(200);
      await sell(buyer, member.address, id);
      expect((await own.get("/members")).status).to.equal(401);
      expect((await bought.get("/members")).status).to.equal(403);
    });

    it("ends when the badge is revoked", async () => {
      const { award, revoke } = sites.world();
      await award(member.address);
      const id = await award(member.address);
      const { browser } = await sites.start({ perk: PERK.REVIEWS });
      const own = browser();
      await own.signIn(member);
      expect((await own.get("/members")).status).to.equal(200);
      await revoke(id);
      expect((await own.get("/members")).status).to.equal(403);
      expect((await own.get("/members")).status).to.equal(401);
    });

    it("is asked about each time, or after as long as the brand says", async () => {
      const { award, revoke } = sites.world();
      const id = await award(member.address);
      let now = Date.now();
      const { browser } = await sites.start({ now: () => now, askAgainAfter: 60 });
      const [own, back] = [browser(), browser()];
      await own.signIn(member);
      await back.signIn(member);
      now += 59_999;
      await revoke(id);
      expect((await own.get("/members")).status).to.equal(200);
      now += 1;
      expect((await own.get("/members")).status).to.equal(403);
      // A clock that was set back lets nobody in for longer.
      now -= 3_600_000;
      expect((await back.get("/members")).status).to.equal(403);
    });

    it("goes on being asked about after each answer", async () => {
      const { award, revoke } = sites.world();
      const id = await award(member.address);
      let now = Date.now();
      const { browser } = await sites.start({ now: () => now, askAgainAfter: 60 });
      const own = browser();
      await own.signIn(member);
      now += 60_000;
      expect((await own.get("/members")).status).to.equal(200);
      await revoke(id);
      now += 59_000;
      expect((await own.get("/members")).status).to.equal(200);
      now += 1_000;
      expect((await own.get("/members")).status).to.equal(403);
    });

    it("ends in time, with signing out, and with signing in anew", async () => {
      await sites.world().award(member.address);
      let now = Date.now();
      const { browser } = await sites.start({ now: () => now, sessionFor: 3_600 });
      const own = browser();
      await own.signIn(member);
      const first = own.cookies.get(SESSION) ?? "";
      await own.signIn(member);
      const second = own.cookies.get(SESSION) ?? "";
      expect(second).not.to.equal(first);
      const stolen = browser();
      stolen.cookies.set(SESSION, first);
      expect((await stolen.get("/members")).status).to.equal(401);
      await own.post("/sign-out");
      expect(own.cookies.has(SESSION)).to.equal(false);
      stolen.cookies.set(SESSION, second);
      expect((await stolen.get("/members")).status).to.equal(401);
      await own.signIn(member);
      now += 3_600_000;
      expect((await own.get("/members")).status).to.equal(401);
    });

    it("isn't one that somebody else has chosen", async () => {
      await sites.world().award(member.address);
      const { browser } = await sites.start();
      const own = browser();
      const planted = "p".repeat(43);
      own.cookies.set(SESSION, planted);
      await own.signIn(member);
      expect(own.cookies.get(SESSION)).not.to.equal(planted);
      const thief = browser();
      thief.cookies.set(SESSION, planted);
      expect((await thief.get("/members")).status).to.equal(401);
    });
  });

  it("finds badges that were awarded after it was opened, also to who was refused before", async () => {
    const { award } = sites.world();
    const { browser } = await sites.start({ perk: PERK.REVIEWS });
    const own = browser();
    await award(member.address);
    expect(await refusal(own.signIn(member))).to.deep.equal([403, "gate.not-eligible"]);
    await award(member.address);
    expect((await own.signIn(member)).status).to.equal(200);
  });

  it("isn't tricked by a pass that is borrowed within a transaction", async () => {
    const { context, pass, givePass, fund, stranger } = sites.world();
    const borrower = newWallet();
    const id = await givePass(member.address);
    const code = await multicall3(context.provider, stranger);
    await context.eip1193.request({ method: "hardhat_setCode", params: [MULTICALL3, code] });
    for (const account of [member, borrower]) {
      await fund(account.address);
      await pass.connect(account.connect(context.provider)).setApprovalForAll(MULTICALL3, true);
    }
    const moved = (from: string, to: string) =>
      pass.interface.encodeFunctionData("transferFrom", [from, to, id]);
    const asked = pass.interface.encodeFunctionData("isEligible", [borrower.address, PERK.PASS, []]);
    const target = await pass.getAddress();
    const calls = [
      moved(member.address, borrower.address),
      asked,
      moved(borrower.address, member.address),
    ].map((callData) => ({ target, callData, allowFailure: false }));
    const borrow = { to: MULTICALL3, data: FOREIGN.multicall.encodeFunctionData("aggregate3", [calls]) };
    const answers = new Interface(["function f() returns (tuple(bool ok, bytes data)[])"]);
    const [told] = answers.decodeFunctionResult("f", await stranger.call(borrow)) as unknown as [
      { data: string }[],
    ];
    expect(BigInt(told[1]?.data ?? 0), "a contract would have let it in").to.equal(1n);
    const { browser } = await sites.start({ perk: PERK.PASS });
    await (await stranger.sendTransaction(borrow)).wait();
    expect(await refusal(browser().signIn(borrower))).to.deep.equal([403, "gate.not-eligible"]);
    expect((await browser().signIn(member)).status).to.equal(200);
  });

  describe("with a contract's account", function () {
    it("takes a Safe's word, and not that of too few of its owners", async () => {
      const { connection, award, stranger, holders } = sites.world();
      const safe = await createSafe(connection, stranger, [...holders], 2);
      await award(safe.address);
      const { browser } = await sites.start();
      for (const [threshold, status] of [
        [2, 200],
        [1, 401],
      ]) {
        const own = browser();
        const message = await own.begin(safe.address);
        const signature = await signAsSafe(
          { ...safe, threshold: Number(threshold) },
          holders,
          hashMessage(message),
        );
        expect((await own.post("/sign-in", { message, signature })).status).to.equal(status);
      }
    });

    it("refuses a wallet that burns gas, and goes on", async () => {
      const { connection, context, award } = sites.world();
      const asked: string[] = [];
      const node: Eip1193Provider = {
        request: (question) => {
          const [call] = (question.params ?? []) as [{ gas?: string }];
          if (question.method === "eth_call" && call.gas !== undefined) asked.push(call.gas);
          return context.eip1193.request(question);
        },
      };
      const { browser } = await sites.start({ node });
      const hostile = await connection.ethers.deployContract("Hostile");
      const burning = await connection.ethers.deployContract("BurningWallet");
      const talkative = await connection.ethers.deployContract("TalkativeWallet");
      const moods = { burns: 2, returnsMuch: 3, revertsWithMuch: 4 };
      const signature = hexlify(randomBytes(65));
      const attempt = async (address: string) => {
        await award(address);
        const own = browser();
        return own.post("/sign-in", { message: await own.begin(address), signature });
      };
      for (const mood of Object.values(moods)) {
        await hostile.getFunction("become")(mood);
        expect(await refusal(attempt(await hostile.getAddress())), `${mood}`).to.deep.equal([
          401,
          "gate.signature",
        ]);
      }
      expect(await refusal(attempt(await burning.getAddress()))).to.deep.equal([401, "gate.signature"]);
      // It says that it signed, in half a megabyte: that is its own matter.
      expect((await attempt(await talkative.getAddress())).status).to.equal(200);
      expect(asked.length).to.be.greaterThan(4);
      expect(new Set(asked)).to.deep.equal(new Set(["0x4c4b40"]));
      await award(member.address);
      expect((await browser().signIn(member)).status).to.equal(200);
    });
  });

  it("lets nobody in when the node doesn't answer, and everybody again when it does", async () => {
    const { context, award } = sites.world();
    await award(member.address);
    let mood: "answers" | "silent" | "fails" = "answers";
    const node: Eip1193Provider = {
      request: (question) => {
        if (mood === "silent") return new Promise(() => undefined);
        if (mood === "fails") return Promise.reject(new Error("fetch failed"));
        return context.eip1193.request(question);
      },
    };
    const { browser } = await sites.start({ node, patience: 0.5 });
    const [own, late] = [browser(), browser()];
    await own.signIn(member);
    const message = await late.begin(member.address);
    const signed = { message, signature: await member.signMessage(message) };
    for (const next of ["silent", "fails"] as const) {
      mood = next;
      expect((await own.get("/members")).status).to.equal(503);
      expect(await refusal(own.post("/coupon"))).to.deep.equal([503, "gate.node-away"]);
    }
    expect(await refusal(late.post("/sign-in", signed))).to.deep.equal([503, "gate.node-away"]);
    mood = "answers";
    expect((await own.get("/members")).status).to.equal(200);
  });

  it("looks at so many signatures at once", async () => {
    const { context, award } = sites.world();
    await award(member.address);
    let waits = false;
    const node: Eip1193Provider = {
      request: async (question) => {
        const [call] = (question.params ?? []) as [{ gas?: string }];
        while (waits && question.method === "eth_call" && call.gas !== undefined) {
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return context.eip1193.request(question);
      },
    };
    const { browser } = await sites.start({ node, checks: 2 });
    waits = true;
    const browsers = [browser(), browser(), browser()];
    const answers = browsers.map((each) => each.signIn(member));
    const refused = await Promise.race(answers);
    expect(await refusal(refused)).to.deep.equal([503, "gate.busy"]);
    waits = false;
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses.sort()).to.deep.equal([200, 200, 503]);
  });

  it("shows what a member wants to be called as a text", async () => {
    const { award, context, fund, stranger } = sites.world();
    await award(member.address);
    await fund(member.address);
    const names = await new Nicknames__factory(stranger).deploy();
    const { browser } = await sites.start({}, PERK.REVIEW_COUPON, (account) => names.nicknameOf(account));
    const own = browser();
    await own.signIn(member);
    for (const [name, shown] of [
      ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
      ['"><img src=x onerror=alert(1)>', "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"],
      ["${7*7} & `x`", "${7*7} &amp; `x`"],
    ] as const) {
      expect(toUtf8Bytes(name).length).to.be.at.most(32);
      await names.connect(member.connect(context.provider)).set(name);
      const { text, headers } = await own.get("/members");
      expect(text).to.contain(`<bdi>${shown}</bdi> (${member.address})`);
      expect(text.match(/<script/gu)).to.have.length(1);
      expect(headers.get("content-security-policy")).to.contain("default-src 'none'; script-src 'self'");
    }
  });
});
