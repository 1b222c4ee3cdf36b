import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { simulate } from "../../../sdk/calls/simulate.js";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { makeProposal, planProposal, planSteps, planVote } from "../../../sdk/governance/proposal.js";
import type { Circumstances, Readiness } from "../../../sdk/governance/readiness.js";
import {
  cancelReadiness,
  executeReadiness,
  proposeReadiness,
  queueReadiness,
  readCircumstances,
  requireReady,
  vetoReadiness,
  voteReadiness,
} from "../../../sdk/governance/readiness.js";
import { formatMoment } from "../../../sdk/time.js";
import { expectData, kindOf } from "../../helpers/problems.js";
import { load, problemOf } from "../support.js";
import type { ProposalWorld } from "./support.js";
import { proposalWorld, votes } from "./support.js";

const world = () => load(proposalWorld);

const STEPS = ["vote", "queue", "execute", "cancel", "veto"] as const;
type Step = (typeof STEPS)[number];

/**
 * What is said of every step of a proposal: by Carol, who votes; somebody who queues and executes; Alice, who proposed
 * it; and the Safe. Each is tried on the chain, which has to agree.
 *
 * @param pointless Steps that the chain would let be taken, though there is nothing to gain.
 */
async function look(
  at: ProposalWorld,
  pointless: readonly Step[] = [],
  which = "1",
): Promise<Record<Step, Readiness>> {
  const { context, record, alice, carol, stranger } = at;
  const live = await at.open();
  const proposal = await at.find(which);
  const { queue, execute, cancel, veto } = planSteps(record, proposal);
  const vote = planVote(record, proposal.id, "for", "");
  const of = async (
    step: Step,
    actor: string,
    readiness: (view: typeof proposal, circumstances: Circumstances) => Readiness,
    plan: typeof vote,
  ) => {
    const said = readiness(proposal, await readCircumstances(live, proposal, actor));
    const [made] = plan.calls;
    if (made === undefined) throw new Error("the step has no call");
    const tried = await simulate(made, actor, context.provider);
    const expected = tried.ok && !pointless.includes(step);
    expect(said.ready, `${step} ${proposal.state}: ${JSON.stringify(tried)}`).to.equal(expected);
    expect(said.message).not.to.equal("");
    if (!said.ready) {
      expect(said.remedy).to.be.a("string").and.not.to.equal("");
      expect(said.problem).to.deep.include({ message: said.message, remedy: said.remedy });
      expectData(said.problem);
    }
    if (said.ready) expect(said.from).to.equal(undefined);
    return said;
  };
  return {
    vote: await of("vote", carol.address, voteReadiness, vote),
    queue: await of("queue", stranger.address, queueReadiness, queue),
    execute: await of("execute", stranger.address, executeReadiness, execute),
    cancel: await of("cancel", alice.address, cancelReadiness, cancel),
    veto: await of("veto", record.safe, vetoReadiness, veto("because")),
  };
}

/** The steps that can be taken, as the chain agrees. */
async function readySteps(at: ProposalWorld, pointless: readonly Step[] = []): Promise<Step[]> {
  const said = await look(at, pointless);
  return STEPS.filter((step) => said[step].ready);
}

describe("the steps of a proposal that can be taken", () => {
  const open = [
    ["Pending", ["cancel", "veto"]],
    ["Active", ["vote", "veto"]],
    ["Succeeded", ["queue", "veto"]],
    ["Queued", ["veto"]],
    ["Executed", []],
  ] as const;
  for (const [state, steps] of open) {
    it(`while it is ${state}`, async () => {
      const at = await world();
      await at.propose("A decision");
      await at.reach(state);
      expect(await readySteps(at)).to.deep.equal(steps);
    });
  }

  it("once the timelock's delay is over", async () => {
    const at = await world();
    await at.propose("A decision");
    const { eta = 0 } = await at.reach("Queued");
    await at.travelTo(eta);
    expect(await readySteps(at)).to.deep.equal(["execute", "veto"]);
  });

  it("are none once it is defeated", async () => {
    const at = await world();
    await at.propose("A decision");
    await at.travelTo((await at.find()).deadline + 1);
    expect((await at.find()).state).to.equal("Defeated");
    expect(await readySteps(at, ["veto"])).to.deep.equal([]);
    expect((await look(at, ["veto"])).vote.message).to.include("25,000");
  });

  it("are none once it is withdrawn or vetoed", async () => {
    const at = await world();
    await at.propose("A decision");
    const { cancel, veto } = planSteps(at.record, await at.find());
    const snapshot = await at.connection.networkHelpers.takeSnapshot();
    await executeAsSigner(cancel, at.alice);
    expect(await readySteps(at)).to.deep.equal([]);
    await snapshot.restore();
    await at.asSafe(veto("法律に\u001b[2J反する").calls);
    expect(await readySteps(at)).to.deep.equal([]);
    const { vote } = await look(at);
    expect(vote.message).to.include("法律に\\u001b[2J反する").and.to.include(at.record.safe);
  });

  for (const state of ["Succeeded", "Queued"] as const) {
    it(`are none once it expired, having been ${state}`, async () => {
      const at = await world();
      await at.propose("A decision");
      const { deadline, eta } = await at.reach(state);
      const last = (eta ?? deadline) + 14 * 86_400;
      await at.travelTo(last);
      expect(await readySteps(at)).to.have.length(2);
      expect((await look(at))[state === "Succeeded" ? "queue" : "execute"].until).to.equal(last);
      await at.travelTo(last + 1);
      expect(await readySteps(at)).to.deep.equal([]);
      const { queue } = await look(at);
      expect(queue.message).to.include(formatMoment(last, last + 1));
    });
  }

  it("begin and end in the very seconds that are told", async () => {
    const at = await world();
    await at.propose("A decision");
    const pending = await look(at);
    const { now } = await at.open();
    expect(pending.vote.message).to.include(formatMoment(pending.vote.from ?? 0, now));
    expect(pending.cancel.message).to.include(formatMoment(pending.cancel.until ?? 0, now));
    await at.travelTo(pending.cancel.until ?? 0);
    expect(await readySteps(at)).to.deep.equal(["cancel", "veto"]);
    expect(pending.vote.from).to.equal((pending.cancel.until ?? 0) + 1);
    await at.travelTo(pending.vote.from ?? 0);
    expect(await readySteps(at)).to.deep.equal(["vote", "veto"]);

    await at.vote(at.bob, 1, await at.find());
    const active = await look(at);
    await at.travelTo(active.vote.until ?? 0);
    expect(await readySteps(at)).to.deep.equal(["vote", "veto"]);
    expect(active.queue.from).to.equal((active.vote.until ?? 0) + 1);
    await at.travelTo(active.queue.from ?? 0);
    expect(await readySteps(at)).to.deep.equal(["queue", "veto"]);

    await at.reach("Queued");
    const { execute } = await look(at);
    const queued = (await at.open()).now;
    expect(execute.message).to.include(formatMoment(execute.from ?? 0, queued));
    await at.travelTo((execute.from ?? 0) - 1);
    expect(await readySteps(at)).to.deep.equal(["veto"]);
    await at.travelTo(execute.from ?? 0);
    expect(await readySteps(at)).to.deep.equal(["execute", "veto"]);
    expect((await look(at)).execute.until).to.equal(execute.until);
    await at.travelTo(execute.until ?? 0);
    expect(await readySteps(at)).to.deep.equal(["execute", "veto"]);
    await at.travelTo((execute.until ?? 0) + 1);
    expect(await readySteps(at)).to.deep.equal([]);
  });
});

describe("voteReadiness", () => {
  /** What is said to an account, with its votes. */
  async function said(at: ProposalWorld, account: string) {
    const proposal = await at.find();
    const circumstances = await readCircumstances(await at.open(), proposal, account);
    return { ...voteReadiness(proposal, circumstances), votes: circumstances.actor?.votes };
  }

  it("refuses who voted already", async () => {
    const at = await world();
    await at.propose("A decision");
    await at.reach("Active");
    await at.vote(at.carol, 2, await at.find());
    expect(await readySteps(at)).to.deep.equal(["veto"]);
    const { message, problem } = await said(at, at.carol.address);
    expect(message).to.include(at.carol.address).and.to.include("abstain").and.to.include("30,000");
    const cast = { voter: at.carol.address, support: "abstain", votes: votes(30_000) };
    expect(problem && kindOf(problem)).to.deep.equal(["vote.cast-already", cast]);
  });

  it("refuses who had no votes at the snapshot: the chain would count nothing", async () => {
    const at = await world();
    const { governor, token } = at.dao;
    await at.propose("A decision");
    expect((await said(at, at.stranger.address)).message).to.include(at.stranger.address);
    await at.travelTo((await at.find()).snapshot + 1);
    await token.connect(at.alice).transfer(at.stranger, votes(1_000));
    const { ready, message, votes: counted } = await said(at, at.stranger.address);
    expect([ready, counted]).to.deep.equal([false, 0n]);
    expect(message).to.include(at.stranger.address);
    const { id } = await at.find();
    expect(await governor.connect(at.stranger).castVote.staticCall(id, 1)).to.equal(0n);
    expect((await said(at, at.alice.address)).votes).to.equal(votes(60_000));
  });

  it("names who votes with an account's votes instead", async () => {
    const at = await world();
    await at.dao.token.connect(at.alice).delegate(at.bob);
    await at.propose("A decision", "", undefined, at.carol);
    const pending = await said(at, at.bob.address);
    await at.reach("Active");
    const delegated = await said(at, at.alice.address);
    expect([delegated.ready, delegated.votes]).to.deep.equal([false, 0n]);
    expect(delegated.message).to.include(at.bob.address);
    const { snapshot } = await at.find();
    expect(delegated.problem && kindOf(delegated.problem)).to.deep.equal([
      "vote.no-votes",
      { account: at.alice.address, snapshot, delegate: at.bob.address },
    ]);
    expect(pending.problem && kindOf(pending.problem)).to.deep.equal([
      "vote.not-open",
      { opens: snapshot + 1, snapshot, withoutVotes: undefined },
    ]);
    const active = await said(at, at.bob.address);
    expect([pending.ready, pending.votes]).to.deep.equal([false, votes(100_000)]);
    expect([active.ready, active.votes]).to.deep.equal([true, votes(100_000)]);
  });

  it("says it of nobody in particular", async () => {
    const at = await world();
    await at.propose("A decision");
    const of = async () =>
      voteReadiness(await at.find(), await readCircumstances(await at.open(), await at.find()));
    expect((await of()).ready).to.equal(false);
    const { deadline } = await at.reach("Active");
    expect(await of()).to.deep.include({ ready: true, until: deadline });
  });
});

describe("cancelReadiness", () => {
  it("is for the proposer only", async () => {
    const at = await world();
    await at.propose("A decision");
    const proposal = await at.find();
    const [cancel] = planSteps(at.record, proposal).cancel.calls;
    if (cancel === undefined) throw new Error("no call");
    for (const { address } of [at.bob, at.stranger, at.owners[0]]) {
      const said = cancelReadiness(proposal, await readCircumstances(await at.open(), proposal, address));
      expect([said.ready, (await simulate(cancel, address, at.context.provider)).ok]).to.deep.equal([
        false,
        false,
      ]);
      expect(said.message).to.include(address).and.to.include(at.alice.address);
    }
    const anybody = cancelReadiness(proposal, await readCircumstances(await at.open(), proposal));
    expect(anybody).to.deep.include({ ready: true, until: proposal.snapshot });
  });
});

describe("vetoReadiness", () => {
  it("ends with the veto's term", async () => {
    const at = await world();
    const expiry = Number(await at.dao.governor.guardianExpiry());
    await at.travelTo(expiry - 3_600);
    await at.propose("A decision");
    expect((await look(at)).veto.until).to.equal(expiry - 1);
    await at.travelTo(expiry - 1);
    expect((await look(at)).veto.ready).to.equal(true);
    await at.travelTo(expiry);
    const { ready, message } = (await look(at)).veto;
    expect(ready).to.equal(false);
    expect(message).to.include(formatMoment(expiry, expiry));
  });

  it("ends where the Safe gives its veto up", async () => {
    const at = await world();
    await at.propose("A decision");
    await at.asSafe([at.own("governor", "resignGuardian", [])]);
    expect(await at.dao.governor.proposalGuardian()).to.equal(ZeroAddress);
    expect((await look(at)).veto.ready).to.equal(false);
  });

  it("is somebody else's where a proposal says so", async () => {
    const at = await world();
    await at.propose("Another", "", [at.own("governor", "setProposalGuardian", [at.carol.address])]);
    await at.reach("Executed");
    await at.propose("A decision");
    const { veto } = await look(at, [], "2");
    expect(veto.ready).to.equal(false);
    expect(veto.message).to.include(at.carol.address).and.to.include(at.record.safe);
    const [made] = planSteps(at.record, await at.find("2")).veto("because").calls;
    expect(made && (await simulate(made, at.carol.address, at.context.provider)).ok).to.equal(true);
  });
});

describe("proposeReadiness", () => {
  it("counts the votes of the account against the threshold", async () => {
    const at = await world();
    const { stranger, record, context } = at;
    const { token } = at.dao;
    const nothing = at.own("timelock", "updateDelay", [172_800]);
    const [propose] = planProposal(record, makeProposal([nothing], "x", "", stranger.address)).propose.calls;
    if (propose === undefined) throw new Error("no call");
    const compare = async (ready: boolean, amount: bigint) => {
      await at.connection.networkHelpers.mine();
      const said = await proposeReadiness(await at.open(), stranger.address);
      expect(said).to.deep.include({ ready, votes: amount, threshold: votes(500) });
      expect((await simulate(propose, stranger.address, context.provider)).ok).to.equal(ready);
      expect(said.message).to.include(stranger.address).and.to.include("500");
      const lacking = { account: stranger.address, votes: amount, threshold: votes(500) };
      expect(said.problem && kindOf(said.problem)).to.deep.equal(
        ready ? undefined : ["proposal.too-few-votes", lacking],
      );
    };
    await compare(false, 0n);
    await token.connect(at.alice).transfer(stranger, votes(500) - 1n);
    await compare(false, votes(500) - 1n);
    await token.connect(at.alice).transfer(stranger, 1n);
    await compare(true, votes(500));
    await token.connect(stranger).delegate(at.bob);
    await compare(false, 0n);
  });
});

describe("requireReady", () => {
  it("throws what is said where a step can't be taken", async () => {
    const at = await world();
    await at.propose("A decision");
    const { vote, cancel } = await look(at);
    requireReady(cancel, "proposal #1");
    const refused = Promise.resolve().then(() => {
      requireReady(vote, "proposal #1");
    });
    expect(await problemOf(refused)).to.deep.equal({
      place: "proposal #1",
      message: vote.message,
      remedy: vote.remedy,
    });
  });
});
