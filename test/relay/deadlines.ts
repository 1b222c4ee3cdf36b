import { expect } from "chai";
import { KIND } from "../sdk/badges/support.js";
import { claimsOfAccounts, stopCampaign } from "./campaigns.js";
import { refusalOf, useRelays } from "./harness.js";
import { customers, voterAt } from "./support.js";

const DAY = 86_400;
const accounts = customers.slice(0, 6).map(({ address }) => address);

/** What comes too late, or would be carried out too late. */
describe("a relay that something is handed in to too late", function () {
  this.timeout(180_000);
  const { world, start, stop, handIn, transactions } = useRelays();
  const { now: realNow } = Date;

  afterEach(() => {
    Date.now = realNow;
  });

  const chainTime = async () => (await world().context.provider.getBlock("latest"))?.timestamp ?? 0;
  const pass = (seconds: number) => world().connection.networkHelpers.time.increase(seconds);
  /** Seconds since midnight on the chain: it isn't about to be. */
  const timeOfDay = async () => {
    if ((await chainTime()) % DAY > DAY - 1_800) await pass(1_800);
    return (await chainTime()) % DAY;
  };
  /** The clock of the computer as the chain's is, as it is everywhere but in tests. */
  const useTimeOfChain = async () => {
    const ahead = (await chainTime()) * 1000 - realNow();
    Date.now = () => realNow() + ahead;
  };
  /** Nothing is sent at this price. */
  const waits = { gas: { most: "0.000001 gwei" } };

  it("refuses claims of a campaign that was stopped, has ended or has no tokens, and says which of them", async () => {
    const [stopped, ended, poor] = [
      await claimsOfAccounts(world(), accounts.slice(0, 2)),
      await claimsOfAccounts(world(), accounts.slice(2, 4), { lasts: 1_000 }),
      await claimsOfAccounts(world(), accounts.slice(4, 6), { funded: false }),
    ];
    const waiting = await start(waits);
    const ids = [
      ...(await handIn(waiting, "/claims", stopped.slice(0, 1))),
      ...(await handIn(waiting, "/claims", ended.slice(0, 1))),
    ];
    await stop();
    await stopCampaign(world(), stopped[0]?.campaign ?? "");
    await pass(1_000);
    const relay = await start();
    // Those that waited while that came about learn of it too, and nothing is paid for them.
    const jobs = await relay.api.until(ids, "refused");
    expect(jobs.map(({ problem: why }) => why?.code)).to.deep.equal(["campaign.stopped", "campaign.ended"]);
    const refusedNow = (claim: object | undefined) => refusalOf(relay.api.post("/claims", claim));
    expect(await refusedNow(stopped[1])).to.deep.equal([422, "campaign.stopped"]);
    expect(await refusedNow(ended[1])).to.deep.equal([422, "campaign.ended"]);
    expect(await refusedNow(poor[0])).to.deep.equal([422, "campaign.tokens-short"]);
    expect(await transactions()).to.equal(0);
  });

  it("refuses a ballot after the vote, and one that waited until it was over", async () => {
    const [early, late] = [
      await world().ballotOf(voterAt(0), "for"),
      await world().ballotOf(voterAt(1), "for"),
    ];
    const waiting = await start(waits);
    const ids = await handIn(waiting, "/ballots", [early]);
    await stop();
    await pass(60 * DAY);
    const relay = await start();
    const [refused] = await relay.api.until(ids, "refused");
    const [status, code] = await refusalOf(relay.api.post("/ballots", late));
    expect([status, code, refused?.problem?.code]).to.deep.equal([
      422,
      "proposal.quorum-missed",
      "proposal.quorum-missed",
    ]);
    expect(await transactions()).to.equal(0);
  });

  it("keeps no claim waiting until its campaign is over: its sender learns why it can't be", async () => {
    const midnight = DAY - (await timeOfDay());
    const claims = await claimsOfAccounts(world(), accounts.slice(0, 5), {
      kind: KIND.RECIPE,
      lasts: midnight - 5,
    });
    const waiting = await start(waits);
    const ids = await handIn(waiting, "/claims", claims.slice(0, 4));
    await stop();
    const relay = await start();
    // Three badges of this kind can be given in a day.
    await relay.api.until(ids.slice(0, 3), "final");
    const [fourth] = await relay.api.until(ids.slice(3), "refused");
    expect(fourth?.problem?.code).to.equal("relay.too-late");
    expect((fourth?.problem as { data?: { why?: string } } | null)?.data?.why).to.equal("kind.day-exhausted");
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect(await refusalOf(relay.api.post("/claims", claims[4]))).to.deep.equal([422, "relay.too-late"]);
  });

  it("keeps nothing waiting for tomorrow's budget that has to be carried out today", async () => {
    await timeOfDay();
    const [claim] = await claimsOfAccounts(world(), accounts.slice(0, 1), { lasts: 600 });
    await useTimeOfChain();
    const relay = await start({ budget: { day: "0.0000001 ether" } });
    const today = await handIn(relay, "/claims", [claim]);
    const later = await handIn(relay, "/claims", [await world().claimOf(0)]);
    const [refused] = await relay.api.until(today, "refused");
    expect(refused?.problem?.code).to.equal("relay.too-late");
    expect((refused?.problem as { data?: { why?: string } } | null)?.data?.why).to.equal("relay.budget-used");
    let waiting = await relay.api.get(`/jobs/${later[0] ?? ""}`);
    while (waiting.problem === null) waiting = await relay.api.get(`/jobs/${waiting.id}`);
    expect([waiting.state, waiting.problem.code]).to.deep.equal(["waiting", "relay.budget-used"]);
    expect(await transactions()).to.equal(0);
  });
});
