import { expect } from "chai";
import type { Claim } from "../../sdk/drop/claims.js";
import { MOST_ALONE } from "../../relay/worker/parcels.js";
import { KIND } from "../sdk/badges/support.js";
import { MOOD } from "../sdk/governance/ballotWorld.js";
import { claimsOfAccounts } from "./campaigns.js";
import { AHEAD, useRelays } from "./harness.js";
import { customers, payer, voterAt } from "./support.js";

/** Who wants the relay to pay for nothing, or to keep others from what is theirs. */
describe("a relay that is attacked", function () {
  this.timeout(180_000);
  const { world, bridge, start, stop, handIn, mine, transactions } = useRelays();

  const claimOfAccount = async (account: string, referralKind: number, signature: string): Promise<Claim> => {
    const [claim] = await claimsOfAccounts(world(), [account], { referralKind, signature });
    if (claim === undefined) throw new Error("there is no claim");
    return claim;
  };

  const claimsOf = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, index) => world().claimOf(index)));

  it("has a claimant that is a contract go alone: all the gas that it burns is its own", async () => {
    const { wallet, hostile, holders } = world();
    const [owner] = holders;
    const greedy = await claimOfAccount(wallet, KIND.REVIEW, "0x01");
    // Nothing is sent at this price, so that they are looked at together later.
    const waiting = await start({ gas: { most: "0.000001 gwei" } });
    const [last = "", ...ids] = await handIn(waiting, "/claims", [greedy, ...(await claimsOf(3))]);
    await stop();
    await mine("evm_setAutomine", false);
    const relay = await start();
    await relay.api.until(ids, "sent", "stuck");
    expect((await relay.api.get(`/jobs/${last}`)).state).to.equal("waiting");
    await mine("evm_mine");
    await relay.api.until([last], "sent", "stuck");
    await hostile
      .connect(owner)
      .getFunction("become")
      .send(MOOD.burnsGas, { ...AHEAD, gasLimit: 100_000n });
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await relay.api.until(ids, "final");
    const [refused] = await relay.api.until([last], "refused");
    expect(refused?.problem?.code).to.equal("claim.has-to-sign");
    expect(relay.service.store.find(last)?.strikes).to.equal(1);
    expect(await transactions()).to.equal(2);
    const spent = relay.service.store
      .statement("SELECT wei FROM spent WHERE scope = ?")
      .get(`account ${wallet}`);
    expect(BigInt(String(spent?.wei)) <= MOST_ALONE * 300n * 10n ** 9n).to.equal(true);
  });

  it("has every account that has to sign go alone, as each can become a contract at any moment", async () => {
    const [customer] = customers;
    if (customer === undefined) throw new Error("there is no customer");
    const { drop } = world().record.contracts;
    const unsigned = await claimOfAccount(customer.address, KIND.REVIEW, "0x");
    const chainId = BigInt(unsigned.chainId);
    const domain = { name: "LoyaltyDrop", version: "1", chainId, verifyingContract: drop };
    const { campaign } = unsigned;
    const message = { campaign, index: 0, account: customer.address, referrer: `0x${"00".repeat(20)}` };
    const types = {
      Claim: [
        { name: "campaign", type: "bytes32" },
        { name: "index", type: "uint256" },
        { name: "account", type: "address" },
        { name: "referrer", type: "address" },
      ],
    };
    const signature = await customer.signTypedData(domain, types, message);
    const relay = await start({ gas: { most: "0.000001 gwei" } });
    const ids = await handIn(relay, "/claims", [{ ...unsigned, signature }, ...(await claimsOf(2))]);
    await stop();
    const jobs = await (await start()).api.until(ids, "final");
    const [own, ...others] = jobs.map(({ transaction }) => transaction);
    expect(others).not.to.include(own);
    expect(new Set(others).size).to.equal(1);
  });

  it("sends nothing that nobody looks at: a signature that nobody has to make has no length that is paid for", async () => {
    const long = await claimOfAccount(customers[1]?.address ?? "", 0, `0x${"ab".repeat(5_000)}`);
    const relay = await start();
    const [id = ""] = await handIn(relay, "/claims", [long]);
    const [done] = await relay.api.until([id], "final");
    const sent = await world().context.provider.getTransaction(done?.transaction ?? "");
    expect((sent?.data.length ?? Infinity) / 2).to.be.below(1_000);
  });

  it("is held to its budgets: a campaign's, and those of each who signed; others go on meanwhile", async () => {
    const low = "0.000001 ether";
    const relay = await start({ budget: { day: "5 ether", campaign: low } });
    const [claim = ""] = await handIn(relay, "/claims", await claimsOf(1));
    const [ballot = ""] = await handIn(relay, "/ballots", [await world().ballotOf(voterAt(0), "for")]);
    await relay.api.until([ballot], "final");
    const over = await relay.api.get(`/jobs/${claim}`);
    expect([over.state, over.problem]).to.deep.include("waiting");
    expect(over.problem).to.deep.include({ code: "relay.budget-used" });
    expect((over.problem as { data?: { of?: string } } | null)?.data?.of).to.equal("campaign");
    await stop();
    const other = await start({ budget: { day: "5 ether", account: low } });
    const [second = ""] = await handIn(other, "/ballots", [await world().ballotOf(voterAt(1), "for")]);
    while ((await other.api.get(`/jobs/${second}`)).problem === null) {
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const { state, problem } = await other.api.get(`/jobs/${second}`);
    expect(state).to.equal("waiting");
    expect((problem as { data?: { of?: string } } | null)?.data?.of).to.equal("account");
    // Another transaction of the key, which costs it nothing of a budget: what is spent is what its own jobs took.
    expect(await transactions()).to.equal(1);
  });

  it("sends again what something else of the same key has replaced, and holds it against nobody", async () => {
    const relay = await start();
    await mine("evm_setAutomine", false);
    const [id = ""] = await handIn(relay, "/claims", await claimsOf(1));
    await relay.api.until([id], "sent");
    const nonce = relay.service.store.find(id)?.nonce ?? -1;
    const { provider } = world().context;
    const { address: to } = payer;
    await payer.connect(provider).sendTransaction({ to, value: 0n, nonce, gasLimit: 21_000n, ...AHEAD });
    await mine("evm_setAutomine", true);
    await mine("evm_mine");
    await relay.api.until([id], "final");
    expect(relay.service.store.find(id)?.strikes).to.equal(0);
    expect(await transactions()).to.equal(2);
    expect((await world().done()).tokens.slice(0, 2)).to.deep.equal([1, 0]);
  });

  it("has nobody kept waiting by what works when it is tried and not when it is to be sent", async () => {
    const { drop } = world().record.contracts;
    let asked = 0;
    bridge().handle = async ({ method, params }, forward) => {
      const [call] = (params ?? []) as { to?: string }[];
      if (
        method === "eth_estimateGas" &&
        call?.to?.toLowerCase() === drop.toLowerCase() &&
        ++asked % 2 === 0
      ) {
        throw Object.assign(new Error("execution reverted"), { code: 3, data: "0x" });
      }
      return forward();
    };
    const relay = await start();
    const [id = ""] = await handIn(relay, "/claims", await claimsOf(1));
    const others = await handIn(relay, "/ballots", [await world().ballotOf(voterAt(0), "for")]);
    await relay.api.until(others, "final");
    const job = relay.service.store.find(id);
    expect([job?.state, job?.strikes]).to.deep.equal(["waiting", 0]);
    expect(job?.notBefore).to.be.above(Date.now());
  });

  it("refuses nothing that others in the same transaction have used up what it needs of: it waits, and learns when it can be", async () => {
    const accounts = customers.slice(0, 4).map(({ address }) => address);
    const claims = await claimsOfAccounts(world(), accounts, { kind: KIND.RECIPE });
    const waiting = await start({ gas: { most: "0.000001 gwei" } });
    const ids = await handIn(waiting, "/claims", claims);
    await stop();
    const relay = await start();
    // Three badges of this kind can be given in a day.
    await relay.api.until(ids.slice(0, 3), "final");
    for (
      let job = await relay.api.get(`/jobs/${ids[3] ?? ""}`);
      ;
      job = await relay.api.get(`/jobs/${ids[3] ?? ""}`)
    ) {
      expect(job.state).to.equal("waiting");
      if (job.problem?.code === "kind.day-exhausted") break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  });
});
