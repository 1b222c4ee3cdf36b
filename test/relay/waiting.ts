import { expect } from "chai";
import { parseEther, Wallet } from "ethers";
import { signDelegation } from "../../sdk/token/delegations.js";
import { useFolder } from "../sdk/signed/support.js";
import { load } from "../sdk/support.js";
import type { RelayedWorld, Settings } from "./support.js";
import { Bridge, payer, relayedWorld, startRelay, voters, writeSettings } from "./support.js";

describe("what a relay was handed in before", function () {
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

  async function start(change: Partial<Settings> & { takes?: string[]; votes?: { least: number } } = {}) {
    const { config } = await writeSettings(folder(), world, change);
    relay = await startRelay(config, bridge.url);
    return relay.api;
  }

  const transactions = () => world.context.provider.getTransactionCount(payer.address);
  const voter = (i: number) => voters[i] ?? new Wallet(payer.privateKey);

  it("isn't paid for where it is done already, nor kept: a delegation to whom it is delegated", async () => {
    const { context, dao, connection } = world;
    const first = voter(0).connect(context.provider);
    const live = await world.open();
    const delegation = await signDelegation(live, first, payer.address, live.now + 100_000);
    await connection.networkHelpers.setBalance(first.address, parseEther("1"));
    await dao.token.connect(first).delegate(payer.address);
    const api = await start();
    const needless = await api.post("/delegations", delegation);
    expect([needless.status, needless.problem?.code]).to.deep.equal([422, "delegation.already-so"]);
    const nobody = Wallet.createRandom().connect(context.provider);
    const free = await signDelegation(live, nobody, voter(1).address, live.now + 100_000);
    await connection.networkHelpers.setBalance(nobody.address, parseEther("1"));
    await dao.token.connect(nobody).delegate(voter(1).address);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const refused = await api.post("/delegations", free);
    expect([refused.status, refused.problem?.code]).to.deep.equal([422, "relay.votes-few"]);
    expect(relay.service.store.counts()).to.include({ waiting: 0, confirmed: 0, final: 0, refused: 0 });
    expect(await transactions()).to.equal(0);
  });

  it("isn't kept where it was cast before by who has too few votes for the relay", async () => {
    const { context, dao, connection } = world;
    const ballot = await world.ballotOf(voter(0), "for");
    await connection.networkHelpers.setBalance(voter(0).address, parseEther("1"));
    await dao.governor.connect(voter(0).connect(context.provider)).castVote(ballot.proposalId, 1);
    const few = await (await start({ votes: { least: 2 } })).post("/ballots", ballot);
    expect([few.status, few.problem?.code]).to.deep.equal([422, "relay.votes-few"]);
    await relay.service.stop();
    const { id } = await (await start()).post("/ballots", ballot);
    await relay.api.until([id], "final");
    expect(await transactions()).to.equal(0);
  });

  it("isn't taken for done for ever where a final block denies it: it is carried out then", async () => {
    const api = await start({ gas: { most: "0.000001 gwei" } });
    const { id } = await api.post("/ballots", await world.ballotOf(voter(0), "for"));
    // As a node said once that showed what wasn't so.
    const head = await world.context.provider.getBlock("latest");
    const done = { block: head?.number ?? 0, blockHash: head?.hash ?? null };
    const again = relay.service.store;
    again.move(again.inStates(["waiting"], 1), "confirmed", done);
    await relay.api.until([id], "waiting");
    expect(relay.logged.map(({ event }) => event)).to.include("final-denied");
    await relay.service.stop();
    await (await start()).until([id], "final");
    expect(await transactions()).to.equal(1);
    expect((await world.done()).votes).to.equal(1);
  });

  it("is carried out where the settings no longer take its kind", async () => {
    const before = await start({ gas: { most: "0.000001 gwei" } });
    const { id } = await before.post("/ballots", await world.ballotOf(voter(0), "for"));
    await relay.service.stop();
    const api = await start({ takes: ["claim"] });
    await api.until([id], "final");
    const refused = await api.post("/ballots", await world.ballotOf(voter(1), "for"));
    expect([refused.status, refused.problem?.code]).to.deep.equal([404, "relay.kind-off"]);
  });
});
