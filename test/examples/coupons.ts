import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { BaseWallet } from "ethers";
import { parseEther } from "ethers";
import { call, named } from "../../sdk/calls/plan.js";
import type { Eip1193Provider } from "../../sdk/chain/eip1193.js";
import { SqliteGateStore } from "../../sdk/node/gate/sqliteStore.js";
import { MemoryGateStore, MOST_OF_ACCOUNT } from "../../sdk/node/gate/store.js";
import { asSafe, SEASON } from "../sdk/badges/support.js";
import { newWallet, PERK } from "../sdk/node/gate/support.js";
import { useSites } from "./harness.js";
import type { Browser } from "./support.js";
import { CODE, refusal } from "./support.js";

describe("The members' page: a coupon", function () {
  const sites = useSites();
  let member: BaseWallet;
  let other: BaseWallet;

  beforeEach(() => {
    member = newWallet();
    other = newWallet();
  });

  const REDEEMED = [409, "gate.redeemed"];
  const NOT_ELIGIBLE = [403, "gate.not-eligible"];

  /** A browser in which an account has signed in. */
  async function signedIn({ browser }: { browser: () => Browser }, wallet: BaseWallet): Promise<Browser> {
    const own = browser();
    expect((await own.signIn(wallet)).status).to.equal(200);
    return own;
  }

  async function expectRedeemed(browser: Browser): Promise<string> {
    const { status, json } = await browser.post("/coupon");
    expect([status, json.code, json.problem]).to.deep.equal([200, CODE, undefined]);
    expect(json.receipt).to.match(/^[0-9a-f]{16}$/u);
    return json.receipt ?? "";
  }

  it("is for who has signed in and has what it asks for", async () => {
    const { award, givePass } = sites.world();
    await award(member.address);
    const site = await sites.start({}, PERK.PASS_COUPON);
    expect(await refusal(site.browser().post("/coupon"))).to.deep.equal([401, "gate.no-session"]);
    const own = await signedIn(site, member);
    expect(await refusal(own.post("/coupon"))).to.deep.equal(NOT_ELIGIBLE);
    // What the door is asked for stays as it is: who gets no coupon may stay.
    expect((await own.get("/members")).status).to.equal(200);
    await givePass(member.address);
    await expectRedeemed(own);
  });

  it("works once, also after signing in again, in another browser, and at a site that was started anew", async () => {
    await sites.world().award(member.address);
    const store = new MemoryGateStore();
    const site = await sites.start({ store });
    const own = await signedIn(site, member);
    const receipt = await expectRedeemed(own);
    const again = await own.post("/coupon");
    expect(await refusal(again)).to.deep.equal(REDEEMED);
    expect(again.text).to.contain(receipt).and.not.to.contain(CODE);
    expect(await refusal((await signedIn(site, member)).post("/coupon"))).to.deep.equal(REDEEMED);
    expect(
      await refusal((await signedIn(await sites.start({ store }), member)).post("/coupon")),
    ).to.deep.equal(REDEEMED);
  });

  for (const kind of ["in memory", "in a file of two servers"] as const) {
    it(`works once for twenty at once, kept ${kind}`, async () => {
      await sites.world().award(member.address);
      const folder = await mkdtemp(path.join(tmpdir(), "kyoso-gate-"));
      const file = path.join(folder, "gate.sqlite");
      const stores =
        kind === "in memory"
          ? [new MemoryGateStore()]
          : [new SqliteGateStore(file), new SqliteGateStore(file)];
      const started = await Promise.all(stores.map((store) => sites.start({ store })));
      const browsers = await Promise.all(
        Array.from({ length: MOST_OF_ACCOUNT }, (_, i) =>
          signedIn(started[i % started.length] ?? expect.fail(), member),
        ),
      );
      // An account has no more sessions; each asks twice.
      const answers = await Promise.all([...browsers, ...browsers].map((each) => each.post("/coupon")));
      expect(answers.filter(({ status }) => status === 200)).to.have.length(1);
      expect(answers.filter(({ json }) => json.problem?.code === "gate.redeemed")).to.have.length(19);
      for (const store of stores) if (store instanceof SqliteGateStore) store.close();
      await rm(folder, { recursive: true });
    });
  }

  it("can't be passed around: neither the session nor another account brings it again", async () => {
    const { award } = sites.world();
    await award(member.address);
    await award(other.address);
    const site = await sites.start();
    const own = await signedIn(site, member);
    await expectRedeemed(own);
    const copied = site.browser();
    for (const [name, value] of own.cookies) copied.cookies.set(name, value);
    expect(await refusal(copied.post("/coupon"))).to.deep.equal(REDEEMED);
    await expectRedeemed(await signedIn(site, other));
    expect(await refusal(site.browser().signIn(newWallet()))).to.deep.equal(NOT_ELIGIBLE);
  });

  describe("of a pass", function () {
    it("isn't the buyer's any more, nor the seller's with the same pass again", async () => {
      const { givePass, award, sell } = sites.world();
      const id = await givePass(member.address);
      await award(other.address);
      const site = await sites.start({}, PERK.PASS_COUPON);
      const own = await signedIn(site, member);
      await expectRedeemed(own);
      await sell(member, other.address, id);
      const bought = await signedIn(site, other);
      expect(await refusal(bought.post("/coupon"))).to.deep.equal(REDEEMED);
      expect(await refusal(own.post("/coupon"))).to.deep.equal(NOT_ELIGIBLE);
      await sell(other, member.address, id);
      expect(await refusal(own.post("/coupon"))).to.deep.equal(REDEEMED);
    });

    it("is the buyer's, where the seller left it", async () => {
      const { givePass, award, sell } = sites.world();
      const id = await givePass(member.address);
      await award(other.address);
      const site = await sites.start({}, PERK.PASS_COUPON);
      const [own, bought] = [await signedIn(site, member), await signedIn(site, other)];
      await sell(member, other.address, id);
      expect(await refusal(own.post("/coupon"))).to.deep.equal(NOT_ELIGIBLE);
      await expectRedeemed(bought);
    });

    it("works once for each pass, with the one that is left", async () => {
      const { givePass } = sites.world();
      await givePass(member.address);
      await givePass(member.address);
      const site = await sites.start({}, PERK.PASS_COUPON);
      const own = await signedIn(site, member);
      await expectRedeemed(own);
      await expectRedeemed(own);
      expect(await refusal(own.post("/coupon"))).to.deep.equal(REDEEMED);
      await givePass(member.address);
      await expectRedeemed(own);
    });

    it("takes as many passes as it asks for", async () => {
      const { givePass } = sites.world();
      for (let i = 0; i < 3; i++) await givePass(member.address);
      const site = await sites.start({}, PERK.TWO_PASSES_COUPON);
      const own = await signedIn(site, member);
      await expectRedeemed(own);
      // One is left, which isn't two.
      expect(await refusal(own.post("/coupon"))).to.deep.equal(REDEEMED);
      await givePass(member.address);
      await expectRedeemed(own);
    });

    it("isn't given where the node leaves out which pass it is", async () => {
      const { context, givePass, pass } = sites.world();
      await givePass(member.address);
      const address = (await pass.getAddress()).toLowerCase();
      const node: Eip1193Provider = {
        request: async (question) => {
          const answer = await context.eip1193.request(question);
          if (question.method !== "eth_getLogs") return answer;
          return (answer as { address: string }[]).filter((log) => log.address.toLowerCase() !== address);
        },
      };
      const own = await signedIn(await sites.start({ node }, PERK.PASS_COUPON), member);
      expect(await refusal(own.post("/coupon"))).to.deep.equal([503, "gate.pass-not-found"]);
    });
  });

  describe("and a recovery", function () {
    it("doesn't work again from the new account", async () => {
      const { award, recover } = sites.world();
      const id = await award(member.address);
      const site = await sites.start();
      await expectRedeemed(await signedIn(site, member));
      await recover(member.address, other.address, [id]);
      expect(await refusal((await signedIn(site, other)).post("/coupon"))).to.deep.equal(REDEEMED);
    });

    it("doesn't work again from the old one, which gets another badge", async () => {
      const { award, recover } = sites.world();
      const id = await award(member.address);
      await award(other.address);
      const site = await sites.start();
      await expectRedeemed(await signedIn(site, other));
      await recover(member.address, other.address, [id]);
      await award(member.address);
      expect(await refusal((await signedIn(site, member)).post("/coupon"))).to.deep.equal(REDEEMED);
    });

    it("doesn't work again at the end of two, of which the chain keeps the last one", async () => {
      const { award, connection, dao, recover } = sites.world();
      const last = newWallet();
      const id = await award(member.address);
      const site = await sites.start();
      await expectRedeemed(await signedIn(site, member));
      await recover(member.address, other.address, [id]);
      await connection.networkHelpers.time.increase(SEASON);
      await recover(other.address, last.address, [id]);
      expect((await dao.badge.recoveryOf(other)).newAccount).to.equal(last.address);
      expect(await refusal((await signedIn(site, last)).post("/coupon"))).to.deep.equal(REDEEMED);
      // Also where it has been opened since.
      const store = new MemoryGateStore();
      const first = await sites.start({ store });
      const [end, start] = [await signedIn(first, last), first.browser()];
      await expectRedeemed(end);
      await award(member.address);
      await start.signIn(member);
      expect(await refusal(start.post("/coupon"))).to.deep.equal(REDEEMED);
    });

    it("is known of by the chain's word where the node leaves out its log", async () => {
      const { award, context, dao, recover } = sites.world();
      const begun = dao.badge.interface.getEvent("RecoveryBegun").topicHash;
      const node: Eip1193Provider = {
        request: async (question) => {
          const answer = await context.eip1193.request(question);
          if (question.method !== "eth_getLogs") return answer;
          return (answer as { topics: string[] }[]).filter(({ topics }) => topics[0] !== begun);
        },
      };
      const id = await award(member.address);
      const site = await sites.start({ node });
      await expectRedeemed(await signedIn(site, member));
      await recover(member.address, other.address, [id]);
      expect(await refusal((await signedIn(site, other)).post("/coupon"))).to.deep.equal(REDEEMED);
    });

    it("takes nothing from others while it is asked for only", async () => {
      const world = sites.world();
      await world.award(member.address);
      await world.award(other.address);
      const badge = await named("badge", world.dao.badge);
      await asSafe(world, [call(badge, "requestRecovery", [member.address, other.address], "Recover")]);
      const site = await sites.start();
      await expectRedeemed(await signedIn(site, other));
      await expectRedeemed(await signedIn(site, member));
    });
  });

  it("is given for what stays: not for what the chain has known for a moment", async () => {
    const { award, connection } = sites.world();
    const site = await sites.start({ finality: 5 });
    await award(member.address);
    const own = await signedIn(site, member);
    expect(await refusal(own.post("/coupon"))).to.deep.equal([409, "gate.not-final"]);
    await connection.networkHelpers.mine(5);
    await expectRedeemed(own);
  });

  it("is given for a pass that was there before, and not for one of a moment ago", async () => {
    const { givePass, connection } = sites.world();
    const site = await sites.start({ finality: 5 }, PERK.PASS_COUPON);
    await givePass(member.address);
    await connection.networkHelpers.mine(5);
    await givePass(member.address);
    const own = await signedIn(site, member);
    await expectRedeemed(own);
    expect(await refusal(own.post("/coupon"))).to.deep.equal([503, "gate.pass-not-found"]);
  });

  it("isn't given where it is no coupon, where it is closed, and where tokens are enough", async () => {
    const { award, dao, holders } = sites.world();
    await award(member.address);
    await dao.token.connect(holders[0]).transfer(member.address, parseEther("1"));
    for (const [perk, expected] of [
      [PERK.ANY, [400, "gate.perk-not-once"]],
      [PERK.CLOSED_COUPON, [410, "gate.perk-closed"]],
      [PERK.TOKEN_COUPON, [400, "gate.perk-handed-on"]],
      [99, [404, "gate.perk-unknown"]],
      [0, [404, "gate.perk-unknown"]],
      [1.5, [404, "gate.perk-unknown"]],
    ] as const) {
      const own = await signedIn(await sites.start({}, perk), member);
      expect(await refusal(own.post("/coupon")), `${perk}`).to.deep.equal(expected);
    }
  });

  it("isn't given any more from the moment on in which it is closed", async () => {
    const { award, decided } = sites.world();
    await award(member.address);
    await award(other.address);
    const site = await sites.start();
    const [own, late] = [await signedIn(site, member), await signedIn(site, other)];
    await expectRedeemed(own);
    await decided.closePerk(PERK.REVIEW_COUPON);
    for (let i = 0; i < 2; i++)
      expect(await refusal(late.post("/coupon"))).to.deep.equal([410, "gate.perk-closed"]);
    await decided.closePerk(PERK.ANY);
    expect((await late.get("/members")).status).to.equal(410);
    expect((await late.get("/members")).status).to.equal(401);
  });
});
