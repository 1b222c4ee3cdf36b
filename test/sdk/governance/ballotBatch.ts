import { expect } from "chai";
import { getAddress, hexlify, id, randomBytes } from "ethers";
import { makeBatches } from "../../../sdk/governance/ballotBatch.js";
import type { Ballot } from "../../../sdk/governance/ballots.js";
import { TRANSACTION_GAS_CAP } from "../../../sdk/launch/preflight.js";

describe("makeBatches", () => {
  const someAddress = () => getAddress(hexlify(randomBytes(20)));
  const ballot = (reason = ""): Ballot => ({
    kind: "ballot",
    version: 1,
    dao: "blue",
    chainId: "1",
    governor: someAddress(),
    proposalId: BigInt(id("proposal")).toString(),
    support: "for",
    voter: someAddress(),
    reason,
    signature: `0x${"ab".repeat(65)}`,
  });
  const many = (count: number, gas: bigint, reason = "") =>
    Array.from({ length: count }, () => ({ ballot: ballot(reason), gas }));

  it("fills transactions up to the cap, and loses nobody", () => {
    for (const [count, reason, atMost] of [
      [60, "", 1],
      [61, "", 2],
      [500, "", 9],
      [500, "x".repeat(2_000), 14],
      [30, "x".repeat(10_000), 4],
    ] as const) {
      const items = many(count, 250_000n, reason);
      const batches = makeBatches(items);
      expect(batches.flatMap((batch) => batch.items)).to.have.members(items);
      expect(batches).to.have.length.of.at.most(atMost);
      for (const { items: some, gasPerBallot } of batches) {
        expect(gasPerBallot).to.equal(250_000n);
        expect(BigInt(some.length) * 260_000n < TRANSACTION_GAS_CAP).to.equal(true);
        // Nodes take no transaction that is longer than 131,072 bytes, whatever gas it has.
        expect(some.reduce((length, each) => length + each.ballot.reason.length, 0)).to.be.below(90_000);
      }
    }
  });

  it("gives no ballot less than it needs, and keeps those apart that need most", () => {
    const items = [...many(2, 1_200_000n), ...many(100, 250_000n), ...many(2, 400_000n)];
    const batches = makeBatches(items);
    for (const { items: some, gasPerBallot } of batches) {
      for (const { gas } of some) expect(gas <= gasPerBallot).to.equal(true);
    }
    expect(batches[0]?.gasPerBallot).to.equal(250_000n);
    expect(batches.at(-1)?.items.at(-1)?.gas).to.equal(1_200_000n);
  });

  it("makes nothing of nothing", () => {
    expect(makeBatches([])).to.deep.equal([]);
  });
});
