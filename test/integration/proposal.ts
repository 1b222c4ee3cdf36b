import { writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import { parseEther } from "ethers";
import type { Address } from "viem";
import { createPublicClient, http } from "viem";
import { PROPOSAL_STATES } from "../../sdk/governance/states.js";
import { BrandGovernor__factory, BrandToken__factory } from "../../typechain-types/index.js";
import type { LiveNode } from "./support.js";
import { accounts, describeCommandLine, expectFailure, expectSuccess, launchLive, run } from "./support.js";

const DAY = 86_400;

interface Summary {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly snapshot: number;
  readonly deadline: number;
  readonly tally: Readonly<Record<"for" | "against" | "abstain", string>>;
  readonly quorum: string;
  readonly voters: number;
}

interface Change {
  readonly change: string;
  readonly proposal: Summary;
}

interface Stepped {
  readonly transactions: readonly string[];
  readonly proposal: Summary;
}

describeCommandLine("tasks of proposals", function () {
  let live: LiveNode;
  const [alice, bob, carol, stranger] = accounts.slice(4) as [
    (typeof accounts)[number],
    (typeof accounts)[number],
    (typeof accounts)[number],
    (typeof accounts)[number],
  ];

  before(async () => {
    live = await launchLive();
  });

  after(() => live.stop());

  /** Has a task run beside one that watches: neither cut nor killed, which it would see. */
  const beside = async (args: readonly string[], account: (typeof accounts)[number]) => {
    const outcome = await live.start([...args, "--json"], account).ended;
    expectSuccess(outcome);
    return JSON.parse(outcome.stdout) as Stepped;
  };

  /** Writes a proposal's file. */
  const write = async (name: string, actions: string, text: string) => {
    const file = path.join(live.brands.folder, `${name}.md`);
    await writeFile(file, `---\nactions:\n${actions}\n---\n\n${text}\n`);
    return file;
  };

  const grant = (amount: string) =>
    `  - contract: token\n    function: transfer\n    args: ["${stranger.address}", ${amount}]`;
  const period = "  - { contract: governor, function: setVotingPeriod, args: [4 days] }";

  /** Expects that the tasks print what another client reads. */
  const expectSameAsViem = async () => {
    const { proposals } = await live.json<{ proposals: Summary[] }>(["proposal", "list"]);
    const client = createPublicClient({ transport: http(live.node.url) });
    const { timestamp } = await client.getBlock();
    const abi = BrandGovernor__factory.abi;
    const address = live.record.contracts.governor as Address;
    for (const { id, state, deadline, snapshot, tally, quorum } of proposals) {
      const args = [BigInt(id)] as const;
      const [index, votes, end, start] = await Promise.all([
        client.readContract({ address, abi, functionName: "state", args }),
        client.readContract({ address, abi, functionName: "proposalVotes", args }),
        client.readContract({ address, abi, functionName: "proposalDeadline", args }),
        client.readContract({ address, abi, functionName: "proposalSnapshot", args }),
      ]);
      expect(state).to.equal(PROPOSAL_STATES[index]);
      expect([tally.against, tally.for, tally.abstain].map(BigInt)).to.deep.equal([...votes]);
      expect([BigInt(deadline), BigInt(snapshot)]).to.deep.equal([end, start]);
      // Of a snapshot that is still to come nobody knows it yet.
      const at = start < timestamp ? start : timestamp - 1n;
      const needed = await client.readContract({ address, abi, functionName: "quorum", args: [at] });
      expect(BigInt(quorum)).to.equal(needed);
    }
    return proposals.map(({ state }) => state);
  };

  const summary = (number: number) => live.json<Summary>(["proposal", "show", number.toString()]);

  it("says what is wrong with a file, and sends nothing", async () => {
    const broken = await write("broken", `  - contract: tokn\n    function: transfer\n    args: [1]`, "本文");
    const good = await write("good", grant("100 BLUE"), "# 試飲会\n\n豆の費用です。");
    // Each can be paid, and not both.
    const both = await write("both", `${grant("5 BLUE")}\n${grant("20000 BLUE")}`, "# 二つ");
    const before = await live.node.provider.getBlockNumber();
    const [mistakes, below, missing, foreign, failing, anyway] = await Promise.all([
      live.cli(["proposal", "create", broken], alice),
      live.cli(["proposal", "create", good], stranger),
      live.cli(["proposal", "create", "nowhere.md"], alice),
      live.cli(["proposal", "create", good, "--from", bob.address], alice),
      live.cli(["proposal", "create", both], alice),
      live.cli(["proposal", "create", both, "--anyway", "--dry-run"], alice),
    ]);
    expectFailure(mistakes, "broken.md:3", 'did you mean "token"', "title");
    expectFailure(below, stranger.address, "0 votes", "500");
    expectFailure(missing, "nowhere.md");
    expectFailure(foreign, bob.address);
    expectFailure(failing, "1 of 2 calls would fail", "--anyway");
    expectSuccess(anyway);
    expect(anyway.stdout).to.include("✗ would fail now: ERC20InsufficientBalance");
    expect(await live.node.provider.getBlockNumber()).to.equal(before);
  });

  it("shows a proposal before it is sent, and then sends it", async () => {
    const file = await write(
      "grant",
      `${grant("100 BLUE")}\n${period}`,
      "# 試飲会に 100 BLUE\n\n豆の費用です。",
    );
    const before = await live.node.provider.getBlockNumber();
    const dry = await live.cli(["proposal", "create", file, "--dry-run"], alice);
    expectSuccess(dry);
    expect(dry.stdout)
      .to.include("value: 100 BLUE")
      .and.to.include("newVotingPeriod: 3 days → 4 days")
      .and.to.include("Can't be undone")
      .and.to.include("nothing was sent");
    expect(dry.stdout).not.to.include("would fail");
    expect(await live.node.provider.getBlockNumber()).to.equal(before);

    const made = await live.json<{ id: string; description: string; proposal: Summary }>(
      ["proposal", "create", file],
      alice,
    );
    expect(made.description).to.match(
      /^# 試飲会に 100 BLUE\n\n豆の費用です。\n\n#proposer=0x[0-9a-fA-F]{40}$/,
    );
    expect(made.proposal).to.deep.include({ number: 1, id: made.id, state: "Pending" });
    const again = await live.cli(["proposal", "create", file], alice);
    expectFailure(again, "#1");
  });

  it("doesn't vote, queue or execute before it is time", async () => {
    const early = await Promise.all([
      live.cli(["proposal", "vote", "1", "for"], alice),
      live.cli(["proposal", "queue", "1"], alice),
      live.cli(["proposal", "execute", "1"], alice),
      live.cli(["proposal", "vote", "9", "for"], alice),
      live.cli(["proposal", "vote", "1", "maybe"], alice),
      live.cli(["proposal", "cancel", "1"], bob),
      live.cli(["proposal", "show", "x"]),
    ]);
    const texts = ["Voting opens", "voting closes", "voting closes", '"9"', '"maybe"', alice.address, '"x"'];
    early.forEach((outcome, i) => {
      expectFailure(outcome, texts[i] ?? "");
    });
  });

  it("votes, once each, with what everybody had at the snapshot", async () => {
    await live.pass(DAY + 60);
    const dry = await live.cli(["proposal", "vote", "1", "for", "--dry-run"], alice);
    expectSuccess(dry);
    expect(dry.stdout).to.include("nothing was sent");
    const watching = live.start(["proposal", "watch", "1", "--every", "1 second", "--json"]);
    await watching.says('"change":"start"');
    const stepped = await Promise.all([
      beside(["proposal", "vote", "1", "for", "--reason", "楽しみです\u001b[2J"], alice),
      beside(["proposal", "vote", "1", "against"], bob),
      beside(["proposal", "vote", "1", "abstain"], carol),
    ]);
    for (const { transactions } of stepped) expect(transactions).to.have.length(1);
    const [twice, none] = await Promise.all([
      live.cli(["proposal", "vote", "1", "against"], alice),
      live.cli(["proposal", "vote", "1", "for"], stranger),
    ]);
    expectFailure(twice, alice.address, "60,000");
    expectFailure(none, stranger.address, "no votes");

    const [shown, { votes }] = await Promise.all([
      live.cli(["proposal", "show", "1"]),
      live.json<{ votes: { reason: string }[] }>(["proposal", "show", "1"]),
      expectSameAsViem().then((states) => expect(states).to.deep.equal(["Active"])),
    ]);
    expectSuccess(shown);
    expect(shown.stdout).to.include("60,000").and.to.include("40,000");
    // What anybody may write doesn't clear the screen of who reads it.
    expect(shown.stdout).to.include("「楽しみです\\u001b[2J」").and.not.to.include("\u001b");
    expect(votes.map(({ reason }) => reason).sort()).to.deep.equal(["", "", "楽しみです\u001b[2J"]);

    // To the end, for whoever watches: each state for as long as it takes to see it.
    await live.pass(3 * DAY);
    await watching.says('"state":"Succeeded"');
    const list = await live.cli(["proposal", "list"]);
    expectSuccess(list);
    expect(list.stdout).to.include("試飲会に 100 BLUE").and.to.include("Succeeded");
    await beside(["proposal", "queue", "1"], stranger);
    await watching.says('"state":"Queued"');
    const early = await live.cli(["proposal", "execute", "1"], stranger);
    expectFailure(early, "can be executed from");
    await live.pass(2 * DAY);
    const done = await beside(["proposal", "execute", "1"], stranger);
    expect(done.proposal.state).to.equal("Executed");
    const token = BrandToken__factory.connect(live.record.contracts.token, live.node.provider);
    expect(await token.balanceOf(stranger.address)).to.equal(parseEther("100"));

    const watched = await watching.ended;
    expectSuccess(watched);
    const lines = watched.stdout.trim().split("\n");
    const changes = lines.map((line) => JSON.parse(line) as Change);
    for (const change of changes) {
      expect(change).to.have.all.keys("dao", "at", "change", "before", "vote", "proposal");
    }
    const [start, ...rest] = changes;
    expect(start?.change).to.equal("start");
    const seen = rest.filter(({ change }) => change === "vote").length;
    expect([start?.proposal.voters, seen]).to.deep.equal([0, 3]);
    const states = rest.filter(({ change }) => change === "state").map(({ proposal }) => proposal.state);
    expect(states).to.deep.equal(["Succeeded", "Queued", "Executed"]);
  });

  it("lets a proposer withdraw, and the Safe veto with a reason", async () => {
    const [one, two] = await Promise.all([
      write("one", grant("1 BLUE"), "# 取り下げる"),
      write("two", grant("2 BLUE"), "# 拒否される"),
    ]);
    await live.json(["proposal", "create", one], alice);
    await live.json(["proposal", "create", two], bob);
    expect((await live.json<Stepped>(["proposal", "cancel", "2"], alice)).proposal.state).to.equal(
      "Canceled",
    );

    const [silent, veto] = await Promise.all([
      live.cli(["proposal", "cancel", "3", "--via", "safe"]),
      live.json<{ files: string[] }>([
        "proposal",
        "cancel",
        "3",
        "--via",
        "safe",
        "--reason",
        "予算を超えます",
      ]),
    ]);
    expectFailure(silent, "--reason");
    const [file = ""] = veto.files;
    const [owner, other] = accounts.slice(1) as [(typeof accounts)[number], (typeof accounts)[number]];
    await live.json(["safe", "sign", file], owner);
    await live.json(["safe", "sign", file], other);
    await live.json(["safe", "execute", file], owner);
    expect(await summary(3)).to.deep.include({
      state: "Canceled",
      veto: { guardian: live.record.safe, reason: "予算を超えます" },
    });
    const over = await live.cli(["proposal", "vote", "3", "for"], alice);
    expectFailure(over, "予算を超えます");
    expect(await expectSameAsViem()).to.deep.equal(["Canceled", "Canceled", "Executed"]);
  });

  it("carries each step out once, on a line that breaks and where it is killed", async () => {
    const token = BrandToken__factory.connect(live.record.contracts.token, live.node.provider);
    const before = await token.balanceOf(stranger.address);
    await live.json(["proposal", "create", await write("once", grant("3 BLUE"), "# 一度だけ")], alice);
    const { proposals } = await live.json<{ proposals: Summary[] }>(["proposal", "list"]);
    const number = proposals.length.toString();
    await live.pass(DAY + 60);
    await live.json(["proposal", "vote", number, "for"], alice);
    await live.pass(5 * DAY);
    await live.json(["proposal", "queue", number], stranger);
    await live.pass(2 * DAY);
    const { proposal } = await live.json<Stepped>(["proposal", "execute", number], stranger);
    expect(proposal.state).to.equal("Executed");
    expect((await token.balanceOf(stranger.address)) - before).to.equal(parseEther("3"));
  });

  it("follows a proposal in words, to an end that has come already", async () => {
    const [watched, often] = await Promise.all([
      live.cli(["proposal", "watch", "3"]),
      live.cli(["proposal", "watch", "3", "--every", "0 seconds"]),
    ]);
    expectSuccess(watched);
    expect(watched.stdout).to.include("拒否される").and.to.include("予算を超えます");
    expectFailure(often, "--every");
  });

  it("says so where there is no such DAO", async () => {
    const [dao, list] = await Promise.all([
      run(["proposal", "list", "--dao", "nobody"], live.node),
      live.cli(["proposal", "list"]),
    ]);
    expectFailure(dao, '"nobody"');
    expectSuccess(list);
  });
});
