import { expect } from "chai";
import { Wallet } from "ethers";
import type { Claim } from "../../sdk/drop/claims.js";
import { signDelegation } from "../../sdk/token/delegations.js";
import type { Relay } from "./harness.js";
import { refusalOf, useRelays } from "./harness.js";
import { redemptionOf } from "./signed.js";
import { customers, payer, voterAt } from "./support.js";

/** What anybody can make up in any number, and have the relay's node asked for. */
describe("what a relay asks its node of what is made up", function () {
  this.timeout(180_000);
  const { world, bridge, start, handIn } = useRelays();
  const MANY = 40;
  /** How many of a kind may be looked at at once. */
  const CHECKS = 500;

  /** How much the node was asked while something was refused, each with its code. */
  async function asked(relay: Relay, path: string, all: readonly unknown[], code: string): Promise<number> {
    // What is known of the newest block is known before.
    await relay.api.post(path, all[0]);
    const before = bridge().requests;
    const answers = await Promise.all(all.map((each) => refusalOf(relay.api.post(path, each))));
    const requests = bridge().requests - before;
    expect(answers).to.deep.equal(all.map(() => [422, code]));
    return requests;
  }

  const several = <Value>(make: (i: number) => Promise<Value>) =>
    Promise.all(Array.from({ length: MANY }, (_, i) => make(i)));
  /** With a signature that another one has made. */
  const forged = <Value extends { signature: string }>(value: Value, i: number): Value => {
    const r = i.toString(16).padStart(64, "1");
    return { ...value, signature: `0x${r}${value.signature.slice(66)}` };
  };

  it("is next to nothing for vouchers that no issuer signed, however well somebody else did", async () => {
    const relay = await start({}, { rest: 60_000 });
    const { now } = await world().open();
    const customer = customers[0]?.address ?? "";
    const made = await several((i) =>
      redemptionOf(world(), i, customer, now + 1_000, { signer: Wallet.createRandom() }),
    );
    expect(await asked(relay, "/vouchers", made, "relay.not-by-issuer")).to.be.below(4 * MANY);
    const junk = await several(async (i) => forged(await redemptionOf(world(), i, customer, now + 1_000), i));
    // Besides, whether its issuer is a contract, which would be asked.
    expect(await asked(relay, "/vouchers", junk, "signed.not-signed")).to.be.below(5 * MANY);
  });

  it("is next to nothing for a voucher that is used, however often its key signs for somebody else", async () => {
    const relay = await start();
    const { now } = await world().open();
    const key = Wallet.createRandom();
    const first = await redemptionOf(world(), 1, customers[0]?.address ?? "", now + 1_000, { key });
    const [id = ""] = await handIn(relay, "/vouchers", [first]);
    await relay.api.until([id], "final");
    await relay.service.stop();
    const idle = await start({}, { rest: 60_000 });
    const others = await several(() =>
      redemptionOf(world(), 1, Wallet.createRandom().address, now + 1_000, { key }),
    );
    expect(await asked(idle, "/vouchers", others, "voucher.redeemed-already")).to.be.below(4 * MANY);
  });

  it("is nothing for claims that no link's key signed, and for what is of accounts without votes", async () => {
    const relay = await start({}, { rest: 60_000 });
    const claims: Claim[] = await several(async (i) => {
      const claim = await world().claimOf(i % 20);
      return { ...forged(claim, i), campaign: `0x${i.toString(16).padStart(64, "0")}` };
    });
    expect(await asked(relay, "/claims", claims, "claim.not-signed")).to.equal(0);
    const ballot = await world().ballotOf(voterAt(0), "for");
    const ballots = await several((i) =>
      Promise.resolve({ ...forged(ballot, i), voter: Wallet.createRandom().address }),
    );
    expect(await asked(relay, "/ballots", ballots, "relay.votes-few")).to.be.below(2 * MANY);
    const live = await world().open();
    const delegation = await signDelegation(
      live,
      voterAt(1).connect(world().context.provider),
      payer.address,
      live.now + 10_000,
    );
    const delegations = await several((i) =>
      Promise.resolve({ ...forged(delegation, i), delegator: Wallet.createRandom().address }),
    );
    expect(await asked(relay, "/delegations", delegations, "relay.votes-few")).to.be.below(2 * MANY);
    const support = await world().supportOf(voterAt(2), [1]);
    const supports = await several((i) =>
      Promise.resolve({ ...forged(support, i), supporter: Wallet.createRandom().address }),
    );
    expect(await asked(relay, "/supports", supports, "relay.votes-few")).to.be.below(MANY);
    const nickname = await world().nicknameOf(voterAt(3), "はな");
    const nicknames = await several((i) =>
      Promise.resolve({ ...forged(nickname, i), account: Wallet.createRandom().address }),
    );
    expect(await asked(relay, "/nicknames", nicknames, "relay.not-member")).to.be.below(MANY);
  });

  it("is so much of a kind at once, and what is of another kind is looked at meanwhile", async () => {
    const relay = await start({}, { rest: 60_000, checks: CHECKS });
    const { now } = await world().open();
    const redemption = await redemptionOf(world(), 1, customers[0]?.address ?? "", now + 1_000);
    let isSilent = true;
    let hear: () => void = () => undefined;
    const heard = new Promise<void>((resolve) => (hear = resolve));
    const { badge } = world().record.contracts;
    // The node says nothing of vouchers until it is heard.
    bridge().handle = async (request, forward) => {
      const text = JSON.stringify(request).toLowerCase();
      if (isSilent && text.includes(badge.slice(2).toLowerCase())) await heard;
      return forward();
    };
    const flood: ReturnType<typeof refusalOf>[] = [];
    // Some at a time, as no computer takes so many connections in one moment.
    while (flood.length < CHECKS + 20) {
      const more = Array.from({ length: 210 }, (_, i) =>
        refusalOf(
          relay.api.post("/vouchers", { ...redemption, nonce: (1_000 + flood.length + i).toString() }),
        ),
      );
      flood.push(...more);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // Nothing else is answered yet.
    const full = await Promise.race(flood);
    expect(full).to.deep.equal([503, "relay.queue-full"]);
    // What there is no room for isn't even read.
    expect(await refusalOf(relay.api.post("/vouchers", "{"))).to.deep.equal([503, "relay.queue-full"]);
    await handIn(relay, "/ballots", [await world().ballotOf(voterAt(0), "for")]);
    isSilent = false;
    hear();
    const codes = (await Promise.all(flood)).map(([, code]) => code);
    const refused = codes.filter((code) => code === "relay.queue-full").length;
    expect(codes.filter((code) => code === "signed.not-signed")).to.have.length(codes.length - refused);
    expect(codes.length - refused).to.equal(CHECKS);
    await handIn(relay, "/vouchers", [redemption]);
  });
});
