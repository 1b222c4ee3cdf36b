import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";
import type { BaseContract } from "ethers";
import { ContractFactory, parseEther } from "ethers";
import hre from "hardhat";
import type { Address } from "viem";
import { createPublicClient, http, parseAbi } from "viem";
import type { Ballot } from "../../sdk/governance/ballots.js";
import { connectDao } from "../../sdk/dao.js";
import { accounts, describeCommandLine, expectFailure, launchLive } from "./support.js";
import type { LiveNode } from "./support.js";

const DAY = 86_400;
const HOSTILE = ["function become(uint8 mood)"];
const BURNS_GAS = 2;
const GOVERNOR = parseAbi([
  "function proposalVotes(uint256) view returns (uint256, uint256, uint256)",
  "function hasVoted(uint256, address) view returns (bool)",
]);

type Signed = Ballot & { file: string; signatures: number; threshold: number; complete: boolean };

interface Relayed {
  readonly ballots: readonly {
    readonly file: string;
    readonly status: string;
    readonly voter: string | null;
    readonly votes: string;
  }[];
  readonly transactions: readonly string[];
}

describeCommandLine("votes without gas", function () {
  let live: LiveNode;
  let hostile: BaseContract;
  let wallet: string;
  let proposalId: bigint;
  const [, owner, other, , alice, bob, carol, stranger] = accounts;

  before(async () => {
    live = await launchLive();
    const { provider } = live.node;
    const { token, governor } = connectDao(live.record, alice.connect(provider));
    const { bytecode } = await hre.artifacts.readArtifact("Hostile");
    hostile = await new ContractFactory(HOSTILE, bytecode, bob.connect(provider)).deploy();
    await hostile.waitForDeployment();
    wallet = await hostile.getAddress();
    await (await token.transfer(live.record.safe, parseEther("10000"))).wait();
    await (await token.transfer(wallet, parseEther("5000"))).wait();
    await (await governor.propose([alice.address], [0], ["0x"], "# Taste the summer blend")).wait();
    const [created] = await governor.queryFilter(governor.filters.ProposalCreated());
    proposalId = created?.args.proposalId ?? 0n;
    await live.pass(DAY + 1);
  });

  after(() => live.stop());

  it("are signed by accounts and a Safe, relayed by anybody, and cast whatever one of them does", async () => {
    const { safe } = live.record;
    const out = path.join(live.brands.folder, "safe.json");
    const bySafe = ["proposal", "sign", "1", "abstain", "--voter", "safe", "--out", out];
    const [one, two, first, bad] = await Promise.all([
      live.json<Signed>(["proposal", "sign", "1", "for", "--reason", "楽しみです"], alice),
      live.json<Signed>(["proposal", "sign", "#1", "against"], bob),
      live.json<Signed>(bySafe, owner),
      live.json<Signed>(["proposal", "sign", "1", "for", "--voter", wallet], stranger),
    ]);
    const { file, signatures, threshold, complete, ...ballot } = one;
    expect([signatures, threshold, complete]).to.deep.equal([1, 1, true]);
    expect(file).to.include(path.join("outbox", "31337", live.slug, "ballots", `1-${alice.address}.json`));
    expect(JSON.parse(await readFile(file, "utf8"))).to.deep.equal(ballot);
    expect([first.signatures, first.threshold, first.complete]).to.deep.equal([1, 2, false]);

    const [half, changedMind] = await Promise.all([
      live.cli(["proposal", "relay", out, "--dry-run"], stranger),
      live.cli(["proposal", "sign", "1", "against"], alice),
    ]);
    expectFailure(half, "1 of 1 ballot was refused");
    expect(half.stdout).to.include("1 of the 2 owners");
    expectFailure(changedMind, file, "--out");
    expect((await live.json<Signed>(bySafe, other)).complete).to.equal(true);

    // The wallet turns hostile, and somebody marks a ballot otherwise.
    await hostile.getFunction("become").send(BURNS_GAS);
    const tampered = path.join(live.brands.folder, "tampered.json");
    await writeFile(tampered, JSON.stringify({ ...ballot, support: "against" }));
    const foreign = path.join(live.brands.folder, "foreign.json");
    await writeFile(foreign, JSON.stringify({ ...ballot, chainId: "1" }));
    const files = [bad.file, file, tampered, two.file, foreign, out];
    const relayed = await live.cli(["proposal", "relay", ...files, "--json"], stranger);
    expectFailure(relayed, "3 of 6 ballots were refused");
    const { ballots, transactions } = JSON.parse(relayed.stdout) as Relayed;
    expect(ballots.map(({ voter, status, votes }) => [voter, status, votes])).to.deep.equal([
      [wallet, "refused", "0"],
      [alice.address, "cast", parseEther("45000").toString()],
      [alice.address, "refused", "0"],
      [bob.address, "cast", parseEther("40000").toString()],
      [alice.address, "refused", "0"],
      [safe, "cast", parseEther("10000").toString()],
    ]);
    expect(transactions).to.have.length(1);

    const client = createPublicClient({ transport: http(live.node.url) });
    const address = live.record.contracts.governor as Address;
    expect(
      await client.readContract({
        address,
        abi: GOVERNOR,
        functionName: "proposalVotes",
        args: [proposalId],
      }),
    ).to.deep.equal([parseEther("40000"), parseEther("45000"), parseEther("10000")]);
    for (const { voter, status } of ballots) {
      if (status !== "cast") continue;
      const args = [proposalId, voter as Address] as const;
      expect(await client.readContract({ address, abi: GOVERNOR, functionName: "hasVoted", args })).to.equal(
        true,
      );
    }

    const [again, voted] = await Promise.all([
      live.json<Relayed>(["proposal", "relay", file, two.file, out], stranger),
      live.cli(["proposal", "sign", "1", "for"], bob),
    ]);
    expect(again.ballots.map(({ status }) => status)).to.deep.equal(Array(3).fill("cast before"));
    expect(again.transactions).to.deep.equal([]);
    expectFailure(voted, "proposal #1", "voted against already");
  });

  it("aren't signed where they could never be cast", async () => {
    const [nobody, none, how] = await Promise.all([
      live.cli(["proposal", "sign", "1", "for"], stranger),
      live.cli(["proposal", "sign", "7", "for"], carol),
      live.cli(["proposal", "sign", "1", "yes"], carol),
    ]);
    expectFailure(nobody, "no votes at the snapshot");
    expectFailure(none, 'There is no proposal "7"');
    expectFailure(how, '"yes"', "abstain");
  });
});
