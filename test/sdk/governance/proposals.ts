import { expect } from "chai";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { planSteps } from "../../../sdk/governance/proposal.js";
import { findProposal, readProposals, readQuorum, readQuorums } from "../../../sdk/governance/proposals.js";
import { isFinal } from "../../../sdk/governance/states.js";
import { STATE } from "../../helpers/proposal.js";
import { load, problemOf } from "../support.js";
import { counting, expectTrue, proposalWorld, votes } from "./support.js";

const DAY = 86_400;

const world = () => load(proposalWorld);

describe("proposals", () => {
  it("are none at first", async () => {
    const { open } = await world();
    expect(await readProposals(await open())).to.deep.equal([]);
  });

  it("are numbered in their order, with titles and texts", async () => {
    const { open, propose, alice, bob, record, dao } = await world();
    await propose("試飲会", "本文\n\n# 詳細");
    await propose("Second", "", undefined, bob);
    await propose("  # odd  ");
    const all = await readProposals(await open());
    expect(all.map(({ number, title, proposer }) => [number, title, proposer])).to.deep.equal([
      [1, "試飲会", alice.address],
      [2, "Second", bob.address],
      [3, "# odd", alice.address],
    ]);
    // The governor counts them in the same order.
    for (const { number, id } of all) {
      expect(await dao.governor.proposalNumber(id)).to.equal(number);
      expect(await dao.governor.proposalIdAt(number)).to.equal(id);
    }
    expect(all[0]?.description).to.equal("# 試飲会\n\n本文\n\n# 詳細");
    expect(all[0]?.targets).to.deep.equal([record.contracts.timelock]);
    expect(all[0]).to.deep.include({ state: "Pending", extended: false, eta: undefined, votes: [] });
  });

  it("are what the governor says, all through their life", async () => {
    const at = await world();
    await at.propose("A decision");
    for (const state of ["Pending", "Active", "Succeeded", "Queued", "Executed"] as const) {
      const proposal = await at.reach(state);
      expect(proposal.state).to.equal(state);
      expect(isFinal(state)).to.equal(state === "Executed");
      await expectTrue(at, proposal);
    }
    const { transactions } = await at.find();
    expect(Object.keys(transactions)).to.deep.equal(["propose", "queue", "execute"]);
    for (const hash of Object.values(transactions)) {
      const receipt = await at.context.provider.getTransactionReceipt(hash);
      expect(receipt?.to).to.equal(at.record.contracts.governor);
    }
  });

  it("are defeated without enough votes", async () => {
    const at = await world();
    await at.propose("Nobody comes");
    await at.propose("Most are against it");
    const { snapshot } = await at.find("2");
    await at.travelTo(snapshot + 1);
    await at.vote(at.alice, 0, await at.find("2"));
    await at.vote(at.bob, 1, await at.find("2"));
    await at.travelTo((await at.find("2")).deadline + 1);
    for (const which of ["1", "2"]) {
      const proposal = await at.find(which);
      expect(proposal.state).to.equal("Defeated");
      expect(isFinal(proposal.state)).to.equal(true);
      await expectTrue(at, proposal);
    }
  });

  it("can be withdrawn by their proposer", async () => {
    const at = await world();
    await at.propose("A mistake");
    await executeAsSigner(planSteps(at.record, await at.find()).cancel, at.alice);
    const proposal = await at.find();
    expect(proposal).to.deep.include({ state: "Canceled", veto: undefined });
    expect(Object.keys(proposal.transactions)).to.deep.equal(["propose", "cancel"]);
    await expectTrue(at, proposal);
  });

  for (const state of ["Pending", "Active", "Succeeded", "Queued"] as const) {
    it(`can be vetoed with a reason while ${state}`, async () => {
      const at = await world();
      await at.propose("Against the law");
      const reason = '法律に反する\n"quote"';
      await at.asSafe(planSteps(at.record, await at.reach(state)).veto(reason).calls);
      const proposal = await at.find();
      expect(proposal.state).to.equal("Canceled");
      expect(proposal.veto).to.deep.equal({ guardian: at.record.safe, reason });
      expect(await at.dao.governor.state(proposal.id)).to.equal(STATE.Canceled);
    });
  }

  for (const state of ["Succeeded", "Queued"] as const) {
    it(`expire where nobody goes on once they are ${state}`, async () => {
      const at = await world();
      await at.propose("Forgotten");
      const { deadline, eta } = await at.reach(state);
      const last = (eta ?? deadline) + 14 * DAY;
      await at.travelTo(last);
      expect((await at.find()).state).to.equal(state);
      await at.travelTo(last + 1);
      await expectTrue(at, await at.find());
      expect((await at.find()).state).to.equal("Expired");
      if (state === "Succeeded") return;
      // Taken out of the timelock it is still the same.
      const { targets, values, calldatas, descriptionHash } = await at.find();
      await at.dao.governor.discard([...targets], [...values], [...calldatas], descriptionHash);
      expect((await at.find()).state).to.equal("Expired");
    });
  }

  it("have a later deadline once a late quorum moved it", async () => {
    const at = await world();
    await at.propose("A close vote");
    const before = await at.reach("Active");
    expect(before).to.deep.include({ extended: false, deadline: before.snapshot + 3 * DAY });
    await at.travelTo(before.deadline - 60);
    await at.vote(at.alice, 1, before);
    const after = await at.find();
    expect(after.extended).to.equal(true);
    expect(after.deadline).to.equal((await at.open()).now + 2 * DAY);
    await expectTrue(at, after);
  });

  it("are what they were in the block that is read", async () => {
    const at = await world();
    await at.propose("One");
    const old = await at.open();
    const before = await readProposals(old);
    await at.propose("Two");
    await at.reach("Succeeded");
    expect(await readProposals(old)).to.deep.equal(before);
    expect(before.map(({ number, state }) => [number, state])).to.deep.equal([[1, "Pending"]]);
  });

  it("are read in a handful of requests, however many there are", async () => {
    const at = await world();
    for (let i = 1; i <= 40; i++) await at.propose(`Number ${i}`);
    const { snapshot } = await at.find("40");
    await at.travelTo(snapshot + 1);
    const { live, asked } = await counting(at);
    const open = await readProposals(live);
    expect(open.map(({ title }) => title)).to.deep.equal(open.map((_, i) => `Number ${i + 1}`));
    for (const proposal of open) {
      for (const [i, voter] of at.holders.entries()) await at.vote(voter, i === 0 ? 2 : 1, proposal);
    }
    const again = await counting(at);
    const before = again.asked("eth_call");
    const all = await readProposals(again.live);
    expect(again.asked("eth_call") - before).to.equal(1);
    expect(again.asked("eth_getLogs")).to.equal(1);
    expect(asked("eth_call")).to.be.below(6);
    expect(all).to.have.length(40);
    for (const proposal of all) {
      expect(proposal.state).to.equal("Active");
      expect(proposal.tally).to.deep.equal({ against: 0n, for: votes(70_000), abstain: votes(60_000) });
    }
    await readQuorums(
      again.live,
      all.map((proposal) => proposal.snapshot),
    );
    expect(again.asked("eth_call") - before).to.equal(2);
  });

  it("need the quorum of their snapshot; before it, that of now", async () => {
    const at = await world();
    await at.propose("Old");
    const { snapshot } = await at.find();
    const early = await at.open();
    expect(await readQuorum(early, snapshot)).to.equal(await at.dao.governor.quorum(early.now - 1));
    const floor = at.own("governor", "setQuorumFloor", [votes(30_000)]);
    await at.propose("A higher floor", "", [floor]);
    await at.reach("Executed", "2");
    await at.connection.networkHelpers.mine(2);
    const live = await at.open();
    const quorums = await readQuorums(live, [snapshot, live.now + DAY, snapshot]);
    expect(quorums).to.deep.equal([votes(25_000), votes(30_000), votes(25_000)]);
  });
});

describe("findProposal", () => {
  it("finds by number, by number sign and by id", async () => {
    const { open, propose } = await world();
    await propose("One");
    await propose("Two");
    const live = await open();
    const [, second] = await readProposals(live);
    for (const which of ["2", "#2", " 2 ", second?.id ?? "", ` #${second?.id ?? ""}`]) {
      expect(await findProposal(live, which), which).to.deep.equal(second);
    }
  });

  it("refuses anything else", async () => {
    const { open, propose } = await world();
    const none = await problemOf(findProposal(await open(), "1"));
    expect(none.message).to.include('"1"');
    await propose("One");
    const live = await open();
    for (const which of ["0", "2", "#3", "-1", "1.0", "One", "0x1", "", "9".repeat(60)]) {
      const { message, place } = await problemOf(findProposal(live, which));
      expect(message).to.include(`"${which}"`);
      expect(place).to.equal("proposal");
    }
  });
});
