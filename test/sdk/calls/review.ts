import { expect } from "chai";
import { parseEther } from "ethers";
import { call, named } from "../../../sdk/calls/plan.js";
import { reviewCalls } from "../../../sdk/calls/review.js";
import { openDao } from "../../../sdk/live.js";
import { launchedWorld, load } from "../support.js";

describe("reviewCalls", () => {
  async function reviewed(
    make: (world: Awaited<ReturnType<typeof open>>) => Promise<Parameters<typeof reviewCalls>[1]>,
  ) {
    const world = await open();
    return reviewCalls(world.live, await make(world), world.record.contracts.timelock);
  }

  async function open() {
    const world = await load(launchedWorld);
    const live = await openDao(world.record, world.context.provider, world.connection.provider);
    return { ...world, live };
  }

  it("shows a setting as it is and as it will be", async () => {
    const [setting] = await reviewed(async ({ dao }) => [
      call(await named("governor", dao.governor), "setVotingPeriod", [4 * 86_400], ""),
    ]);
    expect(setting?.changes).to.deep.equal([{ name: "newVotingPeriod", from: "3 days", to: "4 days" }]);
    expect(setting?.simulation.ok).to.equal(true);
  });

  it("tries what the governor does to itself, which it only takes from a passed proposal", async () => {
    const [good, bad, own] = await reviewed(async ({ dao }) => {
      const governor = await named("governor", dao.governor);
      return [
        call(governor, "setVotingPeriod", [4 * 86_400], ""),
        call(governor, "setVotingPeriod", [1], ""),
        call(governor, "relay", [await dao.timelock.getAddress(), 0, "0x"], ""),
      ];
    });
    expect(good?.simulation.ok).to.equal(true);
    expect(bad?.simulation).to.include({ ok: false });
    expect(bad?.simulation.ok === false && bad.simulation.reason).to.include("BrandGovernorOutOfBounds");
    expect(own?.simulation.ok === false && own.simulation.reason).to.include("BrandGovernorRelayToTimelock");
  });

  it("tries each call as whoever would make it", async () => {
    const [good, bad] = await reviewed(async ({ dao, holders }) => {
      const token = await named("token", dao.token);
      return [
        call(token, "transfer", [holders[0].address, parseEther("20000")], ""),
        call(token, "transfer", [holders[0].address, parseEther("20001")], ""),
      ];
    });
    expect(good?.simulation.ok).to.equal(true);
    expect(bad?.simulation).to.include({ ok: false });
    expect(bad?.simulation.ok === false && bad.simulation.reason).to.include("ERC20InsufficientBalance");
  });

  it("tries a call after those before it, where it fails by itself", async () => {
    const { live, dao, holders, record } = await open();
    const [token, rewards] = [await named("token", dao.token), await named("rewards", dao.rewards)];
    const approve = call(token, "approve", [record.contracts.rewards, 5n], "");
    const fund = (amount: bigint) => call(rewards, "fund", [1, token.address, amount], "");
    for (const from of [holders[0].address, record.contracts.timelock]) {
      const [first, second] = await reviewCalls(live, [approve, fund(5n)], from);
      expect([first?.simulation.ok, second?.simulation.ok]).to.deep.equal([true, true]);
      const [, more] = await reviewCalls(live, [approve, fund(6n)], from);
      expect(more?.simulation.ok === false && more.simulation.reason).to.include(
        "ERC20InsufficientAllowance",
      );
      const [without] = await reviewCalls(live, [fund(5n)], from);
      expect(without?.simulation.ok).to.equal(false);
    }
    // Nothing of it has happened.
    expect(await dao.token.allowance(holders[0], record.contracts.rewards)).to.equal(0n);
    expect((await dao.rewards.budgetOf(1, token.address)).budget).to.equal(0n);
  });

  it("tries a proposal's calls one after the other, with what the treasury has", async () => {
    const { live, dao, holders, record } = await open();
    const { timelock } = record.contracts;
    const token = await named("token", dao.token);
    const pay = (amount: string) => call(token, "transfer", [holders[0].address, parseEther(amount)], "");
    // Each can be made, and not both; the third one can, without the second.
    const [first, second, third] = await reviewCalls(live, [pay("5"), pay("20000"), pay("19995")], timelock);
    expect(first?.simulation.ok).to.equal(true);
    expect(second?.simulation).to.deep.equal({
      ok: false,
      reason: `ERC20InsufficientBalance(sender: timelock (${timelock}), balance: 19,995 ${live.symbol}, needed: 20,000 ${live.symbol})`,
    });
    expect(third?.simulation.ok).to.equal(true);
    // Nothing of it has happened.
    expect(await dao.token.balanceOf(timelock)).to.equal(parseEther("20000"));
  });

  it("tries what the governor and the timelock do to themselves in the same order", async () => {
    const { live, dao, stranger, record } = await open();
    const governor = await named("governor", dao.governor);
    const timelock = await named("timelock", dao.timelock);
    const calls = [
      call(governor, "setVotingPeriod", [4 * 86_400], ""),
      call(timelock, "updateDelay", [86_400], ""),
      call(governor, "setVotingPeriod", [5 * 86_400], ""),
      // Of the same content as the first one.
      call(governor, "setVotingPeriod", [4 * 86_400], ""),
    ];
    const reviewed = await reviewCalls(live, calls, record.contracts.timelock);
    expect(reviewed.map(({ simulation }) => simulation)).to.deep.equal(
      calls.map(() => ({ ok: true, result: "0x" })),
    );
    const eth = { to: stranger.address, data: "0x", value: parseEther("0.6") };
    await stranger.sendTransaction({ to: record.contracts.timelock, value: parseEther("1") });
    const [one, other] = await reviewCalls(live, [eth, eth], record.contracts.timelock);
    expect(one?.simulation.ok).to.equal(true);
    expect(other?.simulation).to.deep.equal({
      ok: false,
      reason: "the treasury has 1 ETH, less than the 1.2 ETH that it is to send",
    });
  });

  it("tells five calls that fail apart, and doesn't try those after them", async () => {
    const { live, dao, holders, record } = await open();
    const token = await named("token", dao.token);
    const calls = Array.from({ length: 12 }, (_, i) =>
      call(token, "transfer", [holders[0].address, parseEther(i % 2 === 0 ? "1" : "30000")], ""),
    );
    const reviewed = await reviewCalls(live, calls, record.contracts.timelock);
    expect(reviewed.map(({ simulation }) => simulation.ok)).to.deep.equal(
      calls.map((_, i) => i % 2 === 0 && i < 10),
    );
    expect(reviewed[10]?.simulation).to.deep.equal({
      ok: false,
      reason: "it wasn't tried, as 5 calls before it fail",
    });
  });

  for (const [what, answer] of [
    ["refuses to suppose anything", (params: unknown[]) => params.length < 3],
    ["passes over what it should suppose", () => true],
  ] as const) {
    it(`says what can't be tried where a node ${what}`, async () => {
      const { live, dao, holders, record } = await open();
      const node = {
        request: ({ method, params = [] }: { method: string; params?: unknown[] }) =>
          answer(params)
            ? live.eip1193.request({ method, params: params.slice(0, 2) })
            : Promise.reject(new Error("too many arguments, want at most 2")),
      };
      const token = await named("token", dao.token);
      const governor = await named("governor", dao.governor);
      const pay = (amount: string) => call(token, "transfer", [holders[0].address, parseEther(amount)], "");
      const calls = [pay("20000"), pay("20001"), call(governor, "setVotingPeriod", [1], "")];
      const reviewed = await reviewCalls({ ...live, eip1193: node }, calls, record.contracts.timelock);
      expect(reviewed.map(({ simulation }) => simulation.ok)).to.deep.equal([true, true, true]);
      const notes = reviewed.map(({ simulation }) => (simulation.ok ? simulation.note : ""));
      expect(notes[0]).to.equal(
        "would succeed by itself; together they can't be tried: this node lets nothing be supposed",
      );
      expect(notes[1]).to.match(/^would fail by itself \(ERC20InsufficientBalance.*can't be tried/u);
      expect(notes[2]).to.equal("can't be tried: this node lets nothing be supposed");
    });
  }

  it("reads every setting that it says to know", async () => {
    const { live, dao, context, stranger } = await open();
    const now = (await context.provider.getBlock("latest"))?.timestamp ?? 0;
    const governor = await named("governor", dao.governor);
    const timelock = await named("timelock", dao.timelock);
    const token = await named("token", dao.token);
    const handover = await named("handover", dao.handover);
    const calls = [
      call(governor, "setVotingDelay", [60], ""),
      call(governor, "setLateQuorumVoteExtension", [60], ""),
      call(governor, "setProposalThreshold", [parseEther("1")], ""),
      call(governor, "updateQuorumNumerator", [500], ""),
      call(governor, "setQuorumFloor", [parseEther("1")], ""),
      call(governor, "setGuardianTerm", [stranger.address, now], ""),
      call(governor, "setProposalGuardian", [stranger.address], ""),
      call(timelock, "updateDelay", [86_400], ""),
      call(timelock, "setDaoURI", ["ipfs://x"], ""),
      call(token, "setMintLimit", [{ amount: 1n, window: 86_400 }], ""),
      call(handover, "setCommunityDate", [now + 100], ""),
      call(handover, "setSafe", [stranger.address], ""),
    ];
    const changes = (await reviewCalls(live, calls, live.record.contracts.timelock)).map(
      (review) => review.changes,
    );
    expect(changes.map((change) => change.length)).to.deep.equal([1, 1, 1, 1, 1, 2, 1, 1, 1, 2, 1, 1]);
    expect(changes[2]).to.deep.equal([{ name: "newProposalThreshold", from: "500 BLUE", to: "1 BLUE" }]);
    expect(changes[9]?.map(({ from }) => from)).to.deep.equal(["1,000 BLUE", "365 days"]);
    expect(changes[11]?.[0]?.from).to.include("safe (");
  });

  it("notices where there is nothing to call", async () => {
    const { live, stranger } = await open();
    const [review] = await reviewCalls(
      live,
      [{ to: stranger.address, data: "0xa9059cbb", value: 0n }],
      live.safe,
    );
    expect(review?.simulation).to.deep.equal({
      ok: false,
      reason: `there is no contract at ${stranger.address}`,
    });
  });
});
