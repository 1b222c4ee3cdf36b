import { expect } from "chai";
import { computeAddress, id } from "ethers";
import type { AwardKind } from "../../../../sdk/badges/awards/awards.js";
import { awardCall, cutBatches, gasOfAwards, planAwards } from "../../../../sdk/badges/awards/awards.js";
import { makeEvidence } from "../../../../sdk/badges/awards/evidence.js";
import { readKinds } from "../../../../sdk/badges/kinds/kinds.js";
import { TRANSACTION_GAS_CAP } from "../../../../sdk/chain/limits.js";
import { executeAsSafe, executionData } from "../../../../sdk/node/execute/safe.js";
import { buildTransaction } from "../../../../sdk/node/safe/build.js";
import type { CheckedSignature } from "../../../../sdk/safe/transactions/signatures.js";
import { signTransaction } from "../../../../sdk/safe/transactions/signatures.js";
import { type Owners, withOwners } from "../../safe/support.js";
import { launchedWorld, load } from "../../support.js";
import { openAs } from "../support.js";

const person = (i: number) => computeAddress(id(`person ${i}`));

function awardsOf(kind: number, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    kind,
    account: person(i),
    text: `${i}`,
    source: null,
    evidence: makeEvidence(`${i}`),
  }));
}

/** Whether the Safe can award badges to so many people in one transaction, with as much gas as one may have. */
async function fits(owners: Owners, kind: AwardKind, count: number): Promise<boolean> {
  const { account } = await owners.look();
  const { owners: accounts, record, stranger } = owners.world;
  const batch = { kind, awards: awardsOf(kind.number, count) };
  const transaction = await buildTransaction(
    account,
    [awardCall(record.contracts.badge, batch)],
    account.nonce,
  );
  const signatures: CheckedSignature[] = [];
  for (const { address } of accounts.slice(0, account.threshold)) {
    signatures.push({ ...(await signTransaction(account, transaction, address)), kind: "account" });
  }
  try {
    await account.provider.call({
      from: stranger.address,
      to: account.address,
      data: executionData(transaction, signatures, account.threshold),
      gasLimit: TRANSACTION_GAS_CAP,
    });
    return true;
  } catch {
    return false;
  }
}

describe("awards in a Safe's transaction", () => {
  const kind = { number: 1, name: "x", votes: 0n };
  const sizes = (...args: Parameters<typeof cutBatches>) =>
    cutBatches(...args).map((batches) => batches.reduce((sum, { awards }) => sum + awards.length, 0));

  it("are as many as its gas allows, to people who have none", () =>
    withOwners(async (owners) => {
      const [packed = 0] = sizes(awardsOf(1, 1_000), [kind]);
      expect(await fits(owners, kind, packed)).to.equal(true);
      // Three in a hundred are kept in reserve.
      expect(await fits(owners, kind, Math.ceil(packed * 1.03))).to.equal(false);
    }));

  it("keeps the fullest transaction under the cap", async () => {
    const world = await load(launchedWorld);
    const { context, record, owners, dao } = world;
    const kinds = await readKinds(await openAs(world));
    const signers = { address: record.safe, owners: owners.slice(0, 2).map(({ address }) => address) };
    for (const contributions of [awardsOf(1, 400), awardsOf(2, 80)]) {
      const [fullest] = planAwards(record.contracts.badge, contributions, kinds);
      if (fullest === undefined) throw new Error("there is no plan");
      const { gasUsed } = await executeAsSafe(fullest, context.provider, context.eip1193, signers);
      expect(gasUsed <= TRANSACTION_GAS_CAP, `${gasUsed}`).to.equal(true);
      const [first] = fullest.calls;
      expect((first?.args[1] as string[]).length).to.be.greaterThan(40);
    }
    expect(await dao.badge.totalAwarded()).to.be.greaterThan(250n);
  });

  it("are 10,000 in 32, and fewer for those who have a badge", () => {
    const all = awardsOf(1, 10_000);
    expect(sizes(all, [kind])).to.have.length(32);
    const further = sizes(all, [kind], { hasBadges: () => true });
    expect(further.length).to.be.below(22);
    expect(further.reduce((sum, each) => sum + each, 0)).to.equal(10_000);
    const twice = [...awardsOf(1, 150), ...awardsOf(1, 150)];
    expect(sizes(twice, [kind])).to.have.length(1);
  });

  it("are fewer where a block has less gas, and in a proposal", () => {
    const all = awardsOf(1, 400);
    const [most = 0] = sizes(all, [kind]);
    const [inSmallBlock = 0] = sizes(all, [kind], { gasLimit: 8_000_000n });
    const [inLargeBlock = 0] = sizes(all, [kind], { gasLimit: 60_000_000n });
    const [proposed = 0] = sizes(all, [kind], { via: "proposal" });
    expect([inSmallBlock < most / 2, inLargeBlock, proposed < most]).to.deep.equal([true, most, true]);
  });

  it("say their gas beforehand", () => {
    const awards = awardsOf(1, 2);
    expect(gasOfAwards([{ kind, awards }])).to.equal(104_000n);
    expect(gasOfAwards([{ kind, awards: [...awards, ...awards] }])).to.equal(170_000n);
    expect(gasOfAwards([{ kind, awards }], { hasBadges: () => true })).to.equal(66_000n);
  });
});
