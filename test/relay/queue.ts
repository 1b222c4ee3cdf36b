import { expect } from "chai";
import { parseEther, ZeroHash } from "ethers";
import { call } from "../../sdk/calls/plan.js";
import type { Ballot } from "../../sdk/governance/ballots.js";
import { signBallot } from "../../sdk/governance/ballots.js";
import { makeProposal } from "../../sdk/governance/proposal.js";
import { findProposal } from "../../sdk/governance/proposals.js";
import { signDelegation } from "../../sdk/token/delegations.js";
import { KIND, SEASON } from "../sdk/badges/support.js";
import { claimsOfAccounts } from "./campaigns.js";
import { refusalOf, useRelays } from "./harness.js";
import { redemptionOf } from "./signed.js";
import { customers, payer, voterAt } from "./support.js";

/** What would fill the relay's queue, or keep others out of it, at no cost. */
describe("a relay's queue", function () {
  this.timeout(180_000);
  const { world, start, handIn } = useRelays();

  /** A second proposal, on which nobody can vote yet, and a ballot for it. */
  async function early(): Promise<Ballot> {
    const { dao, holders, open, context } = world();
    const [alice] = holders;
    const nothing = { name: "account", address: alice.address, interface: dao.governor.interface };
    const plan = makeProposal([call(nothing, "votingDelay", [], "Nothing")], "Early", "", alice.address);
    await dao.governor
      .connect(alice)
      .propose([...plan.targets], [...plan.values], [...plan.calldatas], plan.description);
    const live = await open();
    const proposal = await findProposal(live, "2");
    const signer = voterAt(0).connect(context.provider);
    return (await signBallot(live, signer, proposal, { support: "for" })).ballot;
  }

  it("has ballots that come before their vote opens, and none that isn't signed by who has votes", async () => {
    const ballot = await early();
    const { api } = await start();
    const other = await world().ballotOf(voterAt(1), "for");
    const refused = async (changed: object) => refusalOf(api.post("/ballots", { ...ballot, ...changed }));
    // Junk like this could be made for any voter, and keep that one's own out: three of a voter's may wait.
    expect(await refused({ signature: other.signature })).to.deep.equal([422, "signed.not-signed"]);
    expect(await refused({ support: "against" })).to.deep.equal([422, "signed.not-signed"]);
    const nobody = customers[0];
    expect(await refused({ voter: nobody?.address })).to.deep.equal([422, "relay.votes-few"]);
    const taken = await api.post("/ballots", ballot);
    expect([taken.status, taken.state]).to.deep.equal([202, "waiting"]);
  });

  it("has no rewards that can be disputed still: nobody signed them, so that nothing is lost", async () => {
    const { record, dao, holders, badge, connection } = world();
    const [alice, bob] = holders;
    const season = Number(await dao.badge.currentSeason());
    await badge.award(KIND.REVIEW, bob, ZeroHash);
    await dao.token.connect(alice).approve(record.contracts.rewards, parseEther("10"));
    await dao.rewards.connect(alice).fund(season, record.contracts.token, parseEther("10"));
    await connection.networkHelpers.time.increase(SEASON);
    const { api } = await start();
    const { chainId, slug, contracts } = record;
    const common = {
      kind: "reward",
      version: 1,
      dao: slug,
      chainId,
      rewards: contracts.rewards,
      season,
      earlier: 0,
    };
    const reward = { ...common, token: contracts.token, account: bob.address };
    for (const { address: account } of [...customers.slice(0, 3), bob]) {
      const refused = await refusalOf(api.post("/rewards", { ...reward, account }));
      expect(refused).to.deep.equal([422, "season.disputed"]);
    }
    // Whoever makes a token up could have it take all gas there is, for each who has points.
    const own = { ...reward, token: contracts.drop };
    expect(await refusalOf(api.post("/rewards", own))).to.deep.equal([422, "relay.token-off"]);
    const other = await start({ data: "other", tokens: [contracts.drop] });
    expect(await refusalOf(other.api.post("/rewards", own))).to.deep.equal([422, "season.no-budget"]);
  });

  it("has the same thing once, however its numbers are written", async () => {
    const { api } = await start();
    const claim = await world().claimOf(0);
    const longer = { ...claim, leaf: { ...claim.leaf, amount: `0${claim.leaf.amount}` } };
    expect(await refusalOf(api.post("/claims", longer))).to.deep.equal([400, "signed.not-whole"]);
    const live = await world().open();
    const voter = voterAt(0).connect(world().context.provider);
    const delegation = await signDelegation(live, voter, payer.address, live.now + 10_000);
    const padded = { ...delegation, nonce: `0${delegation.nonce}` };
    expect(await refusalOf(api.post("/delegations", padded))).to.deep.equal([400, "signed.not-whole"]);
  });

  it("is full at some point, and says so, and takes more when there is room", async () => {
    const relay = await start({ limits: { waiting: 6, perMinute: 1_000 }, gas: { most: "0.000001 gwei" } });
    const claims = await Promise.all([0, 1, 2].map((i) => world().claimOf(i)));
    await handIn(relay, "/claims", claims.slice(0, 2));
    expect(await refusalOf(relay.api.post("/claims", claims[2]))).to.deep.equal([503, "relay.queue-full"]);
    // What is known already is answered all the same.
    expect(await relay.api.post("/claims", claims[0])).to.deep.include({ status: 200, state: "waiting" });
    const { database } = relay.service.store;
    database.exec("UPDATE jobs SET state = 'refused' WHERE number = 1");
    await handIn(relay, "/claims", claims.slice(2));
  });

  it("has room for others, however much waits of a campaign that has used its budget up, or of a vote that isn't open", async () => {
    const budget = { day: "5 ether", campaign: "0.000001 ether" };
    const notOpen = await early();
    const others = await claimsOfAccounts(world(), [customers[0]?.address ?? ""]);
    const relay = await start({ budget, limits: { waiting: 12, perMinute: 1_000 } });
    const answers = [];
    for (let i = 0; i < 12; i++)
      answers.push(await refusalOf(relay.api.post("/claims", await world().claimOf(i))));
    expect(answers.filter(([status]) => status === 202)).to.have.length(4);
    expect(answers.at(-1)).to.deep.equal([503, "relay.queue-full"]);
    await handIn(relay, "/claims", others);
    await handIn(relay, "/ballots", [notOpen]);
    const now = await handIn(relay, "/ballots", [await world().ballotOf(voterAt(1), "for")]);
    await relay.api.until(now, "final");
  });

  it("tells nobody the job of what they only guess: its id is for whoever has what was signed", async () => {
    const relay = await start({ gas: { most: "0.000001 gwei" } });
    const ballot = await world().ballotOf(voterAt(0), "for");
    const claim = await world().claimOf(0);
    const live = await world().open();
    const voter = voterAt(1).connect(world().context.provider);
    const delegation = await signDelegation(live, voter, payer.address, live.now + 10_000);
    const redemption = await redemptionOf(world(), 1, customers[3]?.address ?? "", live.now + 100_000);
    const all = [
      ["/ballots", ballot, "signed.not-signed"],
      ["/claims", claim, "claim.not-signed"],
      ["/delegations", delegation, "signed.not-signed"],
      ["/vouchers", redemption, "signed.not-signed"],
      ["/supports", await world().supportOf(voterAt(2), [1]), "signed.not-signed"],
      ["/nicknames", await world().nicknameOf(voterAt(3), "はな"), "signed.not-signed"],
    ] as const;
    for (const [path, signed, code] of all) {
      const [id] = await handIn(relay, path, [signed]);
      for (const { signature } of [{ signature: "0x" }, all[path === "/ballots" ? 1 : 0][1]]) {
        const guessed = await relay.api.post(path, { ...signed, signature });
        expect([guessed.status, guessed.problem?.code, guessed.id], path).to.deep.equal([
          422,
          code,
          undefined,
        ]);
      }
      // Whoever signed it is told, also where the brand's name is written otherwise.
      expect(await relay.api.post(path, signed)).to.deep.include({ status: 200, id });
      expect(await relay.api.post(path, { ...signed, dao: "other" })).to.deep.include({ status: 200, id });
    }
    await relay.service.stop();
    // Also when it is done, and what was signed isn't kept any more.
    const again = await start();
    const { id } = await again.api.post("/ballots", ballot);
    await again.api.until([id], "final");
    expect(
      await refusalOf(again.api.post("/ballots", { ...ballot, signature: claim.signature })),
    ).to.deep.equal([422, "signed.not-signed"]);
    expect(await again.api.post("/ballots", ballot)).to.deep.include({ status: 200, id, state: "final" });
  });

  it("doesn't suffer from what nobody could have signed: numbers that the contracts don't have", async () => {
    const relay = await start();
    const claims = await Promise.all(Array.from({ length: 8 }, (_, i) => world().claimOf(i)));
    const [claim] = claims;
    if (claim === undefined) throw new Error("there is no claim");
    const large = (2n ** 256n - 1n).toString();
    const { chainId, slug, contracts } = world().record;
    const common = { kind: "reward", version: 1, dao: slug, chainId, rewards: contracts.rewards, earlier: 0 };
    const odd = [
      ["/claims", { ...claim, leaf: { ...claim.leaf, amount: large } }],
      ["/claims", { ...claim, leaf: { ...claim.leaf, amount: (2n ** 128n).toString() } }],
      ["/claims", { ...claim, leaf: { ...claim.leaf, amount: "1º" } }],
      ["/claims", { ...claim, leaf: { ...claim.leaf, index: 0xffff_ffff } }],
      ["/ballots", { ...(await world().ballotOf(voterAt(0), "for")), nonce: large }],
      ["/ballots", { ...(await world().ballotOf(voterAt(0), "for")), proposalId: large }],
      ["/rewards", { ...common, season: 70_000, token: contracts.token, account: contracts.token }],
      ["/rewards", { ...common, season: 65_535, token: contracts.token, account: contracts.token }],
    ] as const;
    const asked = odd.map(([path, body]) => relay.api.post(path, body));
    const ids = await handIn(relay, "/claims", claims);
    for (const { status, problem } of await Promise.all(asked)) {
      expect([400, 422], problem?.code).to.include(status);
    }
    await relay.api.until(ids, "final");
  });
});
