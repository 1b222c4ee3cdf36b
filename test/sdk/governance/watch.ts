import { expect } from "chai";
import type { Provider } from "ethers";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { planSteps } from "../../../sdk/governance/proposal.js";
import type { ProposalChange, Watched } from "../../../sdk/governance/watch.js";
import { watchProposal } from "../../../sdk/governance/watch.js";
import type { LiveDao } from "../../../sdk/live.js";
import { load, problemOf } from "../support.js";
import { counting, proposalWorld, votes } from "./support.js";

const DAY = 86_400;

const world = () => load(proposalWorld);

/** What happens between the looks at a proposal, and what is told of each of them. */
async function watched(
  live: LiveDao,
  which: string,
  happenings: readonly (() => unknown)[],
): Promise<Watched[]> {
  const left = [...happenings];
  const wait = async () => {
    const next = left.shift();
    if (next === undefined) throw new Error("it should have ended");
    await next();
  };
  const looks: Watched[] = [];
  for await (const each of watchProposal(live, which, wait)) looks.push(each);
  expect(left, "what should still have happened").to.have.length(0);
  return looks;
}

/** Without what differs from run to run. */
function told({ changes }: Watched): unknown[] {
  return changes.map((change: ProposalChange) => {
    if (change.change === "start") return "start";
    if (change.change !== "vote") return [change.change, change.before];
    const { voter, support, weight, reason } = change.vote;
    return ["vote", voter, support, weight, reason];
  });
}

/** The DAO through a node that fails as often as it is told to. */
function unreliable(live: LiveDao) {
  let failures = 0;
  let looks = 0;
  const getBlock: Provider["getBlock"] = (tag) => {
    looks++;
    if (failures === 0) return live.provider.getBlock(tag);
    failures--;
    return Promise.reject(new Error("the node is gone"));
  };
  const provider = new Proxy(live.provider, {
    get(target, key) {
      if (key === "getBlock") return getBlock;
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
  const fail = (times: number) => (failures = times);
  return { live: { ...live, provider }, fail, looks: () => looks };
}

describe("watchProposal", () => {
  it("tells of votes, a later deadline and each state, in order, until it is carried out", async () => {
    const at = await world();
    const { alice, bob, carol, dao } = at;
    await at.propose("A decision");
    const { snapshot, deadline, id } = await at.find();
    const looks = await watched(await at.open(), "1", [
      () => undefined,
      () => at.connection.networkHelpers.mine(),
      () => at.travelTo(snapshot + 1),
      () => dao.governor.connect(carol).castVoteWithReason(id, 2, "味"),
      async () => {
        await at.travelTo(deadline - 60);
        await dao.governor.connect(bob).castVoteWithReason(id, 0, "高い");
        await at.vote(alice, 1, { id });
      },
      () => at.travelTo(deadline + 1),
      () => at.reach("Queued"),
      () => at.reach("Executed"),
    ]);
    expect(looks.map(told)).to.deep.equal([
      ["start"],
      [],
      [["state", "Pending"]],
      [["vote", carol.address, "abstain", votes(30_000), "味"]],
      [
        ["vote", bob.address, "against", votes(40_000), "高い"],
        ["vote", alice.address, "for", votes(60_000), ""],
      ],
      [["state", "Active"]],
      [["state", "Succeeded"]],
      [["state", "Queued"]],
    ]);
    expect(looks.map(({ proposal }) => proposal.state)).to.deep.equal([
      ...["Pending", "Pending", "Active", "Active", "Active", "Succeeded", "Queued", "Executed"],
    ]);
    expect(looks.at(-1)?.proposal).to.deep.equal(await at.find());
  });

  it("tells of a deadline that a late quorum moved", async () => {
    const at = await world();
    await at.propose("A decision");
    const { deadline, id } = await at.reach("Active");
    const looks = await watched(await at.open(), id, [
      async () => {
        await at.travelTo(deadline - 60);
        await at.vote(at.alice, 2, { id });
      },
      async () => at.travelTo((await at.find()).deadline + 1),
    ]);
    expect(looks.map(told)).to.deep.equal([
      ["start"],
      [
        ["vote", at.alice.address, "abstain", votes(60_000), ""],
        ["deadline", deadline],
      ],
      [["state", "Active"]],
    ]);
    expect(looks.map(({ proposal }) => proposal.state)).to.deep.equal(["Active", "Active", "Defeated"]);
    const [, prolonged] = looks;
    expect(prolonged?.proposal.deadline).to.equal((prolonged?.live.now ?? 0) + 2 * DAY);
  });

  it("tells at once of all that happened between two looks", async () => {
    const at = await world();
    await at.propose("A decision");
    const looks = await watched(await at.open(), "#1", [() => at.reach("Executed")]);
    expect(looks.map(told)).to.deep.equal([
      ["start"],
      [
        ["vote", at.bob.address, "for", votes(40_000), ""],
        ["state", "Pending"],
      ],
    ]);
  });

  it("ends with a veto, and only looks once at what is over", async () => {
    const at = await world();
    await at.propose("A decision");
    const { veto } = planSteps(at.record, await at.find());
    const vetoed = await watched(await at.open(), "1", [() => at.asSafe(veto("because").calls)]);
    expect(vetoed.at(-1)?.proposal).to.deep.include({ state: "Canceled" });
    expect(vetoed.at(-1)?.proposal.veto?.reason).to.equal("because");
    expect((await watched(await at.open(), "1", [])).map(told)).to.deep.equal([["start"]]);
  });

  it("ends where the proposal is withdrawn, defeated or expires", async () => {
    const at = await world();
    await at.propose("Withdrawn");
    await at.propose("Defeated");
    await at.propose("Expired");
    const { cancel } = planSteps(at.record, await at.find());
    const ends = [
      await watched(await at.open(), "1", [() => executeAsSigner(cancel, at.alice)]),
      await watched(await at.open(), "3", [
        () => at.reach("Queued", "3"),
        async () => at.travelTo(((await at.find("3")).eta ?? 0) + 14 * DAY + 1),
      ]),
      await watched(await at.open(), "2", []),
    ];
    expect(ends.map((looks) => looks.at(-1)?.proposal.state)).to.deep.equal([
      "Canceled",
      "Expired",
      "Defeated",
    ]);
  });

  it("has the quorum of the snapshot once that is settled", async () => {
    const at = await world();
    await at.propose("A higher floor", "", [at.own("governor", "setQuorumFloor", [votes(30_000)])]);
    const { eta = 0 } = await at.reach("Queued");
    await at.travelTo(eta - 3_600);
    await at.propose("A decision");
    const { snapshot } = await at.find("2");
    const looks = await watched(await at.open(), "2", [
      async () => {
        await at.reach("Executed");
        await at.travelTo(snapshot + 1);
      },
      () => at.connection.networkHelpers.mine(),
      () => at.travelTo(snapshot + 30 * DAY),
    ]);
    const quorums = [25_000, 30_000, 30_000, 30_000].map((tokens) => votes(tokens));
    expect(looks.map(({ quorum }) => quorum)).to.deep.equal(quorums);
  });

  it("asks little of the node where nothing happens", async () => {
    const at = await world();
    await at.propose("A decision");
    const { live, asked } = await counting(at);
    const counts: number[] = [];
    const note = () => counts.push(asked());
    const { cancel } = planSteps(at.record, await at.find());
    await watched(live, "1", [
      note,
      () => {
        note();
        return at.connection.networkHelpers.mine();
      },
      note,
      () => executeAsSigner(cancel, at.alice),
    ]);
    const [first = 0, second = 0, third = 0] = counts;
    expect([second - first, third - second]).to.deep.equal([1, 2]);
  });

  it("survives two looks in a row that fail, each time", async () => {
    const at = await world();
    await at.propose("A decision");
    const { live, fail } = unreliable(await at.open());
    const nothing = () => undefined;
    const looks = await watched(live, "1", [
      () => fail(2),
      nothing,
      () => at.connection.networkHelpers.mine(),
      () => fail(2),
      nothing,
      () => at.reach("Executed"),
    ]);
    expect(looks.map(({ proposal }) => proposal.state)).to.deep.equal(["Pending", "Pending", "Executed"]);
  });

  it("gives up at the third", async () => {
    const at = await world();
    await at.propose("A decision");
    const { live, fail, looks } = unreliable(await at.open());
    const iterator = watchProposal(live, "1", () => Promise.resolve());
    await iterator.next();
    fail(3);
    await expect(iterator.next()).to.be.rejectedWith("the node is gone");
    expect(looks()).to.equal(3);
    expect((await iterator.next()).done).to.equal(true);
  });

  it("tells what happened once that is confirmed, and looks again where it isn't", async () => {
    const at = await world();
    await at.propose("A decision");
    const { snapshot, id } = await at.find();
    await at.travelTo(snapshot + 1);
    let doubts = 0;
    const confirm = () =>
      doubts-- > 0 ? Promise.reject(new Error("seen by nobody else")) : Promise.resolve();
    const iterator = watchProposal(await at.open(), "1", () => at.connection.networkHelpers.mine(), confirm);
    await iterator.next();
    await at.dao.governor.connect(at.bob).castVote(id, 1);
    doubts = 2;
    const next = await iterator.next();
    if (next.done === true) expect.fail("it is over");
    expect(next.value.changes.map(({ change }) => change)).to.deep.equal(["vote"]);
    doubts = 3;
    await expect(iterator.next()).to.be.rejectedWith("seen by nobody else");
  });

  it("refuses what is no proposal", async () => {
    const at = await world();
    const { message } = await problemOf(watched(await at.open(), "7", []));
    expect(message).to.include('"7"');
  });
});
