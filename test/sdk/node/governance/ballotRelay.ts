import { expect } from "chai";
import { parseEther, Wallet } from "ethers";
import type { Address } from "viem";
import { createPublicClient, custom, parseAbi } from "viem";
import type { RelayOptions } from "../../../../sdk/node/governance/ballotRelay.js";
import { LONGEST_REASON } from "../../../../sdk/governance/ballots.js";
import { TRANSACTION_GAS_CAP } from "../../../../sdk/launch/preflight.js";
import { useFolder } from "../../signed/support.js";
import { problemOf } from "../../support.js";
import { interrupted, MOOD, REASON, relayWorld, statuses } from "../../governance/ballotWorld.js";

const DAY = 86_400;
const GOVERNOR = parseAbi([
  "function hasVoted(uint256, address) view returns (bool)",
  "function proposalVotes(uint256) view returns (uint256, uint256, uint256)",
]);

describe("relayBallots", () => {
  const folder = useFolder();
  const world = () => relayWorld(folder());

  it("casts ballots of accounts, a Safe and another wallet, and says the same as viem reads", async () => {
    const { alice, bob, carol, owners, stranger, wallet, mark, markAsSafe, connection, record, ...rest } =
      await world();
    const ballots = [
      (await mark(alice, "for")).ballot,
      (await mark(bob, "against", { reason: REASON })).ballot,
      await markAsSafe([owners[0], owners[2]], "abstain", "x".repeat(2_000)),
      (await mark(stranger, "for", { voter: wallet })).ballot,
      (await mark(carol, "for", { proposal: 2 })).ballot,
      (await mark(alice, "for", { proposal: 2 })).ballot,
    ];
    const files = await Promise.all(ballots.map(rest.write));
    const hashes: string[] = [];
    const outcomes = await rest.relay(files, { onBatch: (hash) => hashes.push(hash) });
    expect(outcomes.map(({ file }) => file)).to.deep.equal(files);
    expect(outcomes.map(({ status, proposal, votes }) => [status, proposal, votes])).to.deep.equal([
      ["cast", 1, parseEther("50000")],
      ["cast", 1, parseEther("35000")],
      ["cast", 1, parseEther("10000")],
      ["cast", 1, parseEther("5000")],
      ["cast", 2, parseEther("28000")],
      ["cast", 2, parseEther("50000")],
    ]);
    expect(hashes).to.have.length(1);
    expect(new Set(outcomes.map(({ transaction }) => transaction))).to.deep.equal(new Set(hashes));

    const client = createPublicClient({ transport: custom(connection.provider) });
    const address = record.contracts.governor as Address;
    for (const { proposalId, voter } of ballots) {
      const args = [BigInt(proposalId), voter as Address] as const;
      const voted = await client.readContract({ address, abi: GOVERNOR, functionName: "hasVoted", args });
      expect(voted).to.equal(true);
    }
    const args = [BigInt(ballots[0]?.proposalId ?? 0)] as const;
    expect(
      await client.readContract({ address, abi: GOVERNOR, functionName: "proposalVotes", args }),
    ).to.deep.equal([parseEther("35000"), parseEther("55000"), parseEther("10000")]);
  });

  it("casts nothing twice, also when voting is over", async () => {
    const { alice, bob, mark, write, relay, stranger, connection, tally } = await world();
    const one = await write((await mark(alice, "for")).ballot);
    const two = await write((await mark(bob, "for", { reason: REASON })).ballot);
    const [first] = await relay([one]);
    const before = await stranger.getNonce();
    const again = await relay([one]);
    expect(again).to.deep.equal([{ ...first, status: "cast before" }]);
    expect(await stranger.getNonce()).to.equal(before);
    // As after an interruption: what is missing is cast, and nothing else.
    expect(statuses(await relay([one, two]))).to.deep.equal(["cast before", "cast"]);
    await connection.networkHelpers.time.increase(4 * DAY);
    expect(statuses(await relay([one, two]))).to.deep.equal(["cast before", "cast before"]);
    expect(await stranger.getNonce()).to.equal(before + 1);
    expect(await tally()).to.deep.equal([0n, 85_000n, 0n]);
  });

  it("checks only, and sends nothing, without an account to send with", async () => {
    const { alice, owners, mark, record, write, relay, tally } = await world();
    const files = [
      await write((await mark(alice, "for")).ballot),
      await write((await mark(owners[0], "for", { voter: record.safe })).ballot),
    ];
    const outcomes = await relay(files, { signer: undefined });
    expect(statuses(outcomes)).to.deep.equal(["valid", "refused"]);
    expect(outcomes[0]).to.deep.include({ votes: parseEther("50000"), transaction: undefined });
    expect(await tally()).to.deep.equal([0n, 0n, 0n]);
  });

  it("casts once what is there twice", async () => {
    const { alice, mark, write, relay, tally } = await world();
    const { ballot } = await mark(alice, "for");
    const files = [await write(ballot), await write(ballot)];
    const [one, two] = await relay(files);
    expect(one).to.deep.include({ file: files[0], status: "cast" });
    expect(two).to.deep.equal({ ...one, file: files[1] });
    expect(await tally()).to.deep.equal([0n, 50_000n, 0n]);
  });

  it("casts none of those that contradict each other", async () => {
    const { alice, bob, mark, write, relay, tally } = await world();
    const files = [
      await write((await mark(alice, "for")).ballot),
      await write((await mark(bob, "for")).ballot),
      await write((await mark(alice, "against")).ballot),
    ];
    const outcomes = await relay(files);
    expect(statuses(outcomes)).to.deep.equal(["refused", "cast", "refused"]);
    expect(outcomes[0]?.problem?.message).to.include("contradict");
    expect(await tally()).to.deep.equal([0n, 35_000n, 0n]);
    // One that isn't signed by the voter contradicts nothing.
    const { ballot } = await mark(alice, "for");
    const forged = { ...ballot, support: "against" };
    expect(statuses(await relay([await write(ballot), await write(forged)]))).to.deep.equal([
      "cast",
      "refused",
    ]);
  });

  describe("where something happens meanwhile", () => {
    it("says why the governor doesn't take a ballot any more, before it is paid for", async () => {
      const { alice, bob, carol, mark, write, relay, open, proposal, dao } = await world();
      const files = [
        await write((await mark(alice, "for")).ballot),
        await write((await mark(bob, "for")).ballot),
        await write((await mark(carol, "for", { reason: REASON })).ballot),
      ];
      const live = await open();
      const { id: number } = await proposal();
      for (const voter of [alice, carol]) await dao.governor.connect(voter).castVote(number, 0);
      const sent: number[] = [];
      const onBatch: RelayOptions["onBatch"] = (_, ballots) => sent.push(ballots);
      const outcomes = await relay(files, { onBatch }, Promise.resolve(live));
      expect(statuses(outcomes)).to.deep.equal(["refused", "cast", "refused"]);
      for (const i of [0, 2]) {
        expect(outcomes[i]?.problem?.message).to.include("GovernorAlreadyCastVote");
      }
      expect(sent).to.deep.equal([1]);
    });

    it("reads from the receipt that a voter was quicker", async () => {
      const { alice, bob, stranger, mark, write, relay, proposal, dao, connection } = await world();
      const files = [
        await write((await mark(alice, "for")).ballot),
        await write((await mark(bob, "for")).ballot),
      ];
      const { id: number } = await proposal();
      const signer = interrupted(stranger, () => dao.governor.connect(alice).castVote(number, 0));
      const outcomes = await relay(files, { signer });
      expect(statuses(outcomes)).to.deep.equal(["refused", "cast"]);
      expect(outcomes[0]?.problem?.message).to.include("GovernorAlreadyCastVote");
      expect(outcomes[0]?.transaction).to.equal(undefined);
      const transaction = await connection.ethers.provider.getTransaction(outcomes[1]?.transaction ?? "");
      expect((transaction?.gasLimit ?? 0n) <= TRANSACTION_GAS_CAP).to.equal(true);
    });

    it("loses nobody's ballot to wallets that turn hostile when it counts", async () => {
      const { alice, bob, stranger, wallets, become, mark, write, relay, tally } = await world();
      for (const mood of [MOOD.burnsGas, MOOD.returnsMuch, MOOD.takesNearlyAll]) {
        await world();
        const files = [
          await write((await mark(alice, "for")).ballot),
          await write((await mark(bob, "for")).ballot),
        ];
        for (const voter of wallets) {
          files.splice(1, 0, await write((await mark(stranger, "against", { voter })).ballot));
        }
        const outcomes = await relay(files, { signer: interrupted(stranger, () => become(mood)) });
        expect(statuses(outcomes)).to.deep.equal(["cast", "refused", "refused", "refused", "cast"]);
        expect(outcomes[1]?.problem?.message).to.include(
          mood === MOOD.takesNearlyAll ? "its gas was used up" : "GovernorInvalidSignature",
        );
        expect(await tally()).to.deep.equal([0n, 85_000n, 0n]);
      }
    });

    it("casts the first ballot of a vote, though somebody has the votes that it looks up change in each second", async () => {
      const { alice, bob, mark, write, relay, dao, record } = await world();
      const reason = "x".repeat(LONGEST_REASON);
      const file = await write((await mark(alice, "abstain", { reason })).ballot);
      // Those of the voter, of the treasury, and all together.
      for (let change = 0; change < 1_000; change++) {
        await dao.token.connect(alice).transfer(record.contracts.timelock, 1n);
        await dao.token.connect(bob).burn(1n);
      }
      expect(statuses(await relay([file]))).to.deep.equal(["cast"]);
    });

    it("gives a wallet that takes its time the gas that it needs", async () => {
      const { stranger, wallet, become, mark, write, relay } = await world();
      await become(MOOD.takesItsTime);
      const file = await write((await mark(stranger, "for", { voter: wallet })).ballot);
      expect(statuses(await relay([file]))).to.deep.equal(["cast"]);
    });
  });

  it("says what to do where the chain has no relay", async () => {
    const { alice, mark, write, relay, record, connection, open } = await world();
    const file = await write((await mark(alice, "for")).ballot);
    await connection.networkHelpers.setCode(record.implementations.BallotRelay, "0x");
    const { place, remedy } = await problemOf(relay([file]));
    expect(place).to.include(record.implementations.BallotRelay);
    expect(remedy).to.include("npx hardhat proposal vote");
    const live = await open();
    // As the records of launches are that knew of no relay.
    const older = { ...record, implementations: { ...record.implementations } };
    Reflect.deleteProperty(older.implementations, "BallotRelay");
    const before = Promise.resolve({ ...live, record: older });
    expect((await problemOf(relay([file], {}, before))).place).to.equal("BallotRelay");
  });

  it("stops where the relayer can't pay, and says so", async () => {
    const { alice, mark, write, relay, connection, tally } = await world();
    const file = await write((await mark(alice, "for")).ballot);
    const signer = Wallet.createRandom(connection.ethers.provider);
    const [outcome, ...others] = await relay([file], { signer });
    expect(others).to.deep.equal([]);
    expect(outcome?.status).to.equal("not sent");
    expect(outcome?.problem?.message).to.include("with 1 ballot failed");
    expect(await tally()).to.deep.equal([0n, 0n, 0n]);
  });
});
