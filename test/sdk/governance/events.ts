import { expect } from "chai";
import { concat, dataLength, dataSlice, zeroPadBytes } from "ethers";
import { executeAsSigner } from "../../../sdk/execute/signer.js";
import { readEvents, titleOf } from "../../../sdk/governance/events.js";
import { planVote } from "../../../sdk/governance/proposal.js";
import { readProposals } from "../../../sdk/governance/proposals.js";
import { load } from "../support.js";
import { expectTrue, proposalWorld, votes } from "./support.js";
import { processor } from "../fuzzing.js";

const world = () => load(proposalWorld);

describe("titleOf", () => {
  const titles: [description: string, title: string][] = [
    ["# 題\n\n本文", "題"],
    ["before\n# 題 \n# other", "題"],
    ["\n\n  first line \nsecond", "first line"],
    ["#no heading\n## nor this", "#no heading"],
    ["# \n\nbody", "#"],
    ["", "(no title)"],
    [" \n\t", "(no title)"],
    ["# a\r\nb", "a"],
  ];
  for (const [description, title] of titles) {
    it(`of ${JSON.stringify(description)} is ${title}`, () => {
      expect(titleOf(description)).to.equal(title);
    });
  }
});

describe("votes", () => {
  it("are counted in the order in which they were cast, with their reasons", async () => {
    const at = await world();
    const { alice, bob, carol, stranger, record } = at;
    await at.propose("A decision");
    const { id } = await at.reach("Active");
    const reason = '良い。\n「試飲会」は"必要"';
    await executeAsSigner(planVote(record, id, "for", reason), carol);
    await executeAsSigner(planVote(record, id, "against", ""), bob);
    await at.dao.governor.connect(alice).castVoteWithReasonAndParams(id, 2, "with more", "0x1234");
    await at.vote(stranger, 1, { id });
    const proposal = await at.find();
    expect(
      proposal.votes.map(({ voter, support, weight, reason }) => [voter, support, weight, reason]),
    ).to.deep.equal([
      [carol.address, "for", votes(30_000), reason],
      [bob.address, "against", votes(40_000), ""],
      [alice.address, "abstain", votes(60_000), "with more"],
      [stranger.address, "for", 0n, ""],
    ]);
    expect(proposal.tally).to.deep.equal({
      against: votes(40_000),
      for: votes(30_000),
      abstain: votes(60_000),
    });
    await expectTrue(at, proposal);
    for (const { transactionHash, blockNumber, voter } of proposal.votes) {
      const receipt = await at.context.provider.getTransactionReceipt(transactionHash);
      expect([receipt?.from, receipt?.blockNumber]).to.deep.equal([voter, blockNumber]);
    }
  });

  for (const bytes of ["0xff", "0xc080", "0xeda080", "0xf4908080", "0xe381", "0x80e38182", "0x00"]) {
    it(`have reasons that anybody may send, as ${bytes}`, async () => {
      const at = await world();
      await at.propose("A decision");
      const { id } = await at.reach("Active");
      const { governor } = at.dao;
      const call = governor.interface.encodeFunctionData("castVoteWithReason", [
        id,
        1,
        "x".repeat(dataLength(bytes)),
      ]);
      // The reason is in the last word.
      const data = concat([dataSlice(call, 0, -32), zeroPadBytes(bytes, 32)]);
      await at.alice.sendTransaction({ to: at.record.contracts.governor, data });
      await at.vote(at.bob, 1, { id });
      const proposal = await at.find();
      expect(proposal.votes).to.have.length(2);
      expect(proposal.votes[0]?.reason).not.to.equal("");
      await expectTrue(at, proposal);
    });
  }
});

describe("a proposal that anybody may send", () => {
  it("has a text that isn't UTF-8", async () => {
    const at = await world();
    const { governor } = at.dao;
    const { timelock } = at.record.contracts;
    const call = governor.interface.encodeFunctionData("propose", [[timelock], [0n], ["0x"], "#".repeat(32)]);
    const data = call.replace("23".repeat(32), "ff".repeat(32));
    await at.alice.sendTransaction({ to: at.record.contracts.governor, data });
    expect((await at.find()).title).to.equal("\ufffd".repeat(32));
    await expectTrue(at, await at.reach("Executed"));
  });

  it("has no mark of its proposer, or one that isn't at the end", async () => {
    const at = await world();
    const { timelock } = at.record.contracts;
    const mark = `#proposer=${at.alice.address}`;
    for (const text of ["# x", `# x\n${mark}\n`, `# x ${mark}`]) {
      await at.dao.governor.connect(at.alice).propose([timelock], [0n], ["0x"], text);
    }
    const all = await readProposals(await at.open());
    expect(all.map(({ description }) => description)).to.deep.equal(["# x", `# x\n${mark}\n`, "# x"]);
    for (const proposal of all) await expectTrue(at, proposal);
  });

  it("has a text that is long and nearly empty, and is read at once", async () => {
    const at = await world();
    const { timelock } = at.record.contracts;
    const text = `# x\n${" ".repeat(60_000)}\n.`;
    await at.dao.governor.connect(at.alice).propose([timelock], [0n], ["0x"], text);
    const logs = await (await at.open()).logsOf("governor");
    const start = processor();
    expect(readEvents(logs).map(({ description }) => description)).to.deep.equal([text]);
    // Where the time grew with the square of the length, it was ten seconds.
    expect(processor() - start).to.be.below(2_000);
  });
});
