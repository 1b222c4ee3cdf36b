import { expect } from "chai";
import type { BaseWallet } from "ethers";
import type { Eip1193Provider } from "../../../../sdk/chain/eip1193.js";
import { MemoryLogs } from "../../../../sdk/chain/logStore.js";
import { isOf } from "../../../../sdk/errors.js";
import { gateStatus } from "../../../../sdk/node/gate/status.js";
import { deployModuleFactory } from "../../../helpers/factory.js";
import { kyosoError, load } from "../../support.js";
import type { GateWorld } from "./support.js";
import { gateWorld, newWallet, PERK, SITE } from "./support.js";

/** The headers of a request of the site's own page. */
const headers = (cookie = "", origin = SITE) => new Headers({ cookie, origin });

/** Cookies as a browser sends them back. */
const sent = (cookies: readonly string[]) => cookies.map((cookie) => cookie.split(";")[0] ?? "").join("; ");

describe("Gate", function () {
  const codeOf = async (promise: Promise<unknown>) => (await kyosoError(promise)).problems[0]?.code;

  describe("open", function () {
    it("refuses what isn't the origin of a site that browsers keep cookies of", async () => {
      const { openGate } = await load(gateWorld);
      for (const origin of [
        "members.example",
        `${SITE}/`,
        `${SITE}/members`,
        "http://members.example",
        "https://intranet",
        "",
      ]) {
        expect(await codeOf(openGate({ origin })), origin).to.equal("gate.site");
      }
      await openGate({ origin: "http://localhost:8788" });
    });

    it("refuses a pass of another DAO, and a perk that nobody gets", async () => {
      const { openGate, modules, pass, dao, stranger } = await load(gateWorld);
      expect(await codeOf(openGate({ pass: (await pass.getAddress()).toLowerCase() }))).to.equal(
        "address.checksum",
      );
      // A pass can be made for anything that has a token: here it is the governor, in the place of other badges.
      await modules.deployPass(dao.governor);
      const [, other] = await modules.predict(dao.governor);
      expect(await codeOf(openGate({ pass: other }))).to.equal("gate.pass-other");
      // Nor one that says of itself that it belongs to these badges, and lets everybody in.
      const factory = await deployModuleFactory(stranger);
      await factory.deployPass(dao.badge);
      const [, twin] = await factory.predict(dao.badge);
      expect(twin).not.to.equal(await pass.getAddress());
      expect(await codeOf(openGate({ pass: twin }))).to.equal("gate.pass-other");
      expect(await codeOf(openGate({ perk: 99 }))).to.equal("gate.perk-unknown");
      expect(await codeOf(openGate({ perk: PERK.CLOSED }))).to.equal("gate.perk-closed");
    });

    it("finds what is kept of the chain, and refuses a node that leaves badges out", async () => {
      const { openGate, award, context, dao } = await load(gateWorld);
      const member = newWallet();
      await award(member.address);
      const { topicHash } = dao.badge.interface.getEvent("Transfer");
      const node: Eip1193Provider = {
        request: async (question) => {
          const answer = await context.eip1193.request(question);
          if (question.method !== "eth_getLogs") return answer;
          return (answer as { topics: string[] }[]).filter(({ topics }) => topics[0] !== topicHash);
        },
      };
      expect(await codeOf(openGate({ node }))).to.equal("logs.incomplete");
      await openGate({ logs: new MemoryLogs() });
    });
  });

  it("lets somebody in with what a server has: headers, and cookies to be set", async () => {
    const { openGate, award } = await load(gateWorld);
    const member = newWallet();
    await award(member.address);
    const gate = await openGate();
    const { message, cookie } = await gate.begin(headers(), member.address);
    const body = { message, signature: await member.signMessage(message) };
    const before = Date.now();
    const signed = await gate.signIn(headers(sent([cookie])), body);
    expect(signed.account).to.equal(member.address);
    expect(signed.expiresAt).to.be.within(before + 43_200_000, Date.now() + 43_200_000);
    const { account } = await gate.enter(headers(sent(signed.cookies)));
    expect(account).to.equal(member.address);
    const cleared = await gate.signOut(headers(sent(signed.cookies)));
    expect(cleared.every((each) => each.includes("Max-Age=0"))).to.equal(true);
    expect(await codeOf(gate.enter(headers(sent(signed.cookies))))).to.equal("gate.no-session");
  });

  it("says what is missing, and which status of HTTP goes with it", async () => {
    const { openGate } = await load(gateWorld);
    const stranger = newWallet();
    const gate = await openGate();
    const { message, cookie } = await gate.begin(headers(), stranger.address);
    const body = { message, signature: await stranger.signMessage(message) };
    const error = await kyosoError(gate.signIn(headers(sent([cookie])), body));
    const [told] = error.problems;
    if (told === undefined || !isOf(told, "gate.not-eligible")) return expect.fail(error.message);
    expect(told.data).to.deep.equal({ account: stranger.address, perk: PERK.ANY, missing: [0, 1] });
    expect(gateStatus(error)).to.equal(403);
    expect(gateStatus(await kyosoError(openGate({ origin: "x" })))).to.equal(400);
    return undefined;
  });

  it("asks the node twice a visit, and nothing while an answer holds", async () => {
    const { openGate, award, context } = await load(gateWorld);
    const member = newWallet();
    await award(member.address);
    const asked: string[] = [];
    const node: Eip1193Provider = {
      request: (question) => {
        asked.push(question.method);
        return context.eip1193.request(question);
      },
    };
    for (const [askAgainAfter, expected] of [
      [0, ["eth_blockNumber", "eth_call"]],
      [60, []],
    ] as const) {
      const gate = await openGate({ node, askAgainAfter });
      const { message, cookie } = await gate.begin(headers(), member.address);
      const body = { message, signature: await member.signMessage(message) };
      const { cookies } = await gate.signIn(headers(sent([cookie])), body);
      asked.length = 0;
      await gate.enter(headers(sent(cookies)));
      expect(asked).to.deep.equal(expected);
    }
  });

  it("waits for the block that the chain says is final", async () => {
    const { openGate, award } = await load(gateWorld);
    const member = newWallet();
    await award(member.address);
    const gate = await openGate({ finality: "finalized" });
    const { message, cookie } = await gate.begin(headers(), member.address);
    const body = { message, signature: await member.signMessage(message) };
    const signed = await gate.signIn(headers(sent([cookie])), body);
    const { marks } = await gate.redeem(headers(sent(signed.cookies)), PERK.REVIEW_COUPON);
    expect(marks).to.have.length(1);
    expect(marks[0]).to.match(new RegExp(`/${PERK.REVIEW_COUPON}/account/${member.address}$`, "u"));
  });

  /** A browser in which an account has signed in. */
  async function signIn(gate: Awaited<ReturnType<GateWorld["openGate"]>>, member: BaseWallet) {
    const { message, cookie } = await gate.begin(headers(), member.address);
    const body = { message, signature: await member.signMessage(message) };
    return headers(sent((await gate.signIn(headers(sent([cookie])), body)).cookies));
  }

  it("isn't held up for longer than the node may take by a request for logs that hangs", async () => {
    const { openGate, givePass, context } = await load(gateWorld);
    let hangs = false;
    let asked = 0;
    const node: Eip1193Provider = {
      request: (question) => {
        if (question.method !== "eth_getLogs" || !hangs) return context.eip1193.request(question);
        asked += 1;
        return new Promise(() => undefined);
      },
    };
    const gate = await openGate({ node, patience: 0.3 });
    const members = [newWallet(), newWallet(), newWallet()];
    for (const { address } of members) await givePass(address);
    const browsers = await Promise.all(members.map((member) => signIn(gate, member)));
    hangs = true;
    const codes = await Promise.all(browsers.map((own) => codeOf(gate.redeem(own, PERK.PASS_COUPON))));
    expect(codes).to.deep.equal(codes.map(() => "gate.node-away"));
    // Whoever waits, waits for the same.
    expect(asked).to.equal(1);
    hangs = false;
    for (const own of browsers) {
      const { marks } = await gate.redeem(own, PERK.PASS_COUPON);
      expect(marks).to.have.length(1);
    }
  });

  it("follows a reorganisation that takes a pass's transfer back, before its coupon is given and after", async () => {
    const { openGate, givePass, award, sell, connection } = await load(gateWorld);
    const [member, buyer, third] = [newWallet(), newWallet(), newWallet()];
    const gate = await openGate({ finality: 5 });
    const id = await givePass(member.address);
    for (const { address } of [buyer, third]) await award(address);
    const [own, bought, others] = [
      await signIn(gate, member),
      await signIn(gate, buyer),
      await signIn(gate, third),
    ];
    const { networkHelpers } = connection;
    /** One by one: of blocks that are made together, the chain of tests has no state. */
    const mine = async (count: number) => {
      for (let i = 0; i < count; i++) await networkHelpers.mine();
    };
    /** Has the gate see a sale that a reorganisation takes back; other blocks come in its place. */
    const sellInVain = async () => {
      // What was before is too old to be read again.
      await mine(40);
      const before = await networkHelpers.takeSnapshot();
      await sell(member, buyer.address, id);
      expect(await codeOf(gate.redeem(bought, PERK.PASS_COUPON))).to.equal("gate.not-final");
      // Somebody else's coupon has the gate read all until now.
      await gate.redeem(others, PERK.REVIEW_COUPON).catch(() => undefined);
      await before.restore();
      await mine(3);
    };
    await sellInVain();
    const { marks } = await gate.redeem(own, PERK.PASS_COUPON);
    expect(marks).to.have.length(1);
    await sellInVain();
    expect(await codeOf(gate.redeem(own, PERK.PASS_COUPON))).to.equal("gate.redeemed");
  });
});
